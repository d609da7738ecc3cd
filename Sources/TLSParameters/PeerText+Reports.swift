extension PeerText {
    /// The same five characters as in HTML. What XML 1.0 has no way to write, not even by reference, is gone by then: every
    /// control is an escape of ours, U+FFFE and U+FFFF included, and so is each byte that isn't UTF-8.
    func encodedForXML() -> String {
        encodedForHTML()
    }

    /// The marks that CommonMark or GitHub's dialect gives a meaning where this stands: at the beginning of a line, or in the middle
    /// of one, or of a table's cell. Others stay as they are, for whoever reads the document as text.
    func encodedForMarkdown() -> String {
        let text = Array(encodedForTerminal().utf8)
        let number = text.prefix { (0x30...0x39).contains($0) }.count
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        for (place, byte) in text.enumerated() {
            switch byte {
            case UInt8(ascii: "&"): result += "&amp;".utf8
            case UInt8(ascii: "<"): result += "&lt;".utf8
            case UInt8(ascii: ">"): result += "&gt;".utf8
            // A backslash before them would do, but not where a table is split at them first.
            case UInt8(ascii: "|"): result += "&#124;".utf8
            case _ where Self.isMark(byte, at: place, of: text, behindNumber: number):
                result += [UInt8(ascii: "\\"), byte]
            default: result.append(byte)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Whether Markdown would make something of an ASCII mark.
    private static func isMark(_ byte: UInt8, at place: Int, of text: [UInt8], behindNumber number: Int) -> Bool {
        switch byte {
        // Emphasis, code, links, references, mentions, formulas.
        case UInt8(ascii: "\\"), UInt8(ascii: "`"), UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "["),
            UInt8(ascii: "]"), UInt8(ascii: "~"), UInt8(ascii: "#"), UInt8(ascii: "@"), UInt8(ascii: "$"):
            return true
        // Lists, rules, headings.
        case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "="): return place == 0
        case UInt8(ascii: ")"): return number > 0 && place == number
        // Addresses that become links by themselves; numbered lists.
        case UInt8(ascii: ":"): return text[(place + 1)...].first == UInt8(ascii: "/")
        case UInt8(ascii: "."):
            let before = text[max(0, place - 3)..<place].map { $0 | 0x20 }
            return number > 0 && place == number || before.elementsEqual("www".utf8)
        default: return false
        }
    }

    /// SARIF 2.1.0 §3.11.5 has placeholders in braces and §3.11.6 links in brackets, in plain text too.
    func encodedForSARIF() -> String {
        Self.replacing(encodedForTerminal()) { byte in
            switch byte {
            case UInt8(ascii: "\\"): "\\\\"
            case UInt8(ascii: "["): "\\["
            case UInt8(ascii: "]"): "\\]"
            case UInt8(ascii: "{"): "{{"
            case UInt8(ascii: "}"): "}}"
            default: nil
            }
        }
    }

    /// - Parameter isProperty: whether it stands before the command's second pair of colons.
    func encodedForGitHub(isProperty: Bool) -> String {
        Self.replacing(encodedForTerminal()) { byte in
            switch byte {
            case UInt8(ascii: "%"): "%25"
            case UInt8(ascii: ":") where isProperty: "%3A"
            case UInt8(ascii: ",") where isProperty: "%2C"
            default: nil
            }
        }
    }

    func encodedForPrometheus() -> String {
        Self.replacing(encodedForTerminal()) { byte in
            switch byte {
            case UInt8(ascii: "\\"): "\\\\"
            case UInt8(ascii: "\""): "\\\""
            default: nil
            }
        }
    }

    /// Without what a monitoring server takes for the end of the text, or takes out of it before it hands the text to a command.
    func encodedForNagios() -> String {
        Self.replacing(encodedForTerminal()) { byte in
            switch byte {
            // What looks the same is not cut out, and ends no word of a shell.
            case UInt8(ascii: "'"): "\u{2019}"
            case UInt8(ascii: "\""): "\u{201D}"
            case UInt8(ascii: "|"), UInt8(ascii: "`"), UInt8(ascii: "$"), UInt8(ascii: "<"), UInt8(ascii: ">"),
                UInt8(ascii: "&"), UInt8(ascii: ";"):
                "\\x" + String(byte, radix: 16, uppercase: true)
            default: nil
            }
        }
    }

    /// Replaces ASCII characters; all others stay.
    private static func replacing(_ text: String, _ replacement: (UInt8) -> String?) -> String {
        var result: [UInt8] = []
        result.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            if byte < 0x80, let other = replacement(byte) {
                result += other.utf8
            } else {
                result.append(byte)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// The text, or its first `limit` bytes and an ellipsis: a peer may write a megabyte where a word is wanted.
    public func excerpt(_ limit: Int) -> PeerText {
        guard bytes.count > limit else { return self }
        var end = limit
        // Not within a character.
        while end > 0, end > limit - 4, bytes[end] & 0xc0 == 0x80 { end -= 1 }
        return PeerText(bytes: bytes[..<end] + Array("…".utf8))
    }
}
