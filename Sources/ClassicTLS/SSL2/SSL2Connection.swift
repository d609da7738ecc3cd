package import LibSSL
package import TLSParameters
import TLSWire

/// One end of a connection in SSL 2.0 (draft-hickman-netscape-ssl-00), without I/O: records in, records out.
///
/// The version has neither renegotiation nor alerts nor close_notify. A chain has one certificate, and its key is RSA. Events
/// name messages by a content type of 0, and hold them decrypted, their code first.
package final class SSL2Connection {
    let configuration: ClassicConfiguration
    var state = State.start
    var records = SSL2RecordLayer()
    /// The client's challenge and the server's connection id, which go into the keys.
    var challenge: [UInt8] = []
    var connectionID: [UInt8] = []
    /// The server's certificate (DER), which a client's signature covers.
    var serverCertificate: [UInt8] = []
    /// What this end shows: a server always, a client when it is asked.
    private(set) var identity: ClassicIdentity?
    /// The session that a client offers to resume, if it suits.
    let offeredSession: ClassicSession?
    /// Whether this end's first protected message is out: CLIENT-FINISHED or SERVER-VERIFY.
    var hasSentFirstProtected = false
    private var isShutDown = false
    /// Records that no call has taken yet.
    private(set) var incoming: [[UInt8]] = []
    private var output: [UInt8] = []
    private var events: [ConnectionEvent] = []

    /// Asked with the peer's one certificate; nil accepts every one. Not asked about the certificate of a resumed session.
    package var verifyPeer: ((_ chain: [[UInt8]]) -> PeerVerdict)?
    /// Whether a request for a certificate pauses the handshake, once.
    package var pausesForCertificate = false
    /// Seconds since 1970, for the age of sessions.
    package var now: () -> Int64 = { 0 }
    /// The kind in use, once the client has chosen it.
    package internal(set) var kind: SSL2CipherKind?
    /// The session, once there are keys; a new one has no id before the handshake is over. None after a failure, for both ends
    /// forget it (draft section 5.3).
    package internal(set) var session: ClassicSession?
    /// Whether it is an earlier connection's.
    package internal(set) var isResumed = false
    /// The peer's certificate (DER), of a resumed session the one it was made with.
    package internal(set) var peerCertificate: [UInt8]?
    /// Whether the client said, by the padding of its secret key, that it speaks a later version too. Known to servers only.
    package internal(set) var sawLaterVersionMarker = false

    /// A connection that has not started.
    ///
    /// - Parameter session: to resume, if it is one of SSL 2.0 that suits the configuration; any other is not offered. Of no use
    ///   to a server.
    package init(configuration: ClassicConfiguration, session: ClassicSession? = nil) throws(ClassicError) {
        self.configuration = configuration
        guard !configuration.usableKinds.isEmpty else {
            throw ClassicError(.unsupported, "the engine has none of the cipher kinds that are wanted", alert: nil)
        }
        identity = configuration.identities.first(where: \.isUsableInSSL2)
        if configuration.role == .server, identity == nil {
            throw ClassicError(.unsupported, "SSL 2.0 needs a certificate with an RSA key", alert: nil)
        }
        offeredSession = session
    }

    /// Whether data may flow.
    package var isEstablished: Bool {
        if case .established = state { return true }
        return false
    }

    /// Whether the peer makes the keys of single DES as the draft has it, without the digit that OpenSSL hashes; nil of other
    /// kinds, and until its first encrypted record has come.
    package var usesDraftDESDerivation: Bool? {
        guard kind == .SSL_CK_DES_64_CBC_WITH_MD5 else { return nil }
        return records.peerHashesDigit.map { !$0 }
    }

    /// Takes the certificate that a client was asked for. One without an RSA key is of no use and stays out.
    package func use(_ identity: ClassicIdentity) {
        pausesForCertificate = false
        if identity.isUsableInSSL2 { self.identity = identity }
    }

    // MARK: Bytes

    /// Takes exactly one record off the wire, its header included. Nothing happens until the next call that drives.
    package func feed(_ record: [UInt8]) {
        if case .failed = state { return }
        // Every call that drives takes what it can, so only a caller that never calls could get here.
        guard incoming.count < 64 else {
            state = .failed(ClassicError("records come faster than they are read", alert: nil))
            return
        }
        incoming.append(record)
    }

    /// Takes the bytes for the wire.
    package func takeOutput() -> [UInt8] {
        defer { output = [] }
        return output
    }

    /// Takes what happened since the last call: records, messages, the beginning and the end of the handshake, a client's session.
    package func takeEvents() -> [ConnectionEvent] {
        defer { events = [] }
        return events
    }

    // MARK: Driving

    /// Goes on with the handshake.
    package func handshake() -> ClassicOutcome {
        attempt { () throws(SSL2Failure) in
            while !isEstablished {
                if let pause = try step() { return pause }
            }
            return .done
        }
    }

    /// Reads the data of the next record onto the end of `plaintext`.
    package func read(into plaintext: inout [UInt8]) -> ClassicOutcome {
        var data: [UInt8]?
        let outcome = attempt { () throws(SSL2Failure) in
            guard isEstablished else { return .wantsRead }
            data = try receive()
            return data == nil ? .wantsRead : .done
        }
        if let data { plaintext += data }
        return outcome
    }

    /// Writes data, in as many records as it takes.
    package func write(_ bytes: [UInt8]) -> ClassicOutcome {
        attempt { () throws(SSL2Failure) in
            guard isEstablished, !isShutDown else {
                throw SSL2Failure("data can't be written before the handshake or after the end")
            }
            var rest = bytes[...]
            while !rest.isEmpty {
                try sendRecord(Array(rest.prefix(records.dataLimit)))
                rest = rest.dropFirst(records.dataLimit)
            }
            return .done
        }
    }

    /// Marks the end of what is written. Nothing goes out: SSL 2.0 ends with the transport.
    package func shutdown() -> ClassicOutcome {
        attempt { () throws(SSL2Failure) in
            isShutDown = true
            return .done
        }
    }

    /// Does one thing; what it throws ends the connection.
    private func attempt(_ body: () throws(SSL2Failure) -> ClassicOutcome) -> ClassicOutcome {
        if case .failed(let error) = state { return .failed(error) }
        do throws(SSL2Failure) { return try body() } catch {
            if let code = error.code { try? send(SSL2Error(errorCode: code)) }
            if let session { configuration.sessions?.forget(id: session.id) }
            session = nil
            incoming = []
            state = .failed(error.error)
            return .failed(error.error)
        }
    }

    /// Takes the handshake one step on; what it returns stops it there.
    private func step() throws(SSL2Failure) -> ClassicOutcome? {
        switch state {
        case .start:
            events.append(.handshakeStarted)
            try begin()
        case .serverVerdict(let kind, let key):
            guard try isPeerAccepted() else { return .wantsVerdict }
            try sendMasterKey(kind, to: key)
        case .clientVerdict:
            guard try isPeerAccepted() else { return .wantsVerdict }
            try sendServerFinished()
        case .identity(let request):
            if pausesForCertificate {
                pausesForCertificate = false
                return .wantsCertificate
            }
            try answer(request)
        default:
            guard let message = try receiveMessage() else { return .wantsRead }
            if configuration.role == .client { try takeFromServer(message) } else { try takeFromClient(message) }
        }
        return nil
    }

    private func begin() throws(SSL2Failure) {
        if configuration.role == .client {
            try sendClientHello()
        } else {
            state = .clientHello
        }
    }

    /// Asks who judges the peer's certificate; false to be asked again.
    private func isPeerAccepted() throws(SSL2Failure) -> Bool {
        switch verifyPeer?(peerCertificate.map { [$0] } ?? []) ?? .accept {
        case .accept: return true
        case .wait: return false
        case .reject:
            throw SSL2Failure("the peer's certificate is not accepted", kind: .rejectedPeer, code: .bad_certificate)
        }
    }

    // MARK: Records

    /// Writes a handshake message.
    func send(_ message: some SSL2Message) throws(SSL2Failure) {
        let bytes = message.bytes
        try sendRecord(bytes)
        events.append(.message(sent: true, type: 0, bytes: bytes))
    }

    private func sendRecord(_ data: [UInt8]) throws(SSL2Failure) {
        guard let record = try SSL2Failure.wrap({ () throws(LibraryError) in try records.seal(data) }) else {
            throw SSL2Failure("a message of ours doesn't fit in one record, as SSL 2.0 wants", kind: .unsupported)
        }
        let bytes = record.bytes
        events.append(.recordHeader(sent: true, bytes: Array(bytes.dropLast(record.data.count))))
        output += bytes
    }

    /// The next handshake message, its code first; nil when there is none. The peer's ERROR ends the connection, except for the one
    /// that answers a server's request.
    private func receiveMessage() throws(SSL2Failure) -> [UInt8]? {
        guard let bytes = try receive() else { return nil }
        events.append(.message(sent: false, type: 0, bytes: bytes))
        guard bytes.first == SSL2Error.code.rawValue else { return bytes }
        let error = try SSL2Failure.reading { () throws(WireError) in try SSL2Error(bytes: bytes) }
        if case .clientCertificate = state, error.errorCode == .no_certificate { return bytes }
        throw SSL2Failure("the peer sent the error \(error.errorCode.name)", kind: .alertReceived)
    }

    /// The data of the next record; nil when there is none.
    private func receive() throws(SSL2Failure) -> [UInt8]? {
        guard !incoming.isEmpty else { return nil }
        let bytes = incoming.removeFirst()
        let record = try SSL2Failure.reading { () throws(WireError) in
            var reader = ByteReader(bytes)
            let record = try SSL2Record(parsing: &reader)
            try reader.finish("SSL2Record")
            return record
        }
        events.append(.recordHeader(sent: false, bytes: Array(bytes.dropLast(record.data.count))))
        guard !record.isEscape else { throw SSL2Failure("the peer sent a security escape, which has no meaning") }
        if isClearError(record) { return record.data }
        guard let data = try SSL2Failure.wrap({ () throws(LibraryError) in try records.open(record) }) else {
            throw SSL2Failure("a record is damaged, or was protected with other keys")
        }
        return data
    }

    /// Whether a record is an ERROR of a peer that has no keys yet although this end has: too short to be protected.
    private func isClearError(_ record: SSL2Record) -> Bool {
        records.isOpening && !records.hasOpened && record.padding == nil && record.data.count == 3
            && record.data[0] == SSL2Error.code.rawValue
    }

    /// Ends the handshake.
    func establish(_ session: ClassicSession) {
        self.session = session
        state = .established
        if configuration.role == .client, !isResumed, !session.id.isEmpty {
            events.append(.newSession(session.serialised))
        }
        events.append(.handshakeDone)
    }
}
