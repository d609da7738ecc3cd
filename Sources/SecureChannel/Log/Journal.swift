/// The legs and events of a context, with their times, within the bounds of its options: what is kept is the beginning
/// without a gap, and the rest is counted.
struct Journal {
    private(set) var legs: [Leg] = []
    private(set) var events: [ContextEvent] = []
    private let options: ContextOptions
    private let start = ContinuousClock.now
    private var keptBytes = 0
    private var keptParts = 0
    private var isFull = false
    /// Legs that came after the bounds were reached.
    private(set) var legsLeftOut = 0
    /// The records in those legs.
    private(set) var recordsLeftOut = 0
    /// Events that came after their bound was reached.
    private(set) var eventsLeftOut = 0

    init(options: ContextOptions) {
        self.options = options
    }

    /// Seconds since the context was made.
    func now() -> Double {
        if let clock = options.clock { return clock() }
        let elapsed = (ContinuousClock.now - start).components
        return Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18
    }

    mutating func append(_ direction: Direction, bytes: [UInt8], records: RecordBatch, status: String) {
        let fits = records.isWhole && keptParts + records.parts <= options.keptRecords
        if legs.count >= options.keptLegs || !fits { isFull = true }
        guard !isFull else {
            legsLeftOut += 1
            recordsLeftOut += records.count
            return
        }
        keptParts += records.parts
        let kept = min(bytes.count, max(0, options.keptBytes - keptBytes))
        keptBytes += kept
        legs.append(
            Leg(
                number: legs.count + 1,
                direction: direction,
                byteCount: bytes.count,
                bytes: Array(bytes.prefix(kept)),
                records: records.records,
                status: status,
                seconds: now()
            )
        )
    }

    mutating func take(_ happenings: [WireLog.Happening]) {
        for happening in happenings {
            guard events.count < options.keptLegs else {
                eventsLeftOut += 1
                continue
            }
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
