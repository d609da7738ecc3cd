import TLSParameters

/// Which code points belong into a hello of which versions.
enum HelloRules {
    /// Whether a suite needs `supported_groups` in TLS ≤ 1.2; an unknown suite might.
    static func usesCurves(_ suite: CipherSuite) -> Bool {
        !curveless.contains(suite) && !suite.isSignaling && !suite.isGREASE
    }

    /// The known suites without a curve, looked up once: a survey writes hundreds of hellos of dozens of suites.
    private static let curveless = Set(
        CipherSuite.registry.filter { facts in
            switch facts.keyExchange {
            case .ecdhe, .ecdh, .ecdhePSK: false
            default: true
            }
        }.map(\.suite)
    )

    /// Groups that TLS 1.3 defines or that came after it: what is left are the curves that RFC 8446 §4.2.7 dropped.
    static func isTLS13Group(_ group: NamedGroup) -> Bool {
        switch group.rawValue {
        // The curves of RFC 4492 without the three NIST ones, Brainpool in its TLS ≤ 1.2 numbers, explicit curves.
        case 0x0001...0x0016, 0x001A...0x001C, 0xFF01, 0xFF02: false
        default: true
        }
    }

    /// Groups that a TLS ≤ 1.2 hello may list: no KEM, no hybrid, no TLS 1.3 Brainpool or SM2 numbers.
    static func isClassicGroup(_ group: NamedGroup) -> Bool {
        !encapsulating.contains(group) && !(0x001F...0x0021).contains(group.rawValue) && group.rawValue != 0x0029
    }

    /// KEMs and hybrids, looked up once.
    private static let encapsulating = Set(
        NamedGroup.all.filter { $0.facts?.kind == .mlkem || $0.facts?.kind == .hybrid }
    )

    /// What a hello lists if its template names no groups; ``isTLS13Group(_:)`` and ``isClassicGroup(_:)`` thin it out.
    static let defaultGroups: [NamedGroup] = [
        .x25519, .secp256r1, .secp384r1, .secp521r1, .x448,
        .brainpoolP256r1, .brainpoolP384r1, .brainpoolP512r1,
        .brainpoolP256r1tls13, .brainpoolP384r1tls13, .brainpoolP512r1tls13,
        .ffdhe2048, .ffdhe3072, .ffdhe4096, .ffdhe6144, .ffdhe8192,
    ]

    /// What a hello lists if its template names no schemes.
    static let defaultSignatureSchemes: [SignatureScheme] = [
        .ecdsa_secp256r1_sha256, .ecdsa_secp384r1_sha384, .ecdsa_secp521r1_sha512, .ed25519, .ed448,
        .rsa_pss_rsae_sha256, .rsa_pss_rsae_sha384, .rsa_pss_rsae_sha512,
        .rsa_pss_pss_sha256, .rsa_pss_pss_sha384, .rsa_pss_pss_sha512,
        .rsa_pkcs1_sha256, .rsa_pkcs1_sha384, .rsa_pkcs1_sha512, .ecdsa_sha1, .rsa_pkcs1_sha1,
    ]

    /// SHA-224 and DSA, which only TLS 1.2 defines.
    static let tls12SignatureSchemes: [SignatureScheme] = [
        .ecdsa_sha224, .rsa_pkcs1_sha224, .dsa_sha224, .dsa_sha256, .dsa_sha1,
    ]
}
