import LibSSL
import TLSParameters
import TLSWire

/// What tells whether a record is as it was sent.
enum RecordMAC {
    /// The value over one record's content.
    ///
    /// - Parameter content: the plaintext, or the ciphertext with its IV where encryption comes first (RFC 7366).
    static func make(
        version: ProtocolVersion,
        hash: HashFunction,
        secret: [UInt8],
        sequence: UInt64,
        type: ContentType,
        content: [UInt8]
    ) throws(LibraryError) -> [UInt8] {
        var header = ByteWriter()
        header.writeUInt32(UInt32(truncatingIfNeeded: sequence >> 32))
        header.writeUInt32(UInt32(truncatingIfNeeded: sequence))
        header.writeUInt8(type.rawValue)
        if version > .ssl3 { header.writeUInt16(version.rawValue) }
        header.writeUInt16(UInt16(truncatingIfNeeded: content.count))
        // RFC 5246 section 6.2.3.1.
        if version > .ssl3 { return try hash.authenticate(header.bytes + content, key: secret) }
        // RFC 6101 section 5.2.3.1.
        let inner = try hash.hash(secret, SSL3Pad.first(hash), header.bytes, content)
        return try hash.hash(secret, SSL3Pad.second(hash), inner)
    }
}

/// The bytes that SSL 3.0 puts between a secret and what it hashes with it (RFC 6101 section 5.2.3.1): 48 with MD5, 40 with SHA.
enum SSL3Pad {
    static func first(_ hash: HashFunction) -> [UInt8] { make(0x36, hash) }
    static func second(_ hash: HashFunction) -> [UInt8] { make(0x5C, hash) }

    private static func make(_ byte: UInt8, _ hash: HashFunction) -> [UInt8] {
        [UInt8](repeating: byte, count: hash == .md5 ? 48 : 40)
    }
}
