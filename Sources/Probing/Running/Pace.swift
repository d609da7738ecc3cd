/// When the next connection may start: as the budget wants it, and as the peer has shown to bear it.
///
/// Pure: the caller says what time it is.
struct Pace: Sendable {
    typealias Instant = ContinuousClock.Instant

    /// Failures in a row after which the peer is given up.
    static let patience = 5
    /// Starts in a second that no peer is known to mind.
    static let calmStarts = 6
    private static let window = Duration.seconds(1)
    /// Of what the peer has borne for a second.
    private static let caution = 0.7

    private let spacing: Duration
    private let firstPause: Duration
    private var next: Instant
    private var starts = RecentInstants()
    private var successes = RecentInstants()
    /// Episodes of failures without a success in between.
    private var failures = 0
    private var lastFailure: Instant?
    /// Connections a second, once the peer has shown that it takes no more.
    private(set) var rate: Double?
    private var rateSince: Instant
    private var ceiling = Double.infinity
    private var episodes = 0

    init(spacing: Duration, firstPause: Duration, now: Instant) {
        self.spacing = spacing
        self.firstPause = firstPause
        next = now
        rateSince = now
    }

    /// A failure now need not be the end.
    var mayRetry: Bool { failures < Self.patience }

    /// The same for a failure that says nothing at all, and takes its time.
    var mayRetrySilence: Bool { failures < 2 }

    /// When the next connection may start.
    var nextStart: Instant { next }

    /// No connection starts before `instant`.
    mutating func wait(until instant: Instant) { next = max(next, instant) }

    mutating func started(_ now: Instant) {
        starts.append(now)
        grow(now)
        var gap = spacing
        if let rate { gap = max(gap, .seconds(1 / max(rate, 0.1))) }
        if gap > .zero { next = max(next, now) + gap }
    }

    /// The peer has done what was asked of it: taken a connection, or answered.
    mutating func succeeded(_ now: Instant) {
        successes.append(now)
        failures = 0
    }

    /// The peer has had enough. `start` is when the connection that failed was started: those that were already on their
    /// way at the last failure are part of the same episode.
    ///
    /// Returns false if it was part of one.
    mutating func failed(startedAt start: Instant, now: Instant, limitsRate: Bool = true) -> Bool {
        if let lastFailure, start <= lastFailure { return false }
        lastFailure = now
        failures += 1
        let pause = firstPause * (1 << min(failures - 1, 3))
        next = max(next, now + pause)
        if limitsRate { lower(to: successes.count(after: now - Self.window), now) }
        return true
    }

    /// How many connections a second the peer has borne of late.
    mutating func borne(_ now: Instant) -> Int { successes.count(after: now - Self.window) }

    /// Keeps below what the peer bore before it had enough.
    mutating func lower(to borne: Int, _ now: Instant) {
        let measured = Double(max(1, borne))
        episodes += 1
        ceiling = min(ceiling, measured * 0.9)
        rate = max(0.5, min(rate.map { $0 * Self.caution } ?? .infinity, measured * Self.caution))
        rateSince = now
    }

    /// A fifth more each second without trouble, up to what the peer bore; beyond that only while there was trouble but
    /// once, which may have been an accident.
    private mutating func grow(_ now: Instant) {
        guard let rate, rateSince.duration(to: now) >= Self.window else { return }
        if rate >= ceiling, episodes > 1 { return }
        if rate >= ceiling { ceiling *= 1.1 }
        self.rate = min(rate * 1.2, ceiling)
        rateSince = now
    }

    /// When so few connections will have started within a second that no limit on their number explains a reset.
    mutating func calm(_ now: Instant) -> Instant {
        starts.nth(fromLast: Self.calmStarts).map { max(now, $0 + Self.window) } ?? now
    }
}

/// The instants of the last second or so, in order.
struct RecentInstants: Sendable {
    private static let limit = 1_024
    private var instants: [ContinuousClock.Instant] = []

    mutating func append(_ instant: ContinuousClock.Instant) {
        if instants.count == 2 * Self.limit { instants.removeFirst(Self.limit) }
        instants.append(instant)
    }

    /// How many came after `instant`; at most some thousands.
    func count(after instant: ContinuousClock.Instant) -> Int {
        instants.reversed().prefix { $0 > instant }.count
    }

    /// The one before the last `count - 1`.
    func nth(fromLast count: Int) -> ContinuousClock.Instant? {
        instants.count >= count ? instants[instants.count - count] : nil
    }
}
