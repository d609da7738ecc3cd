public import Certificates
public import TLSParameters

/// One end of one connection as a machine of tokens: bytes that arrived go in, a status and bytes to send come out.
///
/// No call does I/O or waits. Calls on one context must not overlap. Whatever the status, a token that isn't empty has
/// to be sent: on failure it is the alert.
public protocol SecurityContext: AnyObject {
    /// Which end it is.
    var role: Role { get }

    /// Goes on with the first handshake. A client starts by stepping with no input.
    ///
    /// Whole records are consumed from the front of `input`; what is left belongs to the next call: the rest of a record
    /// (`incompleteMessage`), or, once `established`, bytes for ``unprotect(_:)``.
    func step(_ input: inout [UInt8]) -> ContextStep

    /// Turns data into records to send. Data given while a renegotiation is under way comes out with a later token.
    ///
    /// - Throws: `closed` after ``shutDown()`` or a failure, `unsupported` before the channel stands.
    func protect(_ plaintext: [UInt8]) throws(ContextFailure) -> [UInt8]

    /// Turns records into data, and answers handshake messages among them.
    ///
    /// Consumes every whole record, except those after a close_notify, a failure or a request for a certificate.
    func unprotect(_ input: inout [UInt8]) -> UnprotectResult

    /// Supplies a certificate after `incompleteCredentials`, or for a renegotiation to come.
    func supply(_ identity: Identity) throws(CredentialError)

    /// Answers `incompleteCredentials` with this certificate, or on purpose with none; the attributes tell how it was
    /// chosen. One that can't be used leaves the client anonymous.
    func answer(with identity: Identity?, _ choice: CertificateChoice)

    /// Answers `awaitsRevocation` with what was fetched; nothing fetched is an answer too, after which the certificates in
    /// question count as unknown.
    func answer(with fetched: [RevocationFetch])

    /// Narrows the suites of TLS 1.2 and below for the next handshake on this connection.
    ///
    /// - Throws: `suite-unavailable` for a suite that the engine does not have.
    func restrict(to suites: [CipherSuite]) throws(CredentialError)

    /// Asks for a new handshake on this connection (TLS 1.2 and below). A client sends a ClientHello, a server a
    /// HelloRequest; the rest happens within ``unprotect(_:)``, which says `.renegotiate(.completed)` in the end.
    ///
    /// - Throws: `unsupported` in TLS 1.3 and before the channel stands.
    func renegotiate(_ kind: RenegotiationKind) throws(ContextFailure) -> [UInt8]

    /// Asks, as a server, for the client's certificate on the standing channel: by renegotiating in full (TLS 1.2 and
    /// below) or after the handshake (TLS 1.3, if the client offered it).
    func requestClientCertificate(required: Bool) throws(ContextFailure) -> [UInt8]

    /// Replaces this end's sending keys, and asks the peer to do the same if `requestPeer` (TLS 1.3).
    ///
    /// - Throws: `unsupported` before TLS 1.3.
    func updateKeys(requestPeer: Bool) throws(ContextFailure) -> [UInt8]

    /// Sends close_notify, once; the token is empty afterwards or when there is no channel to close. Data that still
    /// arrives can be unprotected.
    func shutDown() -> [UInt8]

    /// Sends an alert of the caller's choice, for seeing what a peer makes of it. The channel is left as it is, whatever the
    /// alert means; after close_notify nothing more is sent.
    ///
    /// - Throws: `unsupported` where the engine can't, which is true of libssl, and before the channel stands.
    func send(alert: AlertDescription, level: AlertLevel) throws(ContextFailure) -> [UInt8]

    /// Tells the context that the transport ended (FIN), and gets what that means.
    func transportEnded() -> TransportEnding

    /// Keying material from the session's secrets (RFC 5705, RFC 8446 section 7.5), at most 65535 bytes.
    func exportKeyingMaterial(label: String, context: [UInt8]?, count: Int) throws(ContextFailure) -> [UInt8]

    /// What is known of the connection now, or the outline of it; the known part, if it failed.
    func attributes(_ scope: AttributeScope) -> ConnectionAttributes
    /// The version that the server chose; nil before that.
    var version: ProtocolVersion? { get }
    /// The application protocol that was agreed on (ALPN); nil without one.
    var applicationProtocol: PeerText? { get }
    /// Every token that came or went, oldest first.
    var legs: [Leg] { get }
    /// What happened, oldest first.
    var events: [ContextEvent] { get }
    /// Sessions that can be resumed later, oldest first: each new one is kept at once, since a connection that breaks
    /// spoils it in memory.
    var sessions: [SavedSession] { get }
    /// Whether the peer's last KeyUpdate asked for one of ours (RFC 8446 section 4.6.3).
    var isAskedForKeyUpdate: Bool { get }
    /// Secrets in the NSS key log format, if the context was made to reveal them.
    var keyLog: [String] { get }
}

extension SecurityContext {
    /// All that is known of the connection now; the known part, if it failed.
    public var attributes: ConnectionAttributes { attributes(.everything) }

    /// Starts the handshake: the first token of a client, nothing of a server.
    public func start() -> ContextStep {
        var nothing: [UInt8] = []
        return step(&nothing)
    }
}

/// How much of a connection's attributes is wanted.
public enum AttributeScope: Hashable, Sendable {
    /// All of them. Some are computed for that: names of all code points, hashes, keying material.
    case everything
    /// What a line of log tells: version, suite, group, names, session, what was proved and how it ended; the offer only if
    /// nothing was agreed on. The rest is empty.
    case outline
}

/// How a renegotiation is done.
public enum RenegotiationKind: String, Codable, Hashable, Sendable {
    /// A full handshake with new keys and, possibly, another certificate.
    case full
    /// The session is resumed within the connection.
    case abbreviated
}

/// What the end of the transport means.
public enum TransportEnding: String, Codable, Hashable, Sendable {
    /// The peer had sent close_notify: all its data arrived.
    case clean
    /// It had not: data may have been cut off.
    case truncated
    /// The version, SSL 2.0, has no close_notify: whether data was cut off can't be told.
    case unmarked
    /// The handshake was not over.
    case duringHandshake = "during-handshake"
    /// The context had already failed.
    case afterFailure = "after-failure"
}
