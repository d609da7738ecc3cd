/// What can be said of a chain beyond whether it verifies: who the rules say made it, its timestamps, the rules that it breaks.
public struct ChainAssessment: Hashable, Sendable, Codable {
    /// Whether the leaf claims to follow the rules of the public authorities, by its policies.
    public var isPublic: Bool
    /// How the authority says that it checked the holder: `DV`, `OV`, `IV`, `EV`; nil where it doesn't say.
    public var validationLevel: String?
    /// The timestamps that came with the leaf.
    public var timestamps: [SignedTimestamp]
    /// How many of them browsers want for a certificate of this lifetime.
    public var timestampsWanted: Int
    /// The day of the list of logs that they were held against.
    public var logListDate: String
    /// The rules that certificates of the chain break.
    public var lint: [LintResult]

    private enum CodingKeys: CodingKey {
        case isPublic, validationLevel, timestamps, timestampsWanted, logListDate, lint
    }

    /// Looks at a chain, the leaf first; nil for an empty one.
    ///
    /// - Parameters:
    ///   - verified: the chain as it was verified, which has the leaf's issuer where that wasn't sent.
    ///   - tls: timestamps from the TLS extension, each as serialised.
    ///   - staple: the stapled OCSP response.
    public init?(chain: [Certificate], verified: [Certificate] = [], tls: [[UInt8]] = [], staple: [UInt8]? = nil) {
        guard let leaf = chain.first else { return nil }
        isPublic = Self.isPublic(leaf)
        let issuer = (verified.dropFirst().prefix(1) + chain.dropFirst()).first { $0.mayHaveIssued(leaf) }
        timestamps = leaf.timestamps(issuer: issuer, tls: tls, staple: staple)
        timestampsWanted = leaf.lifetimeDays.map { $0 <= 180 } ?? true ? 2 : 3
        logListDate = TransparencyLog.tableDate
        lint = LintResult.all(chain: chain, isPublic: isPublic)
        validationLevel = Self.level(of: leaf)
    }

    /// Whether a certificate's policies are those that the CA/Browser Forum reserved (2.23.140.1).
    public static func isPublic(_ leaf: Certificate) -> Bool {
        leaf.extensionFacts.policies.contains { $0.dotted.hasPrefix("2.23.140.1.") }
    }

    /// CA/Browser Forum BR §7.1.6.1, and the EV policies that authorities had of their own, of which those of the largest.
    private static func level(of leaf: Certificate) -> String? {
        let policies = Set(leaf.extensionFacts.policies.map(\.dotted))
        let own: Set = [
            "2.16.840.1.114412.2.1", "1.3.6.1.4.1.6449.1.2.1.5.1", "1.3.6.1.4.1.4146.1.1", "2.16.840.1.114028.10.1.2",
            "2.16.840.1.114413.1.7.23.3", "1.3.6.1.4.1.34697.2.1", "2.16.756.1.89.1.2.1.1",
            "1.3.6.1.4.1.8024.0.2.100.1.2",
            "2.16.840.1.113733.1.7.23.6", "1.3.6.1.4.1.14370.1.6", "1.3.6.1.4.1.22234.2.5.2.3.1",
            "2.16.528.1.1003.1.2.7",
        ]
        if policies.contains("2.23.140.1.1") || !policies.isDisjoint(with: own) { return "EV" }
        if policies.contains("2.23.140.1.2.2") { return "OV" }
        if policies.contains("2.23.140.1.2.3") { return "IV" }
        return policies.contains("2.23.140.1.2.1") ? "DV" : nil
    }

    /// All keys, `null` where the authority doesn't say how it checked.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(isPublic, forKey: .isPublic)
        try container.encode(validationLevel, forKey: .validationLevel)
        try container.encode(timestamps, forKey: .timestamps)
        try container.encode(timestampsWanted, forKey: .timestampsWanted)
        try container.encode(logListDate, forKey: .logListDate)
        try container.encode(lint, forKey: .lint)
    }
}
