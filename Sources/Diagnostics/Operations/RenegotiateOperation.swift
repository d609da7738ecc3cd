import SecureChannel
import TLSParameters
import Transport

/// `renegotiate`: what a server allows once a session stands, and whether a lost session is resumed.
public struct RenegotiateOperation: Sendable {
    private let request: RenegotiateRequest
    private let requirements: SessionRequirements
    private let opening: Opening
    /// The same without TLS 1.3; nil if nothing older is offered.
    private let older: Opening?

    /// Prepares the sessions; files are read, nothing is sent.
    ///
    /// - Throws: `RequestProblem` for anything that can't work.
    public init(
        channel: ChannelRequest,
        request: RenegotiateRequest = RenegotiateRequest(),
        recordsBytes: Bool
    ) throws(RequestProblem) {
        self.request = request
        requirements = try SessionRequirements(request)
        var channel = channel
        channel.verb = .renegotiate
        let opening = try Opening(channel, recordsBytes: recordsBytes) {
            // Whether the server has secure renegotiation is a question here, not a condition.
            $0.connectsToLegacyServers = true
        }
        self.opening = opening
        let offered = opening.credential.credential.protocols
        let onlyModern = offered.allSatisfy { $0 >= .tls13 }
        older = onlyModern || offered.allSatisfy { $0 < .tls13 } ? nil : try opening.withoutTLS13()
        guard onlyModern else { return }
        let idle: [(Bool, String)] = [
            (request.abbreviated, "--abbreviated"), (request.ciphers != nil, "--change-ciphers"),
            (request.identity != nil, "--change-cert"),
        ]
        if let (_, name) = idle.first(where: \.0) {
            throw RequestProblem(
                reason: "\(name) has no effect when only TLS 1.3 is offered, which has no renegotiation",
                hint: "offer an older version too with --protocol, or leave \(name) out"
            )
        }
    }

    /// One connection to change, others for what that one can't show, and two or more to lose a session and resume it.
    public func run() async -> Report<RenegotiateResult> {
        let startedAt = Timestamp.text(Timestamp.now)
        var run = RenegotiateRun(
            request: request,
            requirements: requirements,
            deadline: .after(opening.request.limits.timeout)
        )
        let first = await opening.attempt(deadline: run.deadline)
        run.connections = 1
        guard let session = first.session, first.isEstablished else {
            await first.session?.stream.close()
            run.spent = first.session?.spending ?? Spending()
            return report(startedAt, first, first.status, nil, run.spent)
        }
        let addresses = await addresses(run.deadline)
        let attributes: ConnectionAttributes
        if session.context.attributes.version == .tls13 {
            attributes = await run.change(modern: session, of: opening)
            await run.reconnect(opening, addresses: addresses, byID: false)
            if let older { await run.tryOlder(older, addresses: addresses) }
        } else {
            attributes = await run.change(classic: session, of: opening)
            await run.reconnect(opening, addresses: addresses, byID: true)
        }
        let result = run.result(attributes)
        return report(startedAt, first, status(first.status, result.attempts), result, run.spent)
    }

    /// Where to reconnect to, if it is asked for: every address of the target, in turn.
    private func addresses(_ deadline: Deadline) async -> [SocketEndpoint] {
        guard request.reconnect != nil, opening.request.reach.proxy == nil else { return [] }
        return (try? await opening.request.reach.endpoints(deadline: deadline)) ?? []
    }

    private func report(
        _ startedAt: String,
        _ first: Opening.Attempt,
        _ status: RunStatus,
        _ result: RenegotiateResult?,
        _ spent: Spending
    ) -> Report<RenegotiateResult> {
        Report(
            tool: .current,
            verb: .renegotiate,
            target: opening.target(first),
            startedAt: startedAt,
            status: status,
            result: result,
            findings: ConnectionFindings.all(first.session?.context.attributes)
                + (result.map(RenegotiationFindings.all) ?? []) + first.findings,
            events: first.session?.context.legs ?? [],
            spent: spent
        )
    }

    private func status(_ soFar: RunStatus, _ attempts: [RenegotiationAttempt]) -> RunStatus {
        guard soFar.exit == .ok, let silent = attempts.first(where: { $0.answer == .silence }) else { return soFar }
        return RunStatus(
            exit: .incomplete,
            kind: "incomplete:no-answer",
            reason: "\(opening.request.target.input) did not answer a \(silent.action.rawValue) in time",
            hint: "--answer-timeout waits longer"
        )
    }
}

extension Opening {
    /// The same with the versions that renegotiate.
    func withoutTLS13() throws(RequestProblem) -> Opening {
        try with { credential in
            credential.protocols = credential.protocols.filter { $0 < .tls13 }
            credential.cipherSuites13 = nil
            credential.allowsPostHandshakeAuthentication = false
        }
    }
}

extension Spending {
    /// Adds the cost of something that was done after this.
    mutating func add(_ other: Spending) {
        connections += other.connections
        bytesSent += other.bytesSent
        bytesReceived += other.bytesReceived
        roundTrips += other.roundTrips
        seconds += other.seconds
    }
}
