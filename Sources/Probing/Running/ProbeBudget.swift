/// What a run may cost the peer and us.
public struct ProbeBudget: Hashable, Sendable {
    /// Connections open at once.
    public var concurrency: Int
    /// Connections in all.
    public var maxConnections: Int
    /// Time for connecting.
    public var connectTimeout: Duration
    /// Time for an answer, once the hello is sent. While other probes of the run are being answered the peer is taken to
    /// be busy, and the time starts again with each of those answers, up to ``patience`` times; unless connections that
    /// were opened later have been answered, for then it's no queue that this one waits in.
    public var probeTimeout: Duration
    /// Time for the whole target.
    public var targetTimeout: Duration
    /// Least time between the starts of two connections.
    public var delay: Duration
    /// Connections a second at most, evenly spread; nil for no limit.
    public var rate: Double?
    /// Keep the first bytes of each hello and answer, see ``ProbeSpending/evidence``.
    public var keepsEvidence: Bool
    /// The first pause for a peer that has had enough; it doubles with every failure in a row, three times at most.
    public var firstPause: Duration

    /// How often ``probeTimeout`` may start again at most.
    public static let patience = 4

    /// A budget; the default is polite to a server of today.
    public init(
        concurrency: Int = 8,
        maxConnections: Int = 2_000,
        connectTimeout: Duration = .seconds(5),
        probeTimeout: Duration = .seconds(5),
        targetTimeout: Duration = .seconds(120),
        delay: Duration = .zero,
        rate: Double? = nil,
        keepsEvidence: Bool = false,
        firstPause: Duration = .milliseconds(500)
    ) {
        self.concurrency = concurrency
        self.maxConnections = maxConnections
        self.connectTimeout = connectTimeout
        self.probeTimeout = probeTimeout
        self.targetTimeout = targetTimeout
        self.delay = delay
        self.rate = rate
        self.keepsEvidence = keepsEvidence
        self.firstPause = firstPause
    }

    /// Least time between the starts of two connections, by ``delay`` and by ``rate``.
    var spacing: Duration {
        guard let rate, rate > 0 else { return max(delay, .zero) }
        return max(delay, .seconds(min(1 / rate, 3_600)))
    }
}
