import Diagnostics
import Foundation
import Testing

/// docs/status.md and docs/findings.md list what the code can say. The code is read as text: no run can reach every branch.
@Suite("References")
struct ReferenceTests {
    @Test("every kind of status that the code writes is documented")
    func statusKindsAreDocumented() throws {
        let documented = try Self.firstColumn(of: "docs/status.md")
        let names = try Self.literals(after: "kind: \"", in: "Sources/Diagnostics")
        #expect(names.contains("dns") && names.contains("incomplete:timeout"), "the search finds nothing any more")
        for name in names where !Self.otherKinds.contains(name) {
            // An interpolation stands for a part that is documented as a whole: `alert:\(name)` is `alert:NAME`.
            let known =
                name.hasSuffix(":")
                ? documented.contains { $0.hasPrefix(name) }
                : documented.contains(name) || Self.isFamily(name, documented)
            #expect(known, "the status kind \(name) is not in docs/status.md")
        }
    }

    @Test("every finding that the code makes is documented")
    func findingsAreDocumented() throws {
        let documented = try Self.firstColumn(of: "docs/findings.md")
        var ids = try Self.literals(after: "id: \"", in: "Sources/Diagnostics")
        ids.formUnion(try Self.literals(after: "add(\"", in: "Sources/Diagnostics/Findings"))
        ids = ids.filter { $0.contains(".") }
        #expect(ids.contains("protocol.obsolete"), "the search finds nothing any more")
        for id in ids {
            let known = id.hasSuffix(".") ? documented.contains { $0.hasPrefix(id) } : documented.contains(id)
            #expect(known, "the finding \(id) is not in docs/findings.md")
        }
    }

    @Test("every finding that is documented is made somewhere")
    func documentedFindingsExist() throws {
        let code = try ProjectFiles.swiftFiles(under: "Sources/Diagnostics").map(ProjectFiles.text).joined()
        for id in try Self.firstColumn(of: "docs/findings.md") where id.contains(".") && id != "certificate.ID" {
            #expect(code.contains("\"\(id)\""), "\(id)")
        }
    }

    @Test("every exit status is documented")
    func exitStatusesAreDocumented() throws {
        let rows = try ProjectFiles.text("docs/status.md").split(separator: "\n")
        for status in ExitStatus.documented.map({ "\($0.code)" }) + ["128+n"] {
            #expect(rows.contains { $0.hasPrefix("| \(status) |") }, "\(status)")
        }
    }

    /// Words that are a `kind:` of something else than a status.
    private static let otherKinds: Set<String> = ["suite", "group", "signature scheme", "CAA", "TLS 1.3"]

    private static func isFamily(_ name: String, _ documented: Set<String>) -> Bool {
        // verify:failed and the like: the ids of problems stand in a table of their own.
        guard name.hasPrefix("verify:") else { return false }
        return documented.contains(String(name.dropFirst("verify:".count)))
    }

    /// What stands between backticks in the first column of a file's tables.
    private static func firstColumn(of file: String) throws -> Set<String> {
        let cells = try ProjectFiles.text(file).split(separator: "\n").filter { $0.hasPrefix("| ") }
            .compactMap { $0.split(separator: "|").first }
        var names: Set<String> = []
        for cell in cells {
            for (index, part) in cell.split(separator: "`", omittingEmptySubsequences: false).enumerated()
            where !index.isMultiple(of: 2) {
                names.insert(String(part))
            }
        }
        return names
    }

    /// The string literals that follow `lead`, up to an interpolation.
    private static func literals(after lead: String, in directory: String) throws -> Set<String> {
        var found: Set<String> = []
        for file in try ProjectFiles.swiftFiles(under: directory) {
            for piece in try ProjectFiles.text(file).components(separatedBy: lead).dropFirst() {
                let literal = String(piece.prefix { $0 != "\"" && $0 != "\\" })
                if !literal.isEmpty { found.insert(literal) }
            }
        }
        return found
    }
}
