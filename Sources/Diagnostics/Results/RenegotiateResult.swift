public import SecureChannel

/// What `renegotiate` found out: what a peer allows once a session stands.
public struct RenegotiateResult: Codable, Sendable {
    /// The sentence that answers the question.
    public var summary: String
    /// The version that was negotiated, such as `tls1.2`.
    public var version: String
    /// Whether the server supports secure renegotiation (RFC 5746); null in TLS 1.3, where the question has no meaning.
    @Nullable public var secureRenegotiation: Bool?
    /// What was tried, in order.
    public var attempts: [RenegotiationAttempt]
    /// The attributes that a renegotiation or a resumption changed.
    public var changes: [AttributeChange]
    /// Everything known of the first connection, at its end.
    public var attributes: ConnectionAttributes
}

/// One attempt at changing a session that stands.
public struct RenegotiationAttempt: Codable, Sendable, Hashable {
    /// What was tried.
    public enum Action: String, Codable, Sendable {
        /// A new handshake in the session, with new keys throughout (RFC 5246 §7.4.1.2).
        case renegotiation
        /// New keys for our direction only (RFC 8446 §4.6.3).
        case keyUpdate = "key-update"
        /// New keys for our direction, and a request for the peer's.
        case keyUpdateRequested = "key-update-requested"
        /// A new connection that resumes the session of one that was lost.
        case resumption
    }

    /// What the peer did.
    public enum Answer: String, Codable, Sendable {
        /// It did what was asked for.
        case honoured
        /// It refused with an alert, and the connection went on or ended.
        case refusedByAlert = "refused-by-alert"
        /// It closed the connection.
        case closed
        /// It reset the connection.
        case reset
        /// It made a full handshake where a resumption was asked for.
        case fullHandshake = "full-handshake"
        /// It did not answer in time.
        case silence
        /// It could not be tried; `detail` says why.
        case notTried = "not-tried"
        /// It went on as if it had not been asked.
        case ignored
        /// It was sent, and nothing shows whether the peer took it: no answer is due.
        case unconfirmed
    }

    /// What was tried.
    public var action: Action
    /// What was sent, in a few words.
    public var sent: String
    /// What the peer did.
    public var answer: Answer
    /// The alert's name or another detail; null without.
    @Nullable public var detail: String?
    /// Seconds until the answer; null if there was none.
    @Nullable public var seconds: Double?

    init(action: Action, sent: String, answer: Answer, detail: String? = nil, seconds: Double? = nil) {
        self.action = action
        self.sent = sent
        self.answer = answer
        self.detail = detail
        self.seconds = seconds
    }
}

/// An attribute before and after.
public struct AttributeChange: Codable, Sendable, Hashable {
    /// Which attribute, such as `suite`.
    public var attribute: String
    /// Its value before; null if it had none.
    @Nullable public var before: String?
    /// Its value after; null if it has none.
    @Nullable public var after: String?
}
