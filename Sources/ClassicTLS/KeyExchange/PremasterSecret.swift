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
    /// handshake fails at Finished like one with a wrong key (RFC 5246 section 7.4.7.1).
    static func decryptRSA(
        _ ciphertext: [UInt8],
        key: PKeyHandle,
        helloVersion: ProtocolVersion
    ) throws(LibraryError) -> [UInt8] {
        try RSAEncryptedSecret.open(ciphertext, count: 48, key: key) { _, secret in
            // Whichever version was negotiated, the secret begins with that of the hello.
            (secret[0] ^ UInt8(helloVersion.rawValue >> 8)) | (secret[1] ^ UInt8(helloVersion.rawValue & 0xFF))
        }
    }

    /// With a key that both ends know: RFC 4279 section 2; `other` is nil where there is nothing beside the key.
    static func withPreSharedKey(_ key: [UInt8], other: [UInt8]?) -> [UInt8] {
        var writer = ByteWriter()
        writer.writeOpaque(.two, other ?? [UInt8](repeating: 0, count: key.count))
        writer.writeOpaque(.two, key)
        return writer.bytes
    }
}
