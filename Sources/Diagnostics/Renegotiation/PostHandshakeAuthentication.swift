import SecureChannel
import Transport

/// Offers to prove who we are after the handshake, and sees whether the server asks (RFC 8446 §4.6.2). Servers ask when
/// something is requested that needs it.
struct PostHandshakeAuthentication {
    let session: Session
    let answerTimeout: Duration
    let deadline: Deadline
    /// The number of the connection.
    let connection: Int
    /// What is requested; nil where nothing of the kind is known.
    let incentive: [UInt8]?

    /// Reads until the server has asked and judged, or has answered without.
    func run() async -> RenegotiationAttempt {
        let start = session.seconds
        if let incentive, let token = try? session.context.protect(incentive) {
            await session.send(token, deadline: deadline)
        }
        let limit = deadline.sooner(of: .after(answerTimeout))
        var reply = await session.reply(until: .certificateRequest, by: limit, endsWithData: true)
        guard case .signal = reply else { return row(reply.answer, session.seconds - start, reply) }
        // The answer went out with the request's reading; a ticket, data or an alert is the server's word on it.
        reply = await session.reply(until: .newSessionTicket, by: limit, endsWithData: true)
        let seconds = session.seconds - start
        switch reply {
        case .signal, .data: return row((.honoured, "asked for a certificate and took it"), seconds, reply)
        case .ended(.timedOut): return row((.unconfirmed, "asked for a certificate and did not say more"), nil, reply)
        default:
            let (answer, detail) = reply.answer
            return row((answer, "asked for a certificate" + (detail.map { ": \($0)" } ?? "")), seconds, reply)
        }
    }

    private func row(
        _ answer: (RenegotiationAttempt.Answer, String?),
        _ seconds: Double?,
        _ reply: PeerReply
    ) -> RenegotiationAttempt {
        var (answer, detail) = answer
        var seconds = seconds
        let asked = detail?.hasPrefix("asked") ?? false
        switch reply {
        case .data where !asked, .closeNotify where !asked, .ended(.finished) where !asked:
            (answer, detail) = (.ignored, "it did not ask")
        case .ended(.timedOut) where !asked:
            // It may ask at any time, or never: no answer is due.
            (answer, detail, seconds) = (.unconfirmed, "it did not ask", nil)
        default: break
        }
        return RenegotiationAttempt(
            action: .postHandshakeAuthentication,
            version: session.versionID,
            connection: connection,
            sent: "post_handshake_auth" + (incentive == nil ? "" : ", then a request"),
            answer: answer,
            detail: detail,
            seconds: seconds
        )
    }
}
