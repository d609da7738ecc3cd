/// The records of one call in one direction: all of them counted, the first of them kept.
struct RecordBatch {
    /// The most records and messages kept. One call may be handed any amount of input, and a record of a few bytes costs
    /// hundreds to describe.
    static let limit = 20_000

    /// The records kept.
    private(set) var records: [LegRecord] = []
    /// How many there were.
    private(set) var count = 0
    /// Records kept and messages in them: a record can hold thousands of empty messages.
    private(set) var parts = 0

    /// Whether everything there was is kept.
    var isWhole: Bool { parts < Self.limit }

    mutating func append(_ record: LegRecord) {
        count += 1
        guard isWhole else { return }
        records.append(record)
        parts += 1
    }

    /// Counts records of which nothing else is known.
    mutating func addUndescribed(_ number: Int) {
        count += number
    }

    /// Adds to the last record what is found out about it later; nothing if that wasn't kept.
    mutating func updateLast(_ change: (inout LegRecord) -> Void) {
        guard isWhole, !records.isEmpty else { return }
        let last = records.count - 1
        let before = records[last].messages.count
        change(&records[last])
        parts += records[last].messages.count - before
    }
}
