import SecureChannel
import TLSParameters
import Transport

/// Loses a connection the hard way and dials again with the session that was on it.
struct Resumption {
    let opening: Opening
    let deadline: Deadline

    /// Two connections: one that is reset once it has given a session, one that offers that session.
    func run() async -> (attempt: RenegotiationAttempt, spent: Spending) {
        let lost = await opening.attempt(deadline: deadline)
        guard let session = lost.session, lost.isEstablished else {
            await lost.session?.stream.close()
            return (result(.notTried, lost.status.reason), lost.session?.spending ?? Spending(connections: 1))
        }
        await waitForSession(session)
        let saved = session.context.sessions.last { $0.isResumable }
        await session.stream.abort()
        var spent = session.spending
        guard let saved else { return (result(.notTried, "the server gave no session to resume"), spent) }

        let again = await opening.attempt(resuming: saved, deadline: deadline)
        guard let second = again.session else {
            return (result(.notTried, again.status.reason), spent)
        }
        let attributes = second.context.attributes
        if again.isEstablished { _ = await second.sendCloseNotify(deadline: .after(.seconds(2))) }
        await second.stream.close()
        spent.add(second.spending)
        guard again.isEstablished else {
            switch again.outcome {
            case .failed(let failure)?:
                guard let alert = failure.alertReceived else { return (result(.notTried, failure.text), spent) }
                return (result(.refusedByAlert, alert.description.name), spent)
            case .ended(let end)?: return (result(SessionChange.answer(to: end), again.status.reason), spent)
            default: return (result(.notTried, again.status.reason), spent)
            }
        }
        let seconds = attributes.transport.handshakeSeconds
        guard attributes.session.resumed || attributes.session.offered else {
            return (result(.notTried, "libssl did not offer the session again"), spent)
        }
        return attributes.session.resumed
            ? (result(.honoured, attributes.session.mechanism?.rawValue ?? saved.mechanism.rawValue, seconds), spent)
            : (result(.fullHandshake, "offered by \(saved.mechanism.rawValue)", seconds), spent)
    }

    /// In TLS 1.3 tickets come after the handshake, usually right behind it.
    private func waitForSession(_ session: Session) async {
        let patience = deadline.sooner(of: .after(.seconds(1)))
        _ = await session.unprotect(deadline: patience)
        while session.context.sessions.isEmpty, !patience.hasPassed {
            guard await session.receive(deadline: patience) == nil else { return }
            _ = await session.unprotect(deadline: patience)
        }
    }

    private func result(
        _ answer: RenegotiationAttempt.Answer,
        _ detail: String?,
        _ seconds: Double? = nil
    ) -> RenegotiationAttempt {
        RenegotiationAttempt(
            action: .resumption,
            sent: "a new connection that offers the lost one's session",
            answer: answer,
            detail: detail,
            seconds: seconds
        )
    }
}
