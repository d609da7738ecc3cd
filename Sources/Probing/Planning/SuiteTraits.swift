import TLSParameters

/// What planning needs to know of a suite, looked up once for a run and not once a hello.
struct SuiteTraits: Sendable {
    /// How common the suite is; see ``rank(_:)``.
    let rank: Int
    /// The server sends a finite-field group of its own choosing.
    let usesFiniteFields: Bool
    /// A curve is needed.
    let usesCurves: Bool

    static func of(_ suite: CipherSuite) -> SuiteTraits? { all[suite] }

    /// Every known suite, the commonest first.
    static let ranked: [CipherSuiteFacts] = CipherSuite.registry
        .map { (facts: $0, rank: rank($0)) }
        .sorted { ($0.rank, $0.facts.suite.rawValue) < ($1.rank, $1.facts.suite.rawValue) }
        .map(\.facts)

    private static let all: [CipherSuite: SuiteTraits] = Dictionary(
        CipherSuite.registry.map { ($0.suite, SuiteTraits($0)) },
        uniquingKeysWith: { first, _ in first }
    )

    private init(_ facts: CipherSuiteFacts) {
        rank = Self.rank(facts)
        switch facts.keyExchange {
        case .dhe, .dhePSK: (usesFiniteFields, usesCurves) = (true, false)
        case .ecdhe, .ecdh, .ecdhePSK: (usesFiniteFields, usesCurves) = (false, true)
        default: (usesFiniteFields, usesCurves) = (false, false)
        }
    }

    /// The commoner the smaller, so that most servers answer the first hello of a version and refuse the others at once.
    ///
    /// Forward secrecy comes first and whole, as in most servers' own orders: lines that don't interleave are cheap to merge.
    private static func rank(_ facts: CipherSuiteFacts) -> Int {
        if facts.isExport || facts.isNULL || facts.recommended == .unlisted { return 8 }
        switch facts.keyExchange {
        case .any: return 0
        case .ecdhe, .dhe, .rsa: break
        case .psk, .dhePSK, .ecdhePSK, .rsaPSK: return 7
        default: return 8
        }
        if facts.isAnonymous { return 6 }
        guard facts.authentication == .rsa || facts.authentication == .ecdsa else { return 5 }
        let cipher = facts.cipher
        let first = facts.keyExchange == .rsa ? 2 : 0
        if CandidateSuites.isChaCha(facts.suite) || cipher.hasPrefix("3DES") { return first }
        if cipher.hasPrefix("AES") { return cipher.contains("CCM") ? first + 1 : first }
        return cipher.hasPrefix("CAMELLIA") || cipher.hasPrefix("ARIA") ? first + 1 : 4
    }
}
