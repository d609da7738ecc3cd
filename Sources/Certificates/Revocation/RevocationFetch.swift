public import TLSParameters

/// One thing that was asked for elsewhere to learn whether a certificate is revoked, and what came.
public struct RevocationFetch: Hashable, Sendable, Codable {
    /// What was asked for.
    public enum Kind: String, Hashable, Sendable, Codable {
        /// An answer of an OCSP responder (RFC 6960).
        case ocsp
        /// A list of revoked certificates (RFC 5280 §5).
        case list = "crl"
    }

    /// The certificate's place in the chain that was built, 0 for the leaf.
    public var depth: Int
    /// SHA-256 of its DER, hexadecimal: an answer is about this certificate and no other.
    public var sha256: String
    /// What was asked for.
    public var kind: Kind
    /// Where, as the certificate writes it.
    public var url: PeerText
    /// The bytes of what came, without what HTTP adds.
    public var bytes: Int
    /// Why it gave no answer that counts; nil if it did. A list may still turn out to be of no use.
    public var problem: String?
    /// What a responder says; nil for a list, and where nothing came.
    public var answer: RevocationAnswer?
    /// The list itself.
    var list: RevocationList?

    private enum CodingKeys: CodingKey {
        case depth
        case sha256
        case kind
        case url
        case bytes
        case problem
        case answer
    }

    /// Whether there is nothing left to ask about the certificate, as far as can be said before lists are judged.
    public var isConclusive: Bool {
        list != nil && problem == nil || answer.map { $0.isUsable && $0.status != .unknown } ?? false
    }

    /// All keys, `null` for what doesn't apply.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(depth, forKey: .depth)
        try container.encode(sha256, forKey: .sha256)
        try container.encode(kind, forKey: .kind)
        try container.encode(url, forKey: .url)
        try container.encode(bytes, forKey: .bytes)
        try container.encode(problem, forKey: .problem)
        try container.encode(answer, forKey: .answer)
    }
}
