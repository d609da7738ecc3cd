public import Diagnostics
import SecureChannel
import TLSParameters

/// Renders how a connection ended: who closed, how, and what happened when.
public struct ShutdownText: Sendable {
    private let trace: Bool
    private let hex: Bool
    private let explain: Bool

    /// A view that shows the legs, with their bytes, with Schannel's statuses, or none of it.
    public init(trace: Bool, hex: Bool, explain: Bool = false) {
        self.trace = trace
        self.hex = hex
        self.explain = explain
    }

    /// The whole document.
    public func document(_ report: Report<ShutdownResult>) -> TextDocument {
        var document = TextDocument()
        guard let result = report.result else { return document }
        let close = result.closes[0]
        document.line("\(report.target?.input ?? "", .strong): " + answer(close, result))
        for close in result.closes { document.verbatim(title(close, of: result), close.timeline.map(line)) }
        document.section("facts") { rows in facts(result, &rows) }
        FindingsText.add(report.findings, to: &document)
        TraceText.add(
            report.events,
            failure: result.attributes.failure,
            to: &document,
            trace: trace,
            hex: hex,
            explain: explain
        )
        return document
    }

    /// Which close a time line is of, where there are several.
    private func title(_ close: ShutdownResult.Close, of result: ShutdownResult) -> String {
        guard result.closes.count > 1 else { return "time line" }
        let fin = close.mode == .half && close.timeline.contains { $0.what == "fin" && $0.direction == .sent }
        return "time line, \(close.version)" + (fin ? ", with a FIN" : "")
    }

    private func facts(_ result: ShutdownResult, _ rows: inout TextDocument.Rows) {
        let close = result.closes[0]
        rows.row("mode", close.alert == nil ? StyledText(close.mode.rawValue) : nil)
        rows.row("alert sent", close.alert.map { StyledText($0) })
        rows.row("first close_notify", close.first.map { $0 == .sent ? "ours" : "the peer's" })
        rows.row("first to end", close.firstToEnd.map { $0 == .sent ? "we" : "the peer" })
        rows.row("answered after", close.answerSeconds.map { StyledText(Seconds.text($0)) })
        rows.row("data before", "\(close.earlyBytes) bytes")
        rows.row("data after", "\(close.lateBytes) bytes")
        rows.row("half close", halfClose(result))
        rows.row("body", close.body.map(body))
        rows.row("truncation", close.alert == nil ? truncation(result, close) : nil)
        rows.row("after the reset", result.afterAbort.map(afterAbort))
        rows.row("protocol", result.attributes.protocol.map { StyledText($0.name) })
        rows.row("versions", versions(result))
        rows.row("cleanup", cleanup(result.cleanup))
    }

    /// What the peer made of an alert of our choice, which promises nothing either way.
    private func answer(_ close: ShutdownResult.Close, to alert: String) -> StyledText {
        let after = afterEnd(close)
        let what =
            switch close.answer {
            case .closeNotifyThenFIN: "the peer answered with close_notify, and closed\(after)"
            case .closeNotifyOnly: "the peer answered with close_notify, and left the connection open"
            case .finOnly: "the peer closed the connection\(after)"
            case .reset: "the peer reset the connection\(after)"
            case .alert: "the peer answered with an alert\(after)"
            case .nothing, .notWatched: "the peer went on as if nothing had been said"
            }
        return StyledText("\(what), on the alert \(alert)")
    }

    /// When the peer ended it: " after 2 ms".
    private func afterEnd(_ close: ShutdownResult.Close) -> String {
        let end = close.timeline.last { $0.direction == .received && ["fin", "rst", "alert"].contains($0.what) }
        return end.map { " after \(Seconds.text($0.seconds))" } ?? ""
    }

    private func answer(_ close: ShutdownResult.Close, _ result: ShutdownResult) -> StyledText {
        if let alert = close.alert { return answer(close, to: alert) }
        let after = close.answerSeconds.map { " after \(Seconds.text($0))" } ?? ""
        switch close.answer {
        case .closeNotifyThenFIN:
            return close.first == .received
                ? StyledText("the peer closed first, with close_notify and FIN", .good)
                : StyledText("closed cleanly: close_notify answered\(after), then FIN", .good)
        case .closeNotifyOnly:
            if close.first == .received {
                return StyledText("the peer closed first, with close_notify, but left the connection open", .weak)
            }
            return StyledText("the peer sent close_notify\(after), but left the connection open", .weak)
        case .finOnly where close.version == "ssl2":
            return "the peer closed the connection\(afterEnd(close)): SSL 2.0 has no other end"
        case .finOnly:
            return StyledText("the peer ended with FIN and no close_notify: cut-off data would go unnoticed", .bad)
        case .reset:
            return StyledText(
                "the peer reset the connection"
                    + (close.truncation ? ": data may be lost" : " after its close_notify"),
                .bad
            )
        case .alert:
            let when = result.attributes.close.closeNotifySent ? "" : " before it could be closed"
            if let failure = result.attributes.failure, failure.alertReceived == nil {
                return StyledText("the session failed\(when): \(failure.text)", .bad)
            }
            return StyledText("the peer ended the session with an alert\(when)", .bad)
        case .nothing: return StyledText("the peer did nothing until we gave up", .weak)
        case .notWatched:
            guard let row = result.afterAbort else { return "we reset the connection" }
            return "we reset the connection; the server " + afterAbort(row)
        }
    }

    private func afterAbort(_ row: RenegotiationAttempt) -> StyledText {
        switch row.answer {
        case .honoured: StyledText("resumes its session by \(row.detail ?? "session id")", .good)
        case .fullHandshake: "does not resume its session"
        case .notTried: StyledText("was not asked to resume it: \(row.detail ?? "no session")")
        default: StyledText("did not take a new connection (\(row.answer.rawValue.replacing("-", with: " ")))", .weak)
        }
    }

    private func halfClose(_ result: ShutdownResult) -> StyledText? {
        let parts = result.closes.filter { $0.mode == .half }.map { close -> String in
            let fin = close.timeline.contains { $0.what == "fin" && $0.direction == .sent }
            let what =
                switch close.halfClose {
                case true?: "it goes on sending"
                case false?: "it stops sending"
                case nil: "not known"
                }
            return "\(close.version), after close_notify\(fin ? " and FIN" : ""): \(what)"
        }
        return parts.isEmpty ? nil : StyledText(parts.joined(separator: "; "))
    }

    private func body(_ body: HTTPBodySummary) -> StyledText {
        let expected = body.expectedBytes.map { " of \($0)" } ?? ""
        let text = "\(body.receivedBytes)\(expected) bytes, by \(body.framing.rawValue)"
        switch body.complete {
        case true?: return StyledText("complete: \(text)", .good)
        case false?: return StyledText("cut short: \(text)", .bad)
        case nil: return StyledText("\(text); whether that is all can't be told")
        }
    }

    /// Only a close_notify rules truncation out: a peer that has not ended the connection leaves the question open.
    private func truncation(_ result: ShutdownResult, _ close: ShutdownResult.Close) -> StyledText {
        if close.version == "ssl2" { return "can't be seen: SSL 2.0 has no close_notify" }
        if close.truncation { return StyledText("possible: the peer ended without close_notify", .bad) }
        let hasClosed = close.timeline.contains { $0.what == "close_notify" && $0.direction == .received }
        guard hasClosed else { return "not known: the peer sent no close_notify" }
        return StyledText("ruled out by close_notify", .good)
    }

    private func versions(_ result: ShutdownResult) -> StyledText? {
        var seen: Set<String> = []
        let firsts = result.closes.filter { seen.insert($0.version).inserted }
        guard firsts.count > 1 else { return nil }
        return StyledText(firsts.map { "\($0.version): \(Self.words($0.answer))" }.joined(separator: ", "))
    }

    private static func words(_ answer: ShutdownResult.Answer) -> String {
        switch answer {
        case .closeNotifyThenFIN: "close_notify, then FIN"
        case .closeNotifyOnly: "close_notify only"
        case .finOnly: "FIN only"
        case .notWatched: "not watched"
        case .reset, .alert, .nothing: answer.rawValue
        }
    }

    private func cleanup(_ cleanup: ShutdownResult.Cleanup) -> StyledText {
        let left = cleanup.descriptorsAfter - cleanup.descriptorsBefore
        let text =
            "\(cleanup.descriptorsBefore) descriptors before, \(cleanup.descriptorsAfter) after; "
            + "\(cleanup.connectionsLeft) connections and \(cleanup.sessionsLeft) sessions left in memory"
        let isClean = left <= 0 && cleanup.connectionsLeft <= 0 && cleanup.sessionsLeft <= 0
        return StyledText(text, isClean ? .plain : .weak)
    }

    private func line(_ moment: ShutdownResult.Moment) -> StyledText {
        // What rounds to nothing has no sign of its own.
        let sign = moment.seconds < -0.000_05 ? "-" : "+"
        let time = sign + Seconds.text(abs(moment.seconds))
        let arrow = moment.direction == .sent ? "->" : "<-"
        var text = StyledText(time.leftPadded(to: 10) + "  ", .faint) + "\(arrow)  \(moment.what)"
        if let bytes = moment.bytes { text = text + ", \(bytes) bytes" }
        if let detail = moment.detail { text = text + " (\(detail))" }
        return text
    }
}
