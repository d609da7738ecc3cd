/// How the certificates of a peer stand to each other as they were sent, before any trust comes into play.
///
/// TLS 1.2 demands that each certificate certify the one before it (RFC 5246 §7.4.2); TLS 1.3 asks for it and tells receivers
/// to bear disorder (RFC 8446 §4.4.2). "Certifies" means here that the names and key identifiers fit; signatures are checked
/// when the chain is validated.
public struct ChainOrder: Hashable, Sendable {
    /// The places in the sent list that lead from the leaf upwards, the leaf (0) first; empty for an empty list.
    public let path: [Int]
    /// For each certificate sent the place of its issuer in the list; nil for a root and where the issuer wasn't sent.
    public let issuers: [Int?]
    /// True when each certificate of the path directly follows the one it certifies.
    public let isOrdered: Bool
    /// Places of certificates that are not needed for the path, duplicates included.
    public let superfluous: [Int]
    /// Places of certificates that were sent before.
    public let duplicates: [Int]
    /// True when the path ends in a self-issued certificate other than the leaf: receivers have their own copy of a root.
    public let includesRoot: Bool
    /// The issuer that the last certificate of the path names and that was not sent; nil when the path ends in a self-issued
    /// one. For a complete chain this is the root.
    public let missingIssuer: DistinguishedName?

    /// True when the order is right and nothing is superfluous.
    public var isTidy: Bool { isOrdered && superfluous.isEmpty }

    /// Looks at the list as it was sent, the leaf first.
    public init(sent chain: [Certificate]) {
        // Far more than any real chain has; bounds the work, which grows with the square.
        let chain = chain.prefix(100)
        issuers = chain.indices.map { index in
            if chain[index].isSelfIssued { return nil }
            let next = index + 1
            if next < chain.count, chain[next].mayHaveIssued(chain[index]) { return next }
            return chain.indices.first { $0 != index && chain[$0].mayHaveIssued(chain[index]) }
        }
        var path: [Int] = []
        var place: Int? = chain.isEmpty ? nil : 0
        while let current = place, !path.contains(current) {
            path.append(current)
            place = issuers[current]
        }
        self.path = path
        isOrdered = path == Array(path.indices)
        superfluous = chain.indices.filter { !path.contains($0) }
        duplicates = chain.indices.filter { chain[..<$0].contains(chain[$0]) }
        let last = path.last.map { chain[$0] }
        includesRoot = path.count > 1 && last?.isSelfIssued == true
        missingIssuer = last.flatMap { $0.isSelfIssued || place != nil ? nil : $0.issuer }
    }
}

extension Certificate {
    /// True when the names fit, and the key identifiers where both are there (RFC 5280 §4.2.1.1).
    public func mayHaveIssued(_ other: Certificate) -> Bool {
        guard subject.der == other.issuer.der else { return false }
        guard let own = extensionFacts.subjectKeyIdentifier, let wanted = other.extensionFacts.authorityKeyIdentifier
        else { return true }
        return own == wanted
    }
}

extension ChainOrder: Codable {
    private enum CodingKeys: CodingKey {
        case path
        case issuers
        case isOrdered
        case superfluous
        case duplicates
        case includesRoot
        case missingIssuer
    }

    /// All keys, `null` where there is no issuer.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(path, forKey: .path)
        try container.encode(issuers, forKey: .issuers)
        try container.encode(isOrdered, forKey: .isOrdered)
        try container.encode(superfluous, forKey: .superfluous)
        try container.encode(duplicates, forKey: .duplicates)
        try container.encode(includesRoot, forKey: .includesRoot)
        try container.encode(missingIssuer, forKey: .missingIssuer)
    }
}
