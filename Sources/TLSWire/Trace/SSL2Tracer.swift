import TLSParameters

/// Cuts a stream into SSL 2.0 records and names their messages, as far as they are in the clear.
struct SSL2Tracer: Sendable {
    private(set) var buffer: [UInt8] = []
    private(set) var isFollowedByTLS = false
    private var count = 0

    mutating func append(_ bytes: [UInt8]) { buffer += bytes }

    /// Bytes that the record that has begun still needs.
    var missing: Int? { SSL2Record.totalLength(of: buffer).map { max(0, $0 - buffer.count) } }

    /// The next whole record as it stands on the wire.
    mutating func next() -> (bytes: [UInt8], length: Int)? {
        guard !isFollowedByTLS, let total = SSL2Record.totalLength(of: buffer), buffer.count >= total else {
            return nil
        }
        let bytes = Array(buffer[..<total])
        buffer.removeFirst(total)
        count += 1
        return (bytes, total)
    }

    mutating func describe(_ record: (bytes: [UInt8], length: Int), in summary: inout RecordSummary) {
        var reader = ByteReader(record.bytes, offset: summary.offset)
        let body: SSL2Record
        do {
            body = try SSL2Record(parsing: &reader)
        } catch {
            summary.problem = ProblemSummary(id: error.kind.id, text: error.description, offset: error.offset)
            return
        }
        guard let code = body.payload.first, let name = plaintextName(code, body) else {
            summary.encrypted = true
            return
        }
        summary.version = ProtocolVersion.ssl2.id
        summary.messages = [HandshakeSummary(name: name, code: code, length: body.payload.count - 1)]
        if let error = try? SSL2Error(body) { summary.alert = AlertSummary(error) }
        if let hello = try? SSL2ClientHello(body), hello.version != .ssl2 {
            summary.version = hello.version.id
            isFollowedByTLS = true
        }
    }

    /// The first record of a direction is in the clear, and so is a client's second one, its master key.
    private func plaintextName(_ code: UInt8, _ record: SSL2Record) -> String? {
        let type = SSL2MessageType(rawValue: code)
        switch (count, type) {
        case (1, .client_hello), (1, .server_hello): return type.name
        case (2, .client_master_key): return record.padding == nil ? type.name : nil
        case (1...2, .error): return record.payload.count == 3 ? type.name : nil
        default: return nil
        }
    }
}
