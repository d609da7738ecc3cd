import Diagnostics
import Foundation
import Testing

@testable import SechanCLI

/// What the README promises exists.
@Suite("README")
struct ReadmeTests {
    @Test("its commands are targets of the Makefile", arguments: ["demo", "test", "install"])
    func commandsExist(_ target: String) throws {
        let readme = try ProjectFiles.text("README.md")
        let makefile = try ProjectFiles.text("Makefile")
        #expect(readme.contains("make \(target)"))
        #expect(makefile.split(separator: "\n").contains { $0.hasPrefix("\(target):") })
    }

    @Test("it names every verb and every exit status")
    func tablesAreComplete() throws {
        let rows = try ProjectFiles.text("README.md").split(separator: "\n").filter { $0.hasPrefix("| ") }
        for verb in Verb.allCases {
            #expect(rows.contains { $0.hasPrefix("| `\(verb.rawValue)") }, "\(verb.rawValue)")
        }
        for status in ExitStatus.documented.map({ "\($0.code)" }) + ["128+n"] {
            #expect(rows.contains { $0.hasPrefix("| \(status) |") }, "\(status)")
        }
    }

    @Test("every option that it shows exists")
    func optionsExist() throws {
        let known = try CommandTree.verbs().reduce(into: CommandTree.current().command.options) {
            $0.formUnion($1.options)
        }
        for line in try ProjectFiles.text("README.md").split(separator: "\n") where line.contains("sechan ") {
            for word in line.split(whereSeparator: { " `|()".contains($0) }) where word.hasPrefix("--") {
                let option = String(word.prefix { $0.isLetter || $0.isNumber || $0 == "-" })
                #expect(known.contains(option), "\(line)")
            }
        }
    }

    @Test(
        "its links lead to files",
        arguments: ["README.md", "docs/status.md", "docs/findings.md", "docs/glossary.md"]
    )
    func linksLeadSomewhere(_ file: String) throws {
        let directory = ProjectFiles.root.appendingPathComponent(file).deletingLastPathComponent()
        for piece in try ProjectFiles.text(file).components(separatedBy: "](").dropFirst() {
            let link = piece.prefix { $0 != ")" && $0 != "#" }
            if link.isEmpty || link.hasPrefix("http") { continue }
            let path = directory.appendingPathComponent(String(link)).path
            #expect(FileManager.default.fileExists(atPath: path), "\(file) links to \(link)")
        }
    }
}
