import COpenSSL
import COpenSSLShims

/// A key that a server seals tickets with, laid out as OpenSSL and nginx have it: 16 bytes of name, 32 for HMAC-SHA256, 32 for
/// AES-256 in CBC mode.
package struct TicketKey {
    /// The bytes of a whole key.
    package static let length = 80

    let name: [UInt8]
    let hmac: [UInt8]
    let aes: [UInt8]

    /// A key from its bytes; nil for any other length.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count == Self.length else { return nil }
        name = Array(bytes[..<16])
        hmac = Array(bytes[16..<48])
        aes = Array(bytes[48...])
    }
}

extension SSLContextHandle {
    /// Has a server seal its tickets under the first of these keys, which other servers, or its next run, have as well, and
    /// open those that were sealed under any of them.
    package func setTicketKeys(_ keys: [TicketKey]) throws(LibraryError) {
        callbackState.ticketKeys = keys
        try withPointer { context throws(LibraryError) in
            try ErrorQueue.check { Int32(clamping: SSL_CTX_set_tlsext_ticket_key_evp_cb(context, ticketKeyThunk)) }
        }
    }
}

/// `SSL_CTX_set_tlsext_ticket_key_evp_cb(3)`: 1 goes on, 2 goes on and has the ticket replaced, 0 knows no such key, -1 fails.
private func ticketKeyThunk(
    _ ssl: OpaquePointer?,
    _ name: UnsafeMutablePointer<UInt8>?,
    _ vector: UnsafeMutablePointer<UInt8>?,
    _ cipher: OpaquePointer?,
    _ mac: OpaquePointer?,
    _ seals: Int32
) -> Int32 {
    guard let name, let vector, let keys = SSLHandle.from(ssl)?.context.callbackState.ticketKeys else { return -1 }
    guard seals != 1 else {
        guard let key = keys.first, RAND_bytes(vector, EVP_CIPHER_get_iv_length(EVP_aes_256_cbc())) == 1 else {
            return -1
        }
        name.update(from: key.name, count: key.name.count)
        return EVP_EncryptInit_ex(cipher, EVP_aes_256_cbc(), nil, key.aes, vector) == 1
            && sechan_EVP_MAC_CTX_set_hmac_sha256(mac, key.hmac, key.hmac.count) == 1 ? 1 : -1
    }
    guard let index = keys.firstIndex(where: { $0.name.elementsEqual(UnsafeBufferPointer(start: name, count: 16)) })
    else {
        return 0
    }
    let key = keys[index]
    guard sechan_EVP_MAC_CTX_set_hmac_sha256(mac, key.hmac, key.hmac.count) == 1,
        EVP_DecryptInit_ex(cipher, EVP_aes_256_cbc(), nil, key.aes, vector) == 1
    else { return -1 }
    // In TLS 1.3 every session is followed by new tickets, which are for one use each.
    return index > 0 || SSL_version(ssl) == TLS1_3_VERSION ? 2 : 1
}
