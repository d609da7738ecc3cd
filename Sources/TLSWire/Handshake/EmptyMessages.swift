public import TLSParameters

/// A message whose body is empty.
public protocol EmptyHandshakeBody: HandshakeBody {
    /// Makes the message.
    init()
}

extension EmptyHandshakeBody {
    /// Reads nothing.
    public init(parsing _: inout ByteReader) throws(WireError) { self.init() }

    /// Writes nothing.
    public func encode(into _: inout ByteWriter) {}
}

/// The end of a server's hello flight, SSL 3.0 to TLS 1.2 (RFC 5246 §7.4.5).
public struct ServerHelloDone: EmptyHandshakeBody {
    /// `server_hello_done`
    public static var type: HandshakeType { .server_hello_done }
    /// Makes the message.
    public init() {}
}

/// A server's wish to renegotiate, SSL 3.0 to TLS 1.2 (RFC 5246 §7.4.1.1).
public struct HelloRequest: EmptyHandshakeBody {
    /// `hello_request`
    public static var type: HandshakeType { .hello_request }
    /// Makes the message.
    public init() {}
}

/// The end of 0-RTT data (RFC 8446 §4.5).
public struct EndOfEarlyData: EmptyHandshakeBody {
    /// `end_of_early_data`
    public static var type: HandshakeType { .end_of_early_data }
    /// Makes the message.
    public init() {}
}
