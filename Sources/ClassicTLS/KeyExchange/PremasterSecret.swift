import LibSSL
import TLSParameters
import TLSWire

/// The secret that both ends come to before there is a master secret.
enum PremasterSecret {
    /// What an RSA key exchange encrypts: the version of the hello and 46 random bytes (RFC 5246 section 7.4.7.1).
    static func makeRSA(helloVersion: ProtocolVersion) throws(LibraryError) -> [UInt8] {
        [UInt8(helloVersion.rawValue >> 8), UInt8(helloVersion.rawValue & 0xFF)] + (try RandomBytes.make(46))
    }

    /// What a server makes of an encrypted premaster secret. Whatever is wrong with it, 48 random bytes come out, and the
    /// handshake fails at Finished like one with a wrong key (RFC 5246 section 7.4.7.1, against Bleichenbacher).
    static func decryptRSA(
        _ ciphertext: [UInt8],
        key: PKeyHandle,
        helloVersion: ProtocolVersion
    ) throws(LibraryError) -> [UInt8] {
        var substitute = try RandomBytes.make(48)
        let count = (key.bitCount + 7) / 8
        guard count >= 59 else { return substitute }
        var block = [UInt8](repeating: 0, count: count)
        if ciphertext.count == count, let opened = try? key.decryptRaw(ciphertext), opened.count == count {
            block = opened
        }
        // 00 02, padding without a zero, 00, the 48 bytes: all of it is looked at, whatever comes first.
        var wrong = block[0] | (block[1] ^ 2) | block[count - 49]
        for index in 2..<count - 49 { wrong |= block[index] == 0 ? 0xFF : 0 }
        wrong |= block[count - 48] ^ UInt8(helloVersion.rawValue >> 8)
        wrong |= block[count - 47] ^ UInt8(helloVersion.rawValue & 0xFF)
        let keep: UInt8 = wrong == 0 ? 0xFF : 0
        for index in 0..<48 { substitute[index] = (block[count - 48 + index] & keep) | (substitute[index] & ~keep) }
        return substitute
    }

    /// With a key that both ends know: RFC 4279 section 2; `other` is nil where there is nothing beside the key.
    static func withPreSharedKey(_ key: [UInt8], other: [UInt8]?) -> [UInt8] {
        var writer = ByteWriter()
        writer.writeOpaque(.two, other ?? [UInt8](repeating: 0, count: key.count))
        writer.writeOpaque(.two, key)
        return writer.bytes
    }
}
