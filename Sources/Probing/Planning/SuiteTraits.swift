import TLSParameters

/// What planning needs to know of a suite, looked up once for a run and not once a hello.
struct SuiteTraits: Sendable {
    /// How common the suite is; see ``rank(_:)``.
    let rank: Int
    /// Where in its order a server will probably have the suite.
    let place: Int
    /// The server sends a finite-field group of its own choosing.
    let usesFiniteFields: Bool
    /// A curve is needed.
    let usesCurves: Bool

    static func of(_ suite: CipherSuite) -> SuiteTraits? { all[suite] }

    /// Every known suite, in the order that a server will probably have.
    static let predicted: [CipherSuiteFacts] = predict()

    private static let all: [CipherSuite: SuiteTraits] = Dictionary(
        predicted.enumerated().map { ($1.suite, SuiteTraits($1, place: $0)) },
        uniquingKeysWith: { first, _ in first }
    )

    private init(_ facts: CipherSuiteFacts, place: Int) {
        rank = Self.rank(facts)
        self.place = place
        switch facts.keyExchange {
        case .dhe, .dhePSK: (usesFiniteFields, usesCurves) = (true, false)
        case .ecdhe, .ecdh, .ecdhePSK: (usesFiniteFields, usesCurves) = (false, true)
        default: (usesFiniteFields, usesCurves) = (false, false)
        }
    }

    /// The commoner the smaller, so that most servers answer the first hello of a version.
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

// MARK: - The order that a server will probably have

extension SuiteTraits {
    /// Roughly the order that OpenSSL sorts its suites in, and most others: forward secrecy with AEAD, forward secrecy, AEAD,
    /// the rest; then what TLS 1.2 brought, strength, key exchange and cipher.
    ///
    /// Suites are cut into hellos along it, so that what a server takes of one hello it prefers to what it takes of the
    /// next, and a single question each shows that.
    private static func sortKey(_ facts: CipherSuiteFacts) -> Int {
        var key = facts.isNULL ? 4 : family(facts)
        key = key * 2 + (facts.firstVersion >= .tls12 && !facts.isNULL ? 0 : 1)
        key = key * 512 + (511 - min(max(facts.strengthBits, 0), 511))
        key = key * 4 + lateness(facts)
        key = key * 16 + cipherPlace(facts.cipher)
        return key << 16 + Int(facts.suite.rawValue)
    }

    private static func family(_ facts: CipherSuiteFacts) -> Int {
        switch (facts.keyExchange == .dhe || facts.keyExchange == .ecdhe, facts.isAEAD) {
        case (true, true): 0
        case (true, false): 1
        case (false, true): 2
        case (false, false): 3
        }
    }

    private static func lateness(_ facts: CipherSuiteFacts) -> Int {
        switch facts.keyExchange {
        case .rsa: 2
        case .psk: 3
        default: facts.isAnonymous ? 1 : 0
        }
    }

    private static func cipherPlace(_ cipher: String) -> Int {
        let order = ["AES", "CHACHA20", "ARIA", "CAMELLIA", "SEED", "IDEA", "RC4", "RC2", "3DES", "DES"]
        let family = order.firstIndex { cipher.hasPrefix($0) } ?? order.count
        // GCM, ChaCha20, CCM, and after AES the others.
        guard family == 0 else { return family == 1 ? 1 : family + 3 }
        return cipher.contains("CCM8") ? 2 : cipher.contains("CCM") ? 3 : 0
    }

    /// Every known suite, in the order that a server will probably have: by ``sortKey(_:)``, and those that OpenSSL has
    /// change places until they are in its order.
    private static func predict() -> [CipherSuiteFacts] {
        let sorted = CipherSuite.registry.map { (facts: $0, key: sortKey($0)) }.sorted { $0.key < $1.key }.map(\.facts)
        let known = Set(KnownOrders.openSSL)
        let facts = Dictionary(sorted.map { ($0.suite, $0) }, uniquingKeysWith: { first, _ in first })
        var inOrder = KnownOrders.openSSL.compactMap { facts[$0] }[...]
        return sorted.map { known.contains($0.suite) ? inOrder.popFirst() ?? $0 : $0 }
    }
}
