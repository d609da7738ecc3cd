/// Accepts connections on one address.
public final class Listener: Sendable {
    /// Where it listens, with the port the system chose where 0 was asked for.
    public let endpoint: SocketEndpoint
    /// The connections, each to be ended by whoever takes it. For one consumer; ends when the listener is closed.
    public let connections: AsyncStream<any ByteStream>

    init(endpoint: SocketEndpoint, connections: AsyncStream<any ByteStream>) {
        self.endpoint = endpoint
        self.connections = connections
    }

    /// Listens on the first address of `host` that can be bound; port 0 lets the system choose.
    public static func bind(host: String, port: UInt16) async throws(TransportError) -> Listener {
        throw TransportError(.other, detail: "not available yet")
    }

    /// Listens on `endpoint`. A unix socket's path must not exist; closing removes it.
    public static func bind(_ endpoint: SocketEndpoint) async throws(TransportError) -> Listener {
        throw TransportError(.other, detail: "not available yet")
    }

    /// Stops listening. Connections already taken live on; those not taken yet are reset.
    public func close() async {}
}
