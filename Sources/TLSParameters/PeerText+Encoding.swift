extension PeerText {
    /// Whether the bytes are well-formed UTF-8 (RFC 3629).
    public var isValidUTF8: Bool {
        var cursor = UTF8Cursor(bytes)
        while let piece = cursor.next() {
            if case .invalid = piece { return false }
        }
        return true
    }

    func encodedForTerminal() -> String {
        encoded { scalar in
            isHarmless(scalar) ? nil : "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
        }
    }

    func encodedForJSON() -> String {
        encoded { _ in nil }
    }

    func encodedForHTML() -> String {
        var text = ""
        for scalar in encodedForTerminal().unicodeScalars {
            switch scalar {
            case "&": text += "&amp;"
            case "<": text += "&lt;"
            case ">": text += "&gt;"
            case "\"": text += "&quot;"
            case "'": text += "&#39;"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }

    func encodedForCSV() -> String {
        let text = encodedForTerminal()
        // Spreadsheets also look behind spaces, and take the full-width forms (U+FF0B and others) for the ASCII ones.
        let first = text.unicodeScalars.first { !$0.properties.isWhitespace }
        let isFormula = first.map { "=+-@\u{ff1d}\u{ff0b}\u{ff0d}\u{ff20}".unicodeScalars.contains($0) } ?? false
        return "\"" + (isFormula ? "'" : "") + text.replacing("\"", with: "\"\"") + "\""
    }

    func encodedForFilename() -> String {
        var name = ""
        for byte in bytes.prefix(64) {
            let isLeading = name.isEmpty
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                name.unicodeScalars.append(Unicode.Scalar(byte))
            case UInt8(ascii: "."), UInt8(ascii: "-"):
                // A leading dot hides the file or climbs a directory, a leading hyphen is taken for an option.
                name.unicodeScalars.append(isLeading ? "_" : Unicode.Scalar(byte))
            default:
                name.unicodeScalars.append("_")
            }
        }
        return name.isEmpty ? "_" : name
    }

    /// Decodes the bytes, replacing each scalar for which `escape` gives text, and writing bytes that aren't UTF-8 as
    /// `\xHH`.
    private func encoded(escape: (Unicode.Scalar) -> String?) -> String {
        var text = ""
        text.reserveCapacity(bytes.count)
        var cursor = UTF8Cursor(bytes)
        while let piece = cursor.next() {
            switch piece {
            case .scalar(let scalar):
                if let escaped = escape(scalar) {
                    text += escaped
                } else {
                    text.unicodeScalars.append(scalar)
                }
            case .invalid(let byte):
                text += "\\x" + hexText(byte).dropFirst(2)
            }
        }
        return text
    }
}

/// Whether a terminal shows `scalar` as a mark of its own and does nothing else with it.
///
/// Refused are C0 and C1 controls and DEL, format characters (bidirectional controls, zero-width characters, tags), line
/// and paragraph separators, characters meant to be invisible, private-use characters and those not assigned at all.
private func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return (0x20...0x7e).contains(scalar.value) }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: return false
    default: return !scalar.properties.isDefaultIgnorableCodePoint
    }
}

/// Walks bytes as UTF-8 without ever repairing them: each step is one scalar or one byte that doesn't belong.
private struct UTF8Cursor {
    enum Piece {
        case scalar(Unicode.Scalar)
        case invalid(UInt8)
    }

    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func next() -> Piece? {
        guard position < bytes.count else { return nil }
        let first = bytes[position]
        let (length, smallest): (Int, UInt32) =
            switch first {
            case 0x00...0x7f: (1, 0)
            case 0xc2...0xdf: (2, 0x80)
            case 0xe0...0xef: (3, 0x800)
            case 0xf0...0xf4: (4, 0x1_0000)
            default: (0, 0)
            }
        guard length > 0, bytes.count - position >= length else { return reject(first) }
        var value = length == 1 ? UInt32(first) : UInt32(first) & (0x7f >> UInt32(length))
        for byte in bytes[(position + 1)..<(position + length)] {
            guard byte & 0xc0 == 0x80 else { return reject(first) }
            value = value << 6 | UInt32(byte & 0x3f)
        }
        // `Unicode.Scalar` refuses surrogates and values past U+10FFFF; the lower bound refuses overlong forms.
        guard value >= smallest, let scalar = Unicode.Scalar(value) else { return reject(first) }
        position += length
        return .scalar(scalar)
    }

    private mutating func reject(_ byte: UInt8) -> Piece {
        position += 1
        return .invalid(byte)
    }
}
