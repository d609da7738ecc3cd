import Certificates
import Diagnostics
import SecureChannel
import TLSParameters
import Testing

@testable import Reporting

/// What holds for every view of every verb, whatever a peer calls itself.
@Suite struct TextTests {
    private typealias Views = [(name: String, document: TextDocument)]

    /// Made once: they are many, and all tests read the same.
    private struct Sets: Sendable {
        let identity: Identity
        let plain: Views
        let hostile: Views
        let traced: Views

        init() throws {
            identity = try Samples.identity(named: Samples.hostile)
            let ends = try Samples.session()
            let harmless = try Identity.selfSigned(names: ["a.test"])
            plain = try Samples.documents(ends, text: "harmless", identity: harmless) + Samples.tables()
            let evil = try Samples.session(.tls12, identity: identity, text: Samples.hostile)
            hostile = try Samples.documents(evil, text: Samples.hostile, identity: identity)
            traced = try Samples.documents(evil, text: Samples.hostile, identity: identity, traced: true)
        }
    }

    private static let sets = Result { try Sets() }
    private let identity: Identity
    private let plain: Views
    private let hostile: Views
    private let traced: Views

    init() throws {
        let sets = try Self.sets.get()
        (identity, plain, hostile, traced) = (sets.identity, sets.plain, sets.hostile, sets.traced)
    }

    @Test func holdsNoControlCharacters() {
        for (name, document) in plain + hostile + traced {
            for columns in [nil, 100, 60] {
                let text = document.text(TextStyle(colour: false, columns: columns))
                #expect(!text.isEmpty, "\(name)")
                #expect(forbidden(in: text).isEmpty, "\(name): \(forbidden(in: text))")
            }
        }
    }

    @Test func showsHostileNamesAsEscapes() {
        for (name, document) in hostile where name != "renegotiate" && name != "shutdown" {
            let text = document.text(TextStyle(colour: false, columns: nil))
            #expect(text.contains("\\u{1B}") || name == "connect closing", "\(name)")
            #expect(!text.contains("\nfake: line"), "\(name)")
        }
    }

    @Test func coloursOnlyWhenAsked() {
        for (name, document) in plain + hostile + traced {
            let bare = document.text(TextStyle(colour: false, columns: nil))
            #expect(!bare.unicodeScalars.contains("\u{1b}"), "\(name)")
            let coloured = document.text(TextStyle(colour: true, columns: nil))
            // A coloured blank at the end of a line, as in a dump, can't be seen and may stay.
            let trimmed = uncoloured(coloured).replacing(/[ ]+\n/, with: "\n")
            #expect(trimmed == bare, "\(name)")
            #expect(forbidden(in: uncoloured(coloured)).isEmpty, "\(name)")
        }
    }

    @Test func everyLineEndsWithoutColour() {
        for (name, document) in plain + hostile + traced {
            for columns in [nil, 60] {
                for line in document.text(TextStyle(colour: true, columns: columns)).split(separator: "\n") {
                    guard let last = line.lastIndex(of: "\u{1b}") else { continue }
                    #expect(line[last...].hasPrefix("\u{1b}[0m"), "\(name): \(line.debugDescription)")
                }
            }
        }
    }

    /// Commands, time lines and legs are made to be pasted and compared, and are never folded.
    @Test(arguments: [60, 80, 100])
    func fitsTheColumns(_ width: Int) {
        for (name, document) in plain + hostile where name != "serve listening" {
            for line in document.text(TextStyle(colour: false, columns: width)).split(separator: "\n") {
                #expect(columns(line) <= width, "\(name): \(line)")
            }
        }
    }

    @Test(arguments: [20, 40, 60, 99])
    func losesNothingByFolding(_ width: Int) {
        for (name, document) in plain + hostile + traced {
            let document = document.keepingEverything
            let whole = document.text(TextStyle(colour: false, columns: nil))
            let folded = document.text(TextStyle(colour: false, columns: width))
            #expect(words(folded) == words(whole), "\(name)")
        }
    }

    @Test func survivesAnyWidth() {
        for width in [-1, 0, 1, 2, 5, 10, 13, 14, 15, 1_000_000, Int.max] {
            for (_, document) in hostile {
                #expect(!document.text(TextStyle(colour: true, columns: width)).isEmpty)
            }
        }
    }

    @Test func linesHaveNoBlanksAtTheirEnd() {
        for (name, document) in plain + hostile {
            for line in document.text(TextStyle(colour: false, columns: 80)).split(separator: "\n") {
                #expect(!line.hasSuffix(" "), "\(name): '\(line)'")
            }
        }
    }

    @Test func pagesHoldNoMarkupOfOthers() throws {
        let evil = try Samples.session(.tls12, identity: identity, text: Samples.hostile)
        let page = try ServePage.render(Samples.served(evil, text: Samples.hostile), as: .html)
        #expect(forbidden(in: page).isEmpty)
        #expect(!page.contains("<script"))
        #expect(page.contains("&lt;script&gt;"))
        #expect(page.count(of: "<td") == page.count(of: "</td>"))
        let text = try ServePage.render(Samples.served(evil, text: Samples.hostile), as: .text)
        #expect(forbidden(in: text).isEmpty)
        #expect(text.split(separator: "\n").allSatisfy { columns($0) <= 100 })
    }
}

extension String {
    fileprivate func count(of part: String) -> Int {
        ranges(of: part).count
    }
}

extension TextDocument {
    /// The document with tables that give up no column, however narrow it gets, and without the bytes that are cut.
    fileprivate var keepingEverything: TextDocument {
        var document = self
        document.blocks = blocks.map { block in
            switch block {
            case .table(let title, var table):
                table.droppable = []
                return .table(title: title, table)
            case .section(let title, let rows): return .section(title: title, rows: rows.filter { !$0.isCut })
            default: return block
            }
        }
        return document
    }
}

@Suite struct NarrowTableTests {
    @Test func givesUpColumnsInOrderAndOnlyWhenItMust() {
        var document = TextDocument()
        document.table(
            "t",
            TextDocument.Table(
                header: ["a", "bb", "ccc"],
                rows: [["1", "22", "333"]],
                rightAligned: [2],
                droppable: [1, 0]
            )
        )
        func lines(_ columns: Int?) -> [Substring] {
            document.text(TextStyle(colour: false, columns: columns)).split(separator: "\n")
        }
        #expect(lines(nil) == ["t", "  a  bb  ccc", "  1  22  333"])
        #expect(lines(12) == ["t", "  a  bb  ccc", "  1  22  333"])
        #expect(lines(11) == ["t", "  a  ccc", "  1  333"])
        #expect(lines(7) == ["t", "  ccc", "  333"])
    }
}
