public import Certificates
public import TLSParameters

/// Everything an end brings to a connection before any byte moves: who it is, whom it trusts, and what it will speak.
///
/// A plain value. ``acquire()`` checks it against what the engine can do and freezes it into an ``AcquiredCredential``,
/// which serves any number of connections.
public struct Credential: Sendable {
    /// The end it is for.
    public var role: Role
    /// Certificates with their keys, at most one of each key type. A server needs one (or a pre-shared key).
    public var identities: [Identity] = []
    /// Whether a root at the end of a chain is sent too (`SCH_SEND_ROOT_CERT`); peers have their own copy of it.
    public var sendsRoot = false
    /// What a person should know of how the rest came about, one line each; printed with the credential.
    public var notes: [String] = []
    /// The protocol versions to speak; a set, whatever the order. With libssl a client's must have no hole in it.
    public var protocols: [ProtocolVersion] = [.tls12, .tls13]
    /// Suites of TLS 1.2 and below as an OpenSSL cipher string (`ciphers(1)`); nil takes the library's default.
    /// ``suites`` replaces it.
    public var cipherList: String?
    /// Exactly these suites of TLS 1.2 and below, most wanted first; nil leaves the choice to ``cipherList``.
    public var olderSuites: [CipherSuite]?
    /// Exactly these suites of TLS 1.3, most wanted first; nil takes the library's default.
    public var cipherSuites13: [CipherSuite]?
    /// Exactly these suites, of any version, most wanted first; nil leaves the choice to the lists above.
    /// ``CipherSuite/init(named:)`` reads IANA, OpenSSL and Schannel names and code points.
    public var suites: [CipherSuite]?
    /// Exactly these cipher kinds of SSL 2.0, most wanted first; nil takes what the engine has, without ``legacy`` those of 112
    /// bits and more.
    public var kinds: [SSL2CipherKind]?
    /// Suites weaker than this many bits are left out (`Schannel dwMinimumCipherStrength`); nil sets no bound.
    public var minimumStrength: Int?
    /// Suites stronger than this many bits are left out; nil sets no bound.
    public var maximumStrength: Int?
    /// What becomes of suites that encrypt nothing (`SCH_ALLOW_NULL_ENCRYPTION`).
    public var nullSuites: NullSuites = .named
    /// Algorithms that are left out of all lists, and that the peer's certificate must not use (`TLS_PARAMETERS`).
    public var disabled: [AlgorithmRule] = []
    /// Key exchange groups, most wanted first; nil takes the library's default.
    public var groups: [NamedGroup]?
    /// Signature schemes accepted from the peer, most wanted first; nil takes the library's default.
    public var signatureSchemes: [SignatureScheme]?
    /// One external key both ends know, with its name.
    public var preSharedKey: PreSharedKey?

    /// Whom to trust as the issuer of the peer's certificate.
    public var trust: TrustAnchors = .systemOnly
    /// What happens with the judgement of the peer's certificate.
    public var verification: VerificationMode = .automatic
    /// The name the server's certificate has to carry; nil checks none.
    public var verifyName: VerifyName?
    /// Which of the peer's certificates must be shown not to be revoked, and by what.
    public var revocation = RevocationPolicy()
    /// The moment validity is judged at, in seconds since 1970; nil is now.
    public var verificationTime: Int64?

    /// The name a client sends as SNI (RFC 6066 section 3); nil or an IP literal sends none.
    public var serverName: String?
    /// The protocols for ALPN (RFC 7301), most wanted first; empty sends no extension.
    public var alpn: [String] = []
    /// What a client adds to its hello, or leaves out of it.
    public var hello = HelloChanges()

    /// What only a server has: names, a staple, a ticket key.
    public var server = ServerSettings()
    /// Whether a server asks for the client's certificate.
    public var clientAuthentication: ClientAuthentication = .none
    /// The authorities a server tells clients it accepts; empty tells none.
    public var acceptedClientIssuers: [Certificate] = []
    /// Whether a server lets clients renegotiate (TLS 1.2 and below). Off, as in OpenSSL 3.
    public var allowsClientRenegotiation = false
    /// Whether an end refuses every renegotiation with a no_renegotiation alert.
    public var refusesRenegotiation = false
    /// Whether a client offers post-handshake authentication (RFC 8446 section 4.2.6).
    public var allowsPostHandshakeAuthentication = false
    /// Whether session tickets (RFC 5077) are used; a TLS 1.3 server without them sends none at all.
    public var usesSessionTickets = true
    /// How many tickets a TLS 1.3 server sends after a full handshake.
    public var ticketCount = 2
    /// Whether a server remembers sessions at all; a client's are always handed out.
    public var remembersSessions = true
    /// How much early data a server takes, and its tickets allow, in bytes; 0 is none (RFC 8446 section 4.2.10).
    public var maximumEarlyData: UInt32 = 0
    /// How long sessions live in seconds; nil takes the library's 7200.
    public var sessionLifespan: Int?
    /// Whether the server's order of suites decides.
    public var prefersOwnOrder = false
    /// Everything a modern default refuses: security level 0, NULL and anonymous suites last in the list, and servers
    /// without secure renegotiation (RFC 5746).
    public var legacy = false
    /// Whether a client goes on with a server that lacks secure renegotiation (RFC 5746), to report that.
    public var connectsToLegacyServers = false
    /// The security level asked for, 0 to 5; nil lets the protocols and suites decide (see ``CredentialSummary``).
    public var securityLevel: Int?

    /// Whether a client says that it has secure renegotiation (RFC 5746). libssl always does.
    public var signalsSecureRenegotiation = true
    /// Whether alerts of the caller's choice will be sent, see `send(alert:level:)`. libssl can't.
    public var choosesAlerts = false
    /// Which engine carries the connections.
    public var engine: EngineChoice = .automatic
    /// Why ``engine`` is the classic one; nil if somebody asked for it.
    public var classicEngineReason: String?

    /// A credential with the defaults: TLS 1.2 and 1.3, no certificate, the system's trust, checked automatically.
    public init(role: Role) {
        self.role = role
    }
}

/// What is done with the judgement of the peer's certificate.
public enum VerificationMode: String, Codable, Hashable, Sendable {
    /// A bad certificate ends the handshake with the alert that fits (`SCH_CRED_AUTO_CRED_VALIDATION`).
    case automatic
    /// The judgement is made and kept, the handshake goes on (`SCH_CRED_MANUAL_CRED_VALIDATION`).
    case manual
    /// No judgement is made.
    case none
}

/// What becomes of suites that encrypt nothing.
public enum NullSuites: String, Codable, Hashable, Sendable {
    /// They are in where the lists of suites name them.
    case named
    /// They are added, last.
    case allowed
    /// There are no others.
    case only
}

/// Whether a server asks clients for a certificate.
public enum ClientAuthentication: String, Codable, Hashable, Sendable {
    /// Not asked for.
    case none
    /// Asked for; a client without one is welcome.
    case request
    /// Asked for; a client without one is refused.
    case require
    /// Asked for in a connection's first handshake only, not when it is renegotiated; a client without one is welcome.
    case once
    /// Not asked for by the handshake, but by `requestClientCertificate(required:)` after it.
    case postHandshake = "post-handshake"
}

/// A key both ends know beforehand (RFC 4279; RFC 8446 section 4.2.11).
public struct PreSharedKey: Hashable, Sendable {
    /// The name of the key, at most 128 bytes without a zero byte.
    public var identity: String
    /// The key, at most 256 bytes.
    public var key: [UInt8]

    /// A named key.
    public init(identity: String, key: [UInt8]) {
        self.identity = identity
        self.key = key
    }
}

extension PreSharedKey: CustomStringConvertible, CustomReflectable {
    /// The name; never the key.
    public var description: String { identity }

    /// The name; never the key.
    public var customMirror: Mirror { Mirror(self, children: ["identity": identity]) }
}
