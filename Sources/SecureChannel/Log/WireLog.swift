import LibSSL
import TLSParameters
import TLSWire

/// Turns what libssl reports into records, facts, events and signals.
///
/// What drives the context (signals, alerts) is read at once. What messages say otherwise is read when somebody asks for the
/// facts, which a server that tells nothing of its clients never does.
final class WireLog {
    let role: Role
    /// What the handshake in force said, without the messages in `unread`.
    private var known = WireFacts()
    /// Messages of the handshake in force that nobody has asked about yet, oldest first.
    private var unread: [(bytes: [UInt8], sender: Role)] = []
    /// How many bytes they have.
    private(set) var unreadBytes = 0
    /// How much is left unread at most: a peer can send messages for ever.
    private static let unreadLimit = 32 * 1024
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
        var detail: Detail?

        /// More about it.
        enum Detail {
            case words(String)
            case alert(AlertFact)

            var text: String {
                switch self {
                case .words(let text): text
                case .alert(let alert): alert.words
                }
            }
        }
    }

    /// What the handshake in force said.
    var facts: WireFacts {
        readMessages()
        return known
    }

    /// The alerts of this end.
    var alertsSent: [AlertFact] { known.alertsSent }
    /// The alerts of the peer.
    var alertsReceived: [AlertFact] { known.alertsReceived }
    /// Whether the peer's last KeyUpdate asked for one of ours.
    var isAskedForKeyUpdate: Bool { known.isAskedForKeyUpdate }

    init(role: Role) {
        self.role = role
    }

    /// Takes one report. Key log lines and sessions are the context's own business.
    func take(_ event: ConnectionEvent) {
        switch event {
        case .recordHeader(let wasSent, let bytes):
            isInSSL2Record = bytes.count < TLSRecord.headerLength
            if wasSent { sent.append(header: bytes) } else { received.append(header: bytes) }
        case .innerContentType(let wasSent, let type):
            let type = ContentType(rawValue: type)
            if wasSent { sent.setInnerType(type) } else { received.setInnerType(type) }
        case .message(let wasSent, let type, let bytes):
            takeMessage(bytes, type: ContentType(rawValue: type), sent: wasSent)
        case .handshakeDone:
            // libssl also calls it done when it has refused; without the server's hello nothing was agreed on.
            guard let completed = upcoming, completed.serverHello != nil else { return }
            readMessages()
            known.replaceHandshake(by: completed)
            upcoming = nil
            renegotiations += 1
            signals.append(.completed)
            happen(.renegotiationCompleted)
        case .handshakeStarted, .newSession, .keyLog: break
        }
    }

    /// Gives a renegotiation up that the peer refuses: what it said changes nothing.
    func abandonRenegotiation() {
        upcoming = nil
        signals.append(.refused)
    }

    /// Counts records that were not reported one by one.
    func addUndescribed(sent more: Int, received others: Int) {
        sent.addUndescribed(more)
        received.addUndescribed(others)
    }

    func takeRecords(_ direction: Direction) -> RecordBatch {
        defer { if direction == .sent { sent = RecordBatch() } else { received = RecordBatch() } }
        return direction == .sent ? sent : received
    }

    func takeSignals() -> [RenegotiationSignal] {
        defer { signals = [] }
        return signals
    }

    func takeHappenings() -> [Happening] {
        defer { happenings = [] }
        return happenings
    }

    func happen(_ kind: ContextEvent.Kind, _ direction: Direction? = nil, _ detail: String? = nil) {
        happenings.append(Happening(kind: kind, direction: direction, detail: detail.map { .words($0) }))
    }

    // MARK: Messages

    private func takeMessage(_ bytes: [UInt8], type: ContentType, sent wasSent: Bool) {
        var kind = LoggedMessage.Kind.other(type)
        switch type {
        case .alert:
            guard let alert = try? Alert(fragment: bytes) else { break }
            kind = .alert(AlertFact(alert))
            takeAlert(AlertFact(alert), sent: wasSent)
        case .handshake:
            guard let type = HandshakeMessage.type(of: bytes) else { break }
            kind = .handshake(type)
            takeHandshake(bytes, type, sent: wasSent)
        case ContentType(rawValue: 0):
            // libssl's mark for a ClientHello in the format of SSL 2.0, and the classic engine's for every message of SSL 2.0: the
            // code, then the fields. libssl reports no header with it.
            if !isInSSL2Record {
                if wasSent { sent.appendOld(length: bytes.count) } else { received.appendOld(length: bytes.count) }
            }
            isInSSL2Record = false
            let type = SSL2MessageType(rawValue: bytes.first ?? 0)
            let detail = type == .error ? (try? SSL2Error(bytes: bytes))?.errorCode.name : nil
            kind = .ssl2(type, detail)
            takeSSL2(type, detail, sent: wasSent)
            readMessages()
            known.takeSSL2(bytes, from: wasSent ? role : role.peer)
        default: break
        }
        let message = LoggedMessage(kind: kind, length: bytes.count)
        if wasSent { sent.append(message) } else { received.append(message) }
    }

    private func takeSSL2(_ type: SSL2MessageType, _ detail: String?, sent wasSent: Bool) {
        switch type {
        case .request_certificate: happen(.certificateRequest, wasSent ? .sent : .received)
        // The nearest thing to an alert that there is.
        case .error: happen(.alert, wasSent ? .sent : .received, detail)
        default: break
        }
    }

    private func takeAlert(_ alert: AlertFact, sent wasSent: Bool) {
        known.takeAlert(alert, sent: wasSent)
        // Refused, by either end: the next ClientHello starts anew, and what it is told is no part of this channel.
        if alert.description == .no_renegotiation { upcoming = nil }
        let kind: ContextEvent.Kind = alert.description == .close_notify ? .closeNotify : .alert
        happenings.append(Happening(kind: kind, direction: wasSent ? .sent : .received, detail: .alert(alert)))
    }

    private func takeHandshake(_ bytes: [UInt8], _ type: HandshakeType, sent wasSent: Bool) {
        let direction: Direction = wasSent ? .sent : .received
        switch type {
        case .hello_request:
            happen(.helloRequest, direction)
            if !wasSent { signals.append(.helloRequest) }
        case .client_hello where isEstablished && !isRenegotiating:
            readMessages()
            upcoming = WireFacts()
            happen(.renegotiationStarted, direction)
            if !wasSent { signals.append(.clientHello) }
        case .certificate_request:
            happen(.certificateRequest, direction)
            if isEstablished, !wasSent, isTLS13 { signals.append(.certificateRequest) }
        case .certificate where isEstablished && !wasSent && isTLS13:
            signals.append(.certificate)
        case .new_session_ticket:
            happen(.newSessionTicket, direction)
            if isEstablished, !wasSent, isTLS13 { signals.append(.newSessionTicket) }
        case .key_update:
            takeKeyUpdate(bytes, sent: wasSent)
        default: break
        }
        takeFacts(bytes, type, from: wasSent ? role : role.peer)
        if type == .server_hello, ServerHello.isHelloRetryRequest(message: bytes), facts.serverHello == nil,
            let retry = facts.helloRetryRequest
        {
            happen(.helloRetryRequest, direction, retry.selectedGroup?.name)
        }
    }

    private var isTLS13: Bool { facts.version == .tls13 }

    private func takeFacts(_ bytes: [UInt8], _ type: HandshakeType, from sender: Role) {
        if upcoming != nil, type != .new_session_ticket {
            guard let message = try? HandshakeMessage(bytes: bytes) else { return }
            upcoming?.take(message, from: sender)
        } else if WireFacts.takes(type) {
            unread.append((bytes, sender))
            unreadBytes += bytes.count
            if unreadBytes > Self.unreadLimit { readMessages() }
        }
    }

    /// Reads what is unread.
    private func readMessages() {
        guard !unread.isEmpty else { return }
        for (bytes, sender) in unread {
            guard let message = try? HandshakeMessage(bytes: bytes) else { continue }
            known.take(message, from: sender)
        }
        unread = []
        unreadBytes = 0
    }

    private func takeKeyUpdate(_ bytes: [UInt8], sent wasSent: Bool) {
        let update = (try? HandshakeMessage(bytes: bytes)).flatMap { try? KeyUpdate($0) }
        let isRequested = update?.isRequested ?? false
        let detail = isRequested ? "update_requested" : "update_not_requested"
        happen(.keyUpdate, wasSent ? .sent : .received, detail)
        known.takeKeyUpdate(sent: wasSent, isRequested: isRequested)
        if !wasSent { signals.append(.keyUpdate) }
    }
}
