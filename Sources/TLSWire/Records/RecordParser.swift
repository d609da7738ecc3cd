import TLSParameters

/// Cuts a byte stream into records, however the bytes arrive.
///
/// A bad header is reported as soon as it can be seen, and stays: after an error every further ``next()`` throws it
/// again. Memory is bounded by what was appended, never by what a length field claims.
public struct RecordParser: Sendable {
    /// The largest fragment to accept.
    public var limit: RecordLimit
    /// Records without progress to accept in a row: empty ones, warning alerts and ChangeCipherSpecs. The default is
    /// libssl's `MAX_EMPTY_RECORDS`; no well-behaved peer comes near it.
    public var idleRecordLimit: Int
    /// Bytes of the stream that whole records have used up.
    public private(set) var consumed = 0

    private var buffer: [UInt8] = []
    private var head = 0
    private var idleRun = 0
    private var failure: WireError?

    /// A parser at the start of a stream; `offset` is the number of its first byte in errors.
    public init(limit: RecordLimit = .ciphertext, idleRecordLimit: Int = 32, offset: Int = 0) {
        self.limit = limit
        self.idleRecordLimit = idleRecordLimit
        self.consumed = offset
    }

    /// Takes bytes that arrived.
    public mutating func append(_ bytes: [UInt8]) {
        // Compacting only when the dead part outweighs the live one keeps the cost linear.
        if head > 4_096, head > buffer.count - head {
            buffer.removeFirst(head)
            head = 0
        }
        buffer.append(contentsOf: bytes)
    }

    /// Takes bytes that arrived.
    public mutating func append(_ bytes: ArraySlice<UInt8>) {
        append(Array(bytes))
    }

    /// The next whole record, or nil when more bytes are needed (see ``missing``).
    public mutating func next() throws(WireError) -> TLSRecord? {
        if let failure { throw failure }
        do {
            guard let header = try header() else { return nil }
            let start = head + TLSRecord.headerLength
            guard buffer.count - start >= header.length else { return nil }
            let fragment = Array(buffer[start..<start + header.length])
            try countIdle(header.type, fragment)
            head = start + header.length
            consumed += TLSRecord.headerLength + header.length
            return TLSRecord(type: header.type, version: header.version, fragment: fragment)
        } catch {
            failure = error
            throw error
        }
    }

    /// How many bytes the record that has begun still needs at least; nil when the stream stands between two records
    /// or has failed.
    public var missing: Int? {
        guard failure == nil, buffered > 0 else { return nil }
        guard let header = try? header() else { return max(0, TLSRecord.headerLength - buffered) }
        return max(0, TLSRecord.headerLength + header.length - buffered)
    }

    /// Bytes appended and not yet part of a returned record.
    public var buffered: Int { buffer.count - head }

    /// The bytes appended and not yet part of a returned record.
    public var pending: [UInt8] { Array(buffer[head...]) }

    private func header() throws(WireError) -> RecordHeader? {
        var reader = ByteReader(
            Array(buffer[head..<min(head + TLSRecord.headerLength, buffer.count)]),
            offset: consumed
        )
        do {
            return try RecordHeader(parsing: &reader, limit: limit)
        } catch {
            if case .truncated = error.kind {
                // The major version alone already tells that this is no record.
                if buffered >= 2, buffer[head + 1] != 3 {
                    throw WireError(
                        offset: consumed + 1,
                        kind: .illegalValue(UInt64(buffer[head + 1])),
                        field: "TLSRecord.version"
                    )
                }
                return nil
            }
            throw error
        }
    }

    /// A peer that sends such records for ever would keep a reader busy without ever getting on.
    private mutating func countIdle(_ type: ContentType, _ fragment: [UInt8]) throws(WireError) {
        let isWarning = type == .alert && fragment.count == 2 && fragment.first == AlertLevel.warning.rawValue
        let isIdle = fragment.isEmpty || isWarning || type == .change_cipher_spec
        idleRun = isIdle ? idleRun + 1 : 0
        if idleRun > idleRecordLimit {
            throw WireError(offset: consumed, kind: .tooMany(limit: idleRecordLimit), field: "TLSRecord")
        }
    }
}
