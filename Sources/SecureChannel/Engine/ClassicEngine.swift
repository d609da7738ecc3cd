import Certificates
import ClassicTLS
import Glibc
import LibSSL
import Synchronization
import TLSParameters
import TLSWire

/// The classic engine, SSL 3.0 to TLS 1.2, as a ``ChannelEngine``.
final class ClassicEngine: ChannelEngine {
    private let connection: ClassicConnection

    /// A connection that has not started.
    ///
    /// - Parameter session: what a client offers to resume.
    init(_ configuration: ClassicConfiguration, session: ClassicSession?) throws(CredentialError) {
        do {
            connection = try ClassicConnection(configuration: configuration, session: session)
        } catch {
            throw CredentialError(.noSuite, error.text)
        }
        connection.now = { Int64(time(nil)) }
        LiveHandles.connections.add(1, ordering: .relaxed)
    }

    deinit { LiveHandles.connections.subtract(1, ordering: .relaxed) }

    let name = "classic"
    /// The classic engine has no such thing.
    let securityLevel = 0

    // MARK: Driving

    func feed(_ bytes: ArraySlice<UInt8>) { connection.feed(Array(bytes)) }
    func takeOutput() -> [UInt8] { connection.takeOutput() }
    func handshake() -> EngineOutcome { EngineOutcome(connection.handshake()) }
    func read(into plaintext: inout [UInt8]) -> EngineOutcome { EngineOutcome(connection.read(into: &plaintext)) }
    func write(_ bytes: [UInt8]) -> EngineOutcome { EngineOutcome(connection.write(bytes)) }
    func shutdown() -> EngineOutcome { EngineOutcome(connection.shutdown()) }
    func writeAfterShutdown(_ bytes: [UInt8]) { _ = connection.write(bytes) }
    func endInput() {}

    func send(alert: AlertDescription, level: AlertLevel) throws(ContextFailure) {
        guard case .failed(let error) = connection.send(alert: alert, level: level) else { return }
        throw ContextFailure(.closed, error.text)
    }

    func write(_ bytes: [UInt8], flaw: RecordFlaw?) throws(ContextFailure) {
        guard case .failed(let error) = connection.write(bytes, flaw: flaw) else { return }
        throw ContextFailure(.unsupported, error.text)
    }

    var reportsRecords = true
    private var recordCounts = RecordCounts()

    func takeEvents() -> [ConnectionEvent] {
        reportsRecords ? connection.takeEvents() : recordCounts.counting(connection.takeEvents())
    }

    func takeRecordCounts() -> (sent: Int, received: Int) { recordCounts.take() }

    // MARK: Settings

    var verifyPeer: ((_ chain: [[UInt8]]) -> PeerVerdict)? {
        get { connection.verifyPeer }
        set { connection.verifyPeer = newValue }
    }

    var acceptsStaple: (() -> Bool)? {
        get { connection.acceptsStaple }
        set { connection.acceptsStaple = newValue }
    }

    var revealsSecrets: Bool {
        get { connection.revealsSecrets }
        set { connection.revealsSecrets = newValue }
    }

    var pausesForCertificate: Bool {
        get { connection.pausesForCertificate }
        set { connection.pausesForCertificate = newValue }
    }

    func setPeerCertificateRequest(_ request: PeerCertificateRequest) { connection.setPeerCertificateRequest(request) }

    func use(_ identity: Identity, withRoot: Bool) { connection.use(ClassicIdentity(identity, withRoot: withRoot)) }

    func restrict(to suites: [CipherSuite]) throws(CredentialError) {
        guard connection.restrict(to: suites) else {
            throw CredentialError(.suiteUnavailable, "the classic engine lacks a suite", suites: suites)
        }
    }

    // MARK: Later handshakes

    var refusals: Int { connection.refusals }

    func startRenegotiation(_ kind: RenegotiationKind) throws(ContextFailure) {
        do {
            try connection.startRenegotiation(abbreviated: kind == .abbreviated)
        } catch {
            throw ContextFailure(.unsupported, "the classic engine can't renegotiate: \(error.text)")
        }
    }

    func startPostHandshakeAuthentication() throws(ContextFailure) { throw Self.tooNew }
    func startKeyUpdate(requestPeer _: Bool) throws(ContextFailure) { throw Self.tooNew }
    func writeEarlyData(_: [UInt8]) -> EngineOutcome { .done }
    func readEarlyData(into _: inout [UInt8]) -> EngineEarlyData { .finished }
    var earlyDataStatus: EarlyDataStatus { .notSent }

    private static let tooNew = ContextFailure(.unsupported, "TLS 1.3 has it, which the classic engine doesn't speak")

    // MARK: Facts

    var stateText: String { connection.stateText }
    var isInHandshake: Bool { connection.isInHandshake }
    var hasSentShutdown: Bool { connection.hasSentShutdown }
    var protocolVersion: ProtocolVersion { connection.version ?? .tls12 }
    var isResumed: Bool { connection.isResumed }
    var peerChain: [[UInt8]] { connection.peerChain }
    var stapledOCSP: [UInt8]? { connection.stapledOCSP }
    var peerAuthorityNames: [[UInt8]] { connection.peerAuthorityNames }
    var serverName: [UInt8]? { connection.serverName }
    var applicationProtocol: [UInt8]? { connection.applicationProtocol }
    var pskIdentity: [UInt8]? { connection.pskIdentity }
    var peerSupportsSecureRenegotiation: Bool { connection.peerSupportsSecureRenegotiation }
    var peerSignature: (hash: String?, type: String?) { Self.names(connection.peerSignature) }
    var ownSignature: (hash: String?, type: String?) { Self.names(connection.ownSignature) }
    var clientRandom: [UInt8] { connection.clientRandom }
    var serverRandom: [UInt8] { connection.serverRandom }
    var ownFinished: [UInt8] { connection.ownFinished }
    var peerFinished: [UInt8] { connection.peerFinished }

    var session: EngineSession? {
        guard let session = connection.standing?.session else { return nil }
        return EngineSession(
            id: session.id,
            created: session.created,
            timeout: session.timeout,
            ticketBytes: session.ticket.isEmpty ? nil : session.ticket.count,
            lifetimeHint: Int(session.lifetimeHint),
            version: session.version,
            masterSecret: session.masterSecret,
            fragmentLengthCode: connection.fragmentLength?.rawValue ?? 0
        )
    }

    /// Hash and key by the names that libssl has for them.
    private static func names(_ form: SignatureForm?) -> (hash: String?, type: String?) {
        guard let form else { return (nil, nil) }
        let types = ["RSA": "rsaEncryption", "EC": "id-ecPublicKey", "DSA": "dsaEncryption"]
        let type = form.usesPSS ? "RSASSA-PSS" : types[form.keyAlgorithm] ?? form.keyAlgorithm
        return (form.hash?.rawValue, type)
    }

    func exportKeyingMaterial(label: String, context: [UInt8]?, count: Int) throws(ContextFailure) -> [UInt8] {
        do {
            return try connection.exportKeyingMaterial(label: label, context: context, count: count)
        } catch {
            throw ContextFailure(.unsupported, error.text)
        }
    }

    func exportEarlyKeyingMaterial(label _: String, context _: [UInt8], count _: Int) throws(ContextFailure) -> [UInt8]
    {
        throw Self.tooNew
    }
}

extension EngineOutcome {
    init(_ outcome: ClassicOutcome) {
        switch outcome {
        case .done: self = .done
        case .wantsRead: self = .wantsRead
        case .wantsCertificate: self = .wantsCertificate
        case .wantsVerdict: self = .wantsVerdict
        case .closed: self = .closed
        case .failed(let error): self = .failed(.classic(error))
        }
    }
}

extension ClassicIdentity {
    /// What is shown of an identity.
    init(_ identity: Identity, withRoot: Bool) {
        self.init(chain: identity.chain(withRoot: withRoot).map(\.der), key: identity.key.handle)
    }
}
