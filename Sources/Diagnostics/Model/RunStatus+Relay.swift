import SecureChannel
import TLSParameters

extension RunStatus {
    /// What the end of a relay means: a session that stood and then broke is no success, nor is an answer that was asked for
    /// and did not come in full.
    init(relayed outcome: Relay.Outcome, _ summary: RelaySummary, request: ChannelRequest, limits: RelayLimits) {
        if let problem = outcome.outputProblem {
            self.init(notWritten: problem)
            return
        }
        // Whoever read the answer has had enough of it: that is no fault of the peer's.
        if summary.answer?.complete == true || outcome.ending == .outputClosed {
            self = .ok
            return
        }
        self =
            Self.broken(outcome, request, limits) ?? summary.answer.map { Self.unanswered($0, outcome, request) } ?? .ok
    }

    private static func broken(
        _ outcome: Relay.Outcome,
        _ request: ChannelRequest,
        _ limits: RelayLimits
    ) -> RunStatus? {
        let target = request.target.input
        switch outcome.ending {
        case .failed: return failed(outcome.failure, request)
        case .reset:
            return RunStatus(exit: .noSession, kind: "reset", reason: "\(target) reset the connection")
        case .idle:
            return RunStatus(
                exit: .incomplete,
                kind: "incomplete:idle",
                reason: "both sides were silent for \(limits.idle.map { "\(Int($0.seconds)) s" } ?? "too long")",
                hint: "--idle raises the limit"
            )
        case .deadline:
            let limit = "\(Int(request.limits.timeout.seconds)) s"
            return RunStatus(
                exit: .incomplete,
                kind: "incomplete:timeout",
                reason: outcome.bytesUnsent > 0
                    ? "\(target) did not take data for \(limit)"
                    : "\(target) had not ended its answer \(limit) after the end of input",
                hint: outcome.bytesUnsent > 0
                    ? "--timeout raises the limit" : "--timeout raises the limit, --hold lifts it"
            )
        default: return nil
        }
    }

    private static func failed(_ failure: ContextFailure?, _ request: ChannelRequest) -> RunStatus {
        let target = request.target.input
        guard let alert = failure?.alertReceived?.description else {
            return RunStatus(
                exit: .noSession,
                kind: "protocol-error",
                reason: "the session with \(target) failed: \(failure?.text ?? "unknown")"
            )
        }
        let refusal = failure?.kind == .renegotiationRefused
        return RunStatus(
            exit: .noSession,
            kind: "alert:\(alert.name)",
            reason: refusal
                ? "\(target) refused the new handshake with the alert \(alert.name), and libssl can't go on after that"
                : "\(target) ended the session with the alert \(alert.name)",
            hint: alert == .certificate_required
                ? "the server wants a certificate; show one with --cert FILE --key FILE" : nil
        )
    }

    /// A GET whose answer is not all there, in a session that ended well.
    private static func unanswered(
        _ answer: AnswerSummary,
        _ outcome: Relay.Outcome,
        _ request: ChannelRequest
    ) -> RunStatus {
        let target = request.target.input
        if outcome.bytesReceived == 0 {
            let isPatience = outcome.ending == .endOfInput
            return RunStatus(
                exit: .incomplete,
                kind: "incomplete:no-answer",
                reason: isPatience
                    ? "\(target) did not answer the request in time" : "\(target) ended the session without an answer",
                hint: isPatience ? "--answer-timeout waits longer" : nil
            )
        }
        guard answer.status != nil else {
            return RunStatus(
                exit: .incomplete,
                kind: "incomplete:not-http",
                reason: "what \(target) answered is no HTTP/1.x: \(answer.problem ?? "unknown")",
                hint: "--send FILE sends what the server understands"
            )
        }
        let size = answer.contentLength.map { " of \($0)" } ?? ""
        return RunStatus(
            exit: .incomplete,
            kind: "incomplete:answer",
            reason: outcome.ending == .truncated
                ? "the answer may lack its end: \(answer.bodyBytes)\(size) bytes of the body came, and no close_notify"
                : "the answer is not whole after \(answer.bodyBytes)\(size) bytes of its body: \(answer.problem ?? "unknown")",
            hint: outcome.ending == .endOfInput ? "--answer-timeout waits longer" : nil
        )
    }
}
