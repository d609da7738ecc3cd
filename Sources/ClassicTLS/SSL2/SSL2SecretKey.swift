import LibSSL

// RFC 2313 section 8.1, as draft-hickman-netscape-ssl-00 section 5.5 wants it (CLIENT-MASTER-KEY):
//
//     00 02  padding, at least 8 bytes, none of them zero  00  SECRET-KEY-DATA
//
// The last eight bytes of the padding are 03 when the client speaks a later version (RFC 2246 appendix E, RFC 5246 appendix
// E.2): somebody on the way made it come down to SSL 2.0 if the server speaks one too.

/// The secret part of a master key on its way from client to server.
enum SSL2SecretKey {
    private static let marker = [UInt8](repeating: 3, count: 8)

    /// Encrypts it to the server's key, with the marker of a client that speaks later versions or without.
    ///
    /// - Throws: for a key too short for it.
    static func encrypt(_ secret: [UInt8], to key: PKeyHandle, isMarked: Bool) throws(LibraryError) -> [UInt8] {
        let count = (key.bitCount + 7) / 8 - secret.count - 3
        guard count >= marker.count else { throw LibraryError(entries: []) }
        var padding = try RandomBytes.make(count)
        for index in padding.indices {
            while padding[index] == 0 { padding[index] = try RandomBytes.make(1)[0] }
        }
        if isMarked { padding.replaceSubrange(count - marker.count..<count, with: marker) }
        return try key.encryptRaw([0, 2] + padding + [0] + secret)
    }

    /// What a server makes of it. Whatever is wrong with it, random bytes come out, and the handshake fails like one with other
    /// keys.
    ///
    /// - Parameter refusesMarker: whether the marker counts as wrong, as RFC 5246 appendix E.2 has it for servers that speak
    ///   later versions.
    static func decrypt(
        _ ciphertext: [UInt8],
        count: Int,
        key: PKeyHandle,
        refusesMarker: Bool
    ) throws(LibraryError) -> (secret: [UInt8], isMarked: Bool) {
        var isMarked = false
        let secret = try RSAEncryptedSecret.open(ciphertext, count: count, key: key) { padding, _ in
            var difference: UInt8 = 0
            for (byte, expected) in zip(padding.suffix(marker.count), marker) { difference |= byte ^ expected }
            isMarked = difference == 0
            return refusesMarker && isMarked ? 0xFF : 0
        }
        return (secret, isMarked)
    }
}
