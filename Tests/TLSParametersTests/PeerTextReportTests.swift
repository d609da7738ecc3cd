import TLSParameters
import Testing

/// What a peer may write to harm whoever reads a report, in every form that a report takes.
@Suite("Text from a peer, in reports")
struct PeerTextReportTests {
    private static let encoders: [PeerText.Encoder] = [
        .terminal, .filename, .html, .csv, .xml, .markdown, .sarif, .githubMessage, .githubProperty, .prometheus,
        .nagios,
    ]

    @Test("no encoder but JSON's lets a control, a line's end or an invisible character through", arguments: encoders)
    func controls(encoder: PeerText.Encoder) {
        for value in Array(UInt32(0)...0x1f) + Array(UInt32(0x7f)...0x9f) + [
            0x2028, 0x202e, 0x2066, 0x200b, 0xfffe, 0xffff,
        ] {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let text = PeerText("a\(String(scalar))b").encoded(for: encoder)
            #expect(!text.unicodeScalars.contains(scalar), "U+\(String(value, radix: 16))")
        }
        #expect(!PeerText(bytes: [0x61, 0xff, 0xc3]).encoded(for: encoder).unicodeScalars.contains("\u{fffd}"))
    }

    @Test("XML has neither a tag, an end of CDATA nor a reference to what it can't hold")
    func xml() {
        #expect(PeerText("a]]><b c='d'>&#0;").encoded(for: .xml) == "a]]&gt;&lt;b c=&#39;d&#39;&gt;&amp;#0;")
        #expect(PeerText("\u{0}\u{fffe}").encoded(for: .xml) == "\\u{0}\\u{FFFE}")
        #expect(PeerText("é東🦜").encoded(for: .xml) == "é東🦜")
    }

    @Test("Markdown is text: no emphasis, code, link, image, tag, cell, list or mention begins in it")
    func markdown() {
        func markdown(_ text: String) -> String { PeerText(text).encoded(for: .markdown) }
        #expect(markdown("plain words, 42 of them/all") == "plain words, 42 of them/all")
        #expect(markdown("![x](http://a)") == "!\\[x\\](http\\://a)")
        #expect(markdown("see www.a.example or HTTPS://b") == "see www\\.a.example or HTTPS\\://b")
        #expect(markdown("the server's: \"1.2\" (CN=a-b), 5%!") == "the server's: \"1.2\" (CN=a-b), 5%!")
        #expect(markdown("12. x") == "12\\. x")
        #expect(markdown("1) x") == "1\\) x")
        #expect(markdown("--- x ---") == "\\--- x ---")
        #expect(markdown("+ x") == "\\+ x")
        #expect(markdown("<script>&amp;") == "&lt;script&gt;&amp;amp;")
        #expect(markdown("a|b") == "a&#124;b")
        #expect(markdown("`*_~#") == "\\`\\*\\_\\~\\#")
        #expect(markdown("- 1. = @you") == "\\- 1. = \\@you")
        #expect(markdown("\n# x") == "\\\\u{A}\\# x")
    }

    @Test("a message of SARIF holds neither a placeholder nor a link")
    func sarif() {
        #expect(PeerText("{0} [a](b) \\").encoded(for: .sarif) == "{{0}} \\[a\\](b) \\\\")
        #expect(PeerText("\u{1b}").encoded(for: .sarif) == "\\\\u{{1B}}")
    }

    @Test("no workflow command begins in another's message, and no property ends early")
    func github() {
        let text = PeerText("100%\r\n::error::x,y:z%0A")
        #expect(text.encoded(for: .githubMessage) == "100%25\\u{D}\\u{A}::error::x,y:z%250A")
        #expect(text.encoded(for: .githubProperty) == "100%25\\u{D}\\u{A}%3A%3Aerror%3A%3Ax%2Cy%3Az%250A")
    }

    @Test("a label's value ends where it should, and performance data don't begin in a plugin's text")
    func monitoring() {
        #expect(PeerText("a\"} 1\nb\\").encoded(for: .prometheus) == "a\\\"} 1\\\\u{A}b\\\\")
        #expect(
            PeerText("x | 'days'=1;`id`$HOME").encoded(for: .nagios)
                == "x \\x7C \u{2019}days\u{2019}=1\\x3B\\x60id\\x60\\x24HOME"
        )
    }

    @Test("an excerpt ends between two characters, and says that it is one")
    func excerpt() {
        #expect(PeerText("abc").excerpt(3) == PeerText("abc"))
        #expect(PeerText("abcd").excerpt(3) == PeerText("abc…"))
        #expect(PeerText("aé東").excerpt(2) == PeerText("a…"))
        #expect(PeerText("東東").excerpt(5) == PeerText("東…"))
        #expect(
            PeerText(bytes: [UInt8](repeating: 0x80, count: 9)).excerpt(5).bytes.count >= 4,
            "what is no character is cut anywhere"
        )
    }
}
