/// The legs and events of a context, with their times, within the bounds of its options.
struct Journal {
    private(set) var legs: [Leg] = []
    private(set) var events: [ContextEvent] = []
    private let options: ContextOptions
    private let start = ContinuousClock.now
    private var keptBytes = 0
    private var legCount = 0

    init(options: ContextOptions) {
        self.options = options
    }

    /// Seconds since the context was made.
    func now() -> Double {
        if let clock = options.clock { return clock() }
        let elapsed = (ContinuousClock.now - start).components
        return Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18
    }

    mutating func append(_ direction: Direction, bytes: [UInt8], records: [LegRecord], status: String) {
        legCount += 1
        guard legs.count < options.keptLegs else { return }
        let kept = min(bytes.count, max(0, options.keptBytes - keptBytes))
        keptBytes += kept
        legs.append(
            Leg(
                number: legCount,
                direction: direction,
                byteCount: bytes.count,
                bytes: Array(bytes.prefix(kept)),
                records: records,
                status: status,
                seconds: now()
            )
        )
    }

    mutating func take(_ happenings: [WireLog.Happening]) {
        for happening in happenings where events.count < options.keptLegs {
            events.append(
                ContextEvent(
                    kind: happening.kind,
                    direction: happening.direction,
                    detail: happening.detail,
                    seconds: now()
                )
            )
        }
    }
}
