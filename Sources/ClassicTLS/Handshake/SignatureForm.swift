package import LibSSL
package import TLSParameters

/// How a handshake signature is made: over which hash, and with which padding.
package struct SignatureForm: Hashable, Sendable {
    /// The hash; nil where the algorithm brings its own (EdDSA).
    package let hash: HashFunction?
    /// Whether RSA uses PSS (RFC 8446 section 4.2.3, which TLS 1.2 shares).
    package let usesPSS: Bool
    /// The name of the keys that can make it, as libcrypto has it.
    package let keyAlgorithm: String

    /// The form of a scheme of TLS 1.2 (RFC 5246 section 7.4.1.4.1, RFC 8446 section 4.2.3); nil for one the engine lacks.
    package init?(scheme: SignatureScheme) {
        switch scheme {
        case .rsa_pss_rsae_sha256: self.init(.sha256, "RSA", usesPSS: true)
        case .rsa_pss_rsae_sha384: self.init(.sha384, "RSA", usesPSS: true)
        case .rsa_pss_rsae_sha512: self.init(.sha512, "RSA", usesPSS: true)
        case .rsa_pss_pss_sha256: self.init(.sha256, "RSA-PSS", usesPSS: true)
        case .rsa_pss_pss_sha384: self.init(.sha384, "RSA-PSS", usesPSS: true)
        case .rsa_pss_pss_sha512: self.init(.sha512, "RSA-PSS", usesPSS: true)
        case .ed25519: self.init(nil, "ED25519")
        case .ed448: self.init(nil, "ED448")
        default:
            // SignatureAndHashAlgorithm: the hash in the first byte, the algorithm in the second.
            guard let hash = Self.hashes[scheme.rawValue >> 8], let key = Self.keyAlgorithms[scheme.rawValue & 0xFF]
            else {
                return nil
            }
            self.init(hash, key)
        }
    }

    private static let hashes: [UInt16: HashFunction] = [
        1: .md5, 2: .sha1, 3: .sha224, 4: .sha256, 5: .sha384, 6: .sha512,
    ]
    private static let keyAlgorithms: [UInt16: String] = [1: "RSA", 2: "DSA", 3: "EC"]

    /// The form that a key has before TLS 1.2: MD5 and SHA-1 with RSA, SHA-1 with the others (RFC 4346 section 4.7, RFC 8422
    /// section 5.4); nil for a key that can't sign there.
    package init?(keyAlgorithm: String?) {
        switch keyAlgorithm {
        case "RSA": self.init(.md5sha1, "RSA")
        case "DSA": self.init(.sha1, "DSA")
        case "EC": self.init(.sha1, "EC")
        default: return nil
        }
    }

    private init(_ hash: HashFunction?, _ keyAlgorithm: String, usesPSS: Bool = false) {
        self.hash = hash
        self.keyAlgorithm = keyAlgorithm
        self.usesPSS = usesPSS
    }

    /// Every scheme of TLS 1.2 that the engine has, strongest first; MD5 with RSA last, which old servers know best.
    package static let defaultSchemes: [SignatureScheme] = [
        .ecdsa_secp256r1_sha256, .ecdsa_secp384r1_sha384, .ecdsa_secp521r1_sha512, .ed25519, .ed448,
        .rsa_pss_rsae_sha256, .rsa_pss_rsae_sha384, .rsa_pss_rsae_sha512,
        .rsa_pss_pss_sha256, .rsa_pss_pss_sha384, .rsa_pss_pss_sha512,
        .rsa_pkcs1_sha256, .rsa_pkcs1_sha384, .rsa_pkcs1_sha512,
        SignatureScheme(rawValue: 0x0402), SignatureScheme(rawValue: 0x0202),
        .ecdsa_sha1, .rsa_pkcs1_sha1, SignatureScheme(rawValue: 0x0101),
    ]
}
