import Glibc
import NIOCore
import NIOPosix
import Synchronization

/// Accepts connections on one address.
public final class Listener: Sendable {
    /// Where it listens, with the port the system chose where 0 was asked for.
    public let endpoint: SocketEndpoint
    /// The connections, each to be ended by whoever takes it.
    ///
    /// For one consumer. Ends after ``close()``, when those accepted before are taken. At most 1024 wait to be taken; what
    /// comes in above that is reset.
    public let connections: AsyncStream<any ByteStream>

    private let channel: any Channel
    private let continuation: AsyncStream<any ByteStream>.Continuation
    private let isClosed = Atomic(false)

    private init(
        channel: any Channel,
        asked: SocketEndpoint,
        _ accepted: (stream: AsyncStream<any ByteStream>, continuation: AsyncStream<any ByteStream>.Continuation)
    ) {
        self.channel = channel
        endpoint = SocketEndpoint(channel.localAddress) ?? asked
        connections = accepted.stream
        continuation = accepted.continuation
    }

    deinit {
        continuation.finish()
        channel.close(promise: nil)
    }

    /// Listens on the first address of `host` that can be bound; port 0 lets the system choose.
    ///
    /// Throws `dns` when the host has no address, `permission`, or `localResources` (EADDRINUSE: the port is taken;
    /// EADDRNOTAVAIL: not an address of this machine).
    public static func bind(host: String, port: UInt16) async throws(TransportError) -> Listener {
        var failure = TransportError(.dns, detail: "no address to listen on")
        for endpoint in try await Dialer.resolve(host: host, port: port, deadline: .after(.seconds(30))) {
            do throws(TransportError) {
                return try await bind(endpoint)
            } catch {
                failure = error
            }
        }
        throw failure
    }

    /// Listens on `endpoint`. A unix socket's path must not exist; closing removes it.
    ///
    /// Throws as ``bind(host:port:)``.
    public static func bind(_ endpoint: SocketEndpoint) async throws(TransportError) -> Listener {
        let address = try endpoint.socketAddress()
        let accepted = AsyncStream.makeStream(of: (any ByteStream).self, bufferingPolicy: .bufferingOldest(1024))
        let take: @Sendable (ChannelStream) -> Void = { [continuation = accepted.continuation] stream in
            if case .enqueued = continuation.yield(stream) { return }
            Task { await stream.abort() }
        }
        let bound = Pending<Result<any Channel, TransportError>>()
        var bootstrap = ServerBootstrap(group: EventLoops.shared)
            .serverChannelOption(.backlog, value: 512)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
        if case .ip = endpoint {
            // Linux passes it on to the sockets it accepts.
            bootstrap = bootstrap.serverChannelOption(.tcpOption(.tcp_nodelay), value: 1)
        }
        bootstrap
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let inbound = InboundBuffer()
                    try inbound.prepare(channel) { channel in
                        take(ChannelStream(channel: channel, inbound: inbound, fallback: endpoint))
                    }
                }
            }
            .bind(to: address)
            .whenComplete { bound.fulfil($0.mapError { TransportError($0, endpoint: endpoint) }) }
        return Listener(channel: try await bound.value().get(), asked: endpoint, accepted)
    }

    /// Stops listening. Connections accepted before live on. Does nothing the second time: the path of a unix socket may be
    /// another's by then.
    public func close() async {
        guard !isClosed.exchange(true, ordering: .relaxed) else { return }
        let closed = Pending<Void>()
        channel.close().whenComplete { _ in closed.fulfil(()) }
        await closed.value()
        continuation.finish()
        if case .unix(let path) = endpoint { unlink(path) }
    }
}
