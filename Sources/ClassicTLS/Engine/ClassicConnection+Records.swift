import LibSSL
import TLSParameters
import TLSWire

/// The record layer (RFC 5246 section 6).
extension ClassicConnection {
    /// So many records in a row may bring nothing: a peer that sends more of them only keeps this end busy.
    private static let idleLimit = 32

    /// The version of the records that are sent: before there is one, what every server takes.
    private var recordVersion: ProtocolVersion {
        let agreed = machine?.exchange.version ?? standing?.exchange.version
        return agreed ?? min(configuration.versions.max() ?? .tls10, .tls10)
    }

    /// The longest fragment that either end may send, in bytes: one that was agreed on holds from the hellos on, for handshake
    /// messages too (RFC 6066 section 4).
    private var fragmentLimit: Int {
        let agreed = (machine?.exchange.fragmentLength ?? standing?.exchange.fragmentLength)
            .flatMap { MaxFragmentLengthExtension(code: $0).bytes }
        return agreed ?? RecordLimit.plaintext.rawValue
    }

    // MARK: Sending

    func sendRecords(_ type: ContentType, _ content: [UInt8]) throws(ClassicError) {
        let parts = TLSRecord.fragments(
            of: content,
            type: type,
            version: recordVersion,
            fragmentSize: fragmentLimit
        )
        for part in parts {
            let fragment = try library("a record can't be protected") { () throws(LibraryError) in
                try writing?.seal(part.fragment, type: type) ?? part.fragment
            }
            put(TLSRecord(type: type, version: part.version, fragment: fragment))
        }
    }

    private func put(_ record: TLSRecord) {
        let bytes = record.bytes
        events.append(.recordHeader(sent: true, bytes: Array(bytes.prefix(TLSRecord.headerLength))))
        output += bytes
    }

    func sendData(_ bytes: [UInt8]) throws(ClassicError) {
        guard !bytes.isEmpty else { return }
        var rest = bytes[...]
        // The IV of what follows can't be foreseen then, which BEAST needs.
        if configuration.splitsRecords, bytes.count > 1, case .cbc? = writing?.spec.mode, recordVersion <= .tls10 {
            try sendRecords(.application_data, [bytes[0]])
            rest = rest.dropFirst()
        }
        try sendRecords(.application_data, Array(rest))
    }

    /// Sends data, or none, in one record that is wrong on purpose, or right without a flaw.
    func sendFlawed(_ bytes: [UInt8], _ flaw: RecordFlaw?) throws(ClassicError) {
        guard let writing, writing.canBeFlawed, bytes.count <= fragmentLimit else {
            throw ClassicError(.unsupported, "a record can only be wrong in CBC mode with the MAC inside", alert: nil)
        }
        let fragment = try library("a record can't be protected") { () throws(LibraryError) in
            guard let flaw else { return try writing.seal(bytes, type: .application_data) }
            return try writing.seal(bytes, type: .application_data, flaw: flaw)
        }
        put(TLSRecord(type: .application_data, version: recordVersion, fragment: fragment))
    }

    /// Sends a handshake message, which becomes part of the transcript.
    func send(_ message: HandshakeMessage) throws(ClassicError) {
        let bytes = message.bytes
        try machine?.exchange.transcript.append(bytes)
        try sendRecords(.handshake, bytes)
        report(bytes, type: .handshake, sent: true)
    }

    /// Sends ChangeCipherSpec, and protects all that follows.
    func sendChangeCipherSpec(then protection: RecordProtection) throws(ClassicError) {
        try sendRecords(.change_cipher_spec, [1])
        report([1], type: .change_cipher_spec, sent: true)
        writing = protection
    }

    func sendAlert(_ level: AlertLevel, _ description: AlertDescription) throws(ClassicError) {
        let known = recordVersion == .ssl3 ? description.inSSL3 : description
        let bytes = [level.rawValue, known.rawValue]
        try sendRecords(.alert, bytes)
        report(bytes, type: .alert, sent: true)
    }

    func report(_ bytes: [UInt8], type: ContentType, sent: Bool) {
        events.append(.message(sent: sent, type: type.rawValue, bytes: bytes))
    }

    // MARK: Receiving

    func process(_ bytes: [UInt8]) throws(ClassicError) {
        if isFirstRecord {
            isFirstRecord = false
            if configuration.role == .server, bytes.first.map({ $0 & 0x80 != 0 }) ?? false {
                return try processSSL2Hello(bytes)
            }
        }
        let record: TLSRecord
        do throws(WireError) {
            var reader = ByteReader(bytes)
            record = try TLSRecord(parsing: &reader)
            try reader.finish("TLSRecord")
        } catch {
            throw ClassicError("what came is no record: \(error)", alert: .record_overflow)
        }
        events.append(.recordHeader(sent: false, bytes: Array(bytes.prefix(TLSRecord.headerLength))))
        // An alert may come in the version of the hello, whatever was agreed on since.
        if let agreed = machine?.exchange.version ?? standing?.exchange.version, record.version != agreed,
            record.type != .alert
        {
            throw ClassicError(
                "a record has the version \(record.version.name), and \(agreed.name) was agreed on",
                alert: .protocol_version
            )
        }
        let content = try open(record)
        try noteProgress(content, record.type)
        switch record.type {
        case .handshake: try processHandshake(content)
        case .alert: try processAlerts(content)
        case .change_cipher_spec: try processChangeCipherSpec(content)
        case .application_data: try processData(content)
        default:
            throw ClassicError("a record has the unknown type \(record.type.rawValue)", alert: .unexpected_message)
        }
    }

    private func open(_ record: TLSRecord) throws(ClassicError) -> [UInt8] {
        var content = record.fragment
        if let reading {
            let opened = try library("a record can't be opened") { () throws(LibraryError) in
                try reading.open(record.fragment, type: record.type)
            }
            guard let opened else {
                throw ClassicError("a record is not what was sent: its MAC is wrong", alert: .bad_record_mac)
            }
            content = opened
        }
        let limit = fragmentLimit
        guard content.count <= limit else {
            throw ClassicError("a record holds \(content.count) bytes, more than \(limit)", alert: .record_overflow)
        }
        return content
    }

    private func noteProgress(_ content: [UInt8], _ type: ContentType) throws(ClassicError) {
        // Empty data is what old OpenSSL sends against BEAST; anything else that is empty has no purpose at all.
        let isIdle = content.isEmpty || type == .alert
        idleRecords = isIdle ? idleRecords + 1 : 0
        guard idleRecords <= Self.idleLimit, !content.isEmpty || type == .application_data else {
            throw ClassicError("the peer sends records that bring nothing", alert: .unexpected_message)
        }
    }

    private func processData(_ content: [UInt8]) throws(ClassicError) {
        guard standing != nil, machine.map({ !$0.hasPeerChangedCipher }) ?? true else {
            throw ClassicError("data came before the handshake was over", alert: .unexpected_message)
        }
        if !content.isEmpty { refusedRequests = 0 }
        plaintext += content
    }

    private func processChangeCipherSpec(_ content: [UInt8]) throws(ClassicError) {
        guard content == [1], let machine, assembler.buffered == 0, splitAlert == nil else {
            throw ClassicError("ChangeCipherSpec came where it has no place", alert: .unexpected_message)
        }
        report(content, type: .change_cipher_spec, sent: false)
        try machine.takeChangeCipherSpec()
    }

    // MARK: Alerts

    private func processAlerts(_ content: [UInt8]) throws(ClassicError) {
        var bytes = (splitAlert.map { [$0] } ?? []) + content
        splitAlert = nil
        while bytes.count >= 2, !isClosedByPeer {
            let alert = Alert(
                level: AlertLevel(rawValue: bytes[0]),
                description: AlertDescription(rawValue: bytes[1])
            )
            report(Array(bytes.prefix(2)), type: .alert, sent: false)
            bytes.removeFirst(2)
            try process(alert)
        }
        splitAlert = bytes.first
    }

    private func process(_ alert: Alert) throws(ClassicError) {
        if alert.description == .close_notify {
            // What follows is ignored (RFC 5246 section 7.2.1).
            isClosedByPeer = true
            inbox = []
            return
        }
        guard alert.level == .warning else {
            throw ClassicError(.alertReceived, "the peer sent the alert \(alert.description.name)", alert: nil)
        }
        if try machine?.takeWarning(alert.description) ?? false { return }
        if alert.description == .no_renegotiation, standing != nil {
            // What was asked for won't be; the channel goes on as it was (RFC 5246 section 7.2.2). Once the peer's hello is there
            // keys may have changed, and there is no way back.
            guard machine?.exchange.version == nil else {
                throw ClassicError("the peer refuses the renegotiation that it began", alert: .unexpected_message)
            }
            machine = nil
            awaitsHello = false
            refusals += 1
        }
    }
}

extension AlertDescription {
    /// The nearest alert that SSL 3.0 has (RFC 6101 section 5.4).
    fileprivate var inSSL3: AlertDescription {
        switch self {
        case .decode_error, .record_overflow: .illegal_parameter
        case .unknown_ca: .certificate_unknown
        case .access_denied: .handshake_failure
        default: rawValue <= 47 && self != .decryption_failed ? self : .handshake_failure
        }
    }
}
