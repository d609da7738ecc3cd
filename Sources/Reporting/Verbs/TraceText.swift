import SecureChannel
import TLSParameters

/// The legs of a lifecycle, and their bytes.
enum TraceText {
    /// Adds what was asked for: the legs, the legs with their bytes, with the statuses Schannel has for them, or nothing.
    /// `missing` counts the bytes of a record that never came.
    static func add(
        _ legs: [Leg],
        failure: ContextFailure? = nil,
        missing: Int? = nil,
        to document: inout TextDocument,
        trace: Bool,
        hex: Bool,
        explain: Bool = false
    ) {
        if trace || hex || explain {
            var lines = legs.flatMap { leg in
                [line(leg, explain: explain)] + leg.records.map { StyledText(indent + $0.text) }
                    + (hex ? dump(leg.bytes).map { StyledText(indent + $0, .faint) } : [])
            }
            if let missing, !lines.isEmpty {
                let status = explain ? "  \(SchannelStatus.incompleteMessage.text)" : ""
                lines.append(StyledText(indent + "waiting: need \(count(missing, "more byte"))" + status, .weak))
            }
            document.verbatim("legs", lines)
        }
        guard explain, let failure else { return }
        document.section("failure, as Schannel has it") { rows in
            rows.row("status", StyledText(failure.schannelStatus.text))
            rows.row("alert in", failure.alertReceived.map { alert($0) })
            rows.row("alert out", failure.alertSent.map { alert($0) })
            rows.row("reason", StyledText(failure.text))
        }
    }

    private static func alert(_ alert: AlertFact) -> StyledText {
        StyledText("\(alert.text) ~ \(alert.schannelStatus.text)")
    }

    private static let indent = "       "

    /// `  1  ->     517 bytes    0.4 ms  continue-needed`, then a line a record.
    private static func line(_ leg: Leg, explain: Bool) -> StyledText {
        let arrow = leg.direction == .sent ? "->" : "<-"
        return StyledText("\(leg.number)".leftPadded(to: 3) + "  \(arrow)  ", .faint)
            + StyledText("\(leg.byteCount)".leftPadded(to: 6) + " bytes  ")
            + StyledText(Seconds.text(leg.seconds).leftPadded(to: 8) + "  ", .faint)
            + StyledText(leg.status) + StyledText(explain ? "  \(leg.schannel)" : "", .strong)
            + StyledText(remarks(leg).map { "; \($0)" }.joined())
    }

    /// What a status leaves open: bytes that are missing or left, and how often there were too few.
    private static func remarks(_ leg: Leg) -> [String] {
        var remarks = [leg.detail].compactMap { $0 }
        if let extra = leg.extra { remarks.append("extra: \(extra.text)") }
        if let wait = leg.wait {
            remarks.append(
                wait.calls == 1
                    ? "before, one read was short of \(count(wait.missing, "byte"))"
                    : "before, \(wait.calls) reads were too short, the first by \(count(wait.missing, "byte"))"
            )
        }
        return remarks
    }

    private static func count(_ number: Int, _ noun: String) -> String {
        "\(number) \(noun)\(number == 1 ? "" : "s")"
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
