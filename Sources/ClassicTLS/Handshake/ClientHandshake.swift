import LibSSL
import TLSParameters
import TLSWire

/// A client's handshake (RFC 5246 section 7.3).
final class ClientHandshake: HandshakeMachine {
    /// What comes next from the server.
    enum Expectation: String {
        case serverHello = "awaits server_hello"
        case certificate = "awaits certificate"
        case keyExchange = "awaits the key exchange"
        case helloDone = "awaits server_hello_done"
        /// This end: see ``proceed()``.
        case own = "has an answer to give"
        /// A ticket, if one was announced, or ChangeCipherSpec.
        case changeCipherSpec = "awaits change_cipher_spec"
        case finished = "awaits finished"
        case nothing = "complete"
    }

    let exchange = HandshakeExchange(role: .client)
    unowned let connection: ClassicConnection
    let session: ClassicSession?
    var expectation = Expectation.serverHello
    /// The hello that went out, and the session that it offers.
    var hello: ClientHello?
    var offeredSession: ClassicSession?
    /// The server's ServerKeyExchange.
    var parameters: ServerKeyExchange.Parameters?
    var certificateRequest: CertificateRequest?
    var awaitsStaple = false
    var awaitsTicket = false
    var isJudged = false
    private(set) var hasPeerChangedCipher = false

    var isDone: Bool { expectation == .nothing }
    var stateText: String { "client: \(expectation.rawValue)" }

    init(connection: ClassicConnection, session: ClassicSession?) {
        self.connection = connection
        self.session = session
    }

    var configuration: ClassicConfiguration { connection.configuration }

    func take(_ message: HandshakeMessage) throws(ClassicError) {
        do {
            try takeParsed(message)
        } catch let error as ClassicError {
            throw error
        } catch {
            throw ClassicError("the server's \(message.type.name) can't be read: \(error)", alert: .decode_error)
        }
    }

    private func takeParsed(_ message: HandshakeMessage) throws {
        let version = exchange.version ?? .tls12
        switch (message.type, expectation) {
        case (.server_hello, .serverHello):
            try exchange.transcript.append(message.bytes)
            try takeServerHello(ServerHello(message))
        case (.certificate, .certificate):
            try exchange.transcript.append(message.bytes)
            try takeCertificate(CertificateMessage(message, version: version))
        case (.certificate_status, .keyExchange) where awaitsStaple:
            try exchange.transcript.append(message.bytes)
            awaitsStaple = false
            if case .ocsp(let response) = try CertificateStatus(message) { exchange.staple = response }
        case (.server_key_exchange, .keyExchange):
            try exchange.transcript.append(message.bytes)
            try takeServerKeyExchange(message, version)
        case (.certificate_request, .keyExchange), (.certificate_request, .helloDone):
            try exchange.transcript.append(message.bytes)
            guard certificateRequest == nil, try exchange.agreedSuite().showsCertificate else {
                throw ClassicError.unexpected(message)
            }
            let request = try CertificateRequest(message, version: version)
            certificateRequest = request
            exchange.acceptedIssuers = request.authorities
            expectation = .helloDone
        case (.server_hello_done, .keyExchange), (.server_hello_done, .helloDone):
            try exchange.transcript.append(message.bytes)
            guard message.body.isEmpty else { throw ClassicError.unexpected(message) }
            expectation = .own
        case (.new_session_ticket, .changeCipherSpec) where awaitsTicket:
            try exchange.transcript.append(message.bytes)
            awaitsTicket = false
            let ticket = try NewSessionTicket(message, version: version)
            exchange.ticket = ticket.ticket
            exchange.hasNewTicket = !ticket.ticket.isEmpty
            exchange.lifetimeHint = ticket.lifetime
        case (.finished, .finished):
            try exchange.checkFinished(message)
            try exchange.transcript.append(message.bytes)
            if exchange.isResumed { try sendFinished() }
            expectation = .nothing
        default: throw ClassicError.unexpected(message)
        }
    }

    // MARK: The server's messages

    func takeChangeCipherSpec() throws(ClassicError) {
        guard expectation == .changeCipherSpec else {
            throw ClassicError("ChangeCipherSpec came where it has no place", alert: .unexpected_message)
        }
        connection.reading = try exchange.protection(of: .server, .decrypt)
        hasPeerChangedCipher = true
        expectation = .finished
    }

    func takeWarning(_: AlertDescription) -> Bool { false }

    // MARK: This end's answer

    func proceed() throws(ClassicError) -> ClassicOutcome? {
        guard expectation == .own else { return nil }
        if !isJudged, !exchange.peerChain.isEmpty {
            switch connection.verifyPeer?(exchange.peerChain) ?? .accept {
            case .accept: isJudged = true
            case .wait: return .wantsVerdict
            case .reject(let code):
                throw ClassicError(
                    .rejectedPeer,
                    "the server's certificate was not accepted",
                    alert: AlertDescription(verificationError: code)
                )
            }
            if configuration.asksForStaple, let acceptsStaple = connection.acceptsStaple, !acceptsStaple() {
                throw ClassicError(
                    .rejectedPeer,
                    "the server's stapled OCSP response was not accepted",
                    alert: .bad_certificate_status_response
                )
            }
        }
        if certificateRequest != nil, connection.pausesForCertificate, connection.identities.isEmpty {
            connection.pausesForCertificate = false
            return .wantsCertificate
        }
        try sendAnswer()
        expectation = .changeCipherSpec
        return nil
    }

    private func sendAnswer() throws(ClassicError) {
        let version = try exchange.agreedVersion()
        let suite = try exchange.agreedSuite()
        var identity: ClassicIdentity?
        if let certificateRequest {
            identity = chooseIdentity(for: certificateRequest, version)
            if identity == nil, version == .ssl3 {
                // RFC 6101 section 5.6.6: there is no empty Certificate message.
                try connection.sendAlert(.warning, .no_certificate)
            } else {
                let entries = (identity?.chain ?? []).map { CertificateMessage.Entry(data: $0) }
                try connection.send(CertificateMessage(entries: entries).handshakeMessage())
            }
        }
        let part = try ClientKeyExchange(
            suite: suite,
            version: version,
            helloVersion: exchange.helloVersion,
            server: ClientKeyExchange.ServerPart(key: exchange.peerKey, parameters: parameters),
            preSharedKey: configuration.preSharedKey
        )
        if suite.facts.keyExchange.usesPSK { exchange.pskIdentity = configuration.preSharedKey?.identity }
        try connection.send(HandshakeMessage(type: .client_key_exchange, body: part.body))
        try exchange.deriveMasterSecret(premaster: part.premaster)
        connection.reportSecret(of: exchange)
        if let identity, let certificateRequest {
            let signed = try exchange.sign(
                .transcript,
                key: identity.key,
                schemes: configuration.commonSchemes(certificateRequest.signatureSchemes ?? [])
            )
            try connection.send(CertificateVerify(signed: signed).handshakeMessage())
        }
        try exchange.deriveKeys()
        try sendFinished()
    }

    func sendFinished() throws(ClassicError) {
        try connection.sendChangeCipherSpec(then: exchange.protection(of: .client, .encrypt))
        exchange.ownVerifyData = try exchange.verifyData(of: .client)
        try connection.send(Finished(verifyData: exchange.ownVerifyData).handshakeMessage())
    }

    /// The first certificate whose key the server can do something with (RFC 5246 section 7.4.6).
    private func chooseIdentity(for request: CertificateRequest, _ version: ProtocolVersion) -> ClassicIdentity? {
        guard case .classic(let types, let schemes, _) = request else { return nil }
        let common = configuration.commonSchemes(schemes ?? [])
        return connection.identities.first { identity in
            let type: ClientCertificateType
            switch identity.key.algorithmName {
            case "RSA", "RSA-PSS": type = .rsa_sign
            case "DSA": type = .dss_sign
            default: type = .ecdsa_sign
            }
            guard types.contains(type) else { return false }
            guard version >= .tls12 else { return SignatureForm(keyAlgorithm: identity.key.algorithmName) != nil }
            return HandshakeExchange.scheme(for: identity.key, among: common) != nil
        }
    }
}
