import Diagnostics
import Testing

@testable import SechanCLI

/// What is typed on a terminal: data, but for what follows the escape key.
@Suite("Escape key")
struct EscapeTests {
    /// Everything that the scanner makes of these pieces.
    private static func scan(_ pieces: [String], escape: UInt8 = 0x1d) -> [EscapeScanner.Piece] {
        var scanner = EscapeScanner(escape: escape)
        return pieces.flatMap { scanner.take(Array($0.utf8)) }
    }

    @Test("without the key everything is data")
    func data() {
        #expect(Self.scan(["renegotiate\nquit\n"]) == [.data(Array("renegotiate\nquit\n".utf8))])
        #expect(Self.scan([""]) == [])
    }

    @Test("the key opens a line, which ends with its line")
    func command() {
        let wanted: [EscapeScanner.Piece] = [
            .data(Array("before".utf8)), .opened, .line("quit"), .data(Array("after\n".utf8)),
        ]
        #expect(Self.scan(["before\u{1d}quit\nafter\n"]) == wanted)
        #expect(Self.scan(["before\u{1d}", "qu", "it\n", "after\n"]) == wanted)
        #expect(Self.scan(["\u{1d}\n"]) == [.opened, .line("")])
    }

    @Test("the key typed twice is data")
    func literal() {
        #expect(Self.scan(["\u{1d}\u{1d}x"]) == [.opened, .data([0x1d, 0x78])])
        #expect(Self.scan(["~~"], escape: 0x7e) == [.opened, .data([0x7e])])
    }

    @Test("a line has a limit")
    func limit() {
        let pieces = Self.scan(["\u{1d}" + String(repeating: "a", count: 10_000), "\n"])
        guard case .line(let line)? = pieces.last else { return #expect(Bool(false)) }
        #expect(line.count == 256)
    }

    @Test(
        "the key is a character or a control character",
        arguments: [
            ("none", EscapeCharacter.none), ("^]", .byte(0x1d)), ("ctrl-]", .byte(0x1d)), ("Ctrl-a", .byte(1)),
            ("^A", .byte(1)), ("~", .byte(0x7e)), ("^", .byte(0x5e)), ("^_", .byte(0x1f)),
        ] as [(String, EscapeCharacter)]
    )
    func character(_ text: String, _ wanted: EscapeCharacter) {
        #expect(EscapeCharacter(text) == wanted)
    }

    @Test(
        "what the terminal needs for itself can't be the key",
        arguments: ["", "^C", "^d", "^M", "^J", "^Z", "^\\", "^S", "ab", "ä", " ", "\n", "^ä", "^1"]
    )
    func refused(_ text: String) {
        #expect(EscapeCharacter(text) == nil)
    }
}

/// Options of OpenSSL's commands, typed from habit.
@Suite("OpenSSL habits")
struct OpenSSLHabitTests {
    @Test(
        "names our option",
        arguments: [
            (["connect", "-connect", "example.com:443"], "write the target alone"),
            (["connect", "example.com", "-servername", "a.example"], "write --sni NAME"),
            (["connect", "-showcerts", "example.com"], "--certs-out FILE"),
            (["inspect", "-showcerts", "example.com"], "every certificate is shown"),
            (["inspect", "-connect", "example.com:443"], "as in 'sechan inspect example.com:443'"),
            (["inspect", "-in", "a.pem", "-noout", "-text"], "name the file alone"),
            (["shutdown", "example.com", "-quiet"], "nothing but the report is written"),
            (["connect", "-CAfile", "ca.pem", "example.com"], "write --ca FILE"),
            (["connect", "-ssl3", "example.com"], "write --protocol ssl3"),
            (["serve", "-ssl3"], "write --protocol ssl3"),
            (["serve", "-accept", "4433"], "write --listen"),
        ] as [([String], String)]
    )
    func advises(_ arguments: [String], _ advice: String) throws {
        let run = try RunningTool.run(RunningTool.sechan(), arguments)
        #expect(run.status == 2)
        #expect(run.output == "")
        let lines = run.complaints.split(separator: "\n")
        #expect(lines.count == 2 && lines[0].contains("is an option of 'openssl "), "\(run.complaints)")
        #expect(lines.last?.contains(advice) == true, "\(run.complaints)")
    }

    @Test("every option that is named exists")
    func optionsExist() throws {
        for verb in Verb.allCases where verb != .ciphers {
            let known = try CommandTree.verb(verb.rawValue).options
            #expect(!OpenSSLHabit.tables(verb).isEmpty)
            for (name, advice) in OpenSSLHabit.tables(verb).flatMap(\.table) {
                for word in advice.split(whereSeparator: { " ,;".contains($0) }) where word.hasPrefix("--") {
                    #expect(known.contains(String(word)), "-\(name) leads to \(word), which \(verb) does not have")
                }
            }
        }
    }

    @Test("what has two hyphens, or stands behind them, is left alone")
    func others() throws {
        try OpenSSLHabit.check(["connect", "--connect-to", "a", "--cert", "b", "-q", "-4", "example.com"])
        try OpenSSLHabit.check(["connect", "--", "-connect"])
        try OpenSSLHabit.check(["ciphers", "-connect"])
        try OpenSSLHabit.check([])
    }
}
