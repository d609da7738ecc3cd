import TLSParameters

/// Which suites are worth offering in a version, and in what order.
enum CandidateSuites {
    /// Every known suite that may appear in `version` (or those of `only`), the commonest first.
    static func candidates(for version: ProtocolVersion, only: [CipherSuite]?) -> [CipherSuite] {
        let facts = CipherSuite.registry.filter { $0.mayAppear(in: version) && !$0.suite.isSignaling }
        let ranked = facts.sorted { (rank($0), $0.suite.rawValue) < (rank($1), $1.suite.rawValue) }.map(\.suite)
        guard let only else { return ranked }
        let wanted = Set(only)
        // A code point that nothing is known of is offered wherever it was asked for.
        var unknown: [CipherSuite] = []
        for suite in only where suite.facts == nil && !suite.isSignaling && !unknown.contains(suite) {
            unknown.append(suite)
        }
        return ranked.filter(wanted.contains) + unknown
    }

    /// Cuts candidates into hellos of at most `size` suites.
    static func groups(_ candidates: [CipherSuite], size: Int) -> [[CipherSuite]] {
        let size = max(1, size)
        return stride(from: 0, to: candidates.count, by: size).map { start in
            chaChaLast(Array(candidates[start..<min(start + size, candidates.count)]))
        }
    }

    /// The few suites of which nearly every server has one, filled up to `size`.
    static func brief(of candidates: [CipherSuite], size: Int) -> [CipherSuite] {
        let known = Set(candidates)
        let common = ubiquitous.filter(known.contains)
        return Array((common + candidates.filter { !common.contains($0) }).prefix(size))
    }

    private static let ubiquitous: [CipherSuite] = [
        0x1301, 0x1302, 0x1303,  // TLS 1.3
        0xC02F, 0xC02B, 0xC030, 0xC02C, 0x009C, 0x009E,  // AES-GCM
        0xC013, 0xC009, 0xC014, 0xC00A, 0x002F, 0x0035, 0x0033, 0x0039, 0x000A, 0x0005,  // CBC, RC4
    ].map { CipherSuite(rawValue: $0) }

    /// ChaCha20 goes last: a server that favours it for clients who put it first would hide its own order.
    static func chaChaLast(_ suites: [CipherSuite]) -> [CipherSuite] {
        suites.filter { !isChaCha($0) } + suites.filter(isChaCha)
    }

    static func isChaCha(_ suite: CipherSuite) -> Bool {
        switch suite.rawValue {
        case 0x1303, 0xCC13...0xCC15, 0xCCA8...0xCCAE: true
        default: false
        }
    }

    /// Whether the server sends a finite-field group of its own choosing.
    static func usesFiniteFields(_ suite: CipherSuite) -> Bool {
        switch suite.facts?.keyExchange {
        case .dhe, .dhePSK: true
        default: false
        }
    }

    /// The commoner the smaller, so that most servers answer the first hello of a version and refuse the others at once.
    private static func rank(_ facts: CipherSuiteFacts) -> Int {
        if facts.isExport || facts.isNULL { return 5 }
        switch facts.keyExchange {
        case .any: return 0
        case .ecdhe, .dhe, .rsa: break
        case .psk, .dhePSK, .ecdhePSK, .rsaPSK: return 4
        default: return 5
        }
        if facts.isAnonymous { return 3 }
        guard facts.authentication == .rsa || facts.authentication == .ecdsa else { return 3 }
        let cipher = facts.cipher
        if cipher.hasPrefix("AES"), !cipher.contains("CCM") { return 0 }
        if cipher.contains("3DES") || cipher.contains("CHACHA") || cipher.contains("ChaCha") { return 0 }
        if cipher.hasPrefix("AES") || cipher.hasPrefix("RC4-128") { return 1 }
        return cipher.uppercased().hasPrefix("CAMELLIA") ? 1 : 2
    }
}
