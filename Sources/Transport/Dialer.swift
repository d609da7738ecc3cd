import NIOCore
import NIOPosix

/// Opens connections.
public enum Dialer {
    /// Resolves `host` and dials its addresses in turn, all by `deadline`.
    ///
    /// Throws what ``resolve(host:port:family:deadline:)`` and ``dial(_:connectTimeout:deadline:)`` throw.
    public static func dial(
        host: String,
        port: UInt16,
        family: AddressFamily = .any,
        connectTimeout: Duration,
        deadline: Deadline
    ) async throws(TransportError) -> DialReport {
        let start = ContinuousClock.now
        let endpoints = try await resolve(host: host, port: port, family: family, deadline: deadline)
        let resolution = ContinuousClock.now - start
        var report = try await dial(endpoints, connectTimeout: connectTimeout, deadline: deadline)
        report.resolution = resolution
        return report
    }

    /// Tries the endpoints one after the other until one connects.
    ///
    /// Each gets at most `connectTimeout`, all together end at `deadline`. When none connects, the error thrown is the one
    /// that says most about the peer, with every attempt in ``TransportError/attempts``. Lack of descriptors, ports or memory
    /// on our side comes before all others, because then nothing is known about the peer.
    ///
    /// `source` is the address to connect from, whatever its port; nil lets the system choose.
    public static func dial(
        _ endpoints: [SocketEndpoint],
        from source: SocketEndpoint? = nil,
        connectTimeout: Duration,
        deadline: Deadline
    ) async throws(TransportError) -> DialReport {
        let start = ContinuousClock.now
        var attempts: [DialAttempt] = []
        for endpoint in endpoints {
            let began = ContinuousClock.now
            do throws(TransportError) {
                let stream = try await connect(
                    to: endpoint,
                    from: source,
                    by: .after(connectTimeout).sooner(of: deadline)
                )
                let now = ContinuousClock.now
                attempts.append(DialAttempt(endpoint: endpoint, outcome: .connected, duration: now - began))
                return DialReport(stream: stream, attempts: attempts, connect: now - start)
            } catch {
                let duration = ContinuousClock.now - began
                attempts.append(DialAttempt(endpoint: endpoint, outcome: .failed(error), duration: duration))
                if error.kind == .cancelled || deadline.hasPassed { break }
            }
        }
        throw summary(of: attempts)
    }

    /// Connects to one endpoint.
    private static func connect(
        to endpoint: SocketEndpoint,
        from source: SocketEndpoint?,
        by deadline: Deadline
    ) async throws(TransportError) -> any ByteStream {
        let late = TransportError(.timedOut, endpoint: endpoint, detail: "no answer in time")
        let cancelled = TransportError(.cancelled, endpoint: endpoint, detail: "dialling was cancelled")
        guard !Task.isCancelled else { throw cancelled }
        guard !deadline.hasPassed else { throw late }
        let address = try endpoint.socketAddress()
        let own = try source?.socketAddress()

        let inbound = InboundBuffer()
        let connected = Pending<Result<any Channel, TransportError>>()
        var bootstrap = ClientBootstrap(group: EventLoops.shared)
        if let own { bootstrap = bootstrap.bind(to: own) }
        bootstrap
            // NIO's own timer closes the socket when time is up, so nothing is left behind.
            .connectTimeout(deadline.timeLeft)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try inbound.prepare(channel)
                    guard case .ip = endpoint else { return }
                    try channel.syncOptions?.setOption(.tcpOption(.tcp_nodelay), value: 1)
                }
            }
            .connect(to: address)
            .whenComplete { result in
                let result = result.mapError { TransportError($0, endpoint: endpoint) }
                // Nobody waits any longer: the connection is of no use.
                if !connected.fulfil(result) { try? result.get().close(promise: nil) }
            }

        let channel = try await connected.value(ifCancelled: .failure(cancelled)).get()
        let stream = ChannelStream(channel: channel, inbound: inbound, fallback: endpoint)
        // A connection that was reset at once has no addresses any more, which is something else.
        guard channel.localAddress == nil || channel.localAddress != channel.remoteAddress || endpoint.port == nil
        else {
            // TCP lets a socket connect to itself when the port dialled is the one it was given (RFC 9293 §3.5,
            // simultaneous open). Nobody listens there.
            await stream.abort()
            throw TransportError(.refused, endpoint: endpoint, detail: "connection refused")
        }
        return stream
    }

    /// The one error for attempts of which none connected.
    private static func summary(of attempts: [DialAttempt]) -> TransportError {
        let precedence: [TransportError.Kind] = [
            .cancelled, .localResources, .refused, .reset, .permission, .timedOut, .unreachable,
        ]
        let errors = attempts.compactMap { attempt -> TransportError? in
            guard case .failed(let error) = attempt.outcome else { return nil }
            return error
        }
        func rank(_ error: TransportError) -> Int { precedence.firstIndex(of: error.kind) ?? precedence.count }
        var error =
            errors.min { rank($0) < rank($1) } ?? TransportError(.dns, detail: "no address to connect to")
        error.attempts = attempts
        return error
    }
}
