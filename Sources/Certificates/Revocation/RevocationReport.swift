public import TLSParameters

/// What is known of the revocation of a chain's certificates.
public struct RevocationReport: Hashable, Sendable, Codable {
    /// Which certificates had to be looked up.
    public var mode: RevocationMode
    /// What came of it, the leaf first; empty where nothing had to be looked up and nothing was stapled.
    public var certificates: [CertificateRevocation]
    /// The stapled OCSP response; nil without one.
    public var staple: RevocationAnswer?
    /// What was asked for elsewhere, in that order; empty where nothing was.
    public var fetched: [RevocationFetch] = []

    private enum CodingKeys: CodingKey {
        case mode
        case certificates
        case staple
        case fetched
    }

    /// All keys, `null` without a staple.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(mode, forKey: .mode)
        try container.encode(certificates, forKey: .certificates)
        try container.encode(staple, forKey: .staple)
        try container.encode(fetched, forKey: .fetched)
    }
}

/// Whether a certificate is revoked, as far as can be told.
public enum RevocationStatus: String, Hashable, Sendable, Codable {
    /// A current answer says that it isn't.
    case good
    /// An answer says that it is.
    case revoked
    /// There is no answer, or none that counts.
    case unknown
}

/// What is known of one certificate.
public struct CertificateRevocation: Hashable, Sendable, Codable {
    /// Its place in the chain that was built, 0 for the leaf.
    public var depth: Int
    /// Its subject in one line.
    public var subject: PeerText
    /// Whether it is revoked.
    public var status: RevocationStatus
    /// Where that comes from: `crl`, `ocsp`, `stapled-ocsp`; nil for nowhere.
    public var source: String?
    /// When it was revoked.
    public var revokedAt: CertificateTime?
    /// Why, by its name in RFC 5280 §5.3.1.
    public var reason: String?
    /// Why the status is unknown.
    public var detail: String?

    private enum CodingKeys: CodingKey {
        case depth
        case subject
        case status
        case source
        case revokedAt
        case reason
        case detail
    }

    /// All keys, `null` for what doesn't apply.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(depth, forKey: .depth)
        try container.encode(subject, forKey: .subject)
        try container.encode(status, forKey: .status)
        try container.encode(source, forKey: .source)
        try container.encode(revokedAt, forKey: .revokedAt)
        try container.encode(reason, forKey: .reason)
        try container.encode(detail, forKey: .detail)
    }

    /// The names of the reasons by number (RFC 5280 §5.3.1); 7 is unused.
    static func reasonName(_ number: Int?) -> String? {
        let names = [
            "unspecified", "keyCompromise", "cACompromise", "affiliationChanged", "superseded", "cessationOfOperation",
            "certificateHold", nil, "removeFromCRL", "privilegeWithdrawn", "aACompromise",
        ]
        return number.flatMap { names.indices.contains($0) ? names[$0] ?? "\($0)" : "\($0)" }
    }
}

/// What an OCSP response says, and whether it may be believed.
public struct RevocationAnswer: Hashable, Sendable, Codable {
    /// What it says of the leaf.
    public var status: RevocationStatus
    /// Whether it counts: about this certificate, signed by someone entitled to, current.
    public var isUsable: Bool
    /// Why it doesn't count; nil if it does.
    public var problem: String?
    /// When it was signed.
    public var producedAt: CertificateTime?
    /// From when what it says was true.
    public var thisUpdate: CertificateTime?
    /// Until when; nil where newer answers can be had at any time.
    public var nextUpdate: CertificateTime?
    /// When the certificate was revoked.
    public var revokedAt: CertificateTime?
    /// Why, by its name in RFC 5280 §5.3.1.
    public var reason: String?

    private enum CodingKeys: CodingKey {
        case status
        case isUsable
        case problem
        case producedAt
        case thisUpdate
        case nextUpdate
        case revokedAt
        case reason
    }

    /// All keys, `null` for what doesn't apply.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(status, forKey: .status)
        try container.encode(isUsable, forKey: .isUsable)
        try container.encode(problem, forKey: .problem)
        try container.encode(producedAt, forKey: .producedAt)
        try container.encode(thisUpdate, forKey: .thisUpdate)
        try container.encode(nextUpdate, forKey: .nextUpdate)
        try container.encode(revokedAt, forKey: .revokedAt)
        try container.encode(reason, forKey: .reason)
    }
}
