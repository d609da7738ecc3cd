import SecureChannel
import TLSParameters

/// The legs of a lifecycle, and their bytes.
enum TraceText {
    /// Adds what was asked for: the legs, the legs with their bytes, or nothing.
    static func add(_ legs: [Leg], to document: inout TextDocument, trace: Bool, hex: Bool) {
        guard trace || hex, !legs.isEmpty else { return }
        document.verbatim(
            "legs",
            legs.flatMap { leg in
                [line(leg)] + leg.records.map { StyledText(indent + $0.text) }
                    + (hex ? dump(leg.bytes).map { StyledText(indent + $0, .faint) } : [])
            }
        )
    }

    private static let indent = "       "

    /// `  1  ->     517 bytes    0.4 ms  continue-needed`, then a line a record.
    private static func line(_ leg: Leg) -> StyledText {
        let arrow = leg.direction == .sent ? "->" : "<-"
        return StyledText("\(leg.number)".leftPadded(to: 3) + "  \(arrow)  ", .faint)
            + StyledText("\(leg.byteCount)".leftPadded(to: 6) + " bytes  ")
            + StyledText(Seconds.text(leg.seconds).leftPadded(to: 8) + "  ", .faint)
            + StyledText(leg.status)
    }

    /// Sixteen bytes a line: offset, hexadecimal, printable ASCII.
    private static func dump(_ bytes: [UInt8]) -> [String] {
        stride(from: 0, to: bytes.count, by: 16).map { start in
            let line = bytes[start..<min(start + 16, bytes.count)]
            let offset = hexadecimal(start, digits: 4)
            var digits = ""
            for (index, byte) in line.enumerated() {
                digits += (index == 8 ? "  " : " ") + hexadecimal(Int(byte), digits: 2)
            }
            let text = line.map { (0x20...0x7e).contains($0) ? Character(UnicodeScalar($0)) : "." }
            return "\(offset) \(digits.padded(to: 50)) \(String(text))"
        }
    }

    private static func hexadecimal(_ value: Int, digits: Int) -> String {
        let text = String(value, radix: 16)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}

extension String {
    /// The text with spaces before it until it is `width` characters long.
    func leftPadded(to width: Int) -> String {
        String(repeating: " ", count: max(0, width - count)) + self
    }
}
