import TLSParameters
import TLSWire
public import Transport

/// Reads a server's first flight just as far as it answers the question. Pure: bytes in, an ``Observation`` out.
///
/// Time is the caller's; size is bounded here: ``flightLimit`` bytes in all, 32 messages, warnings or empty records that
/// lead nowhere.
public struct FlightReader: Sendable {
    /// What of a flight is wanted.
    public enum Goal: String, Hashable, Sendable, CaseIterable {
        /// The first message, be it a warning that a ServerHello would follow.
        case firstMessage
        /// The ServerHello.
        case serverHello
        /// Also the certificate, where the version is TLS ≤ 1.2 and the suite has one.
        case certificate
        /// Also the ServerKeyExchange, where the chosen suite has an ephemeral one and the version is TLS ≤ 1.2.
        case keyExchange
    }

    /// Bytes of a flight that are read at most.
    public static let flightLimit = 1 << 20
    /// Bytes that an observation keeps of what could not be read.
    public static let prefixLimit = 64

    private let goal: Goal
    private var opening: [UInt8] = []
    private var received = 0
    private var records = RecordParser()
    private var messages = HandshakeAssembler(maximumMessageSize: Self.flightLimit)
    private var alertBytes: [UInt8] = []
    private var warning: Alert?
    private var idle = 0
    private var isTLS = false
    private var hello: ServerHello?
    private var certificates: [[UInt8]] = []
    private var answer: Observation?

    /// A reader at the start of a flight.
    public init(goal: Goal) {
        self.goal = goal
    }

    /// Bytes taken.
    public var byteCount: Int { received }

    /// Takes bytes that arrived; returns the observation once the question is answered, and again at every later call.
    public mutating func append(_ bytes: [UInt8]) -> Observation? {
        if let answer { return answer }
        received += bytes.count
        opening += bytes.prefix(max(0, Self.prefixLimit - opening.count))
        if !isTLS {
            switch StreamOpening(opening) {
            case .undecided: return nil
            case .tlsRecord: isTLS = true
            default: return finish(.notTLS(prefix: prefix))
            }
            // Only now is it known that all of it is TLS.
            records.append(opening)
            if received > opening.count { records.append(bytes.suffix(received - opening.count)) }
        } else {
            records.append(bytes)
        }
        do throws(WireError) {
            if let found = try read() { return finish(found) }
        } catch {
            return finish(broken(error))
        }
        guard received <= Self.flightLimit else {
            return finish(
                broken(
                    WireError(
                        offset: records.consumed,
                        kind: .tooLarge(claimed: received, limit: Self.flightLimit),
                        field: "the server's first flight"
                    )
                )
            )
        }
        return nil
    }

    /// What a flight comes to that ended before the question was answered. `bytes` is no ending, and taken as none.
    public mutating func end(_ ending: ReadOutcome) -> Observation {
        if let answer { return answer }
        return finish(observation(ending))
    }

    private func observation(_ ending: ReadOutcome) -> Observation {
        if let hello { return .serverHello(hello, nil, certificates: certificates) }
        if let warning { return .alert(warning) }
        if received > 0 {
            guard isTLS else { return .notTLS(prefix: prefix) }
            let missing = messages.missing ?? records.missing ?? 1
            return .undecodable(
                WireError(offset: received, kind: .truncated(needed: missing), field: "the server's first flight"),
                prefix: prefix
            )
        }
        switch ending {
        case .end, .bytes: return .closed
        case .reset: return .reset
        case .timedOut: return .timedOut
        case .failed(let error):
            switch error.kind {
            case .reset: return .reset
            case .closed: return .closed
            case .cancelled: return .notAsked(.cancelled)
            default: return .unreachable(error)
            }
        }
    }

    private var prefix: [UInt8] { opening }

    private func broken(_ error: WireError) -> Observation {
        // What follows a ServerHello can't unsay it.
        if let hello { return .serverHello(hello, nil, certificates: certificates) }
        return .undecodable(error, prefix: prefix)
    }

    private mutating func finish(_ observation: Observation) -> Observation {
        answer = observation
        return observation
    }
}

// MARK: - Records and messages

extension FlightReader {
    private mutating func read() throws(WireError) -> Observation? {
        while let record = try records.next() {
            switch record.type {
            case .handshake:
                messages.append(record.fragment)
                while let message = try messages.next() {
                    if let found = try read(message) { return found }
                }
            case .alert:
                if let found = readAlert(record.fragment) { return found }
            case .change_cipher_spec:
                try countIdle()
            default:
                if let hello { return .serverHello(hello, nil, certificates: certificates) }
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
    private mutating func readAlert(_ fragment: [UInt8]) -> Observation? {
        alertBytes += fragment
        while alertBytes.count >= 2 {
            let alert = Alert(
                level: AlertLevel(rawValue: alertBytes[0]),
                description: AlertDescription(rawValue: alertBytes[1])
            )
            alertBytes.removeFirst(2)
            // An alert after the ServerHello comes too late to take the choice back.
            if let hello { return .serverHello(hello, nil, certificates: certificates) }
            guard goal != .firstMessage, alert.level == .warning, alert.description != .close_notify,
                idle < Self.idleLimit
            else {
                return .alert(alert)
            }
            // unrecognized_name is the usual one (RFC 6066 §3); the ServerHello follows it.
            warning = alert
            idle += 1
        }
        return nil
    }

    private static let idleLimit = 32

    private mutating func countIdle() throws(WireError) {
        idle += 1
        guard idle <= Self.idleLimit else {
            throw WireError(offset: records.consumed, kind: .tooMany(limit: Self.idleLimit), field: "TLSRecord")
        }
    }

    private mutating func read(_ message: HandshakeMessage) throws(WireError) -> Observation? {
        if let hello { return readAfter(hello, message) }
        switch message.type {
        case .hello_request:
            try countIdle()
            return nil
        case .server_hello:
            let hello = try ServerHello(message)
            if hello.isHelloRetryRequest { return .helloRetryRequest(hello) }
            self.hello = hello
            guard goal == .keyExchange, hello.announcesKeyExchange else {
                return .serverHello(hello, nil, certificates: [])
            }
            return nil
        default:
            throw WireError(
                offset: 0,
                kind: .illegalValue(UInt64(message.type.rawValue)),
                field: "Handshake.msg_type"
            )
        }
    }

    private mutating func readAfter(_ hello: ServerHello, _ message: HandshakeMessage) -> Observation? {
        switch message.type {
        case .certificate:
            // Whatever a certificate is worth, it never spoils the answer.
            certificates = (try? CertificateMessage(message, version: hello.selectedVersion))?.certificates ?? []
            return nil
        case .certificate_status, .supplemental_data, .hello_request:
            idle += 1
            return idle <= Self.idleLimit ? nil : .serverHello(hello, nil, certificates: certificates)
        case .server_key_exchange:
            let exchange = try? ServerKeyExchange(message, suite: hello.cipherSuite, version: hello.selectedVersion)
            return .serverHello(hello, exchange, certificates: certificates)
        default:
            return .serverHello(hello, nil, certificates: certificates)
        }
    }
}

extension ServerHello {
    /// A ServerKeyExchange with a group has to follow (RFC 5246 §7.4.3, RFC 4279 §3, RFC 5489 §2).
    fileprivate var announcesKeyExchange: Bool {
        guard selectedVersion <= .tls12, let facts = cipherSuite.facts else { return false }
        switch facts.keyExchange {
        case .dhe, .ecdhe, .dhePSK, .ecdhePSK: return true
        default: return false
        }
    }
}
