import LibSSL
import TLSParameters
import TLSWire

/// Turns what libssl reports into records, facts, events and signals.
struct WireLog {
    let role: Role
    /// What the handshake in force said.
    private(set) var facts = WireFacts()
    /// What a renegotiation says until it is over; nil when there is none. A refused one changes nothing.
    private var upcoming: WireFacts?
    /// Renegotiations that were completed.
    private(set) var renegotiations = 0
    /// Records since they were last taken.
    private var sent = RecordBatch()
    private var received = RecordBatch()
    /// Signals since they were last taken.
    private var signals: [RenegotiationSignal] = []
    /// Events since they were last taken.
    private var happenings: [Happening] = []
    /// Whether the first handshake is over.
    var isEstablished = false
    /// Whether the last record's header was one of SSL 2.0, whose message comes next if it has one.
    private var isInSSL2Record = false
    /// Whether a later handshake is under way.
    private var isRenegotiating: Bool { upcoming != nil }

    /// An event without its time.
    struct Happening {
        var kind: ContextEvent.Kind
        var direction: Direction?
        var detail: String?
    }

    init(role: Role) {
        self.role = role
    }

    /// Takes one report. Key log lines and sessions are the context's own business.
    mutating func take(_ event: ConnectionEvent) {
        switch event {
        case .recordHeader(let wasSent, let bytes):
            isInSSL2Record = bytes.count < TLSRecord.headerLength
            append(LegRecord(header: bytes), sent: wasSent)
        case .innerContentType(let wasSent, let type):
            updateLast(sent: wasSent) { $0.innerType = NamedCode(ContentType(rawValue: type)) }
        case .message(let wasSent, let type, let bytes):
            takeMessage(bytes, type: ContentType(rawValue: type), sent: wasSent)
        case .handshakeDone:
            // libssl also calls it done when it has refused; without the server's hello nothing was agreed on.
            guard let completed = upcoming, completed.serverHello != nil else { return }
            facts.replaceHandshake(by: completed)
            upcoming = nil
            renegotiations += 1
            signals.append(.completed)
            happen(.renegotiationCompleted)
        case .handshakeStarted, .newSession, .keyLog: break
        }
    }

    /// Gives a renegotiation up that the peer refuses: what it said changes nothing.
    mutating func abandonRenegotiation() {
        upcoming = nil
        signals.append(.refused)
    }

    /// Counts records that were not reported one by one.
    mutating func addUndescribed(sent more: Int, received others: Int) {
        sent.addUndescribed(more)
        received.addUndescribed(others)
    }

    mutating func takeRecords(_ direction: Direction) -> RecordBatch {
        defer { if direction == .sent { sent = RecordBatch() } else { received = RecordBatch() } }
        return direction == .sent ? sent : received
    }

    mutating func takeSignals() -> [RenegotiationSignal] {
        defer { signals = [] }
        return signals
    }

    mutating func takeHappenings() -> [Happening] {
        defer { happenings = [] }
        return happenings
    }

    mutating func happen(_ kind: ContextEvent.Kind, _ direction: Direction? = nil, _ detail: String? = nil) {
        happenings.append(Happening(kind: kind, direction: direction, detail: detail))
    }

    // MARK: Messages

    private mutating func takeMessage(_ bytes: [UInt8], type: ContentType, sent wasSent: Bool) {
        // Without a record to go with it nobody asks for the message's name.
        let isKept = !(wasSent ? sent : received).records.isEmpty
        var summary = LegMessage(name: isKept ? type.name : "", length: bytes.count)
        switch type {
        case .alert:
            guard let alert = try? Alert(fragment: bytes) else { break }
            if isKept { summary.detail = "\(alert.level.name) \(alert.description.name)" }
            takeAlert(alert, sent: wasSent)
        case .handshake:
            guard let message = try? HandshakeMessage(bytes: bytes) else { break }
            if isKept { summary.name = message.type.name }
            takeHandshake(message, sent: wasSent)
        case ContentType(rawValue: 0):
            // libssl's mark for a ClientHello in the format of SSL 2.0, and the classic engine's for every message of SSL 2.0: the
            // code, then the fields. libssl reports no header with it.
            if !isInSSL2Record {
                append(LegRecord(type: nil, version: nil, length: bytes.count, messages: []), sent: wasSent)
            }
            isInSSL2Record = false
            let type = SSL2MessageType(rawValue: bytes.first ?? 0)
            summary.name = "ssl2_\(type.name)"
            if type == .error { summary.detail = (try? SSL2Error(bytes: bytes))?.errorCode.name }
            takeSSL2(type, summary.detail, sent: wasSent)
            facts.takeSSL2(bytes, from: wasSent ? role : role.peer)
        default: break
        }
        updateLast(sent: wasSent) { $0.messages.append(summary) }
    }

    private mutating func takeSSL2(_ type: SSL2MessageType, _ detail: String?, sent wasSent: Bool) {
        switch type {
        case .request_certificate: happen(.certificateRequest, wasSent ? .sent : .received)
        // The nearest thing to an alert that there is.
        case .error: happen(.alert, wasSent ? .sent : .received, detail)
        default: break
        }
    }

    private mutating func takeAlert(_ alert: Alert, sent wasSent: Bool) {
        let direction: Direction = wasSent ? .sent : .received
        facts.takeAlert(AlertFact(alert), sent: wasSent)
        // Refused, by either end: the next ClientHello starts anew, and what it is told is no part of this channel.
        if alert.description == .no_renegotiation { upcoming = nil }
        let kind: ContextEvent.Kind = alert.description == .close_notify ? .closeNotify : .alert
        happen(kind, direction, "\(alert.level.name) \(alert.description.name)")
    }

    private mutating func takeHandshake(_ message: HandshakeMessage, sent wasSent: Bool) {
        let direction: Direction = wasSent ? .sent : .received
        let isTLS13 = facts.version == .tls13
        switch message.type {
        case .hello_request:
            happen(.helloRequest, direction)
            if !wasSent { signals.append(.helloRequest) }
        case .client_hello where isEstablished && !isRenegotiating:
            upcoming = WireFacts()
            happen(.renegotiationStarted, direction)
            if !wasSent { signals.append(.clientHello) }
        case .certificate_request:
            happen(.certificateRequest, direction)
            if isEstablished, isTLS13, !wasSent { signals.append(.certificateRequest) }
        case .certificate where isEstablished && isTLS13 && !wasSent:
            signals.append(.certificate)
        case .new_session_ticket:
            happen(.newSessionTicket, direction)
            if isEstablished, isTLS13, !wasSent { signals.append(.newSessionTicket) }
        case .key_update:
            takeKeyUpdate(message, sent: wasSent)
        default: break
        }
        takeFacts(message, from: wasSent ? role : role.peer)
        if message.type == .server_hello, facts.serverHello == nil, facts.helloRetryRequest != nil {
            happen(.helloRetryRequest, direction, facts.helloRetryRequest?.selectedGroup?.name)
        }
    }

    private mutating func takeFacts(_ message: HandshakeMessage, from sender: Role) {
        if upcoming != nil, message.type != .new_session_ticket {
            upcoming?.take(message, from: sender)
        } else {
            facts.take(message, from: sender)
        }
    }

    private mutating func takeKeyUpdate(_ message: HandshakeMessage, sent wasSent: Bool) {
        let isRequested = (try? KeyUpdate(message))?.isRequested ?? false
        let detail = isRequested ? "update_requested" : "update_not_requested"
        happen(.keyUpdate, wasSent ? .sent : .received, detail)
        facts.takeKeyUpdate(sent: wasSent, isRequested: isRequested)
        if !wasSent { signals.append(.keyUpdate) }
    }

    // MARK: Records

    private mutating func append(_ record: LegRecord, sent wasSent: Bool) {
        if wasSent { sent.append(record) } else { received.append(record) }
    }

    private mutating func updateLast(sent wasSent: Bool, _ change: (inout LegRecord) -> Void) {
        if wasSent { sent.updateLast(change) } else { received.updateLast(change) }
    }
}

extension LegRecord {
    /// Reads a record header as it is reported: 5 bytes, or 2 or 3 of an SSL 2.0 record.
    fileprivate init(header bytes: [UInt8]) {
        guard bytes.count == TLSRecord.headerLength else {
            let length = SSL2Record.totalLength(of: bytes).map { $0 - bytes.count } ?? 0
            self.init(type: nil, version: nil, length: max(0, length), messages: [])
            return
        }
        self.init(
            type: NamedCode(ContentType(rawValue: bytes[0])),
            version: NamedCode(ProtocolVersion(rawValue: UInt16(bytes[1]) << 8 | UInt16(bytes[2]))),
            length: Int(bytes[3]) << 8 | Int(bytes[4]),
            messages: []
        )
    }
}
