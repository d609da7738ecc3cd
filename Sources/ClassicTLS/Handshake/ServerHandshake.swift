import LibSSL
import TLSParameters
import TLSWire

/// A server's handshake (RFC 5246 section 7.3).
final class ServerHandshake: HandshakeMachine {
    /// What comes next from the client.
    enum Expectation: String {
        case clientHello = "awaits client_hello"
        case certificate = "awaits certificate"
        case keyExchange = "awaits the key exchange"
        case certificateVerify = "awaits certificate_verify"
        case changeCipherSpec = "awaits change_cipher_spec"
        case finished = "awaits finished"
        case nothing = "complete"
    }

    let exchange = HandshakeExchange(role: .server)
    unowned let connection: ClassicConnection
    var expectation = Expectation.clientHello
    /// The name that the client asked for, if the server has it.
    var servedName: ClassicServedName?
    var identity: ClassicIdentity?
    /// The OCSP response that goes out with the certificates.
    var staple: [UInt8]?
    var share: ServerKeyShare?
    private(set) var hasPeerChangedCipher = false

    var isDone: Bool { expectation == .nothing }
    var stateText: String { "server: \(expectation.rawValue)" }

    init(connection: ClassicConnection) {
        self.connection = connection
    }

    var configuration: ClassicConfiguration { connection.configuration }

    func take(_ message: HandshakeMessage) throws(ClassicError) {
        do {
            try takeParsed(message)
        } catch let error as ClassicError {
            throw error
        } catch {
            throw ClassicError("the client's \(message.type.name) can't be read: \(error)", alert: .decode_error)
        }
    }

    private func takeParsed(_ message: HandshakeMessage) throws {
        let version = exchange.version ?? .tls12
        switch (message.type, expectation) {
        case (.client_hello, .clientHello):
            try take(ClientHello(message), transcript: message.bytes)
        case (.certificate, .certificate):
            try exchange.transcript.append(message.bytes)
            try takeCertificate(CertificateMessage(message, version: version).certificates)
        case (.client_key_exchange, .keyExchange):
            try exchange.transcript.append(message.bytes)
            try takeKeyExchange(message)
        case (.certificate_verify, .certificateVerify):
            let signed = try CertificateVerify(message, version: version).signed
            try exchange.check(signed, over: .transcript, schemes: configuration.signatureSchemes)
            try exchange.transcript.append(message.bytes)
            expectation = .changeCipherSpec
        case (.finished, .finished):
            try exchange.checkFinished(message)
            try exchange.transcript.append(message.bytes)
            if !exchange.isResumed { try sendFinished() }
            expectation = .nothing
        default: throw ClassicError.unexpected(message)
        }
    }

    /// A server never waits for its caller.
    func proceed() -> ClassicOutcome? { nil }

    // MARK: The client's messages

    private func takeCertificate(_ chain: [[UInt8]]) throws(ClassicError) {
        guard let leaf = chain.first else { return try goOnWithoutCertificate() }
        exchange.peerChain = chain
        do throws(LibraryError) {
            exchange.peerKey = try PKeyHandle.publicKey(ofCertificate: leaf)
        } catch {
            throw ClassicError("the client's certificate can't be read: \(error.text)", alert: .bad_certificate)
        }
        if case .reject(let code)? = connection.verifyPeer?(chain) {
            throw ClassicError(
                .rejectedPeer,
                "the client's certificate was not accepted",
                alert: AlertDescription(verificationError: code)
            )
        }
        expectation = .keyExchange
    }

    private func goOnWithoutCertificate() throws(ClassicError) {
        guard connection.request != .require else {
            throw ClassicError("the client shows no certificate, and one is required", alert: .handshake_failure)
        }
        expectation = .keyExchange
    }

    func takeWarning(_ description: AlertDescription) throws(ClassicError) -> Bool {
        // RFC 6101 section 5.6.6: SSL 3.0's way to show none.
        guard description == .no_certificate, expectation == .certificate, exchange.version == .ssl3 else {
            return false
        }
        try goOnWithoutCertificate()
        return true
    }

    private func takeKeyExchange(_ message: HandshakeMessage) throws(ClassicError) {
        guard let share else { throw .outOfOrder }
        let premaster = try share.premaster(
            from: message.body,
            suite: exchange.agreedSuite(),
            version: exchange.agreedVersion(),
            helloVersion: exchange.helloVersion,
            preSharedKey: configuration.preSharedKey,
            pskIdentity: &exchange.pskIdentity
        )
        try exchange.deriveMasterSecret(premaster: premaster)
        connection.reportSecret(of: exchange)
        try exchange.deriveKeys()
        expectation = exchange.peerChain.isEmpty ? .changeCipherSpec : .certificateVerify
    }

    func takeChangeCipherSpec() throws(ClassicError) {
        guard expectation == .changeCipherSpec else {
            throw ClassicError("ChangeCipherSpec came where it has no place", alert: .unexpected_message)
        }
        connection.reading = try exchange.protection(of: .client, .decrypt)
        hasPeerChangedCipher = true
        expectation = .finished
    }

    // MARK: This end's messages

    func sendFinished() throws(ClassicError) {
        try connection.sendChangeCipherSpec(then: exchange.protection(of: .server, .encrypt))
        exchange.ownVerifyData = try exchange.verifyData(of: .server)
        try connection.send(Finished(verifyData: exchange.ownVerifyData).handshakeMessage())
    }
}
