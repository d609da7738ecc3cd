import Testing

@testable import SechanCLI

@Suite struct TerminalTextTests {
    private func text(_ pieces: [[UInt8]]) -> String {
        var terminal = TerminalText()
        return pieces.map { terminal.take($0) }.joined() + terminal.end()
    }

    @Test(arguments: [
        "ascii\n", "gr\u{fc}\u{df}e", "\u{20ac} and \u{1f512}", "\n\n", "a\r\nb\r\n", "a\u{1b}[31mb\r\nc\r",
    ])
    func doesNotDependOnWhereTheTextIsCut(_ string: String) {
        let bytes = Array(string.utf8)
        let whole = text([bytes])
        for cut in 0...bytes.count { #expect(text([Array(bytes[..<cut]), Array(bytes[cut...])]) == whole) }
        #expect(text(bytes.map { [$0] }) == whole)
    }

    @Test func showsWhatIsNoText() {
        #expect(text([[0xe2, 0x82]]) == #"\xE2\x82"#)
        #expect(text([[0xe2, 0x82], [0x41]]) == #"\xE2\x82A"#)
        #expect(text([[0xff], [0x80, 0x80, 0x80, 0x80]]) == #"\xFF\x80\x80\x80\x80"#)
        #expect(text([[0x0d], [0x41]]) == #"\u{D}A"#)
    }

    @Test func keepsLineEnds() {
        #expect(text([Array("a\r\n\nb\n".utf8)]) == "a\n\nb\n")
    }

    /// What can be shown is shown at once.
    @Test func keepsBackNothingThatIsComplete() {
        var terminal = TerminalText()
        #expect(terminal.take(Array("\u{20ac}".utf8)) == "\u{20ac}")
        #expect(terminal.take([0xf0, 0x9f, 0x94]) == "")
        #expect(terminal.take([0x92]) == "\u{1f512}")
        #expect(terminal.end() == "")
    }
}
