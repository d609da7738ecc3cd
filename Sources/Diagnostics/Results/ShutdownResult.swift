public import SecureChannel

/// What `shutdown` found out: who closed, how, and what could have been lost.
public struct ShutdownResult: Codable, Sendable {
    /// What the peer did after our close_notify.
    public enum Answer: String, Codable, Sendable {
        /// close_notify, then FIN: as RFC 8446 §6.1 has it.
        case closeNotifyThenFIN = "close-notify-then-fin"
        /// close_notify, and the connection stayed open until we closed it.
        case closeNotifyOnly = "close-notify-only"
        /// FIN without close_notify: on its own it can't be told from an attacker's.
        case finOnly = "fin-only"
        /// RST, whatever came before it.
        case reset
        /// An alert other than close_notify, or records that can't be read, which got an alert from us.
        case alert
        /// Nothing until the time limit.
        case nothing
    }

    /// One thing that happened, on the time line.
    public struct Moment: Codable, Sendable, Hashable {
        /// What: `close_notify`, `data`, `data after close_notify`, `fin`, `rst`, `alert`, `error`, `timeout`.
        public var what: String
        /// Whose doing it was: ours (`sent`) or the peer's (`received`).
        public var direction: Direction
        /// When, in seconds after our close_notify; before it, negative.
        public var seconds: Double
        /// How many bytes of data; after the peer's close_notify, of whatever it sent; null for what isn't data.
        @Nullable public var bytes: Int?
        /// More about it, such as the alert's name; null without.
        @Nullable public var detail: String?
    }

    /// What the peer did.
    public var answer: Answer
    /// Who sent close_notify first: `sent` is us, `received` the peer; null if nobody did.
    @Nullable public var first: Direction?
    /// Seconds from our close_notify to the peer's; null if it sent none after ours.
    @Nullable public var answerSeconds: Double?
    /// Bytes of data that arrived before our close_notify.
    public var earlyBytes: Int
    /// Bytes of data that arrived after our close_notify, and before the peer's.
    public var lateBytes: Int
    /// Whether data of the peer's could have been cut off unnoticed: it ended without close_notify.
    public var truncation: Bool
    /// What happened, in order.
    public var timeline: [Moment]
    /// Everything known of the connection.
    public var attributes: ConnectionAttributes
}
