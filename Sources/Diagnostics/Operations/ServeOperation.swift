import Certificates
import SecureChannel
import Transport

/// `serve`: the other end, to test clients against.
public struct ServeOperation: Sendable {
    private let request: ServeRequest
    private let place: ListenPlace
    private let identity: ServerIdentity
    private let credential: AcquiredCredential
    private let services: ServerServices

    /// The certificates that are shown to clients, in PEM; never a key.
    public var certificatePEM: String { identity.pem }
    /// The certificate of the authority that was made for this run, in PEM; nil without one. Never its key.
    public var authorityPEM: String? { identity.root?.pem }

    /// What to tell whoever starts it of versions and suites that protect nothing; nil when there are none.
    public var warning: String? {
        BrokenProtection.warning(versions: credential.summary.protocols, suites: credential.summary.suites).map {
            "\($0) may be spoken here, which protects nothing: whoever is on the way can read or change the data"
        }
    }

    /// Reads files or makes a certificate, and acquires the credential; nothing listens yet.
    ///
    /// - Throws: `RequestProblem` for anything that can't work.
    public init(_ request: ServeRequest) throws(RequestProblem) {
        self.request = request
        try request.faults.check(against: request)
        place = try ListenPlace(parsing: request.listen)
        identity = try ServerIdentity(request, place: place)
        credential = try request.acquire(identity)
        if !request.exposesObsolete { try place.requireLoopback(for: credential.summary.protocols) }
        services = try ServerServices(request)
        try request.faults.check(versions: credential.summary.protocols)
    }

    /// Listens and serves until the task is cancelled, `drain` has begun or `count` connections have been served.
    ///
    /// - Parameters:
    ///   - drain: asks the server to stop in order: sessions may go on for ``ServeRequest/patience``.
    ///   - page: makes the page that a client gets; called from several tasks at once.
    ///   - event: told that the server listens, then of every connection that ended, one at a time. Once it throws, the
    ///     server stops.
    /// - Returns: the sum of it all; a usage status without a result if the address can't be listened on.
    /// - Throws: what `event` threw.
    public func run(
        draining drain: Drain = Drain(),
        page: @escaping PageRenderer,
        event: (Report<ServeResult>) async throws -> Void
    ) async throws -> Report<ServeResult> {
        let startedAt = Timestamp.text(Timestamp.now)
        let clock = ContinuousClock()
        let start = clock.now
        let listener: Listener
        do throws(TransportError) {
            listener = try await place.bind()
        } catch {
            let status = RunStatus(cannotListen: error, at: place)
            return report(startedAt: startedAt, status: status, result: nil)
        }
        let setup = ServerSetup(
            credential: credential,
            mode: request.mode,
            timeout: request.timeout,
            address: listener.endpoint,
            site: HTTPSite(pem: identity.trustPEM, page: page, files: services.files),
            accounts: services.accounts,
            renegotiation: request.renegotiation,
            drain: drain,
            keyLog: services.keyLog,
            faults: request.faults,
            telling: request.telling
        )
        let desk = Reception(
            listener: listener,
            setup: setup,
            limit: request.maximumClients,
            count: request.count,
            patience: request.patience
        )
        let description = describe(listener.endpoint)
        var totals = ServeTotals()
        var spent = Spending()
        do {
            try await event(report(startedAt: startedAt, status: .ok, result: ServeResult(description)))
            try await withTaskExecutorPreference(EventLoopExecutor.shared) {
                try await desk.run { ended in
                    totals.add(ended)
                    spent.add(ended.spent)
                    if let report = ended.report { try await event(report.value) }
                }
            }
        } catch {
            await listener.close()
            throw error
        }
        spent.seconds = start.duration(to: clock.now).seconds
        let status = services.keyLog?.problem.map(RunStatus.init(notWritten:)) ?? .ok
        return report(startedAt: startedAt, status: status, result: ServeResult(totals), spent: spent)
    }

    private func describe(_ endpoint: SocketEndpoint) -> ListenerDescription {
        let guide = ClientGuide(request: request, identity: identity, endpoint: endpoint, summary: credential.summary)
        return ListenerDescription(
            address: endpoint.description,
            mode: ListenerDescription.Mode(request.mode),
            madeCertificate: identity.isMade,
            certificates: identity.leaves,
            authority: identity.root,
            names: identity.names.map { ListenerName(name: $0.name, certificates: $0.identities.map(\.certificate)) },
            credential: credential.summary,
            commands: guide.commands,
            notes: guide.notes + request.faults.notes,
            faults: request.faults.faults.map(\.text)
        )
    }

    private func report(
        startedAt: String,
        status: RunStatus,
        result: ServeResult?,
        spent: Spending = Spending()
    ) -> Report<ServeResult> {
        Report(
            tool: .current,
            verb: .serve,
            target: nil,
            startedAt: startedAt,
            status: status,
            result: result,
            spent: spent
        )
    }
}

extension ListenerDescription.Mode {
    fileprivate init(_ mode: ServeMode) {
        self =
            switch mode {
            case .page: .http
            case .echo: .echo
            case .discard: .discard
            case .files: .files
            }
    }
}

extension ServeTotals {
    /// Counts a connection that ended.
    mutating func add(_ ended: ServedEnd) {
        requests += ended.requestCount
        guard ended.outcome != .busy else {
            turnedAway += 1
            return
        }
        connections += 1
        if ended.established { established += 1 } else { failed += 1 }
    }
}
