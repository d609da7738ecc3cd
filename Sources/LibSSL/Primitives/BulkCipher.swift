import COpenSSL

/// A cipher of libcrypto in one direction, which keeps its state from call to call: the chain of CBC, the stream of RC4.
package final class BulkCipher {
    // C type: EVP_CIPHER_CTX *
    private let context: OpaquePointer
    private let blockSize: Int

    /// Which way.
    package enum Operation: Sendable {
        /// To what goes on the wire.
        case encrypt
        /// From what came.
        case decrypt
    }

    /// A cipher by libcrypto's name, such as `DES-EDE3-CBC`; the key may be as long as the algorithm allows. No padding is
    /// added or removed.
    ///
    /// - Throws: when the library lacks the cipher (IDEA everywhere in Debian, RC4 without the legacy provider), or the key
    ///   or the IV has a length that it can't have.
    package init(_ name: String, key: [UInt8], iv: [UInt8], _ operation: Operation) throws(LibraryError) {
        let cipher = try ErrorQueue.checkPointer { EVP_CIPHER_fetch(LegacyLibrary.shared.context, name, nil) }
        defer { EVP_CIPHER_free(cipher) }
        let isEncrypting: Int32 = operation == .encrypt ? 1 : 0
        guard iv.count == Int(EVP_CIPHER_get_iv_length(cipher)) else { throw LibraryError(entries: []) }
        blockSize = Int(EVP_CIPHER_get_block_size(cipher))
        context = try ErrorQueue.checkPointer { EVP_CIPHER_CTX_new() }
        try ErrorQueue.check { EVP_CipherInit_ex2(context, cipher, nil, nil, isEncrypting, nil) }
        if key.count != Int(EVP_CIPHER_get_key_length(cipher)) {
            try ErrorQueue.check { EVP_CIPHER_CTX_set_key_length(context, Int32(clamping: key.count)) }
        }
        try ErrorQueue.check { EVP_CipherInit_ex2(context, nil, key, iv, isEncrypting, nil) }
        try ErrorQueue.check { EVP_CIPHER_CTX_set_padding(context, 0) }
    }

    deinit {
        EVP_CIPHER_CTX_free(context)
    }

    /// Goes on with these bytes, a whole number of blocks; as many come out.
    package func update(_ bytes: [UInt8]) throws(LibraryError) -> [UInt8] {
        guard bytes.count % blockSize == 0, bytes.count <= 1 << 24 else { throw LibraryError(entries: []) }
        if bytes.isEmpty { return [] }
        var out = [UInt8](repeating: 0, count: bytes.count + blockSize)
        var count: Int32 = 0
        try ErrorQueue.check { EVP_CipherUpdate(context, &out, &count, bytes, Int32(bytes.count)) }
        out.removeLast(out.count - Int(count))
        return out
    }
}

/// An AEAD cipher of libcrypto (RFC 5116): AES-GCM and ARIA-GCM with tags of 16 bytes.
package final class AEADCipher {
    // C type: EVP_CIPHER_CTX *
    private let context: OpaquePointer
    private let operation: BulkCipher.Operation
    /// The size of the tag in bytes.
    package static let tagCount = 16

    /// A cipher by libcrypto's name, such as `AES-128-GCM`, with nonces of 12 bytes.
    package init(_ name: String, key: [UInt8], _ operation: BulkCipher.Operation) throws(LibraryError) {
        let cipher = try ErrorQueue.checkPointer { EVP_CIPHER_fetch(LegacyLibrary.shared.context, name, nil) }
        defer { EVP_CIPHER_free(cipher) }
        guard key.count == Int(EVP_CIPHER_get_key_length(cipher)) else { throw LibraryError(entries: []) }
        self.operation = operation
        context = try ErrorQueue.checkPointer { EVP_CIPHER_CTX_new() }
        try ErrorQueue.check { EVP_CipherInit_ex2(context, cipher, key, nil, operation == .encrypt ? 1 : 0, nil) }
    }

    deinit {
        EVP_CIPHER_CTX_free(context)
    }

    /// The ciphertext with its tag behind.
    package func seal(_ plaintext: [UInt8], nonce: [UInt8], associatedData: [UInt8]) throws(LibraryError) -> [UInt8] {
        try begin(nonce: nonce, associatedData: associatedData)
        var out = [UInt8](repeating: 0, count: plaintext.count)
        var count: Int32 = 0
        try ErrorQueue.check { EVP_CipherUpdate(context, &out, &count, plaintext, Int32(plaintext.count)) }
        var tag = [UInt8](repeating: 0, count: Self.tagCount)
        try ErrorQueue.check { EVP_CipherFinal_ex(context, &tag, &count) }
        try ErrorQueue.check { EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, Int32(Self.tagCount), &tag) }
        return out + tag
    }

    /// The plaintext; nil when the tag is wrong.
    package func open(_ sealed: [UInt8], nonce: [UInt8], associatedData: [UInt8]) throws(LibraryError) -> [UInt8]? {
        guard sealed.count >= Self.tagCount else { return nil }
        try begin(nonce: nonce, associatedData: associatedData)
        let ciphertext = Array(sealed.dropLast(Self.tagCount))
        var tag = Array(sealed.suffix(Self.tagCount))
        var out = [UInt8](repeating: 0, count: ciphertext.count)
        var count: Int32 = 0
        try ErrorQueue.check { EVP_CipherUpdate(context, &out, &count, ciphertext, Int32(ciphertext.count)) }
        try ErrorQueue.check { EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, Int32(Self.tagCount), &tag) }
        ErrorQueue.clear()
        defer { ErrorQueue.clear() }
        guard EVP_CipherFinal_ex(context, &tag, &count) == 1 else { return nil }
        return out
    }

    private func begin(nonce: [UInt8], associatedData: [UInt8]) throws(LibraryError) {
        guard nonce.count == 12 else { throw LibraryError(entries: []) }
        var count: Int32 = 0
        let isEncrypting: Int32 = operation == .encrypt ? 1 : 0
        try ErrorQueue.check { EVP_CipherInit_ex2(context, nil, nil, nonce, isEncrypting, nil) }
        try ErrorQueue.check {
            EVP_CipherUpdate(context, nil, &count, associatedData, Int32(associatedData.count))
        }
    }
}
