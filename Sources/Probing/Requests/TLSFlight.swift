import TLSParameters
import TLSWire

/// The records and messages of a first flight in TLS (or SSL 3.0).
struct TLSFlight: Sendable {
    /// What is done with the flight.
    enum Step: Sendable {
        case alert(Alert)
        case helloRetryRequest(ServerHello)
        case serverHello(ServerHello, FlightParts)
    }

    private static let idleLimit = 32

    private let goal: FlightReader.Goal
    private var records = RecordParser()
    private var messages = HandshakeAssembler(maximumMessageSize: FlightReader.flightLimit)
    private var alertBytes: [UInt8] = []
    private var idle = 0
    private var parts = FlightParts(isWhole: false)
    private(set) var hello: ServerHello?
    /// A warning came, and no ServerHello yet.
    var warning: Alert? { parts.warning }

    init(goal: FlightReader.Goal) { self.goal = goal }

    /// How many bytes are needed at least to get on.
    var missing: Int { messages.missing ?? records.missing ?? 1 }

    /// What there is if nothing more is read; nil before a ServerHello.
    var unfinished: Step? { hello.map { .serverHello($0, parts) } }

    mutating func append(_ bytes: some Collection<UInt8>) { records.append(Array(bytes)) }

    /// Reads on as far as the bytes go; nil if they don't answer what is wanted.
    mutating func read() throws(WireError) -> Step? {
        while let record = try records.next() {
            switch record.type {
            case .handshake:
                messages.append(record.fragment)
                while let message = try messages.next() {
                    if let step = try read(message) { return step }
                }
            case .alert:
                if let step = readAlert(record.fragment) { return step }
            case .change_cipher_spec:
                // A resumed session: the server's part of the handshake in the clear ends here (RFC 5246 §7.3).
                if hello != nil { return whole() }
                try countIdle()
            default:
                if let unfinished { return unfinished }
                throw WireError(
                    offset: records.consumed,
                    kind: .illegalValue(UInt64(record.type.rawValue)),
                    field: "TLSRecord.type"
                )
            }
            if record.fragment.isEmpty { try countIdle() }
        }
        return nil
    }

    /// Alerts may be split over records (and several may share one), so their bytes are a stream as well.
    private mutating func readAlert(_ fragment: [UInt8]) -> Step? {
        alertBytes += fragment
        while alertBytes.count >= 2 {
            let alert = Alert(
                level: AlertLevel(rawValue: alertBytes[0]),
                description: AlertDescription(rawValue: alertBytes[1])
            )
            alertBytes.removeFirst(2)
            if hello != nil {
                parts.alert = alert
                return unfinished
            }
            guard goal != .firstMessage, alert.level == .warning, alert.description != .close_notify,
                idle < Self.idleLimit
            else {
                return .alert(alert)
            }
            // unrecognized_name is the usual one (RFC 6066 §3); the ServerHello follows it.
            parts.warning = alert
            idle += 1
        }
        return nil
    }

    private mutating func countIdle() throws(WireError) {
        idle += 1
        guard idle <= Self.idleLimit else {
            throw WireError(offset: records.consumed, kind: .tooMany(limit: Self.idleLimit), field: "TLSRecord")
        }
    }

    private mutating func read(_ message: HandshakeMessage) throws(WireError) -> Step? {
        if let hello { return try readAfter(hello, message) }
        switch message.type {
        case .hello_request:
            try countIdle()
            return nil
        case .server_hello:
            let hello = try ServerHello(message)
            if hello.isHelloRetryRequest { return .helloRetryRequest(hello) }
            self.hello = hello
            return isAnswered(hello) ? whole() : nil
        default:
            throw WireError(
                offset: 0,
                kind: .illegalValue(UInt64(message.type.rawValue)),
                field: "Handshake.msg_type"
            )
        }
    }

    /// Nothing that is wanted follows the ServerHello: it's encrypted in TLS 1.3 (RFC 8446 §2), and not every suite has a
    /// certificate.
    private func isAnswered(_ hello: ServerHello) -> Bool {
        guard hello.selectedVersion <= .tls12 else { return true }
        switch goal {
        case .firstMessage, .serverHello: return true
        case .certificate: return !(hello.cipherSuite.facts?.hasCertificate ?? true)
        case .keyExchange, .helloDone: return false
        }
    }

    private mutating func whole() -> Step? {
        parts.isWhole = true
        return unfinished
    }

    /// RFC 5246 §7.3: [Certificate] [CertificateStatus] [ServerKeyExchange] [CertificateRequest] ServerHelloDone.
    private mutating func readAfter(_ hello: ServerHello, _ message: HandshakeMessage) throws(WireError) -> Step? {
        switch message.type {
        case .certificate:
            // Whatever a certificate is worth, it never spoils the answer.
            parts.certificates = (try? CertificateMessage(message, version: hello.selectedVersion))?.certificates ?? []
            return goal == .certificate ? whole() : nil
        case .supplemental_data, .hello_request, .new_session_ticket:
            try countIdle()
            return nil
        case .certificate_status:
            parts.hasCertificateStatus = true
            try countIdle()
            return nil
        case .server_key_exchange:
            parts.keyExchange = try? ServerKeyExchange(
                message,
                suite: hello.cipherSuite,
                version: hello.selectedVersion
            )
            return goal == .helloDone ? nil : whole()
        case .certificate_request:
            parts.hasCertificateRequest = true
            return goal == .helloDone ? nil : whole()
        case .server_hello_done:
            return whole()
        default:
            return unfinished
        }
    }
}

extension CipherSuiteFacts {
    /// The server sends a Certificate (RFC 5246 §7.4.2, RFC 4279 §2, RFC 5054 §2.3, RFC 2712 §3, RFC 8492 §4).
    fileprivate var hasCertificate: Bool {
        switch authentication {
        case .psk, .srp, .eccpwd, .krb5, .anonymous, .null: false
        default: true
        }
    }
}
