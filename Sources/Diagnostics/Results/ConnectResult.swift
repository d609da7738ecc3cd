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
    /// What was found out after the handshake had failed; null if nothing was looked for.
    @Nullable public var diagnosis: DiagnosisSummary?

    /// A result from its parts.
    public init(
        credential: CredentialSummary,
        dial: DialSummary?,
        established: Bool,
        attributes: ConnectionAttributes?,
        relay: RelaySummary?,
        diagnosis: DiagnosisSummary? = nil
    ) {
        self.credential = credential
        self.dial = dial
        self.established = established
        self.attributes = attributes
        certificates = Self.certificates(attributes)
        self.relay = relay
        self.diagnosis = diagnosis
    }

    /// The peer's chain as it was sent, in PEM, whether or not it can be read; empty without one.
    public var chainPEM: String {
        (attributes?.peer.chain ?? []).map { PEM.encode($0.bytes, label: "CERTIFICATE") }.joined()
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
        /// We closed because the answer had come in full.
        case answered
        /// We closed because the user said so.
        case quit
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
        /// The peer ended the connection in SSL 2.0, which has no close_notify: whether data is missing can't be told.
        case unmarked
        /// The peer reset the connection.
        case reset
        /// The session failed: an alert or a protocol error.
        case failed
    }

    /// How many legs there were before data was relayed.
    public var legsBefore: Int
    /// Bytes of data sent, with the early data that the server took.
    public var bytesSent: Int
    /// How many of them the server had not taken as early data.
    public var earlyBytesResent: Int
    /// Bytes of input that were read and not sent: the session ended first, or a handshake held them back.
    public var bytesUnsent: Int
    /// Bytes of data received.
    public var bytesReceived: Int
    /// How it ended.
    public var ending: Ending
    /// The first 64 KiB of what the peer sent, where it is not relayed to standard output; null otherwise.
    @Nullable public var received: PeerText?
    /// The answer to a GET; null where none was asked for.
    @Nullable public var answer: AnswerSummary?

    init(
        legsBefore: Int,
        bytesSent: Int,
        earlyBytesResent: Int = 0,
        bytesUnsent: Int = 0,
        bytesReceived: Int,
        ending: Ending,
        received: PeerText?,
        answer: AnswerSummary? = nil
    ) {
        self.legsBefore = legsBefore
        self.bytesSent = bytesSent
        self.earlyBytesResent = earlyBytesResent
        self.bytesUnsent = bytesUnsent
        self.bytesReceived = bytesReceived
        self.ending = ending
        self.received = received
        self.answer = answer
    }
}

/// What came back for an HTTP request.
public struct AnswerSummary: Codable, Sendable, Hashable {
    /// The status, such as 200; null if no answer came, or no HTTP.
    @Nullable public var status: Int?
    /// `HTTP/1.1` or `HTTP/1.0`; null as above.
    @Nullable public var version: String?
    /// How the body's end is known: `none`, `content-length`, `chunked` or `close`; null before the head was whole.
    @Nullable public var framing: String?
    /// The length that the head promised, in bytes; null if it promised none.
    @Nullable public var contentLength: Int?
    /// Bytes of the body, without the framing of chunks.
    public var bodyBytes: Int
    /// Whether all of it came.
    public var complete: Bool
    /// What is wrong with it; null if nothing is.
    @Nullable public var problem: String?

    init(_ answer: HTTPAnswer) {
        status = answer.status
        version = answer.version
        framing = answer.framing?.rawValue
        contentLength = answer.contentLength
        bodyBytes = answer.bodyBytes
        complete = answer.progress == .whole
        switch answer.progress {
        case .whole: problem = nil
        case .nothing: problem = "no answer came"
        case .head: problem = "it ended in the middle of its head"
        case .body: problem = "it ended before its body did"
        case .broken(let reason): problem = reason
        }
    }
}
