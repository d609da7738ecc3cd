public import Diagnostics
import SecureChannel
import TLSParameters

/// Renders how a connection ended: who closed, how, and what happened when.
public struct ShutdownText: Sendable {
    private let trace: Bool
    private let hex: Bool

    /// A view that shows the legs, or the legs with their bytes, or neither.
    public init(trace: Bool, hex: Bool) {
        self.trace = trace
        self.hex = hex
    }

    /// The whole document.
    public func document(_ report: Report<ShutdownResult>) -> TextDocument {
        var document = TextDocument()
        guard let result = report.result else { return document }
        document.line("\(report.target?.input ?? "", .strong): " + answer(result))
        document.verbatim("time line", result.timeline.map(line))
        document.section("facts") { rows in
            rows.row("first close_notify", result.first.map { $0 == .sent ? "ours" : "the peer's" })
            rows.row("answered after", result.answerSeconds.map { StyledText(Seconds.text($0)) })
            rows.row("data before", "\(result.earlyBytes) bytes")
            rows.row("data after", "\(result.lateBytes) bytes")
            rows.row("truncation", truncation(result))
            rows.row("protocol", result.attributes.protocol.map { StyledText($0.name) })
        }
        FindingsText.add(report.findings, to: &document)
        TraceText.add(report.events, to: &document, trace: trace, hex: hex)
        return document
    }

    private func answer(_ result: ShutdownResult) -> StyledText {
        let after = result.answerSeconds.map { " after \(Seconds.text($0))" } ?? ""
        switch result.answer {
        case .closeNotifyThenFIN:
            return result.first == .received
                ? StyledText("the peer closed first, with close_notify and FIN", .good)
                : StyledText("closed cleanly: close_notify answered\(after), then FIN", .good)
        case .closeNotifyOnly:
            if result.first == .received {
                return StyledText("the peer closed first, with close_notify, but left the connection open", .weak)
            }
            return StyledText("the peer sent close_notify\(after), but left the connection open", .weak)
        case .finOnly:
            return StyledText("the peer ended with FIN and no close_notify: cut-off data would go unnoticed", .bad)
        case .reset:
            return StyledText(
                "the peer reset the connection"
                    + (result.truncation ? ": data may be lost" : " after its close_notify"),
                .bad
            )
        case .alert:
            let when = result.attributes.close.closeNotifySent ? "" : " before it could be closed"
            if let failure = result.attributes.failure, failure.alertReceived == nil {
                return StyledText("the session failed\(when): \(failure.text)", .bad)
            }
            return StyledText("the peer ended the session with an alert\(when)", .bad)
        case .nothing: return StyledText("the peer did nothing until we gave up", .weak)
        }
    }

    /// Only a close_notify rules truncation out: a peer that has not ended the connection leaves the question open.
    private func truncation(_ result: ShutdownResult) -> StyledText {
        if result.truncation { return StyledText("possible: the peer ended without close_notify", .bad) }
        guard result.attributes.close.closeNotifyReceived else { return "not known: the peer sent no close_notify" }
        return StyledText("ruled out by close_notify", .good)
    }

    private func line(_ moment: ShutdownResult.Moment) -> StyledText {
        let sign = moment.seconds < 0 ? "-" : "+"
        let time = sign + Seconds.text(abs(moment.seconds))
        let arrow = moment.direction == .sent ? "->" : "<-"
        var text = StyledText(time.leftPadded(to: 10) + "  ", .faint) + "\(arrow)  \(moment.what)"
        if let bytes = moment.bytes { text = text + ", \(bytes) bytes" }
        if let detail = moment.detail { text = text + " (\(detail))" }
        return text
    }
}
