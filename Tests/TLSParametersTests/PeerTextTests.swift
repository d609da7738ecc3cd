import Foundation
import TLSParameters
import Testing

@Suite("Text from a peer")
struct PeerTextTests {
    private func terminal(_ text: String) -> String { PeerText(text).encoded(for: .terminal) }
    private func terminal(_ bytes: [UInt8]) -> String { PeerText(bytes: bytes).encoded(for: .terminal) }

    @Test("readable text stays as it is")
    func readable() {
        for text in ["example.com", "Zürich, 東京", "a b\\c\"d'<&>;=+-@", "🦜", ""] {
            #expect(terminal(text) == text)
            #expect(PeerText(text).encoded(for: .json) == text)
        }
    }

    @Test("every C0 and C1 control and DEL is escaped on a terminal")
    func controls() {
        for value in Array(UInt32(0)...0x1f) + [0x7f] + Array(UInt32(0x80)...0x9f) {
            guard let scalar = Unicode.Scalar(value) else { continue }
            #expect(terminal(String(scalar)) == "\\u{\(String(value, radix: 16, uppercase: true))}")
        }
        #expect(terminal("a\u{1b}[31mb\r\nc\td") == "a\\u{1B}[31mb\\u{D}\\u{A}c\\u{9}d")
    }

    @Test(
        "what reorders, hides or breaks lines is escaped on a terminal",
        arguments: [
            0x202a, 0x202e, 0x2066, 0x2069, 0x200e, 0x200f, 0x061c,  // bidirectional
            0x200b, 0x200c, 0x200d, 0x2060, 0xfeff, 0x00ad, 0x180e,  // zero width
            0x2028, 0x2029,  // line and paragraph separators
            0x3164, 0x115f, 0xfe0f, 0xe0041, 0xe0100, 0x034f,  // meant to be invisible
            0xe000, 0x0378, 0xfffe,  // private, unassigned, not a character
        ] as [UInt32]
    )
    func invisible(value: UInt32) throws {
        let scalar = try #require(Unicode.Scalar(value))
        #expect(terminal("a\(String(scalar))b") == "a\\u{\(String(value, radix: 16, uppercase: true))}b")
    }

    @Test("bytes that aren't UTF-8 are shown one by one and never repaired")
    func invalidUTF8() {
        #expect(terminal([0x61, 0xff, 0x62]) == "a\\xFFb")
        #expect(terminal([0xc3]) == "\\xC3")
        #expect(terminal([0xc3, 0x28]) == "\\xC3(")
        #expect(terminal([0xc0, 0x80]) == "\\xC0\\x80", "overlong")
        #expect(terminal([0xe0, 0x80, 0xaf]) == "\\xE0\\x80\\xAF", "overlong")
        #expect(terminal([0xf0, 0x80, 0x80, 0xaf]) == "\\xF0\\x80\\x80\\xAF", "overlong")
        #expect(terminal([0xed, 0xa0, 0x80]) == "\\xED\\xA0\\x80", "surrogate")
        #expect(terminal([0xf4, 0x90, 0x80, 0x80]) == "\\xF4\\x90\\x80\\x80", "past U+10FFFF")
        #expect(terminal([0xf0, 0x9f, 0xa6]) == "\\xF0\\x9F\\xA6", "cut short")
        #expect(PeerText(bytes: [0x61, 0x9b]).encoded(for: .json) == "a\\x9B")
        #expect(!PeerText(bytes: [0x9b]).isValidUTF8)
        #expect(PeerText("ü").isValidUTF8)
    }

    @Test("every string of one or two bytes gives printable text on a terminal")
    func exhaustive() {
        var wrong: [[UInt8]] = []
        for first in UInt8.min...UInt8.max {
            for second in UInt8.min...UInt8.max {
                let text = PeerText(bytes: [first, second])
                let isPrintable = text.encoded(for: .terminal).unicodeScalars.allSatisfy { scalar in
                    scalar.value >= 0x20 && !(0x7f...0x9f).contains(scalar.value) && scalar.value != 0xad
                }
                let agrees = text.isValidUTF8 == (String(validating: text.bytes) != nil)
                if !isPrintable || !agrees { wrong.append(text.bytes) }
            }
        }
        #expect(wrong == [])
    }

    @Test("a field of CSV stays one field on one line, and is no formula")
    func csv() {
        func csv(_ text: String) -> String { PeerText(text).encoded(for: .csv) }
        #expect(csv("plain, with a comma") == "\"plain, with a comma\"")
        #expect(csv("") == "\"\"")
        #expect(csv("say \"no\"\r\nid,fake") == "\"say \"\"no\"\"\\u{D}\\u{A}id,fake\"")
        for start in ["=", "+", "-", "@", "  =", "\u{a0}=", "\u{ff1d}", "\u{ff0b}"] {
            #expect(csv(start + "HYPERLINK(1)").hasPrefix("\"'"), "\(start)")
        }
        // Controls are escapes by then, which begin with a backslash.
        #expect(csv("\t=1") == "\"\\u{9}=1\"")
        #expect(PeerText(bytes: [0xff, 0x3d]).encoded(for: .csv) == "\"\\xFF=\"")
        #expect(csv("a=b") == "\"a=b\"")
        #expect(csv("grüße") == "\"grüße\"")
    }

    @Test("HTML gets no byte that could begin a tag, end an attribute or steer a terminal")
    func html() {
        func html(_ text: String) -> String { PeerText(text).encoded(for: .html) }
        #expect(html("<script>alert('x')</script>") == "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;")
        #expect(html("\" onload=\"x") == "&quot; onload=&quot;x")
        #expect(html("a&amp;b") == "a&amp;amp;b")
        #expect(html("\u{202E}\u{1b}[31m") == "\\u{202E}\\u{1B}[31m")
        #expect(PeerText(bytes: [0x3c, 0xff]).encoded(for: .html) == "&lt;\\xFF")
        #expect(html("grüße") == "grüße")
    }

    @Test("a file name has no way out of its directory")
    func filename() {
        func name(_ text: String) -> String { PeerText(text).encoded(for: .filename) }
        #expect(name("example.com") == "example.com")
        #expect(name("../../etc/passwd") == "_._.._etc_passwd")
        #expect(name("..") == "_.")
        #expect(name("-rf") == "_rf")
        #expect(name(".bashrc") == "_bashrc")
        #expect(name("") == "_")
        #expect(name("a\u{0}b c*ü") == "a_b_c___")
        #expect(name(String(repeating: "a", count: 500)).count == 64)
    }

    @Test("printing by reflection gives the terminal's form only")
    func description() {
        let hostile = PeerText("\u{1b}]0;x\u{7}")
        #expect(String(describing: hostile) == "\\u{1B}]0;x\\u{7}")
        #expect(String(reflecting: hostile) == "\"\\u{1B}]0;x\\u{7}\"")
        #expect(!String(describing: [hostile]).utf8.contains(0x1b))
        #expect(!String(describing: Optional(hostile)).utf8.contains(0x1b))
        var dumped = ""
        dump(["key": hostile], to: &dumped)
        #expect(!dumped.utf8.contains(0x1b))
    }

    @Test("JSON carries the text whole")
    func codable() throws {
        let text = PeerText("a\u{1b}\"ü")
        let json = try JSONEncoder().encode([text])
        #expect(try JSONDecoder().decode([PeerText].self, from: json) == [text])
        #expect(!json.contains(0x1b))
    }
}

extension String {
    /// The standard library's own opinion of whether bytes are UTF-8.
    fileprivate init?(validating bytes: [UInt8]) {
        self.init(validating: bytes, as: UTF8.self)
    }
}
