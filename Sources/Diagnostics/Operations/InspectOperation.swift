import SecureChannel
import Transport

/// `inspect TARGET`: what a server negotiates, and its certificates, judged.
public struct InspectOperation: Sendable {
    private let opening: Opening

    /// Prepares the session; files are read, nothing is sent.
    ///
    /// - Throws: `RequestProblem` for anything that can't work.
    public init(channel: ChannelRequest, recordsBytes: Bool) throws(RequestProblem) {
        var channel = channel
        channel.verb = .inspect
        // A bad certificate is what one inspects a server for: it must not end the handshake.
        opening = try Opening(channel, recordsBytes: recordsBytes) { credential in
            if credential.verification == .automatic { credential.verification = .manual }
            // Nor must a missing extension that is a finding.
            credential.connectsToLegacyServers = true
        }
    }

    /// Dials, shakes hands, closes, and reports.
    public func run() async -> Report<InspectResult> {
        let now = Timestamp.now
        let attempt = await opening.attempt(deadline: .after(opening.request.limits.timeout))
        if let session = attempt.session {
            if attempt.isEstablished { _ = await session.sendCloseNotify(deadline: .after(.seconds(2))) }
            await session.stream.close()
        }
        let attributes = attempt.session?.context.attributes
        // With --at-time the days that are left are counted from then, as the chain is judged for then.
        let moment = opening.request.validation.time ?? now
        return Report(
            tool: .current,
            verb: .inspect,
            target: opening.target(attempt),
            startedAt: Timestamp.text(now),
            status: attempt.status,
            result: attributes.map { attributes in
                InspectResult(
                    kind: .server,
                    dial: attempt.dial,
                    attributes: attributes,
                    chain: ConnectResult.certificates(attributes),
                    validation: attributes.peer.validation,
                    now: moment
                )
            },
            findings: ConnectionFindings.all(attributes, now: moment) + attempt.findings,
            events: attempt.session?.context.legs ?? [],
            spent: attempt.session?.spending ?? Spending()
        )
    }
}
