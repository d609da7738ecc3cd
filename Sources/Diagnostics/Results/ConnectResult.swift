public import Certificates
public import SecureChannel
public import TLSParameters

/// What `connect` found out.
public struct ConnectResult: Codable, Sendable {
    /// What we brought: printed before any I/O.
    public var credential: CredentialSummary
    /// How the connection was made; null if it wasn't.
    @Nullable public var dial: DialSummary?
    /// Whether a session stood.
    public var established: Bool
    /// Everything known of the connection; null if none was made.
    @Nullable public var attributes: ConnectionAttributes?
    /// The peer's certificates in the order in which it sent them.
    public var certificates: [Certificate]
    /// What was relayed; null if no session stood.
    @Nullable public var relay: RelaySummary?

    /// A result from its parts.
    public init(
        credential: CredentialSummary,
        dial: DialSummary?,
        established: Bool,
        attributes: ConnectionAttributes?,
        relay: RelaySummary?
    ) {
        self.credential = credential
        self.dial = dial
        self.established = established
        self.attributes = attributes
        certificates = Self.certificates(attributes)
        self.relay = relay
    }

    /// The peer's chain as certificates; what can't be read as one is left to `attributes.peer.chain`.
    static func certificates(_ attributes: ConnectionAttributes?) -> [Certificate] {
        (attributes?.peer.chain ?? []).compactMap { try? Certificate(der: $0.bytes) }
    }
}

/// What went through a session, and how it ended.
public struct RelaySummary: Codable, Sendable, Hashable {
    /// How a relay ended.
    public enum Ending: String, Codable, Sendable {
        /// We closed after the end of input.
        case endOfInput = "end-of-input"
        /// We closed because both sides were silent for too long.
        case idle
        /// We closed because nobody reads the peer's data any more.
        case outputClosed = "output-closed"
        /// We were told to stop.
        case interrupted
        /// The limit was reached for data to be taken, or for an answer to end after the end of input.
        case deadline
        /// The peer sent close_notify.
        case closeNotify = "close-notify"
        /// The peer ended the connection without close_notify: data may be missing.
        case truncated
        /// The peer reset the connection.
        case reset
        /// The session failed: an alert or a protocol error.
        case failed
    }

    /// How many legs there were before data was relayed.
    public var legsBefore: Int
    /// Bytes of data sent.
    public var bytesSent: Int
    /// Bytes of input that were read and not sent: the session ended first, or a handshake held them back.
    public var bytesUnsent: Int
    /// Bytes of data received.
    public var bytesReceived: Int
    /// How it ended.
    public var ending: Ending
    /// The first 64 KiB of what the peer sent, where it is not relayed to standard output; null otherwise.
    @Nullable public var received: PeerText?

    init(
        legsBefore: Int,
        bytesSent: Int,
        bytesUnsent: Int = 0,
        bytesReceived: Int,
        ending: Ending,
        received: PeerText?
    ) {
        self.legsBefore = legsBefore
        self.bytesSent = bytesSent
        self.bytesUnsent = bytesUnsent
        self.bytesReceived = bytesReceived
        self.ending = ending
        self.received = received
    }
}
