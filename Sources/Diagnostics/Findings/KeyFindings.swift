import Certificates
import TLSParameters

/// What is wrong with a public key and with hashes, wherever they stand.
enum KeyFindings {
    /// All findings about one key.
    ///
    /// - Parameter whose: the subject of the sentences.
    static func all(
        _ key: PublicKeyFacts,
        subjectPublicKeyInfo: [UInt8],
        whose: String,
        _ evidence: [PeerText]
    ) -> [Finding] {
        KeyWeakness.all(key, subjectPublicKeyInfo: subjectPublicKeyInfo).map { weakness in
            let (id, severity, text, remedy, references) = words(weakness, key.algorithm)
            return Finding(
                id: id,
                severity: severity,
                statement: "\(whose) \(text)",
                evidence: evidence,
                remedy: remedy,
                references: references
            )
        }
    }

    /// `SHA-1` and what is older, as people write it; nil for a hash that holds.
    static func broken(_ hash: String?) -> String? {
        hash.flatMap { ["MD2", "MD4", "MD5", "SHA-1"].contains($0) ? $0 : nil }
    }

    /// What to do about a key that can't be mended.
    static let newKey = "make a key of 2048 bits or more, or an ECDSA key"

    private static func words(
        _ weakness: KeyWeakness,
        _ algorithm: String
    ) -> (id: String, severity: Finding.Severity, text: String, remedy: String, references: [String]) {
        switch weakness {
        case .short(let bits):
            (
                "certificate.weak-key", bits < 1024 ? .high : .medium, "has \(bits) bits only (\(algorithm))", newKey,
                ["RFC 9325 §4.5"]
            )
        case .curve("explicit"):
            (
                "certificate.explicit-curve", .medium, "spells out its curve, which clients refuse",
                "make a key on a named curve, such as P-256", ["RFC 5480 §2.1.1", "CVE-2020-0601"]
            )
        case .curve(let curve):
            (
                "certificate.weak-key", .medium, "is on the curve \(curve), which gives less than 112 bits",
                "make a key on P-256 or a larger curve", ["RFC 9325 §4.5"]
            )
        case .dsa:
            (
                "certificate.dsa-key", .medium, "is for DSA, which browsers and TLS 1.3 don't know", newKey,
                ["RFC 8446 §4.2.3"]
            )
        case .exponentOfOne:
            (
                "certificate.bad-exponent", .high, "has the exponent 1: nothing is encrypted, and anyone can sign",
                newKey,
                ["RFC 8017 §3.1"]
            )
        case .evenExponent:
            (
                "certificate.bad-exponent", .high, "has an even exponent, which no private key fits", newKey,
                ["RFC 8017 §3.1"]
            )
        case .smallExponent(let exponent):
            (
                "certificate.small-exponent", .low, "has the exponent \(exponent), below 65537",
                "make a key with the exponent 65537",
                ["NIST SP 800-56B §6.2", "CA/Browser Forum BR §6.1.6"]
            )
        case .smallFactor(let factor):
            (
                "certificate.factored-key", .high, "is broken: its modulus can be divided by \(factor)", newKey,
                ["CA/Browser Forum BR §6.1.6"]
            )
        case .roca:
            (
                "certificate.roca", .high, "bears the fingerprint of ROCA: its private half can be computed",
                "replace the key and the device or library that made it", ["CVE-2017-15361"]
            )
        case .closePrimes:
            (
                "certificate.factored-key", .high, "is broken: its primes are so close that anyone can find them",
                newKey,
                ["CVE-2022-26320", "CA/Browser Forum BR §6.1.1.3"]
            )
        }
    }
}
