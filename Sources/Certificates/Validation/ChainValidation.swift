public import TLSParameters

/// What validating a chain found out: everything that is wrong with it, not only the first thing.
public struct ChainValidation: Hashable, Sendable {
    /// True when there is no problem at all.
    public let isTrusted: Bool
    /// All problems in the order in which libcrypto met them (building the chain, usage, strength, signatures and dates from the
    /// root down), a wrong name last.
    public let problems: [ValidationProblem]
    /// The chain that was built, leaf first, as far as it got.
    public let verifiedChain: [ChainLink]
    /// The name that was looked for; nil when none was.
    public let nameChecked: VerifyName?
    /// The name in the certificate that matched it, such as `*.example.com`.
    public let matchedName: PeerText?
    /// What the leaf had to be good for.
    public let purpose: ValidationPurpose
    /// The moment for which it was validated.
    public let time: CertificateTime
    /// The security level of OpenSSL that keys and signatures had to meet, 0 to 5 (2 wants 112 bits).
    public let securityLevel: Int
    /// What is known of the revocation of the chain's certificates; nil where nothing was looked for.
    public let revocation: RevocationReport?
    /// The certificates of ``verifiedChain``; not part of its encoded form, nor of what is compared.
    public internal(set) var builtChain: [Certificate] {
        get { companion.chain }
        set { companion.chain = newValue }
    }
    var companion = Companion()

    /// What goes along with a judgement and adds nothing to it.
    struct Companion: Hashable, Sendable {
        var chain: [Certificate] = []

        static func == (_: Self, _: Self) -> Bool { true }

        func hash(into _: inout Hasher) {}
    }

    /// True when the name was looked for and found; nil when it wasn't looked for.
    public var nameMatches: Bool? { nameChecked == nil ? nil : matchedName != nil }
}

/// One certificate of a built chain.
public struct ChainLink: Hashable, Sendable, Codable {
    /// Its subject in one line.
    public let subject: PeerText
    /// Its issuer in one line.
    public let issuer: PeerText
    /// SHA-256 of its DER, hexadecimal.
    public let sha256: String
    /// True when the peer sent it, false when it came from the trusted certificates.
    public let wasSent: Bool
}

extension ChainLink {
    init(_ certificate: Certificate, wasSent: Bool) {
        subject = certificate.subject.text
        issuer = certificate.issuer.text
        sha256 = certificate.sha256
        self.wasSent = wasSent
    }
}

/// What a certificate's key is used for in the handshake.
public enum ValidationPurpose: String, Hashable, Sendable, Codable {
    /// The certificate is a server's.
    case server
    /// The certificate is a client's.
    case client
}

/// The name a certificate must be for.
public enum VerifyName: Hashable, Sendable {
    /// A DNS name in its ASCII form (RFC 9525 §6.3).
    case dns(String)
    /// An IPv4 or IPv6 literal, which only an address in the certificate matches (RFC 9525 §6.5).
    case ip(String)

    /// An address if the text is a literal, else a DNS name.
    public init(_ text: String) {
        self = IPAddress.bytes(text) == nil ? .dns(text) : .ip(text)
    }

    /// The name as the caller wrote it.
    public var text: String {
        switch self {
        case .dns(let text), .ip(let text): text
        }
    }
}

extension VerifyName: Codable {
    private enum CodingKeys: CodingKey {
        case type
        case value
    }

    /// `{"type": "dns", "value": …}`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .dns(let text):
            try container.encode("dns", forKey: .type)
            try container.encode(text, forKey: .value)
        case .ip(let text):
            try container.encode("ip", forKey: .type)
            try container.encode(text, forKey: .value)
        }
    }

    /// From the encoded form; any type but `ip` is a DNS name.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let value = try container.decode(String.self, forKey: .value)
        self = try container.decode(String.self, forKey: .type) == "ip" ? .ip(value) : .dns(value)
    }
}

extension ChainValidation: Codable {
    private enum CodingKeys: CodingKey {
        case isTrusted
        case problems
        case verifiedChain
        case nameChecked
        case matchedName
        case purpose
        case time
        case securityLevel
        case revocation
    }

    private enum DerivedKeys: CodingKey {
        case checks
    }

    /// All keys, `null` where nothing was checked or found.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(isTrusted, forKey: .isTrusted)
        try container.encode(problems, forKey: .problems)
        try container.encode(verifiedChain, forKey: .verifiedChain)
        try container.encode(nameChecked, forKey: .nameChecked)
        try container.encode(matchedName, forKey: .matchedName)
        try container.encode(purpose, forKey: .purpose)
        try container.encode(time, forKey: .time)
        try container.encode(securityLevel, forKey: .securityLevel)
        try container.encode(revocation, forKey: .revocation)
        var derived = encoder.container(keyedBy: DerivedKeys.self)
        try derived.encode(checks, forKey: .checks)
    }
}
