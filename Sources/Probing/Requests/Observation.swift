public import TLSWire
public import Transport

/// What a peer did with one hello. A fact, not yet a verdict.
public enum Observation: Hashable, Sendable {
    /// A ServerHello; with the server's ephemeral parameters and its certificates (DER, as sent) where TLS ≤ 1.2 sent
    /// them and they were waited for.
    case serverHello(ServerHello, ServerKeyExchange?, certificates: [[UInt8]])
    /// The server chose version, suite and group, and asks for another hello (RFC 8446 §4.1.4).
    case helloRetryRequest(ServerHello)
    /// A SERVER-HELLO of SSL 2.0 (draft-hickman-netscape-ssl-00 §1.2.2).
    case ssl2ServerHello(SSL2ServerHello)
    /// An ERROR of SSL 2.0.
    case ssl2Error(SSL2Error)
    /// A server hello of PCT 1.0.
    case pctServerHello
    /// An alert that ends the handshake, or warnings after which nothing came.
    case alert(Alert)
    /// FIN before the first byte.
    case closed
    /// RST before the first byte.
    case reset
    /// Nothing, until the probe's deadline. Says nothing about what the peer supports.
    case timedOut
    /// The first bytes aren't a TLS record; at most ``FlightReader/prefixLimit`` of them.
    case notTLS(prefix: [UInt8])
    /// It began as TLS and went wrong: malformed, cut off, without end, or too large.
    case undecodable(WireError, prefix: [UInt8])
    /// There was no connection.
    case unreachable(TransportError)
    /// The request was never sent, or its answer not waited for.
    case notAsked(StopReason)
}

/// Why a run ended before its questions were answered.
public enum StopReason: String, Hashable, Sendable {
    /// The limit on connections is reached.
    case connectionLimit = "connection-limit"
    /// The target's deadline has passed.
    case deadline
    /// The caller has cancelled.
    case cancelled

    /// In words for a report.
    public var text: String {
        switch self {
        case .connectionLimit: "the limit on connections was reached"
        case .deadline: "the time for this target was up"
        case .cancelled: "the run was cancelled"
        }
    }
}

extension Observation {
    /// The peer sent something that is TLS, were it an alert.
    public var isTLS: Bool {
        switch self {
        case .serverHello, .helloRetryRequest, .ssl2ServerHello, .ssl2Error, .pctServerHello, .alert, .undecodable: true
        default: false
        }
    }

    /// The peer chose something from the hello.
    public var isChoice: Bool {
        switch self {
        case .serverHello, .helloRetryRequest, .ssl2ServerHello, .pctServerHello: true
        default: false
        }
    }

    /// The ServerHello or HelloRetryRequest.
    public var chosen: ServerHello? {
        switch self {
        case .serverHello(let hello, _, _), .helloRetryRequest(let hello): hello
        default: nil
        }
    }
}

extension Observation {
    /// A stable word for reports and evidence.
    public var id: String {
        switch self {
        case .serverHello: "server-hello"
        case .helloRetryRequest: "hello-retry-request"
        case .ssl2ServerHello: "ssl2-server-hello"
        case .ssl2Error: "ssl2-error"
        case .pctServerHello: "pct-server-hello"
        case .alert: "alert"
        case .closed: "closed"
        case .reset: "reset"
        case .timedOut: "timed-out"
        case .notTLS(let prefix): StreamOpening(prefix).rawValue
        case .undecodable: "undecodable"
        case .unreachable: "unreachable"
        case .notAsked: "not-asked"
        }
    }
}
