import Certificates
import ClassicTLS
import Glibc
import LibSSL
import Synchronization
import TLSParameters
import TLSWire

/// What only a channel of SSL 2.0 has.
struct SSL2Facts: Hashable {
    /// The cipher kind; nil before the client has chosen it.
    var kind: SSL2CipherKind?
    /// Whether the peer makes the keys of single DES without the digit that OpenSSL hashes; nil of other kinds.
    var usesDraftDESDerivation: Bool?
}

/// The classic engine in SSL 2.0 as a ``ChannelEngine`` (draft-hickman-netscape-ssl-00).
///
/// The version has no alerts, no close_notify, no renegotiation, no extensions and no Finished that anything could be bound to.
final class SSL2Engine: ChannelEngine {
    private let connection: SSL2Connection

    /// A connection that has not started.
    ///
    /// - Parameter session: what a client offers to resume.
    init(_ configuration: ClassicConfiguration, session: ClassicSession?) throws(CredentialError) {
        do {
            connection = try SSL2Connection(configuration: configuration, session: session)
        } catch {
            throw CredentialError(.noSuite, error.text, versions: [.ssl2])
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
    func writeAfterShutdown(_: [UInt8]) {}
    func endInput() {}

    func shutdown() -> EngineOutcome {
        hasSentShutdown = true
        return EngineOutcome(connection.shutdown())
    }

    func write(_: [UInt8], flaw _: RecordFlaw?) throws(ContextFailure) {
        throw ContextFailure(.unsupported, "SSL 2.0 has records of another kind")
    }

    func send(alert _: AlertDescription, level _: AlertLevel) throws(ContextFailure) {
        throw ContextFailure(.unsupported, "SSL 2.0 has no alerts")
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

    var pausesForCertificate: Bool {
        get { connection.pausesForCertificate }
        set { connection.pausesForCertificate = newValue }
    }

    /// SSL 2.0 has nothing that could be stapled.
    var acceptsStaple: (() -> Bool)?
    /// Key log lines are known by the client's random bytes, which SSL 2.0 hasn't.
    var revealsSecrets = false

    func setPeerCertificateRequest(_: PeerCertificateRequest) {
        // The configuration says it; there is no later handshake to say it for.
    }

    func use(_ identity: Identity, withRoot: Bool) { connection.use(ClassicIdentity(identity, withRoot: withRoot)) }

    func restrict(to suites: [CipherSuite]) throws(CredentialError) {
        throw CredentialError(.suiteUnavailable, "SSL 2.0 has no later handshake to choose suites for", suites: suites)
    }

    // MARK: Later handshakes

    let refusals = 0

    func startRenegotiation(_: RenegotiationKind) throws(ContextFailure) {
        throw ContextFailure(.unsupported, "SSL 2.0 has no renegotiation; connect again")
    }

    func startPostHandshakeAuthentication() throws(ContextFailure) { throw Self.tooNew }
    func startKeyUpdate(requestPeer _: Bool) throws(ContextFailure) { throw Self.tooNew }
    func writeEarlyData(_: [UInt8]) -> EngineOutcome { .done }
    func readEarlyData(into _: inout [UInt8]) -> EngineEarlyData { .finished }
    var earlyDataStatus: EarlyDataStatus { .notSent }

    private static let tooNew = ContextFailure(.unsupported, "TLS 1.3 has it, and SSL 2.0 hasn't")

    // MARK: Facts

    var ssl2: SSL2Facts? {
        SSL2Facts(kind: connection.kind, usesDraftDESDerivation: connection.usesDraftDESDerivation)
    }

    var stateText: String { connection.isEstablished ? "established" : "in the handshake" }
    var isInHandshake: Bool { !connection.isEstablished }
    private(set) var hasSentShutdown = false
    let protocolVersion = ProtocolVersion.ssl2
    var isResumed: Bool { connection.isResumed }
    var peerChain: [[UInt8]] { connection.peerCertificate.map { [$0] } ?? [] }
    let stapledOCSP: [UInt8]? = nil
    let peerAuthorityNames: [[UInt8]] = []
    let serverName: [UInt8]? = nil
    let applicationProtocol: [UInt8]? = nil
    let pskIdentity: [UInt8]? = nil
    let peerSupportsSecureRenegotiation = false
    let peerSignature: (hash: String?, type: String?) = (nil, nil)
    let ownSignature: (hash: String?, type: String?) = (nil, nil)
    let clientRandom: [UInt8] = []
    let serverRandom: [UInt8] = []
    let ownFinished: [UInt8] = []
    let peerFinished: [UInt8] = []

    var session: EngineSession? {
        guard let session = connection.session else { return nil }
        return EngineSession(
            id: session.id,
            created: session.created,
            timeout: session.timeout,
            ticketBytes: nil,
            lifetimeHint: 0,
            version: .ssl2,
            masterSecret: session.masterSecret,
            fragmentLengthCode: 0
        )
    }

    func exportKeyingMaterial(label _: String, context _: [UInt8]?, count _: Int) throws(ContextFailure) -> [UInt8] {
        throw ContextFailure(.unsupported, "keying material is exported from TLS 1.0 on")
    }

    func exportEarlyKeyingMaterial(label _: String, context _: [UInt8], count _: Int) throws(ContextFailure) -> [UInt8]
    {
        throw Self.tooNew
    }
}
