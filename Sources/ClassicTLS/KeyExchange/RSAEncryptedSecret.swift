import LibSSL

// RFC 2313 section 8.1, and as RSAES-PKCS1-v1_5 RFC 8017 section 7.2:
//
//     00 02  padding, at least 8 bytes, none of them zero  00  secret

/// A secret that was encrypted to an RSA key, in the hands of the key's owner.
enum RSAEncryptedSecret {
    /// The least padding there may be.
    private static let shortestPadding = 8

    /// The secret of so many bytes; whatever is wrong with it, as many random ones, so that nobody learns what was. Anything else
    /// would be Bleichenbacher's oracle (RFC 5246 section 7.4.7.1), or DROWN's, which is the same in SSL 2.0.
    ///
    /// All of it is looked at, whatever comes first, and chosen from without a branch.
    ///
    /// - Parameter flaw: what a protocol wants beside, of the padding and the secret: not zero if that is wrong. It is asked always
    ///   and about whatever there is, if the key is long enough.
    static func open(
        _ ciphertext: [UInt8],
        count: Int,
        key: PKeyHandle,
        flaw: (_ padding: [UInt8], _ secret: [UInt8]) -> UInt8
    ) throws(LibraryError) -> [UInt8] {
        let substitute = try RandomBytes.make(count)
        let size = (key.bitCount + 7) / 8
        guard size >= 2 + shortestPadding + 1 + count else { return substitute }
        var block = [UInt8](repeating: 0, count: size)
        if ciphertext.count == size, let opened = try? key.decryptRaw(ciphertext), opened.count == size {
            block = opened
        }
        let padding = Array(block[2..<size - count - 1])
        let secret = Array(block.suffix(count))
        var wrong = block[0] | (block[1] ^ 2) | block[size - count - 1]
        for byte in padding { wrong |= byte == 0 ? 0xFF : 0 }
        wrong |= flaw(padding, secret)
        let keep: UInt8 = wrong == 0 ? 0xFF : 0
        return zip(secret, substitute).map { ($0 & keep) | ($1 & ~keep) }
    }
}
