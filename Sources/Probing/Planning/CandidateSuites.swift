import TLSParameters

/// Which suites are worth offering in a version, and in what order.
enum CandidateSuites {
    /// Every known suite that may appear in `version` (or those of `only`), in the order that a server will probably have.
    static func candidates(for version: ProtocolVersion, only: [CipherSuite]?) -> [CipherSuite] {
        let known = all[version] ?? SuiteTraits.predicted.filter { $0.mayAppear(in: version) }.map(\.suite)
        guard let only else { return known }
        let wanted = Set(only)
        // A code point that nothing is known of is offered wherever it was asked for.
        var unknown: [CipherSuite] = []
        for suite in only where suite.facts == nil && !suite.isSignaling && !unknown.contains(suite) {
            unknown.append(suite)
        }
        return known.filter(wanted.contains) + unknown
    }

    private static let all: [ProtocolVersion: [CipherSuite]] = Dictionary(
        uniqueKeysWithValues: [ProtocolVersion.ssl3, .tls10, .tls11, .tls12, .tls13].map { version in
            (version, SuiteTraits.predicted.filter { $0.mayAppear(in: version) }.map(\.suite))
        }
    )

    /// The commonest `size` of the candidates, in their order.
    static func common(of candidates: [CipherSuite], size: Int) -> [CipherSuite] {
        guard candidates.count > size else { return candidates }
        let ranked = candidates.enumerated().sorted { one, other in
            let ranks = (SuiteTraits.of(one.element)?.rank ?? 9, SuiteTraits.of(other.element)?.rank ?? 9)
            return (ranks.0, one.offset) < (ranks.1, other.offset)
        }
        return ranked.prefix(max(1, size)).sorted { $0.offset < $1.offset }.map(\.element)
    }

    /// Cuts candidates into as few hellos of at most `size` suites as there can be, of much the same length.
    static func intervals(_ candidates: [CipherSuite], size: Int) -> [[CipherSuite]] {
        guard !candidates.isEmpty else { return [] }
        let count = (candidates.count + max(1, size) - 1) / max(1, size)
        return (0..<count).map { index in
            Array(candidates[candidates.count * index / count..<candidates.count * (index + 1) / count])
        }
    }

    /// The few suites of which nearly every server has one, filled up to `size`.
    static func brief(of candidates: [CipherSuite], size: Int) -> [CipherSuite] {
        let known = Set(candidates)
        let common = ubiquitous.filter(known.contains)
        guard common.count < size else { return Array(common.prefix(size)) }
        return common + self.common(of: candidates.filter { !common.contains($0) }, size: size - common.count)
    }

    private static let ubiquitous: [CipherSuite] = [
        0x1301, 0x1302, 0x1303,  // TLS 1.3
        0xC02F, 0xC02B, 0xC030, 0xC02C, 0x009C, 0x009E,  // AES-GCM
        0xC013, 0xC009, 0xC014, 0xC00A, 0x002F, 0x0035, 0x0033, 0x0039, 0x000A, 0x0005,  // CBC, RC4
    ].map { CipherSuite(rawValue: $0) }

    /// ChaCha20 goes last: a server that favours it for clients who put it first would hide its own order.
    static func chaChaLast(_ suites: [CipherSuite]) -> [CipherSuite] {
        guard suites.contains(where: isChaCha) else { return suites }
        return suites.filter { !isChaCha($0) } + suites.filter(isChaCha)
    }

    static func isChaCha(_ suite: CipherSuite) -> Bool {
        switch suite.rawValue {
        case 0x1303, 0x16B7, 0x16B8, 0xCC13...0xCC15, 0xCCA8...0xCCAE: true
        default: false
        }
    }
}
