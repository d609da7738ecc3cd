import TLSParameters

/// Which suites are worth offering in a version, and in what order.
enum CandidateSuites {
    /// Every known suite that may appear in `version` (or those of `only`), the commonest first.
    static func candidates(for version: ProtocolVersion, only: [CipherSuite]?) -> [CipherSuite] {
        let ranked = SuiteTraits.ranked.filter { $0.mayAppear(in: version) }.map(\.suite)
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
    ///
    /// The RSA key exchange stays in one piece if it can: servers put it behind all forward secrecy, and a line for each
    /// makes two orders that needn't be merged suite by suite.
    static func groups(_ candidates: [CipherSuite], size: Int) -> [[CipherSuite]] {
        let size = max(1, size)
        let plain = candidates.filter { isPlainRSA($0) }.count
        var groups: [[CipherSuite]] = []
        var group: [CipherSuite] = []
        var isSplit = false
        for suite in candidates {
            let startsPlain = !isSplit && isPlainRSA(suite)
            if startsPlain { isSplit = true }
            if group.count == size || startsPlain && plain <= size && group.count + plain > size {
                groups.append(group)
                group = []
            }
            group.append(suite)
        }
        groups.append(group)
        return groups.filter { !$0.isEmpty }.map(chaChaLast)
    }

    private static func isPlainRSA(_ suite: CipherSuite) -> Bool {
        let rank = SuiteTraits.of(suite)?.rank
        return rank == 2 || rank == 3
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
}
