import TLSWire

/// The legs and events of a context, with their times, within the bounds of its options: what is kept is the beginning
/// without a gap, and the rest is counted.
struct Journal {
    private(set) var legs: [Leg] = []
    private(set) var events: [ContextEvent] = []
    private let options: ContextOptions
    private let start = ContinuousClock.now
    private var keptBytes = 0
    private var keptParts = 0
    private var isFull: Bool
    /// Legs that came after the bounds were reached.
    private(set) var legsLeftOut = 0
    /// The records in those legs.
    private(set) var recordsLeftOut = 0
    /// Events that came after their bound was reached.
    private(set) var eventsLeftOut = 0
    /// The calls since the last leg that brought a part of a record only.
    private var wait: LegWait?
    /// The leg whose extra bytes are being read by later ones, and how many of them are left.
    private var extraOf: (index: Int, left: Int)?

    init(options: ContextOptions) {
        self.options = options
        isFull = options.keptLegs == 0
    }

    /// Whether anybody asks what records hold: not once the journal is full and all that it keeps was told apart.
    var wantsRecords: Bool { !isFull || extraOf != nil }

    /// How many bytes of the next leg would be kept.
    var room: Int { isFull ? 0 : max(0, options.keptBytes - keptBytes) }

    /// Seconds since the context was made.
    func now() -> Double {
        if let clock = options.clock { return clock() }
        let elapsed = (ContinuousClock.now - start).components
        return Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18
    }

    /// Notes a call that consumed nothing, for want of more.
    mutating func noteWait(missing: Int) {
        wait = LegWait(calls: (wait?.calls ?? 0) + 1, missing: wait?.missing ?? missing)
    }

    /// Adds a leg. `extra` counts the bytes that were given along and are left.
    ///
    /// - Parameter bytes: the beginning of it, ``room`` of them or all.
    mutating func append(
        _ direction: Direction,
        byteCount: Int,
        bytes: ArraySlice<UInt8>,
        records: RecordBatch,
        status: ContextStatus,
        extra: Int = 0
    ) {
        var waited: LegWait?
        if direction == .received {
            swap(&waited, &wait)
            readExtra(records)
        }
        let fits = records.isWhole && keptParts + records.parts <= options.keptRecords
        if legs.count >= options.keptLegs || !fits { isFull = true }
        guard !isFull else {
            legsLeftOut += 1
            recordsLeftOut += records.count
            return
        }
        keptParts += records.parts
        let kept = bytes.prefix(room)
        keptBytes += kept.count
        legs.append(
            Leg(
                number: legs.count + 1,
                direction: direction,
                byteCount: byteCount,
                bytes: Array(kept),
                records: records.records,
                status: status.id,
                detail: detail(of: status, direction),
                schannel: status.schannelStatus.text,
                wait: waited,
                extra: extra > 0 ? LegExtra(byteCount: extra) : nil,
                seconds: now()
            )
        )
        if extra > 0 { extraOf = (legs.count - 1, extra) }
    }

    /// What a status leaves open; of a closed channel it says who closed it.
    private func detail(of status: ContextStatus, _ direction: Direction) -> String? {
        if case .contextExpired = status, direction == .sent { return "close_notify sent" }
        return status.detail
    }

    /// Says of an earlier leg's extra bytes what they were, now that they are read.
    private mutating func readExtra(_ batch: RecordBatch) {
        guard let (index, count) = extraOf else { return }
        var left = count
        for record in batch.records {
            left -= TLSRecord.headerLength + record.length
            guard left >= 0 else { break }
            legs[index].extra?.take(record)
        }
        extraOf = left > 0 ? (index, left) : nil
    }

    mutating func take(_ happenings: [WireLog.Happening]) {
        for happening in happenings {
            guard events.count < options.keptEvents else {
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
