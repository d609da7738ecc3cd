/// The user's side of a session: what they send, and where the peer's answer goes.
public protocol RelayEnds: Sendable {
    /// Whether the peer's data reaches the user this way; otherwise the report keeps the beginning of it.
    var showsData: Bool { get }
    /// What the user wants next; nil at the end of input. Called again only after the last call returned and what it gave
    /// was sent or done.
    func nextInput() async -> RelayInput?
    /// Takes what the peer sent.
    ///
    /// - Throws: anything; the session is then closed, since nobody reads it any more.
    func deliver(_ bytes: [UInt8]) async throws
    /// Whether the peer has said all that it was asked for; the session is closed then, unless it is held.
    var isAnswered: Bool { get }
    /// Shows what came of a command.
    func show(_ answer: SessionAnswer) async
}

extension RelayEnds {
    /// Never: only the peer knows.
    public var isAnswered: Bool { false }
    /// Nowhere: without commands there are no answers.
    public func show(_ answer: SessionAnswer) async {}
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
