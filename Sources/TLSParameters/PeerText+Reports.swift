extension PeerText {
    /// The same five characters as in HTML. What XML 1.0 has no way to write, not even by reference, is gone by then: every
    /// control is an escape of ours, U+FFFE and U+FFFF included, and so is each byte that isn't UTF-8.
    func encodedForXML() -> String {
        encodedForHTML()
    }

    /// Every mark that CommonMark or GitHub's dialect gives a meaning, in the middle of a line or of a table's cell.
    func encodedForMarkdown() -> String {
        Self.replacing(encodedForTerminal()) { byte in
            switch byte {
            case UInt8(ascii: "&"): "&amp;"
            case UInt8(ascii: "<"): "&lt;"
            case UInt8(ascii: ">"): "&gt;"
            // A backslash before them would do, but not where a table is split at them first.
            case UInt8(ascii: "|"): "&#124;"
            case UInt8(ascii: "!")...UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: ":"),
                UInt8(ascii: "="), UInt8(ascii: "@"), UInt8(ascii: "[")...UInt8(ascii: "`"), UInt8(ascii: "{"),
                UInt8(ascii: "}"), UInt8(ascii: "~"):
                "\\" + String(Unicode.Scalar(byte))
            default: nil
            }
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

    func encodedForNagios() -> String {
        Self.replacing(encodedForTerminal()) { byte in
            switch byte {
            case UInt8(ascii: "|"), UInt8(ascii: "`"), UInt8(ascii: "$"), UInt8(ascii: "<"), UInt8(ascii: ">"),
                UInt8(ascii: "&"), UInt8(ascii: ";"), UInt8(ascii: "'"), UInt8(ascii: "\""):
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
