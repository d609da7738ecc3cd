import TLSWire

/// The legs and events of a context, with their times, within the bounds of its options: what is kept is the beginning
/// without a gap, and the rest is counted.
///
/// It is written for every connection and read for few, so the words of legs and events are found when they are read.
final class Journal {
    /// A leg but for its words.
    private struct LegNote {
        var direction: Direction
        var byteCount: Int
        var bytes: [UInt8]
        var records: RecordBatch
        var status: ContextStatus
        var wait: LegWait?
        var extra: ExtraNote?
        var seconds: Double
    }

    /// Bytes that a leg left, and the records that were read from them.
    private struct ExtraNote {
        var byteCount: Int
        var records: [RecordBatch] = []
    }

    private var legNotes: [LegNote] = []
    private var eventNotes: [(happening: WireLog.Happening, seconds: Double)] = []
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
    func noteWait(missing: Int) {
        wait = LegWait(calls: (wait?.calls ?? 0) + 1, missing: wait?.missing ?? missing)
    }

    /// Adds a leg. `extra` counts the bytes that were given along and are left.
    ///
    /// - Parameter bytes: the beginning of it, ``room`` of them or all.
    func append(
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
        if legNotes.count >= options.keptLegs || !fits { isFull = true }
        guard !isFull else {
            legsLeftOut += 1
            recordsLeftOut += records.count
            return
        }
        keptParts += records.parts
        let kept = bytes.prefix(room)
        keptBytes += kept.count
        legNotes.append(
            LegNote(
                direction: direction,
                byteCount: byteCount,
                bytes: Array(kept),
                records: records,
                status: status,
                wait: waited,
                extra: extra > 0 ? ExtraNote(byteCount: extra) : nil,
                seconds: now()
            )
        )
        if extra > 0 { extraOf = (legNotes.count - 1, extra) }
    }

    /// The legs kept, oldest first.
    var legs: [Leg] {
        legNotes.indices.map { index in
            let note = legNotes[index]
            return Leg(
                number: index + 1,
                direction: note.direction,
                byteCount: note.byteCount,
                bytes: note.bytes,
                records: note.records.records,
                status: note.status.id,
                detail: detail(of: note.status, note.direction),
                schannel: note.status.schannelStatus.text,
                wait: note.wait,
                extra: note.extra.map(Self.legExtra),
                seconds: note.seconds
            )
        }
    }

    /// The events kept, oldest first.
    var events: [ContextEvent] {
        eventNotes.map { note in
            ContextEvent(
                kind: note.happening.kind,
                direction: note.happening.direction,
                detail: note.happening.detail?.text,
                seconds: note.seconds
            )
        }
    }

    /// What a status leaves open; of a closed channel it says who closed it.
    private func detail(of status: ContextStatus, _ direction: Direction) -> String? {
        if case .contextExpired = status, direction == .sent { return "close_notify sent" }
        return status.detail
    }

    /// Keeps of an earlier leg's extra bytes what they were, now that they are read.
    private func readExtra(_ batch: RecordBatch) {
        guard let (index, left) = extraOf else { return }
        legNotes[index].extra?.records.append(batch)
        extraOf = left > batch.keptBytes ? (index, left - batch.keptBytes) : nil
    }

    /// The records may go on where the extra bytes end.
    private static func legExtra(_ note: ExtraNote) -> LegExtra {
        var extra = LegExtra(byteCount: note.byteCount)
        var left = note.byteCount
        for record in note.records.flatMap(\.records) {
            left -= TLSRecord.headerLength + record.length
            guard left >= 0 else { break }
            extra.take(record)
        }
        return extra
    }

    func take(_ happenings: [WireLog.Happening]) {
        guard !happenings.isEmpty else { return }
        let seconds = now()
        for happening in happenings {
            guard eventNotes.count < options.keptEvents else {
                eventsLeftOut += 1
                continue
            }
            eventNotes.append((happening, seconds))
        }
    }
}
