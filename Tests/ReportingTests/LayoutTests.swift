import TLSParameters
import Testing

@testable import Reporting

@Suite struct LayoutTests {
    private static let plain = TextStyle(colour: false, columns: nil)

    @Test func alignsLabels() {
        var document = TextDocument()
        document.section("facts") { rows in
            rows.row("a", "one")
            rows.row("longer", "two")
            rows.row("none", nil)
            rows.row("empty", "")
        }
        document.section("nothing") { _ in }
        #expect(document.text(Self.plain) == "facts\n  a       one\n  longer  two\n")
    }

    @Test func alignsColumns() {
        var document = TextDocument()
        document.table(
            "table",
            TextDocument.Table(
                header: ["n", "name", "end"],
                rows: [["1", "x", "a"], ["100", "longer", ""], ["20", "é", "c"]],
                rightAligned: [0]
            )
        )
        #expect(
            document.text(Self.plain) == """
                table
                    n  name    end
                    1  x       a
                  100  longer
                   20  é       c

                """
        )
    }

    @Test func survivesRaggedTables() {
        var document = TextDocument()
        document.table("t", TextDocument.Table(header: ["a", "b"], rows: [["1"], [], ["1", "2", "3"]]))
        #expect(document.text(Self.plain).contains("  1  2"))
        document = TextDocument()
        document.table("t", TextDocument.Table(header: ["a"], rows: []))
        #expect(document.text(Self.plain).isEmpty)
    }

    @Test func cutsNoWordThatFitsOnALine() {
        var document = TextDocument()
        document.section("s") { $0.row("a label of some length", "in an odd format that is too long for one line") }
        let text = document.text(TextStyle(colour: false, columns: 40))
        let words = Set("a label of some length in an odd format that is too long for one line".split(separator: " "))
        for word in text.split(whereSeparator: { " \n".contains($0) }) where word != "s" {
            #expect(words.contains(word), "\(text)")
        }
    }

    @Test func foldsAtSpacesUnderTheValue() {
        var document = TextDocument()
        document.section("s") { $0.row("label", "one two three four five") }
        #expect(
            document.text(TextStyle(colour: false, columns: 22)) == """
                s
                  label  one two three
                         four five

                """
        )
    }

    @Test func cutsWordsThatAreTooLong() {
        var document = TextDocument()
        document.line(StyledText(String(repeating: "x", count: 45)))
        let lines = document.text(TextStyle(colour: false, columns: 20)).split(separator: "\n")
        #expect(lines.map(\.count) == [20, 20, 9])
        #expect(lines.dropFirst().allSatisfy { $0.hasPrefix("  x") })
    }

    @Test func coloursAndResets() {
        var document = TextDocument()
        document.line("a \("b", .bad) c")
        #expect(document.text(TextStyle(colour: true, columns: nil)) == "a \u{1b}[31mb\u{1b}[0m c\n")
        #expect(document.text(Self.plain) == "a b c\n")
    }

    @Test func coloursEveryLineOfAFoldedPiece() {
        var document = TextDocument()
        document.line(StyledText("one two three four five six", .good))
        let lines = document.text(TextStyle(colour: true, columns: 16)).split(separator: "\n")
        #expect(lines.count > 1)
        #expect(lines.allSatisfy { $0.contains("\u{1b}[32m") && $0.hasSuffix("\u{1b}[0m") })
    }
}

@Suite struct StyledTextTests {
    @Test func keepsWordsApart() {
        let peer = PeerText("x\u{1b}y")
        let text: StyledText = "name \(peer), \(7) bytes, \("ours", .weak)"
        #expect(text.pieces.map(\.terminal).joined() == "name x\\u{1B}y, 7 bytes, ours")
        #expect(text.width == "name x\\u{1B}y, 7 bytes, ours".count)
        #expect(text.pieces.contains { $0.words == .peers(peer) })
        #expect(text.pieces.last?.tone == .weak)
    }

    @Test func defusesOurOwnWordsToo() {
        #expect(StyledText("a\u{1b}[2Jb\r\n").pieces.map(\.terminal) == ["a\\u{1B}[2Jb\\u{D}\\u{A}"])
        #expect(StyledText("… § é").pieces.map(\.terminal) == ["… § é"])
    }

    @Test func joinsAndAdds() {
        let joined = StyledText.joined(["a", "b", "c"])
        #expect(joined.pieces.map(\.terminal).joined() == "a, b, c")
        #expect(StyledText.joined([]).isEmpty)
        #expect((StyledText("a") + StyledText("b")).width == 2)
        #expect(StyledText("").isEmpty)
        #expect(StyledText(PeerText("")).isEmpty)
    }
}

@Suite struct SecondsTests {
    @Test(
        arguments: [
            (0, "0.0 ms"), (0.0004, "0.4 ms"), (0.00995, "10.0 ms"), (0.012, "12 ms"), (0.9994, "999 ms"),
            (0.9999, "1000 ms"), (1, "1.00 s"), (1.25, "1.25 s"), (61.005, "61.01 s"), (86_400, "86400.00 s"),
            (-1, "?"),
            (.nan, "?"), (.infinity, "?"), (-.infinity, "?"), (1e300, "1000000000000.00 s"),
        ] as [(Double, String)]
    )
    func isForPeople(_ seconds: Double, text: String) {
        #expect(Seconds.text(seconds) == text)
    }
}
