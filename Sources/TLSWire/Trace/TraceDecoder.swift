import TLSParameters

/// Turns the bytes of one direction of a connection into summaries, record by record.
///
/// It never throws and never gives up: what it can't read becomes a summary that says so. It keeps no more than the
/// record that has begun. Feed it in any pieces; the summaries are the same.
public struct TraceDecoder: Sendable {
    private enum Mode {
        case opening
        case tls
        case ssl2
        case lost
    }

    private var mode = Mode.opening
    private var opening: [UInt8] = []
    private var parser = RecordParser()
    private var ssl2 = SSL2Tracer()
    private var handshake = HandshakeTracer()
    private var offset = 0

    /// A decoder at the start of a connection.
    public init() {}

    /// Takes bytes and gives the summaries of the records that they complete.
    public mutating func feed(_ bytes: [UInt8]) -> [RecordSummary] {
        guard !bytes.isEmpty else { return [] }
        switch mode {
        case .opening: return open(with: bytes)
        case .tls:
            parser.append(bytes)
            return drainTLS()
        case .ssl2:
            ssl2.append(bytes)
            return drainSSL2()
        case .lost:
            return [lost(bytes.count, id: "lost-framing", text: "after bytes that are no record", at: offset)]
        }
    }

    /// Says that the stream has ended, and gives a summary of the bytes left over, if any.
    public mutating func finish() -> RecordSummary? {
        switch mode {
        case .opening where !opening.isEmpty: return incomplete(opening, missing: nil)
        case .tls where parser.buffered > 0: return incomplete(parser.pending, missing: parser.missing)
        case .ssl2 where !ssl2.buffer.isEmpty: return incomplete(ssl2.buffer, missing: ssl2.missing)
        default: return nil
        }
    }

    private mutating func open(with bytes: [UInt8]) -> [RecordSummary] {
        opening += bytes
        let first = opening
        switch StreamOpening(first) {
        case .undecided: return []
        case .tlsRecord:
            mode = .tls
            parser.append(first)
            opening = []
            return drainTLS()
        case .ssl2Record:
            mode = .ssl2
            ssl2.append(first)
            opening = []
            return drainSSL2()
        case let other:
            mode = .lost
            opening = []
            return [lost(first.count, id: other.rawValue, text: other.name, at: 0)]
        }
    }

    private mutating func drainTLS() -> [RecordSummary] {
        var summaries: [RecordSummary] = []
        do {
            while let record = try parser.next() {
                let length = TLSRecord.headerLength + record.fragment.count
                var summary = RecordSummary(offset: offset, length: length, framing: .tls)
                handshake.describe(record, in: &summary)
                offset += length
                summaries.append(summary)
            }
        } catch {
            mode = .lost
            summaries.append(
                lost(parser.buffered, id: error.kind.id, text: error.description, at: error.offset)
            )
        }
        return summaries
    }

    private mutating func drainSSL2() -> [RecordSummary] {
        var summaries: [RecordSummary] = []
        while let record = ssl2.next() {
            var summary = RecordSummary(offset: offset, length: record.length, framing: .ssl2)
            ssl2.describe(record, in: &summary)
            offset += record.length
            summaries.append(summary)
            guard ssl2.isFollowedByTLS else { continue }
            // A hello in SSL 2.0 format for a later version: everything after it is in TLS records (RFC 5246 §E.2).
            mode = .tls
            parser = RecordParser(offset: offset)
            parser.append(ssl2.buffer)
            return summaries + drainTLS()
        }
        return summaries
    }

    private mutating func lost(_ count: Int, id: String, text: String, at problemOffset: Int) -> RecordSummary {
        var summary = RecordSummary(offset: offset, length: count, framing: .undecodable)
        summary.problem = ProblemSummary(id: id, text: text, offset: problemOffset)
        offset += count
        return summary
    }

    private func incomplete(_ bytes: [UInt8], missing: Int?) -> RecordSummary {
        var summary = RecordSummary(offset: offset, length: bytes.count, framing: .incomplete)
        if mode == .tls, let first = bytes.first {
            let type = ContentType(rawValue: first)
            summary.contentType = type.name
            summary.contentTypeCode = first
        }
        let text = missing.map { "ends \($0) byte\($0 == 1 ? "" : "s") early" } ?? "ends early"
        summary.problem = ProblemSummary(id: "truncated", text: text, offset: offset + bytes.count)
        return summary
    }
}
