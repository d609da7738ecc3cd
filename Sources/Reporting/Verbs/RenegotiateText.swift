public import Diagnostics
import SecureChannel
import TLSParameters

/// Renders what a peer allows once a session stands: the sentence, then a row an attempt.
public struct RenegotiateText: Sendable {
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
    public func document(_ report: Report<RenegotiateResult>) -> TextDocument {
        var document = TextDocument()
        guard let result = report.result else { return document }
        document.line("\(report.target?.input ?? "", .strong) (\(result.version)): \(result.summary)")
        document.table("attempts", table(result))
        document.section("facts") { rows in
            rows.row("verdict", StyledText(result.verdict.text, tone(result.verdict)))
            rows.row("renegotiations", result.policy.map { "\($0.honoured) of \($0.asked) asked for" })
            rows.row("secure renegotiation", secureRenegotiation(result))
            rows.row(
                "asked by",
                result.indication.map { "extension: \($0.extension), signalling suite: \($0.signallingSuite)" }
            )
            for note in result.notes { rows.row("note", StyledText(note)) }
        }
        document.table(
            "changes",
            TextDocument.Table(
                header: ["attribute", "before", "after"],
                rows: result.changes.map { change in
                    [StyledText(change.attribute), StyledText(change.before ?? "-"), StyledText(change.after ?? "-")]
                }
            )
        )
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

    private func table(_ result: RenegotiateResult) -> TextDocument.Table {
        let places = Set(result.attempts.compactMap(\.address))
        return TextDocument.Table(
            header: ["#", "version", "what", "sent", "answer", "after", "detail"],
            rows: result.attempts.map { attempt in
                var detail = attempt.detail
                if places.count > 1, let address = attempt.address {
                    detail = (detail.map { "\($0), " } ?? "") + "at \(address)"
                }
                return [
                    StyledText(String(attempt.connection), .faint),
                    StyledText(attempt.version ?? "-"),
                    StyledText(attempt.action.rawValue.replacing("-", with: " ")),
                    StyledText(attempt.sent),
                    StyledText(attempt.answer.rawValue.replacing("-", with: " "), tone(attempt)),
                    StyledText(attempt.seconds.map(Seconds.text) ?? "-"),
                    StyledText(detail ?? "-"),
                ]
            },
            rightAligned: [0],
            droppable: [3, 0, 1]
        )
    }

    private func secureRenegotiation(_ result: RenegotiateResult) -> StyledText? {
        guard let isThere = result.secureRenegotiation else {
            return result.version == "tls1.3" ? "not applicable in TLS 1.3" : nil
        }
        return isThere ? StyledText("yes (RFC 5746)", .good) : StyledText("no", .bad)
    }

    private func tone(_ verdict: RenegotiationVerdict) -> Tone {
        switch verdict.kind {
        case .refused: .good
        case .limited, .unlimited: .weak
        case .insecure: .bad
        case .notApplicable, .open: .plain
        }
    }

    /// A client's renegotiation refused is how servers are meant to be today; everything else is good when honoured.
    private func tone(_ attempt: RenegotiationAttempt) -> Tone {
        switch (attempt.action, attempt.answer) {
        case (.renegotiation, .honoured): .weak
        case (.renegotiation, .refusedByAlert): .good
        case (_, .honoured): .good
        case (_, .notTried), (_, .unconfirmed): .plain
        default: .weak
        }
    }
}
