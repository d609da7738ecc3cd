import SecureChannel
import TLSParameters
import Transport

/// What is tried with a server, one connection after the other, and what came of it so far.
struct RenegotiateRun {
    let request: RenegotiateRequest
    let requirements: SessionRequirements
    let deadline: Deadline
    var connections = 0
    var spent = Spending()
    private var attempts: [RenegotiationAttempt] = []
    private var changes: [AttributeChange] = []
    private var notes: [String] = []
    private var indication: RenegotiationIndication?
    /// The session of TLS 1.2 or older, before anything was tried on it.
    private var classic: ConnectionAttributes?
    private var onlyModern = false

    init(request: RenegotiateRequest, requirements: SessionRequirements, deadline: Deadline) {
        self.request = request
        self.requirements = requirements
        self.deadline = deadline
    }

    // MARK: TLS 1.2 and older

    /// Renegotiates on a session that stands, and sees how the server answers RFC 5746.
    ///
    /// - Returns: what is known of the session: as it was after the last change that came about.
    @discardableResult
    mutating func change(classic session: Session, of opening: Opening) async -> ConnectionAttributes {
        let before = session.context.attributes
        classic = before
        var rows = await ClientRenegotiation(
            session: session,
            request: request,
            change: requirements,
            deadline: deadline,
            connection: connections
        ).run()
        // A refusal leaves the library with a session half taken apart, which is no change of the peer's.
        let after = rows.contains { $0.answer == .honoured } ? session.context.attributes : before
        changes += AttributeChange.all(before, after)
        let lasted = session.seconds
        spent.add(session.spending)
        await session.stream.close()
        if let last = rows.last, [.closed, .reset].contains(last.answer) {
            rows[rows.count - 1] = await control(last, opening, lasted: lasted)
        }
        if before.library.engine == "libssl", let last = rows.last,
            [.refusedByAlert, .silence, .broken].contains(last.answer)
        {
            notes.append("libssl can't go on with a connection after that: what follows was tried on new ones")
        }
        attempts += rows
        if before.security.secureRenegotiation == true { await tryInsecure(opening, before) }
        if let version = before.version, let suite = before.cipherSuite {
            let probe = IndicationProbe(
                reach: opening.request.reach,
                version: version,
                suite: suite,
                timeout: request.answerTimeout,
                deadline: deadline
            )
            let (indication, cost) = await probe.run()
            self.indication = indication
            connections += cost.connections
            spent.add(cost)
        }
        return after
    }

    /// The same by a client that never said that it has RFC 5746: what an old client, or somebody in between, could do. Takes the
    /// classic engine.
    private mutating func tryInsecure(_ opening: Opening, _ before: ConnectionAttributes) async {
        guard let version = before.version, !deadline.hasPassed else { return }
        let insecure: Opening
        do throws(RequestProblem) {
            insecure = try opening.with { credential in
                credential.protocols = [version]
                credential.cipherSuites13 = nil
                credential.signalsSecureRenegotiation = false
            }
        } catch {
            notes.append("a client without RFC 5746 could not be tried: \(error.reason)")
            return
        }
        connections += 1
        let attempt = await insecure.attempt(deadline: deadline)
        defer { spent.add(attempt.session?.spending ?? Spending(connections: 1)) }
        guard let session = attempt.session, attempt.isEstablished else {
            await attempt.session?.stream.close()
            notes.append(
                "a client without RFC 5746 gets no session: \(attempt.status.reason ?? attempt.status.kind)"
            )
            return
        }
        attempts += await ClientRenegotiation(
            session: session,
            request: request.once,
            change: requirements,
            deadline: deadline,
            connection: connections,
            isSecure: false
        ).run()
        _ = await session.sendCloseNotify(deadline: deadline.sooner(of: .after(.seconds(2))))
        await session.stream.close()
    }

    /// A connection on which nothing is asked: a server that ends it as well did not end the other one for our question.
    private mutating func control(
        _ row: RenegotiationAttempt,
        _ opening: Opening,
        lasted: Double
    ) async -> RenegotiationAttempt {
        connections += 1
        let control = await opening.attempt(deadline: deadline)
        defer { spent.add(control.session?.spending ?? Spending(connections: 1)) }
        guard let session = control.session, control.isEstablished else {
            await control.session?.stream.close()
            return row
        }
        // As long as the other one lived, and some more.
        let left = max(0, lasted - session.seconds) + Self.margin
        let reply = await session.reply(
            until: .completed,
            by: deadline.sooner(of: .after(.seconds(min(left, request.answerTimeout.seconds + Self.margin))))
        )
        await session.stream.close()
        var row = row
        switch reply {
        case .ended(.timedOut), .ended(.failed): row.detail = row.detail ?? "one that was not asked stayed open"
        default:
            row.answer = .unconfirmed
            row.detail = "it ends connections that are not asked just the same"
        }
        return row
    }

    /// Seconds that the control lives longer than what it is compared with.
    private static let margin = 0.5

    /// Opens a session without TLS 1.3 and renegotiates on that.
    mutating func tryOlder(_ older: Opening, addresses: [SocketEndpoint]) async {
        connections += 1
        let attempt = await older.attempt(deadline: deadline)
        guard let session = attempt.session, attempt.isEstablished else {
            await attempt.session?.stream.close()
            spent.add(attempt.session?.spending ?? Spending(connections: 1))
            onlyModern = attempt.refusesVersion
            notes.append("there is no session older than TLS 1.3: \(attempt.status.reason ?? attempt.status.kind)")
            return
        }
        onlyModern = false
        await change(classic: session, of: older)
        await reconnect(older, addresses: addresses, byID: true)
    }

    // MARK: TLS 1.3

    /// Updates the keys of a session that stands; where we have a certificate, offers it on another.
    ///
    /// - Returns: what is known of the session, at its end.
    mutating func change(modern session: Session, of opening: Opening) async -> ConnectionAttributes {
        let before = session.context.attributes
        let rows = await KeyUpdates(
            session: session,
            count: request.count,
            answerTimeout: request.answerTimeout,
            deadline: deadline,
            connection: connections,
            incentive: opening.request.target.httpRequest
        ).run()
        attempts += rows
        let after = rows.contains { $0.answer == .honoured } ? session.context.attributes : before
        changes += AttributeChange.all(before, after)
        spent.add(session.spending)
        await session.stream.close()
        onlyModern = true
        if !opening.credential.credential.identities.isEmpty { await authenticate(opening) }
        return after
    }

    /// Offers our certificate on a connection of its own: a server may ask for it once something is requested.
    private mutating func authenticate(_ opening: Opening) async {
        connections += 1
        let attempt = await opening.attempt(deadline: deadline)
        guard let session = attempt.session, attempt.isEstablished else {
            await attempt.session?.stream.close()
            spent.add(attempt.session?.spending ?? Spending(connections: 1))
            return
        }
        if session.context.attributes.clientAuthentication.requested {
            notes.append("the server asks for a certificate in the handshake, before it could ask after it")
        }
        attempts.append(
            await PostHandshakeAuthentication(
                session: session,
                answerTimeout: request.answerTimeout,
                deadline: deadline,
                connection: connections,
                incentive: opening.request.target.httpRequest
            ).run()
        )
        _ = await session.sendCloseNotify(deadline: .after(.seconds(2)))
        spent.add(session.spending)
        await session.stream.close()
    }

    // MARK: Lost connections

    /// Loses a connection and resumes its session; `byID`: by its id as well, if that is what was asked for.
    mutating func reconnect(_ opening: Opening, addresses: [SocketEndpoint], byID: Bool) async {
        var ways = [opening]
        if byID, request.reconnect != nil, opening.credential.credential.usesSessionTickets,
            let way = try? opening.with({ $0.usesSessionTickets = false })
        {
            ways.append(way)
        }
        for way in ways where !deadline.hasPassed && !Task.isCancelled {
            let outcome = await Reconnection(
                opening: way,
                rounds: request.reconnect.map { max($0, addresses.count) } ?? 1,
                addresses: addresses,
                spacing: request.rate.map { .seconds(1 / Double($0)) } ?? .zero,
                request: opening.request.target.httpRequest,
                deadline: deadline
            ).run(after: connections)
            connections = outcome.connections
            spent.add(outcome.spent)
            attempts += outcome.rows
        }
    }

    // MARK: The sum

    /// What it all adds up to; `first` is the first connection at its end.
    func result(_ first: ConnectionAttributes) -> RenegotiateResult {
        let policy = RenegotiationPolicy(attempts, of: .renegotiation, asked: request.count)
        let isSecure = classic?.security.secureRenegotiation
        let isInsecure = attempts.contains { $0.action == .insecureRenegotiation && $0.answer == .honoured }
        return RenegotiateResult(
            summary: RenegotiationSummary.text(attempts, policy: policy, asker: "client"),
            version: (first.version ?? .tls12).id,
            secureRenegotiation: isSecure,
            indication: indication,
            policy: policy,
            verdict: isInsecure
                ? .withoutSignal
                : RenegotiationVerdict(server: policy, isSecure: isSecure, onlyModern: onlyModern && classic == nil),
            attempts: attempts,
            changes: changes,
            notes: notes,
            attributes: first
        )
    }
}
