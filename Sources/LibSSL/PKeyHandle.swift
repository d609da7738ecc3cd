import COpenSSL
import COpenSSLShims

/// Owns an `EVP_PKEY`, a private key with its public half.
package final class PKeyHandle {
    // C type: EVP_PKEY *
    private let key: OpaquePointer

    init(takingOwnership key: OpaquePointer) {
        self.key = key
    }

    deinit {
        EVP_PKEY_free(key)
    }

    /// Lends the pointer to code of this module for the length of a call. C type: `EVP_PKEY *`.
    func withPointer<Result>(_ body: (OpaquePointer) -> Result) -> Result {
        body(key)
    }

    /// A new key on an elliptic curve, such as `P-256`.
    package static func generate(curve: String) throws(LibraryError) -> PKeyHandle {
        PKeyHandle(takingOwnership: try ErrorQueue.checkPointer { sechan_EVP_EC_gen(curve) })
    }

    /// A new RSA key of that many bits.
    package static func generate(rsaBits: UInt32) throws(LibraryError) -> PKeyHandle {
        PKeyHandle(takingOwnership: try ErrorQueue.checkPointer { sechan_EVP_RSA_gen(rsaBits) })
    }

    /// A new key of a type that has no parameters: `ED25519`, `ED448`.
    package static func generate(type: String) throws(LibraryError) -> PKeyHandle {
        PKeyHandle(takingOwnership: try ErrorQueue.checkPointer { sechan_EVP_PKEY_Q_keygen(type) })
    }

    /// The public half as the DER of a SubjectPublicKeyInfo.
    package func subjectPublicKeyInfo() throws(LibraryError) -> [UInt8] {
        ErrorQueue.clear()
        let der = DERList.encoded { i2d_PUBKEY(key, $0) }
        guard !der.isEmpty else { throw ErrorQueue.drain() }
        return der
    }

    /// The private key as the DER of a PKCS#8 PrivateKeyInfo. A secret: keep it out of every report.
    package func pkcs8() throws(LibraryError) -> [UInt8] {
        let info = try ErrorQueue.checkPointer { EVP_PKEY2PKCS8(key) }
        defer { PKCS8_PRIV_KEY_INFO_free(info) }
        return DERList.encoded { i2d_PKCS8_PRIV_KEY_INFO(info, $0) }
    }

    /// True when this is the key of the certificate.
    package func matches(_ certificate: X509Handle) -> Bool {
        ErrorQueue.clear()
        defer { ErrorQueue.clear() }
        return certificate.withPointer { X509_check_private_key($0, key) } == 1
    }

    /// A signature over `message`. `digest` is `SHA256`, …, or nil where the algorithm brings its own (Ed25519).
    package func sign(_ message: [UInt8], digest: String?) throws(LibraryError) -> [UInt8] {
        let context = try ErrorQueue.checkPointer { EVP_MD_CTX_new() }
        defer { EVP_MD_CTX_free(context) }
        try ErrorQueue.check { EVP_DigestSignInit_ex(context, nil, digest, nil, nil, key, nil) }
        var length = 0
        try ErrorQueue.check { EVP_DigestSign(context, nil, &length, message, message.count) }
        var signature = [UInt8](repeating: 0, count: length)
        try ErrorQueue.check { EVP_DigestSign(context, &signature, &length, message, message.count) }
        return Array(signature.prefix(length))
    }
}

// SAFETY: the pointer never changes and reference counts of EVP_PKEY are atomic; libcrypto allows signing with one key from
// several threads, each with its own EVP_MD_CTX.
extension PKeyHandle: @unchecked Sendable {}
