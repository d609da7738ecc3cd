import TLSParameters

/// Names the handshake messages in a sequence of records, as far as they are in the clear.
struct HandshakeTracer: Sendable {
    /// A ChangeCipherSpec was seen, so handshake records are encrypted, unless it was TLS 1.3's meaningless one.
    private var isProtected = false
    private var header: [UInt8] = []
    private var current: (code: UInt8, length: Int)?
    private var remaining = 0

    mutating func describe(_ record: TLSRecord, in summary: inout RecordSummary) {
        summary.contentType = record.type.name
        summary.contentTypeCode = record.type.rawValue
        summary.version = record.version.id
        switch record.type {
        case .handshake:
            if isProtected && !isPlaintextHello(record.fragment) {
                summary.encrypted = true
            } else {
                isProtected = false
                summary.messages = messages(in: record.fragment)
            }
        case .alert:
            if record.fragment.count == 2, let alert = try? Alert(fragment: record.fragment) {
                summary.alert = AlertSummary(alert)
            } else {
                summary.encrypted = true
            }
        case .change_cipher_spec:
            if !record.fragment.elementsEqual([1]) {
                summary.problem = ProblemSummary(
                    id: "illegal-value",
                    text: "not the one byte 01",
                    offset: summary.offset + TLSRecord.headerLength
                )
            }
            isProtected = true
            (header, current, remaining) = ([], nil, 0)
        case .application_data:
            summary.encrypted = true
        default:
            break
        }
    }

    /// A TLS 1.3 peer sends a ChangeCipherSpec for the sake of middleboxes, and after a HelloRetryRequest a second
    /// hello in the clear follows it. Ciphertext that parses as a whole hello does not occur by chance.
    private func isPlaintextHello(_ fragment: [UInt8]) -> Bool {
        guard let message = try? HandshakeMessage(bytes: fragment) else { return false }
        switch message.type {
        case .client_hello: return (try? ClientHello(message)) != nil
        case .server_hello: return (try? ServerHello(message)) != nil
        default: return false
        }
    }

    private mutating func messages(in fragment: [UInt8]) -> [HandshakeSummary] {
        var summaries: [HandshakeSummary] = []
        var position = 0
        while position < fragment.count {
            if let current {
                let taken = min(remaining, fragment.count - position)
                position += taken
                remaining -= taken
                summaries.append(summary(of: current, part: remaining == 0 ? .last : .middle))
                if remaining == 0 { self.current = nil }
            } else {
                header.append(fragment[position])
                position += 1
                guard header.count == HandshakeMessage.headerLength else { continue }
                summaries.append(begin(bodyStart: position, in: fragment))
                position += (current?.length ?? 0) - remaining
                if remaining == 0 { current = nil }
            }
        }
        return summaries
    }

    /// The header is complete: takes what the fragment has of the body and says how much is still to come.
    private mutating func begin(bodyStart: Int, in fragment: [UInt8]) -> HandshakeSummary {
        let length = Int(header[1]) << 16 | Int(header[2]) << 8 | Int(header[3])
        let message = (code: header[0], length: length)
        header = []
        current = message
        let taken = min(length, fragment.count - bodyStart)
        remaining = length - taken
        var summary = summary(of: message, part: remaining == 0 ? .whole : .first)
        let isRetry = fragment[bodyStart..<bodyStart + taken].dropFirst(2)
            .starts(with: ServerHello.helloRetryRequestRandom)
        if HandshakeType(rawValue: message.code) == .server_hello, isRetry { summary.name = "hello_retry_request" }
        return summary
    }

    private func summary(of message: (code: UInt8, length: Int), part: HandshakeSummary.Part) -> HandshakeSummary {
        HandshakeSummary(
            name: HandshakeType(rawValue: message.code).name,
            code: message.code,
            length: message.length,
            part: part
        )
    }
}
