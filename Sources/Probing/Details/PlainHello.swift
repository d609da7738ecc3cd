import TLSParameters
import TLSWire

/// Short hellos of suites that a server is known to accept: what the inquiries vary.
struct PlainHello: Hashable, Sendable {
    /// DNS name for SNI; an IP literal is never sent.
    var serverName: String?

    /// Suites that a hello repeats of those that are accepted: one is enough, and a short hello offends nobody.
    static let suiteLimit = 4

    /// A hello of `version` alone. `suites`: accepted ones, of which the first few are offered; `groups` nil for the usual
    /// ones.
    func template(
        _ version: ProtocolVersion,
        suites: [CipherSuite],
        groups: [NamedGroup]? = nil,
        shares: [NamedGroup] = []
    ) -> ClientHelloTemplate {
        let suites = Array(suites.prefix(Self.suiteLimit))
        var template = ClientHelloTemplate(
            versions: [version],
            cipherSuites: suites,
            groups: groups ?? (version >= .tls13 ? Self.modernGroups : Self.classicGroups),
            signatureSchemes: version == .tls12 ? HelloRecipe.allSchemes : nil,
            serverName: serverName
        )
        template.offersEncryptThenMAC = false
        template.keyShares = shares.compactMap(KeyShareEntry.throwaway)
        // The template lists no group for suites without a curve, but DHE wants to see its own (RFC 7919 §4).
        if version <= .tls12, version >= .tls10,
            suites.contains(where: { SuiteTraits.of($0)?.usesFiniteFields ?? false }),
            !suites.contains(where: { SuiteTraits.of($0)?.usesCurves ?? true })
        {
            let finite = (groups ?? Self.classicGroups).filter { $0.facts?.kind == .finiteField }
            if !finite.isEmpty { template.additionalExtensions = [Extension(SupportedGroups(groups: finite))] }
        }
        return template
    }

    /// The suites of TLS 1.3 that everyone knows.
    static let modernSuites: [CipherSuite] = [0x1301, 0x1302, 0x1303].map { CipherSuite(rawValue: $0) }

    /// What TLS 1.3 hellos list that aren't about groups.
    static let modernGroups: [NamedGroup] = [
        .x25519, .secp256r1, .secp384r1, .secp521r1, .x448, .ffdhe2048, .ffdhe3072,
    ]

    /// What older hellos list that aren't about groups.
    static let classicGroups: [NamedGroup] = [
        .x25519, .secp256r1, .secp384r1, .secp521r1, .x448,
        .brainpoolP256r1, .brainpoolP384r1, .brainpoolP512r1, .secp256k1, .secp224r1, .secp192r1,
        .ffdhe2048, .ffdhe3072, .ffdhe4096,
    ]
}
