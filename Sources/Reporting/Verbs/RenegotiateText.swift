public import Diagnostics
import SecureChannel
import TLSParameters

/// Renders what a peer allows once a session stands: the sentence, then a row an attempt.
public struct RenegotiateText: Sendable {
    private let trace: Bool
    private let hex: Bool

    /// A view that shows the legs, or the legs with their bytes, or neither.
    public init(trace: Bool, hex: Bool) {
        self.trace = trace
        self.hex = hex
    }

    /// The whole document.
    public func document(_ report: Report<RenegotiateResult>) -> TextDocument {
        var document = TextDocument()
        guard let result = report.result else { return document }
        document.line("\(report.target?.input ?? "", .strong) (\(result.version)): \(result.summary)")
        document.table(
            "attempts",
            TextDocument.Table(
                header: ["what", "sent", "answer", "after", "detail"],
                rows: result.attempts.map { attempt in
                    [
                        StyledText(attempt.action.rawValue),
                        StyledText(attempt.sent),
                        StyledText(attempt.answer.rawValue, tone(attempt)),
                        StyledText(attempt.seconds.map(Seconds.text) ?? "-"),
                        StyledText(attempt.detail ?? "-"),
                    ]
                },
                droppable: [1]
            )
        )
        document.section("facts") { rows in
            rows.row(
                "secure renegotiation",
                result.secureRenegotiation.map { $0 ? StyledText("yes (RFC 5746)", .good) : StyledText("no", .bad) }
                    ?? "not applicable in TLS 1.3"
            )
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
        TraceText.add(report.events, to: &document, trace: trace, hex: hex)
        return document
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
