import TLSParameters
import TLSWire

/// Writes the hello for a question.
struct HelloRecipe: Sendable {
    var serverName: String?

    /// The question as it goes over the wire.
    func hello(_ question: SuiteQuestion) -> HelloQuestion {
        HelloQuestion(
            draft: .template(template(question)),
            alternative: question.alternative.map { .template(template($0)) },
            goal: question.version >= .tls13 ? .serverHello : .keyExchange,
            isLikelyFollowed: question.isLikelyFollowed
        )
    }

    private func template(_ question: SuiteQuestion) -> ClientHelloTemplate {
        let shape = question.shape
        var groups = shape.isBrief ? Self.briefGroups : Self.allGroups
        if question.version >= .tls13, !NationalSuites.listGroups(question.suites) {
            groups.removeAll(where: NationalSuites.isGroup)
        }
        if !shape.offersFiniteFields { groups.removeAll { $0.facts?.kind == .finiteField } }
        var template = ClientHelloTemplate(
            versions: [question.version],
            cipherSuites: question.suites,
            groups: groups,
            signatureSchemes: shape.isBrief ? Self.briefSchemes : schemes(question),
            serverName: serverName
        )
        if shape.isBrief { template.offersEncryptThenMAC = false }
        template.hasExtensions = shape.hasExtensions
        if shape.sendsKeyShares { template.keyShares = Self.keyShares }
        if let finite = finiteFieldsAlone(question, groups) { template.additionalExtensions = [finite] }
        return template
    }

    /// `supported_groups` for a hello with DHE but without a curve's suite, where the template sends none: a server that
    /// goes by RFC 7919 wants to see its groups (RFC 7919 §4).
    private func finiteFieldsAlone(_ question: SuiteQuestion, _ groups: [NamedGroup]) -> Extension? {
        guard question.version <= .tls12, question.shape.offersFiniteFields,
            question.suites.contains(where: { SuiteTraits.of($0)?.usesFiniteFields ?? false }),
            !question.suites.contains(where: { SuiteTraits.of($0)?.usesCurves ?? true })
        else { return nil }
        let finite = groups.filter { $0.facts?.kind == .finiteField }
        return finite.isEmpty ? nil : Extension(SupportedGroups(groups: finite))
    }

    /// Every group that anything supports, the commonest first; the template leaves out what a version can't use.
    static let allGroups: [NamedGroup] = {
        let common: [NamedGroup] = [.x25519, .secp256r1, .secp384r1, .secp521r1, .x448]
        let others = NamedGroup.all.filter { group in
            // Explicit curves invite trouble; post-quantum groups have no part in which suite is chosen.
            guard let kind = group.facts?.kind, kind != .explicit, kind != .mlkem, kind != .hybrid else { return false }
            return !common.contains(group)
        }
        return common + others
    }()

    private static let briefGroups: [NamedGroup] = [.x25519, .secp256r1, .secp384r1, .secp521r1, .ffdhe2048]

    static let briefSchemes: [SignatureScheme] = [
        .ecdsa_secp256r1_sha256, .rsa_pss_rsae_sha256, .rsa_pkcs1_sha256, .ecdsa_secp384r1_sha384, .rsa_pkcs1_sha384,
        .rsa_pkcs1_sha512, .rsa_pkcs1_sha1, .ecdsa_sha1, .dsa_sha1,
    ]

    /// nil leaves the choice to the template; TLS 1.2 gets MD5, GOST and SM2 besides, and so do national suites in TLS 1.3,
    /// for a suite must never fail for want of a signature scheme.
    private func schemes(_ question: SuiteQuestion) -> [SignatureScheme]? {
        if question.version >= .tls13, NationalSuites.listGroups(question.suites) {
            return Self.briefSchemes.filter { $0 != .dsa_sha1 } + NationalSuites.schemes
        }
        return question.version == .tls12 ? Self.allSchemes : nil
    }

    static let allSchemes: [SignatureScheme] = [
        .ecdsa_secp256r1_sha256, .ecdsa_secp384r1_sha384, .ecdsa_secp521r1_sha512, .ed25519, .ed448,
        .rsa_pss_rsae_sha256, .rsa_pss_rsae_sha384, .rsa_pss_rsae_sha512,
        .rsa_pss_pss_sha256, .rsa_pss_pss_sha384, .rsa_pss_pss_sha512,
        .rsa_pkcs1_sha256, .rsa_pkcs1_sha384, .rsa_pkcs1_sha512,
        .ecdsa_brainpoolP256r1tls13_sha256, .ecdsa_brainpoolP384r1tls13_sha384, .ecdsa_brainpoolP512r1tls13_sha512,
        .ecdsa_sha224, .rsa_pkcs1_sha224, .ecdsa_sha1, .rsa_pkcs1_sha1, .rsa_pkcs1_md5,
        .dsa_sha256, .dsa_sha384, .dsa_sha512, .dsa_sha224, .dsa_sha1,
        .sm2sig_sm3, .gostr34102012_256_intrinsic, .gostr34102012_512_intrinsic,
        .gostr34102001_gostr3411, .gostr34102012_256_legacy, .gostr34102012_512_legacy,
    ]

    private static let keyShares = [NamedGroup.x25519, .secp256r1].compactMap(KeyShareEntry.throwaway)
}

/// Bytes that look random and are the same for the same seed (SplitMix64, Steele, Lea and Flood 2014).
struct SeededBytes: Sendable {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next(_ count: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            state &+= 0x9E37_79B9_7F4A_7C15
            var word = state
            word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
            word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
            word ^= word >> 31
            for shift in stride(from: 0, to: 64, by: 8) {
                bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(shift)))
            }
        }
        return Array(bytes.prefix(count))
    }
}
