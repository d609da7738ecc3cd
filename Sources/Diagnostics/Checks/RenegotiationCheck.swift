import SecureChannel
import TLSParameters
import Transport

/// Whether a client can have the handshake repeated (TLS 1.2 and older), and whether that is protected.
struct RenegotiationCheck {
    static let ids = ["renegotiation.client-initiated", "renegotiation.unprotected"]

    let opening: Opening
    /// The addresses that sessions go to; empty for the target's own.
    let addresses: [SocketEndpoint]
    let deadline: Deadline

    /// A session that is asked a few times, and what of it can be resumed.
    func run() async -> (CheckRun, SavedSession?) {
        var run = CheckRun()
        guard let older = try? opening.withoutTLS13(), !older.credential.credential.protocols.isEmpty else {
            run.settle(Self.ids, .undetermined, "nothing older than TLS 1.3 is offered")
            return (run, nil)
        }
        let request = RenegotiateRequest()
        guard let requirements = try? SessionRequirements(request) else { return (run, nil) }
        let attempt = await older.attempt(to: addresses, deadline: deadline)
        guard let session = attempt.session, attempt.isEstablished else {
            await attempt.session?.stream.close()
            run.spent.add(attempt.session?.spending ?? Spending(connections: 1))
            run.settle(
                Self.ids,
                attempt.refusesVersion ? .notApplicable : .undetermined,
                "no session before TLS 1.3 stood: \(attempt.status.reason ?? attempt.status.kind)"
            )
            return (run, nil)
        }
        let saved = session.context.sessions.last { $0.isResumable }
        var trial = RenegotiateRun(request: request, requirements: requirements, deadline: deadline)
        trial.connections = 1
        let attributes = await trial.change(classic: session, of: older)
        let result = trial.result(attributes)
        run.spent.add(trial.spent)
        let findings = RenegotiationFindings.all(result).filter { Self.ids.contains($0.id) }
        for finding in findings { run.found(finding) }
        let rest = Self.ids.filter { id in !findings.contains { $0.id == id } }
        guard let policy = result.policy, policy.kind != .unclear || policy.honoured > 0 else {
            run.settle(rest, .undetermined, "the server did not say whether it renegotiates")
            return (run, saved)
        }
        run.settle(rest, .absent, policy.kind == .stops ? "the server puts an end to it" : nil)
        return (run, saved)
    }
}
