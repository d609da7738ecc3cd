import COpenSSL
import COpenSSLShims

/// One end's key for Diffie-Hellman on a curve (RFC 8422).
package final class CurveKeyPair {
    private let key: PKeyHandle

    /// A new key on a group by libcrypto's name: `P-256`, `secp224k1`, `X25519`.
    ///
    /// - Throws: for a curve that this libcrypto lacks.
    package init(group: String) throws(LibraryError) {
        switch group {
        case "X25519", "X448": key = try PKeyHandle.generate(type: group)
        default: key = try PKeyHandle.generate(curve: group)
        }
    }

    /// A new key on the curve of another key, for ECDH with a certificate's key.
    package init(like other: PKeyHandle) throws(LibraryError) {
        let context = try ErrorQueue.checkPointer { other.withPointer { EVP_PKEY_CTX_new_from_pkey(nil, $0, nil) } }
        defer { EVP_PKEY_CTX_free(context) }
        try ErrorQueue.check { EVP_PKEY_keygen_init(context) }
        var made: OpaquePointer?
        try ErrorQueue.check { EVP_PKEY_generate(context, &made) }
        guard let made else { throw LibraryError(entries: []) }
        key = PKeyHandle(takingOwnership: made)
    }

    /// A certificate's key, for the end that owns it.
    package init(owned key: PKeyHandle) {
        self.key = key
    }

    /// The public half as it goes on the wire: an uncompressed point, or the string of RFC 7748.
    package func publicValue() throws(LibraryError) -> [UInt8] {
        var bytes: UnsafeMutablePointer<UInt8>?
        ErrorQueue.clear()
        let count = key.withPointer { EVP_PKEY_get1_encoded_public_key($0, &bytes) }
        guard count > 0, let bytes else { throw ErrorQueue.drain() }
        defer { CRYPTO_free(bytes, nil, 0) }
        return Array(UnsafeBufferPointer(start: bytes, count: count))
    }

    /// The secret shared with the owner of a public value: the x coordinate as long as the field, or the string of RFC 7748.
    ///
    /// - Throws: for a value that is no point of the curve.
    package func sharedSecret(peer value: [UInt8]) throws(LibraryError) -> [UInt8] {
        let peer = PKeyHandle(takingOwnership: try ErrorQueue.checkPointer { EVP_PKEY_new() })
        try ErrorQueue.check { key.withPointer { own in peer.withPointer { EVP_PKEY_copy_parameters($0, own) } } }
        try ErrorQueue.check {
            peer.withPointer { EVP_PKEY_set1_encoded_public_key($0, value, value.count) }
        }
        return try sharedSecret(peer: peer)
    }

    /// The secret shared with the owner of a certificate's key.
    package func sharedSecret(peer: PKeyHandle) throws(LibraryError) -> [UInt8] {
        let context = try ErrorQueue.checkPointer { key.withPointer { EVP_PKEY_CTX_new_from_pkey(nil, $0, nil) } }
        defer { EVP_PKEY_CTX_free(context) }
        try ErrorQueue.check { EVP_PKEY_derive_init(context) }
        try ErrorQueue.check { peer.withPointer { EVP_PKEY_derive_set_peer(context, $0) } }
        var count = 0
        try ErrorQueue.check { EVP_PKEY_derive(context, nil, &count) }
        var secret = [UInt8](repeating: 0, count: count)
        try ErrorQueue.check { EVP_PKEY_derive(context, &secret, &count) }
        return Array(secret.prefix(count))
    }
}
