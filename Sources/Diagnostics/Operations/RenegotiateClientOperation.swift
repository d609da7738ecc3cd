import SecureChannel
import TLSParameters
import Transport

/// `renegotiate --from server`: what a client does when a server asks it for a change.
public struct RenegotiateClientOperation: Sendable {
    /// Where a client has to connect to.
    public struct Listening: Sendable {
        /// The address and port.
        public var address: String
        /// Commands that start a client there, made to be pasted.
        public var commands: [String]
    }

    private let end: AwaitedClient
    private let request: RenegotiateRequest
    private let place: ListenPlace
    private let identity: ServerIdentity
    private let credential: AcquiredCredential
    private let options: ContextOptions

    /// Reads files or makes a certificate; nothing listens yet.
    ///
    /// - Throws: `RequestProblem` for anything that can't work.
    public init(
        _ end: AwaitedClient,
        request: RenegotiateRequest = RenegotiateRequest(),
        recordsBytes: Bool
    ) throws(RequestProblem) {
        self.end = end
        self.request = request
        place = try ListenPlace(parsing: end.listen)
        identity = try ServerIdentity(end.serving, place: place)
        credential = try end.serving.acquire(identity)
        var options = ContextOptions()
        if !recordsBytes { options.keptBytes = 0 }
        self.options = options
    }

    /// Listens, waits for one client, and asks it for what a server can ask for.
    ///
    /// - Parameter listening: told where, once it does.
    public func run(listening: (Listening) async -> Void) async -> Report<RenegotiateResult> {
        let startedAt = Timestamp.text(Timestamp.now)
        let listener: Listener
        do throws(TransportError) {
            listener = try await place.bind()
        } catch {
            return report(startedAt, nil, RunStatus(cannotListen: error, at: place), nil)
        }
        await listening(Listening(address: "\(listener.endpoint)", commands: commands(listener.endpoint)))
        let deadline = Deadline.after(end.timeout)
        let stream = await listener.next(by: deadline)
        await listener.close()
        guard let stream else {
            return report(startedAt, nil, Task.isCancelled ? .cancelledBeforeClient : noClient(listener.endpoint), nil)
        }
        guard let context = try? credential.makeContext(options) else {
            await stream.abort()
            return report(startedAt, nil, RunStatus(exit: .internalFault, kind: "library"), nil)
        }
        let session = Session(stream: stream, context: context)
        if let ending = ServeEnding(await session.handshake(deadline: deadline)) {
            await stream.closeOutput()
            await stream.close()
            return report(startedAt, session, ending.status, nil)
        }
        let before = context.attributes
        let client = ServerInitiated(session: session, request: request, deadline: deadline)
        let attempts = await client.run()
        let honoured = attempts.contains { $0.answer == .honoured }
        let after = honoured ? context.attributes : before
        await client.farewell()
        let result = result(attempts, before, after)
        return report(startedAt, session, status(session, attempts), result)
    }

    private func commands(_ endpoint: SocketEndpoint) -> [String] {
        let guide = ClientGuide(
            request: end.serving,
            identity: identity,
            endpoint: endpoint,
            summary: credential.summary
        )
        let shell: [String] =
            endpoint.port == nil
            ? [] : ["openssl s_client -connect \(endpoint) -cert FILE -key FILE -enable_pha"]
        // One client is awaited, so none can come for the certificate first.
        let commands = identity.isMade ? guide.commands.prefix(1) : guide.commands[...]
        return shell + commands.map(\.command)
    }

    private func result(
        _ attempts: [RenegotiationAttempt],
        _ before: ConnectionAttributes,
        _ after: ConnectionAttributes
    ) -> RenegotiateResult {
        let policy = RenegotiationPolicy(attempts, of: .helloRequest, asked: request.count)
        let isSecure = before.version == .tls13 ? nil : before.security.secureRenegotiation
        return RenegotiateResult(
            summary: RenegotiationSummary.text(attempts, policy: policy, asker: "server"),
            version: (before.version ?? .tls12).id,
            secureRenegotiation: isSecure,
            policy: policy,
            verdict: RenegotiationVerdict(client: policy, isSecure: isSecure),
            attempts: attempts,
            changes: AttributeChange.all(before, after),
            attributes: after
        )
    }

    private func report(
        _ startedAt: String,
        _ session: Session?,
        _ status: RunStatus,
        _ result: RenegotiateResult?
    ) -> Report<RenegotiateResult> {
        let remote = session?.stream.remote
        return Report(
            tool: .current,
            verb: .renegotiate,
            target: remote.map { remote in
                TargetSummary(
                    input: "\(remote)",
                    host: remote.port == nil ? nil : remote.host,
                    address: remote.port == nil ? nil : remote.host,
                    port: remote.port.map(Int.init),
                    sni: session?.context.attributes.names.sni.map { $0.encoded(for: .json) }
                )
            },
            startedAt: startedAt,
            status: status,
            result: result,
            events: session?.context.legs ?? [],
            spent: session?.spending ?? Spending()
        )
    }

    private func status(_ session: Session, _ attempts: [RenegotiationAttempt]) -> RunStatus {
        guard let silent = attempts.first(where: { $0.answer == .silence }) else { return .ok }
        return RunStatus(
            exit: .incomplete,
            kind: "incomplete:no-answer",
            reason: "\(session.stream.remote) did not answer a \(silent.action.rawValue) in time",
            hint: "--answer-timeout waits longer"
        )
    }

    private func noClient(_ endpoint: SocketEndpoint) -> RunStatus {
        RunStatus(
            exit: .incomplete,
            kind: "incomplete:no-client",
            reason: "no client connected to \(endpoint) within \(Int(end.timeout.seconds)) s",
            hint: "start one there; --timeout waits longer"
        )
    }
}

extension RunStatus {
    fileprivate static let cancelledBeforeClient = RunStatus(
        exit: .incomplete,
        kind: "incomplete:cancelled",
        reason: "stopped before a client connected"
    )
}

extension Listener {
    /// The next connection; nil if none came in time, or the task was cancelled.
    fileprivate func next(by deadline: Deadline) async -> (any ByteStream)? {
        let timer = Task {
            try? await Task.sleep(for: deadline.remaining)
            if !Task.isCancelled { await close() }
        }
        defer { timer.cancel() }
        for await stream in connections { return stream }
        return nil
    }
}
