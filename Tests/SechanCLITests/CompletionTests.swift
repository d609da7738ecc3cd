import ArgumentParser
import Diagnostics
import Testing

@testable import SechanCLI

/// The committed completions are what this build generates, and know every option.
@Suite("Completions")
struct CompletionTests {
    /// A shell, and where its completions are.
    static let shells: [(shell: CompletionShell, file: String)] = [
        (.bash, "completions/sechan.bash"), (.zsh, "completions/_sechan"), (.fish, "completions/sechan.fish"),
    ]

    @Test("the committed scripts are the generated ones", arguments: shells.indices)
    func scriptsAreUpToDate(_ index: Int) throws {
        let (shell, file) = Self.shells[index]
        let generated = Sechan.completionScript(for: shell)
        let isUpToDate = try Self.trimmed(ProjectFiles.text(file)) == Self.trimmed(generated)
        #expect(isUpToDate, "\(file) is stale: run 'make completions'")
    }

    @Test("each script completes every option of every verb, and no other", arguments: shells.indices)
    func optionsAgree(_ index: Int) throws {
        let file = Self.shells[index].file
        let script = try ProjectFiles.text(file)
        for verb in try CommandTree.verbs() {
            let completed = try Self.options(of: verb.commandName, in: script, file: file)
            let parsed = verb.options.filter { $0.hasPrefix("--") }
            #expect(parsed.subtracting(completed).sorted() == [], "\(verb.commandName) in \(file)")
            #expect(completed.subtracting(parsed).sorted() == [], "\(verb.commandName) in \(file)")
        }
    }

    private static func trimmed(_ text: String) -> String {
        var text = Substring(text)
        while text.last?.isNewline == true { text.removeLast() }
        return String(text)
    }

    /// The long options that a script completes for a verb.
    private static func options(of verb: String, in script: String, file: String) throws -> Set<String> {
        let lines = script.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let part: [String]
        if file.hasSuffix(".fish") {
            // complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect"…' -l 'sni' …
            part = lines.filter { $0.contains("\"sechan \(verb)\"") }
            // An option may have several names.
            return Set(
                part.flatMap { line in
                    line.ranges(of: " -l '").map { "--" + line[$0.upperBound...].prefix { $0 != "'" } }
                }
            )
        }
        // Both other shells have a function a verb.
        let start = lines.firstIndex { $0.hasPrefix("_sechan_\(verb)()") }
        guard let start else { throw Missing(what: "the function _sechan_\(verb) in \(file)") }
        part = Array(lines[start...].prefix { $0 != "}" })
        var options: Set<String> = []
        for line in part {
            var rest = Substring(line)
            while let dashes = rest.firstRange(of: "--") {
                let before = rest[..<dashes.lowerBound].last
                rest = rest[dashes.upperBound...]
                let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "-" }
                if !name.isEmpty, before.map({ !$0.isLetter && $0 != "-" }) ?? true { options.insert("--\(name)") }
            }
        }
        return options
    }
}
