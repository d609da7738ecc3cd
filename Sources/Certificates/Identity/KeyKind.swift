import LibSSL

/// The kinds of keys that are made on the spot, as users name them.
public enum KeyKind: String, Sendable, CaseIterable {
    /// RSA with 2048 bits, which every client knows.
    case rsa
    /// ECDSA on the curve P-256.
    case ecdsa
    /// Ed25519 (RFC 8410), which browsers don't know.
    case ed25519

    /// A new key.
    func generate() throws(CertificateError) -> PrivateKey {
        let handle = try library(.library, "can't make a key") { () throws(LibraryError) in
            switch self {
            case .rsa: try PKeyHandle.generate(rsaBits: 2048)
            case .ecdsa: try PKeyHandle.generate(curve: "P-256")
            case .ed25519: try PKeyHandle.generate(type: "ED25519")
            }
        }
        return try PrivateKey(handle: handle)
    }

    /// The bits of `keyUsage` (RFC 5280 §4.2.1.3) that a server's certificate needs: a static RSA key exchange encrypts.
    var leafUsage: UInt8 { self == .rsa ? 0xA0 : 0x80 }
}
