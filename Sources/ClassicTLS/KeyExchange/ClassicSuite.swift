package import TLSParameters

/// A suite that this engine can do, with all that the handshake needs to know of it.
package struct ClassicSuite: Hashable, Sendable {
    /// The code point.
    package let suite: CipherSuite
    /// What is known of it.
    package let facts: CipherSuiteFacts
    /// What it does to records.
    package let spec: CipherSpec

    /// The suite; nil for one that the engine or libcrypto lacks: ``missingPart(of:)`` says what.
    package init?(_ suite: CipherSuite) {
        guard let facts = suite.facts, facts.keyExchange.isClassic, facts.authentication.isClassic,
            let spec = CipherSpec(suite: suite), spec.mode != .null || spec.mac != nil
        else { return nil }
        self.suite = suite
        self.facts = facts
        self.spec = spec
    }

    /// What of a suite the engine lacks: the name of its key exchange, authentication or cipher; nil for one that it has, or
    /// that nobody knows.
    package static func missingPart(of suite: CipherSuite) -> String? {
        guard let facts = suite.facts, ClassicSuite(suite) == nil else { return nil }
        if facts.firstVersion == .tls13 { return "TLS 1.3" }
        if !facts.keyExchange.isClassic { return facts.keyExchange.rawValue }
        if !facts.authentication.isClassic { return facts.authentication.rawValue }
        return facts.cipher
    }

    /// Every suite the engine has, in the order of the registry.
    package static let all: [ClassicSuite] = CipherSuite.registry.compactMap { ClassicSuite($0.suite) }

    /// Whether it can be used in a version: where it is defined, and where implementations have it all the same.
    package func exists(in version: ProtocolVersion) -> Bool {
        facts.mayAppear(in: version)
    }

    /// Whether the server shows a certificate.
    var showsCertificate: Bool {
        !facts.isAnonymous && (!facts.keyExchange.usesPSK || facts.keyExchange == .rsaPSK)
    }

    /// The kind of key that the server's certificate has, as libcrypto names it; nil where it shows none.
    private var serverKeyAlgorithm: String? {
        guard showsCertificate else { return nil }
        // ECDH_RSA and ECDH_ECDSA say who signed the certificate; its key is on a curve in both (RFC 8422 section 2).
        if facts.keyExchange == .ecdh { return "EC" }
        switch facts.authentication {
        case .dss: return "DSA"
        case .ecdsa: return "EC"
        default: return "RSA"
        }
    }

    /// Whether the server's certificate signs the key exchange.
    var isSigned: Bool {
        showsCertificate && (facts.keyExchange == .dhe || facts.keyExchange == .ecdhe)
    }

    /// Whether a key of this kind, by libcrypto's name, belongs into the server's certificate (RFC 5246 section 7.4.2).
    func fits(keyAlgorithm: String?, version: ProtocolVersion) -> Bool {
        guard let needed = serverKeyAlgorithm else { return false }
        if keyAlgorithm == needed { return true }
        // Keys that do nothing but sign, with what TLS 1.2 has for them: RFC 8446 section 4.2.3, RFC 8422 section 2.
        guard version >= .tls12, isSigned else { return false }
        switch keyAlgorithm {
        case "RSA-PSS": return needed == "RSA"
        case "ED25519", "ED448": return needed == "EC"
        default: return false
        }
    }

    /// Whether a curve takes part.
    var usesCurve: Bool {
        [.ecdhe, .ecdh, .ecdhePSK].contains(facts.keyExchange)
    }

    /// The longest RSA key or finite field that an export suite may use, in bits; nil for other suites.
    var exportBits: Int? {
        guard facts.isExport else { return nil }
        return facts.name.contains("EXPORT1024") ? 1_024 : 512
    }
}

extension KeyExchange {
    /// Whether this engine has it.
    fileprivate var isClassic: Bool {
        [.rsa, .dhe, .ecdhe, .ecdh, .psk, .dhePSK, .ecdhePSK, .rsaPSK].contains(self)
    }
}

extension Authentication {
    /// Whether this engine has it.
    fileprivate var isClassic: Bool {
        [.rsa, .dss, .ecdsa, .psk, .anonymous].contains(self)
    }
}
