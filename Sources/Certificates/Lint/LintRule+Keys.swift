import TLSParameters

extension LintRule {
    /// Keys, and uses that fit them.
    static let keys: [LintRule] = [
        LintRule(
            "rsa-size",
            "CA/Browser Forum BR §6.1.5",
            .error,
            .public,
            "the RSA modulus has fewer than 2048 bits, or not a multiple of 8"
        ) {
            subject in
            let key = subject.certificate.publicKey
            guard key.algorithm == "RSA", let bits = key.bits else { return nil }
            return LintSubject.evidence(bits < 2048 || bits % 8 != 0, "\(bits) bits")
        },
        LintRule(
            "rsa-exponent",
            "CA/Browser Forum BR §6.1.6",
            .warning,
            "the RSA exponent is not an odd number of 65537 or more"
        ) {
            subject in
            let weaknesses = KeyWeakness.all(subject.certificate.publicKey, subjectPublicKeyInfo: [])
            let isWeak = weaknesses.contains { weakness in
                switch weakness {
                case .exponentOfOne, .evenExponent, .smallExponent: true
                default: false
                }
            }
            return LintSubject.evidence(isWeak, subject.certificate.publicKey.exponent ?? "")
        },
        LintRule(
            "rsa-modulus",
            "CA/Browser Forum BR §6.1.6",
            "the RSA modulus has a factor below 752, or close primes, or the fingerprint of ROCA"
        ) {
            subject in
            let certificate = subject.certificate
            let isWeak = KeyWeakness.all(certificate.publicKey, subjectPublicKeyInfo: certificate.subjectPublicKeyInfo)
                .contains {
                    weakness in
                    switch weakness {
                    case .smallFactor, .roca, .closePrimes: true
                    default: false
                    }
                }
            return isWeak ? [] : nil
        },
        LintRule(
            "key-algorithm",
            "CA/Browser Forum BR §6.1.5",
            .error,
            .public,
            "the key is of a kind that public authorities don't certify"
        ) {
            subject in
            let key = subject.certificate.publicKey
            let isAllowed = key.algorithm == "RSA" || ["secp256r1", "secp384r1", "secp521r1"].contains(key.curve)
            return LintSubject.evidence(!isAllowed, key.curve ?? key.algorithm)
        },
        LintRule("explicit-curve", "RFC 5480 §2.1.1", "the curve's parameters are spelled out") { subject in
            subject.certificate.publicKey.curve == "explicit" ? [] : nil
        },
        LintRule("key-usage-of-ec", "RFC 5480 §3", "keyUsage lets an elliptic curve key encrypt") { subject in
            guard ["EC", "Ed25519", "Ed448", "X25519", "X448"].contains(subject.certificate.publicKey.algorithm) else {
                return nil
            }
            let wrong = subject.certificate.keyUsage.filter { $0 == "keyEncipherment" || $0 == "dataEncipherment" }
            return wrong.isEmpty ? nil : wrong.map { PeerText($0) }
        },
        LintRule("key-usage-of-rsa", "RFC 8017 §6", "keyUsage lets an RSA key agree on keys") { subject in
            guard subject.certificate.publicKey.algorithm.hasPrefix("RSA") else { return nil }
            return subject.certificate.keyUsage.contains("keyAgreement") ? [] : nil
        },
        LintRule(
            "key-usage-no-signature",
            "RFC 8446 §4.4.2.2",
            "keyUsage does not let the key sign, which TLS 1.3 and every suite with forward secrecy need"
        ) {
            subject in
            guard subject.isEndEntity, subject.isLeaf, !subject.certificate.keyUsage.isEmpty else { return nil }
            let usage = subject.certificate.keyUsage
            return LintSubject.evidence(!usage.contains("digitalSignature"), usage.joined(separator: ", "))
        },
        LintRule(
            "curve-and-hash",
            "Mozilla Root Store Policy §5.1.2",
            .warning,
            .public,
            "the hash of the signature is shorter than the issuer's curve wants"
        ) {
            subject in
            let certificate = subject.certificate
            guard certificate.isSelfSigned, let hash = certificate.signatureAlgorithm.hash else { return nil }
            let wanted = ["secp256r1": "SHA-256", "secp384r1": "SHA-384", "secp521r1": "SHA-512"]
            guard let fitting = certificate.publicKey.curve.flatMap({ wanted[$0] }), fitting != hash else { return nil }
            return [PeerText("\(hash), not \(fitting)")]
        },
    ]
}
