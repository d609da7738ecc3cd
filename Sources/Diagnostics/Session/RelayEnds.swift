/// The user's side of a session: what they send, and where the peer's answer goes.
public protocol RelayEnds: Sendable {
    /// Whether the peer's data reaches the user this way; otherwise the report keeps the beginning of it.
    var showsData: Bool { get }
    /// The next bytes to send; nil at the end of input. Called again only after the last call returned.
    func nextInput() async -> [UInt8]?
    /// Takes what the peer sent.
    ///
    /// - Throws: anything; the session is then closed, since nobody reads it any more.
    func deliver(_ bytes: [UInt8]) async throws
}

/// How a relay ends by itself.
public struct RelayLimits: Sendable {
    /// How long to wait for an answer, or for more of it, once the input has ended.
    public var answer: Duration
    /// How long both sides may be silent before the session is closed; nil waits for ever.
    public var idle: Duration?
    /// Whether the session stays open after the end of input until the peer ends it.
    public var hold: Bool

    /// Limits from their parts.
    public init(answer: Duration, idle: Duration?, hold: Bool) {
        self.answer = answer
        self.idle = idle
        self.hold = hold
    }
}
