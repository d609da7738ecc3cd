import Certificates
import ClassicTLS
import LibSSL
import TLSParameters
import TLSWire

/// What carries out the protocol for an ``EngineContext``: libssl, or the classic engine. No call does I/O.
protocol ChannelEngine: AnyObject {
    /// Its name in reports: `libssl` or `classic`.
    var name: String { get }

    // MARK: Driving

    /// Takes bytes of the peer's, a whole record as far as there are records.
    func feed(_ bytes: ArraySlice<UInt8>)
    /// Takes what is to be sent.
    func takeOutput() -> [UInt8]
    /// Takes what happened since the last call.
    func takeEvents() -> [ConnectionEvent]
    /// Whether each record is reported; else they are only counted.
    var reportsRecords: Bool { get set }
    /// Takes how many records were written and read that weren't reported.
    func takeRecordCounts() -> (sent: Int, received: Int)
    /// Goes on with the handshake.
    func handshake() -> EngineOutcome
    /// Reads what plaintext there is into the end of `plaintext`, at most one record's worth.
    func read(into plaintext: inout [UInt8]) -> EngineOutcome
    /// Turns data into records.
    func write(_ bytes: [UInt8]) -> EngineOutcome
    /// Sends close_notify, once.
    func shutdown() -> EngineOutcome
    /// Sends an alert of the caller's choice.
    func send(alert: AlertDescription, level: AlertLevel) throws(ContextFailure)
    /// Sends data, or none, in one record that is wrong on purpose, or right without a flaw; throws `unsupported` where the engine can't.
    func write(_ bytes: [UInt8], flaw: RecordFlaw?) throws(ContextFailure)
    /// Sends data although close_notify is out; nothing where the engine can't.
    func writeAfterShutdown(_ bytes: [UInt8])
    /// Hears that the transport ended.
    func endInput()

    // MARK: Settings

    /// Judges the peer's chain.
    var verifyPeer: ((_ chain: [[UInt8]]) -> PeerVerdict)? { get set }
    /// Judges the stapled OCSP response, or that there is none.
    var acceptsStaple: (() -> Bool)? { get set }
    /// Whether secrets are reported as key log lines.
    var revealsSecrets: Bool { get set }
    /// Whether a request for a certificate pauses the handshake, once.
    var pausesForCertificate: Bool { get set }
    /// Asks the peer for a certificate from the next handshake on.
    func setPeerCertificateRequest(_ request: PeerCertificateRequest)
    /// Shows this certificate from now on.
    func use(_ identity: Identity, withRoot: Bool) throws(CredentialError)
    /// Narrows the suites for the next handshake.
    func restrict(to suites: [CipherSuite]) throws(CredentialError)

    // MARK: Later handshakes

    /// Asks for a new handshake on the standing channel.
    func startRenegotiation(_ kind: RenegotiationKind) throws(ContextFailure)
    /// Asks for the client's certificate after the handshake (TLS 1.3).
    func startPostHandshakeAuthentication() throws(ContextFailure)
    /// Replaces the sending keys (TLS 1.3).
    func startKeyUpdate(requestPeer: Bool) throws(ContextFailure)
    /// How often the peer refused to renegotiate by a warning, so that the channel goes on.
    var refusals: Int { get }

    // MARK: Early data

    /// Starts a client's handshake with data for the server to read before it answers.
    func writeEarlyData(_ bytes: [UInt8]) -> EngineOutcome
    /// Goes on with a server's handshake as far as early data can come.
    func readEarlyData(into plaintext: inout [UInt8]) -> EngineEarlyData
    /// What became of the early data.
    var earlyDataStatus: EarlyDataStatus { get }

    // MARK: Facts

    /// Where the handshake stands, in the engine's own words.
    var stateText: String { get }
    /// The security level in force; 0 where the engine has no such thing.
    var securityLevel: Int { get }
    /// Whether a handshake is under way.
    var isInHandshake: Bool { get }
    /// Whether close_notify is out.
    var hasSentShutdown: Bool { get }
    /// The version of the channel.
    var protocolVersion: ProtocolVersion { get }
    /// What a channel of SSL 2.0 has besides; nil of every other.
    var ssl2: SSL2Facts? { get }
    /// Whether a session is resumed.
    var isResumed: Bool { get }
    /// The session in force.
    var session: EngineSession? { get }
    /// The peer's chain (DER), leaf first.
    var peerChain: [[UInt8]] { get }
    /// The stapled OCSP response (DER); nil without one.
    var stapledOCSP: [UInt8]? { get }
    /// The names (DER) of the authorities that the peer accepts certificates from.
    var peerAuthorityNames: [[UInt8]] { get }
    /// The name that the client asks for.
    var serverName: [UInt8]? { get }
    /// The protocol chosen by ALPN.
    var applicationProtocol: [UInt8]? { get }
    /// The name of the pre-shared key in use up to TLS 1.2.
    var pskIdentity: [UInt8]? { get }
    /// Whether the peer speaks RFC 5746.
    var peerSupportsSecureRenegotiation: Bool { get }
    /// The hash and the kind of key that the peer signed with; nil for what it hadn't.
    var peerSignature: (hash: String?, type: String?) { get }
    /// The hash and the kind of key that this end signed with; nil for what it hadn't.
    var ownSignature: (hash: String?, type: String?) { get }
    /// The random bytes of both ends.
    var clientRandom: [UInt8] { get }
    var serverRandom: [UInt8] { get }
    /// The last Finished of both ends.
    var ownFinished: [UInt8] { get }
    var peerFinished: [UInt8] { get }
    /// Keying material from the session's secrets (RFC 5705).
    func exportKeyingMaterial(label: String, context: [UInt8]?, count: Int) throws(ContextFailure) -> [UInt8]
    /// Keying material from the secret of early data.
    func exportEarlyKeyingMaterial(label: String, context: [UInt8], count: Int) throws(ContextFailure) -> [UInt8]
}

extension ChannelEngine {
    var ssl2: SSL2Facts? { nil }
}

/// How a call on an engine ended.
enum EngineOutcome: Hashable {
    /// It did what was asked.
    case done
    /// It needs bytes from the peer.
    case wantsRead
    /// The peer asked for a certificate and the handshake waits for one.
    case wantsCertificate
    /// The peer's chain is there, and who judges it wants to be asked again.
    case wantsVerdict
    /// The peer sent close_notify.
    case closed
    /// The connection is unusable from here on.
    case failed(EngineFailure)
}

/// Why an engine gave up, in its own words.
enum EngineFailure: Hashable {
    case libssl(LibraryError)
    case classic(ClassicError)
}

/// What a server's look for early data came to.
enum EngineEarlyData {
    /// Some came out; there may be more.
    case data
    /// There is none, or no more.
    case finished
    /// The call needs bytes, or failed.
    case other(EngineOutcome)
}

/// What is known of the session in force.
struct EngineSession {
    var id: [UInt8]
    var created: Int64
    /// How long the engine keeps it, in seconds.
    var timeout: Int
    /// The size of the ticket in bytes; nil without one.
    var ticketBytes: Int?
    /// The server's hint for the ticket's life, in seconds.
    var lifetimeHint: Int
    var version: ProtocolVersion
    var masterSecret: [UInt8]
    /// The code of the fragment length that was agreed on (RFC 6066 section 4); 0 for none.
    var fragmentLengthCode: UInt8
}
