public import TLSWire
public import Transport

/// What a peer did with one hello. A fact, not yet a verdict.
public enum Observation: Hashable, Sendable {
    /// A ServerHello, and what of the rest of the flight was wanted.
    case serverHello(ServerHello, FlightParts)
    /// The server chose version, suite and group, and asks for another hello (RFC 8446 §4.1.4).
    case helloRetryRequest(ServerHello)
    /// A SERVER-HELLO of SSL 2.0 (draft-hickman-netscape-ssl-00 §5.6).
    case ssl2ServerHello(SSL2ServerHello)
    /// An ERROR of SSL 2.0.
    case ssl2Error(SSL2Error)
    /// A SERVER_HELLO of PCT 1.0 (draft-benaloh-pct-00 §5.2.2).
    case pctServerHello
    /// An ERROR of PCT 1.0 (draft-benaloh-pct-00 §5.4): it speaks PCT, and wants other ciphers.
    case pctError(code: UInt16)
    /// An alert that ends the handshake, or warnings after which nothing came.
    case alert(Alert)
    /// FIN before the first byte.
    case closed
    /// RST before the first byte.
    case reset
    /// Nothing, until the probe's deadline. Says nothing about what the peer supports.
    case timedOut
    /// Another protocol: its first line, or its first bytes, at most ``FlightReader/prefixLimit`` of them.
    case notTLS(prefix: [UInt8])
    /// It began as TLS and went wrong: malformed, without end, or too large.
    case undecodable(WireError, prefix: [UInt8])
    /// The flight ended in the middle; the error says what's missing. ``FlightEnding/timedOut`` is a peer that was still
    /// at it, byte by byte, when time was up: that says nothing about what it supports.
    case cutOff(FlightEnding, WireError, prefix: [UInt8])
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
    /// The peer no longer answers what it has answered before, though it was given time.
    case throttled

    /// In words for a report.
    public var text: String {
        switch self {
        case .connectionLimit: "the limit on connections was reached"
        case .deadline: "the time for this target was up"
        case .cancelled: "the run was cancelled"
        case .throttled: "the server had stopped answering"
        }
    }
}

extension Observation {
    /// The peer sent something that is TLS, were it an alert.
    public var isTLS: Bool {
        switch self {
        case .serverHello, .helloRetryRequest, .ssl2ServerHello, .ssl2Error, .pctServerHello, .pctError, .alert,
            .undecodable:
            true
        case .cutOff(_, _, let prefix): StreamOpening(prefix).isTLS
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
        case .serverHello(let hello, _), .helloRetryRequest(let hello): hello
        default: nil
        }
    }

    /// The connection ended without a byte: a refusal, a limit on connections, or a fault; one alone doesn't tell which.
    public var isWordless: Bool { self == .closed || self == .reset }

    /// A greeting that turns the client away for now: 421 or 554 of SMTP and FTP (RFC 5321 §3.8, §3.1), BYE of IMAP
    /// (RFC 3501 §7.1.5), 429 and 503 of HTTP (RFC 6585 §4, RFC 9110 §15.6.4), "too many connections" in any text.
    public var isBusy: Bool {
        guard case .notTLS(let prefix) = self else { return false }
        if ["421 ", "421-", "554 ", "554-", "* BYE"].contains(where: { prefix.starts(with: $0.utf8) }) { return true }
        // "HTTP/1.1 503 …"
        if prefix.starts(with: "HTTP/1.".utf8), prefix.count > 12 {
            return ["429", "503"].contains { prefix[9..<12].elementsEqual($0.utf8) }
        }
        let text = String(decoding: prefix, as: UTF8.self).lowercased()
        return text.contains("too many connections")
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
        case .pctError: "pct-error"
        case .alert: "alert"
        case .closed: "closed"
        case .reset: "reset"
        case .timedOut: "timed-out"
        case .notTLS(let prefix): isBusy ? "busy" : StreamOpening(prefix).rawValue
        case .undecodable(let error, _):
            switch error.kind {
            case .tooLarge: "too-large"
            case .tooMany: "no-progress"
            default: "undecodable"
            }
        case .cutOff(let ending, _, _): "cut-off-\(ending.rawValue)"
        case .unreachable: "unreachable"
        case .notAsked: "not-asked"
        }
    }
}
