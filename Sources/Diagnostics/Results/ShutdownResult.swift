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
        /// The connection was reset by us, so there was nothing to see any more.
        case notWatched = "not-watched"
    }

    /// One thing that happened, on the time line.
    public struct Moment: Codable, Sendable, Hashable {
        /// What: `request`, `close_notify`, `data`, `data after close_notify`, `fin`, `rst`, `alert`, `error`, `timeout`.
        public var what: String
        /// Whose doing it was: ours (`sent`) or the peer's (`received`).
        public var direction: Direction
        /// When, in seconds after our goodbye (close_notify, or the reset of `abort`); before it, negative.
        public var seconds: Double
        /// How many bytes of data; after the peer's close_notify, of whatever it sent; null for what isn't data.
        @Nullable public var bytes: Int?
        /// More about it, such as the alert's name; null without.
        @Nullable public var detail: String?
    }

    /// A session that was watched as it ended.
    public struct Close: Codable, Sendable {
        /// The version of the session, such as `tls1.2`.
        public var version: String
        /// How we ended it.
        public var mode: ClosingMode
        /// The alert that was sent instead of close_notify, such as `fatal bad_record_mac`; null if that was sent.
        @Nullable public var alert: String?
        /// What the peer did.
        public var answer: Answer
        /// Who sent close_notify first: `sent` is us, `received` the peer; null if nobody did.
        @Nullable public var first: Direction?
        /// Who ended the connection first, with FIN or RST: `sent` is us, `received` the peer; null if nobody had.
        @Nullable public var firstToEnd: Direction?
        /// Seconds from our close_notify to the peer's; null if it sent none after ours.
        @Nullable public var answerSeconds: Double?
        /// Bytes of data that arrived before our close_notify.
        public var earlyBytes: Int
        /// Bytes of data that arrived after our close_notify, and before the peer's.
        public var lateBytes: Int
        /// Whether data of the peer's could have been cut off unnoticed: it ended without close_notify, and without an alert of
        /// ours as its reason.
        public var truncation: Bool
        /// Whether the peer went on sending after our end of the channel was closed; null where that was not asked, or stayed
        /// open.
        @Nullable public var halfClose: Bool?
        /// The answer to a request over HTTP: whether all of it came. Null where nothing was requested.
        @Nullable public var body: HTTPBodySummary?
        /// What happened, in order.
        public var timeline: [Moment]
    }

    /// What is left of a run when it is over, against what there was before it: in this process, all that runs in it included.
    public struct Cleanup: Codable, Sendable, Hashable {
        /// Open sockets and files (`/proc/self/fd`) before; pipes and event loops, which stay, are not counted.
        public var descriptorsBefore: Int
        /// The same after.
        public var descriptorsAfter: Int
        /// Connections of libssl's, with their keys, that are still in memory beyond those before.
        public var connectionsLeft: Int
        /// Sessions of libssl's, with their secrets, that are still in memory beyond those before.
        public var sessionsLeft: Int
    }

    /// The close that answers the question: the first of ``closes``.
    public var close: Close { closes[0] }
    /// All of them: with an older version beside TLS 1.3, and with `half` in two ways.
    public var closes: [Close]
    /// Whether the session of a connection that was reset is resumed; null but with `abort`.
    @Nullable public var afterAbort: RenegotiationAttempt?
    /// What is left of it all.
    public var cleanup: Cleanup
    /// Everything known of the first connection.
    public var attributes: ConnectionAttributes

    /// A result from its parts; there is at least one close.
    public init(
        closes: [Close],
        afterAbort: RenegotiationAttempt? = nil,
        cleanup: Cleanup,
        attributes: ConnectionAttributes
    ) {
        precondition(!closes.isEmpty)
        self.closes = closes
        self.afterAbort = afterAbort
        self.cleanup = cleanup
        self.attributes = attributes
    }

    private enum CodingKeys: String, CodingKey {
        case closes
        case afterAbort
        case cleanup
        case attributes
    }

    /// Reads a result; the first close stands in it twice, and is read from the list.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        closes = try container.decode([Close].self, forKey: .closes)
        guard !closes.isEmpty else {
            throw DecodingError.dataCorruptedError(forKey: .closes, in: container, debugDescription: "no close")
        }
        _afterAbort = try container.decode(Nullable<RenegotiationAttempt>.self, forKey: .afterAbort)
        cleanup = try container.decode(Cleanup.self, forKey: .cleanup)
        attributes = try container.decode(ConnectionAttributes.self, forKey: .attributes)
    }

    /// Writes the first close's fields as its own, then the list: most readers want one close, and no list.
    public func encode(to encoder: any Encoder) throws {
        try closes[0].encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(closes, forKey: .closes)
        try container.encode(_afterAbort, forKey: .afterAbort)
        try container.encode(cleanup, forKey: .cleanup)
        try container.encode(attributes, forKey: .attributes)
    }
}

/// An HTTP response, as far as its end is concerned (RFC 9112 §6.3).
public struct HTTPBodySummary: Codable, Sendable, Hashable {
    /// What tells where a body ends.
    public enum Framing: String, Codable, Sendable {
        /// The Content-Length field.
        case contentLength = "content-length"
        /// The chunked coding, whose last chunk is empty.
        case chunked
        /// The end of the connection: only a close_notify tells that it is all.
        case untilClose = "until-close"
        /// There is no body.
        case none
        /// The answer is no HTTP, or its head never ended.
        case unknown
    }

    /// The status code; null if there was no status line.
    @Nullable public var status: Int?
    /// What tells where the body ends.
    public var framing: Framing
    /// How long it is, where that is said beforehand; null otherwise.
    @Nullable public var expectedBytes: Int?
    /// How much of it came.
    public var receivedBytes: Int
    /// Whether all of it came; null where only the end of the connection could tell, and that did not.
    @Nullable public var complete: Bool?
}

extension HTTPBodySummary {
    /// What an answer came to; `isClean`: the peer said by close_notify that this was all, nil while it has not ended.
    init(_ answer: HTTPAnswer, isClean: Bool?) {
        let framing: Framing =
            switch answer.framing {
            case .empty?: .none
            case .contentLength?: .contentLength
            case .chunked?: .chunked
            case .close?: .untilClose
            case nil: .unknown
            }
        let complete: Bool? =
            switch answer.progress {
            case .whole: true
            case .broken: nil
            case .body where framing == .untilClose: isClean == true ? true : nil
            default: isClean == nil ? nil : false
            }
        self.init(
            status: answer.status,
            framing: framing,
            expectedBytes: framing == .contentLength ? answer.contentLength : framing == .none ? 0 : nil,
            receivedBytes: answer.bodyBytes,
            complete: complete
        )
    }
}
