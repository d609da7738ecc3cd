/// The words and the blanks between them.
extension TOMLReader {
    var peek: UInt8? { index < bytes.count ? bytes[index] : nil }

    /// What stands here, for a message.
    var found: String {
        guard let byte = peek else { return "the end of the file" }
        if byte == 0x0A || byte == 0x0D { return "the end of the line" }
        return byte > 0x20 && byte < 0x7F ? "'\(Character(UnicodeScalar(byte)))'" : "an odd character"
    }

    static func isWord(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "_")
            || byte == UInt8(ascii: "-")
    }

    mutating func skipBlanks() {
        while let byte = peek, byte == 0x20 || byte == 0x09 { index += 1 }
    }

    /// Skips blanks, comments and ends of lines.
    mutating func skipLines() throws(TOMLError) {
        while let byte = peek {
            switch byte {
            case 0x20, 0x09: index += 1
            case 0x0A:
                index += 1
                line += 1
            case 0x0D where index + 1 < bytes.count && bytes[index + 1] == 0x0A: index += 1
            case UInt8(ascii: "#"): try comment()
            default: return
            }
        }
    }

    mutating func comment() throws(TOMLError) {
        while let byte = peek, byte != 0x0A {
            guard byte >= 0x20 && byte != 0x7F || byte == 0x09 || byte == 0x0D else {
                throw TOMLError(line: line, reason: "a comment holds a control character")
            }
            index += 1
        }
    }

    mutating func endOfLine(after what: String) throws(TOMLError) {
        skipBlanks()
        if peek == UInt8(ascii: "#") { try comment() }
        if peek == 0x0D, index + 1 < bytes.count, bytes[index + 1] == 0x0A { index += 1 }
        guard let byte = peek else { return }
        guard byte == 0x0A else {
            throw TOMLError(line: line, reason: "expected the end of the line after \(what), found \(found)")
        }
    }

    /// `"…"` with escapes or `'…'` without.
    mutating func string() throws(TOMLError) -> String {
        let quote = bytes[index]
        index += 1
        if peek == quote, index + 1 < bytes.count, bytes[index + 1] == quote {
            throw TOMLError(line: line, reason: "strings over several lines are not read", hint: "keep it on one line")
        }
        var text: [UInt8] = []
        while let byte = peek {
            index += 1
            if byte == quote { return String(decoding: text, as: UTF8.self) }
            if byte == 0x0A || byte == 0x0D { break }
            guard byte >= 0x20 && byte != 0x7F || byte == 0x09 else {
                throw TOMLError(line: line, reason: "a string holds a control character")
            }
            if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
                text += try escape()
            } else {
                text.append(byte)
            }
        }
        let mark = quote == UInt8(ascii: "'") ? "'" : "\""
        throw TOMLError(line: line, reason: "the string is not closed", hint: "\(mark) is missing")
    }

    mutating func escape() throws(TOMLError) -> [UInt8] {
        let byte = peek
        index += 1
        switch byte {
        case UInt8(ascii: "\"")?: return [0x22]
        case UInt8(ascii: "\\")?: return [0x5C]
        case UInt8(ascii: "t")?: return [0x09]
        case UInt8(ascii: "n")?: return [0x0A]
        case UInt8(ascii: "r")?: return [0x0D]
        case UInt8(ascii: "b")?: return [0x08]
        case UInt8(ascii: "f")?: return [0x0C]
        case UInt8(ascii: "u")?, UInt8(ascii: "U")?:
            let length = byte == UInt8(ascii: "u") ? 4 : 8
            let digits = String(decoding: bytes[index..<min(index + length, bytes.count)], as: UTF8.self)
            guard digits.utf8.count == length, digits.allSatisfy(\.isHexDigit),
                let value = UInt32(digits, radix: 16), let scalar = UnicodeScalar(value)
            else { break }
            index += length
            return Array(String(scalar).utf8)
        default: break
        }
        throw TOMLError(
            line: line,
            reason: "an escape in a string is wrong",
            hint: "write \\\\ for a backslash, or use '…'"
        )
    }
}
