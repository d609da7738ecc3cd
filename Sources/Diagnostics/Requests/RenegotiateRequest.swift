import SecureChannel

/// What `renegotiate` is asked to try.
public struct RenegotiateRequest: Sendable {
    /// How often a session may be asked to change at most: enough to see any limit that servers have, and too few to hurt.
    public static let counts = 1...20
    /// How often a connection may be lost and resumed at most.
    public static let reconnections = 1...100

    /// Whether a renegotiation resumes the session within the connection instead of making a full handshake.
    public var abbreviated = false
    /// How often one connection is asked.
    public var count = 3
    /// Suites to offer in the renegotiation instead: names or code points; nil leaves them as they were.
    public var ciphers: String?
    /// A certificate to show in the renegotiation instead; nil leaves it as it was.
    public var identity: IdentityFiles?
    /// How often a lost connection is resumed, in each way that there is; nil tries once, in the way that servers prefer.
    public var reconnect: Int?
    /// Reconnections a second at most; nil for no limit.
    public var rate: Int?
    /// How long to wait for the answer to each attempt.
    public var answerTimeout = Duration.seconds(5)

    /// The defaults.
    public init() {}

    /// The same, asked once.
    var once: RenegotiateRequest {
        var request = self
        request.count = 1
        return request
    }

    /// The first handshake's kind as libssl has it.
    var kind: RenegotiationKind { abbreviated ? .abbreviated : .full }
}
