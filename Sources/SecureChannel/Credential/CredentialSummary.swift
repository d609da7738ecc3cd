public import TLSParameters

/// What an acquired credential will do, for printing before any I/O.
public struct CredentialSummary: Codable, Hashable, Sendable {
    /// The end it serves.
    public var role: Role
    /// The certificates, leaf first each; empty for an anonymous client.
    public var identities: [IdentitySummary]
    /// The versions, ascending, such as `tls1.2`.
    public var protocols: [String]
    /// The versions as Schannel's `grbitEnabledProtocols` bits for this role, such as `0x00002800`.
    public var protocolMask: String
    /// The suites in order of preference, as far as the security level allows them.
    public var suites: [NamedCode]
    /// OpenSSL's security level in force, 0 to 5.
    public var securityLevel: Int
    /// Why the level is below the library's default, one reason each; empty when it isn't.
    public var securityLevelReasons: [String]
    /// The groups asked for, or what rules left of the library's default; empty is the library's default.
    public var groups: [NamedCode]
    /// The signature schemes asked for, or what rules left of the library's default; empty is the library's default.
    public var signatureSchemes: [NamedCode]
    /// The least strength of a suite, in bits; nil sets no bound.
    public var minimumStrength: Int?
    /// The greatest strength of a suite, in bits; nil sets no bound.
    public var maximumStrength: Int?
    /// The algorithms that were ruled out, such as `cipher:CBC`.
    public var disabled: [String]
    /// The name a client sends as SNI.
    public var serverName: String?
    /// The name the peer's certificate has to carry.
    public var verifyName: String?
    /// What is done with the judgement of the peer's certificate.
    public var verification: VerificationMode
    /// The ALPN protocols.
    public var alpn: [String]
    /// Whether a server asks for client certificates.
    public var clientAuthentication: ClientAuthentication
    /// The identity of the pre-shared key.
    public var preSharedKeyIdentity: String?
    /// The switches that differ from the default, in words, such as `legacy-server-connect`.
    public var flags: [String]
    /// What to know of how the credential came about, one line each.
    public var notes: [String]
    /// The engine, `libssl` or `classic`, with the version text of OpenSSL, and why it is not libssl.
    public var engine: String
}

/// One certificate of a credential.
public struct IdentitySummary: Codable, Hashable, Sendable {
    /// The subject on one line.
    public var subject: PeerText
    /// SHA-256 of the leaf, in hexadecimal.
    public var sha256: String
    /// SHA-1 of the leaf, in hexadecimal (what Schannel calls the thumbprint).
    public var sha1: String
    /// The last moment of validity, ISO 8601; what Schannel calls the expiry of the credential.
    public var notAfter: String
    /// The key's algorithm, such as `RSA`.
    public var keyAlgorithm: String
    /// The key's size in bits, where it has one.
    public var keyBits: Int?
    /// How many certificates are sent.
    public var chainLength: Int
}
