public import TLSParameters

// RFC 8446 §5.1, RFC 5246 §6.2.1, RFC 6101 §5.2.1
//
//     struct {
//         ContentType type;              1 byte
//         ProtocolVersion legacy_version; 2 bytes, 0x0301 in a first hello, 0x0303 in TLS 1.3
//         uint16 length;
//         opaque fragment[length];
//     } TLSPlaintext;

/// One record of SSL 3.0 to TLS 1.3, protected or not.
public struct TLSRecord: Hashable, Sendable {
    /// What the fragment claims to hold; `application_data` for every protected TLS 1.3 record.
    public var type: ContentType
    /// The version field of the record layer (not the negotiated version).
    public var version: ProtocolVersion
    /// The payload as it stands on the wire.
    public var fragment: [UInt8]

    /// Bytes of a record header.
    public static let headerLength = 5

    /// Makes a record.
    public init(type: ContentType, version: ProtocolVersion, fragment: [UInt8]) {
        self.type = type
        self.version = version
        self.fragment = fragment
    }

    /// Reads one whole record; `limit` is the largest fragment to accept.
    public init(parsing reader: inout ByteReader, limit: RecordLimit = .ciphertext) throws(WireError) {
        let header = try RecordHeader(parsing: &reader, limit: limit)
        type = header.type
        version = header.version
        fragment = try reader.readBytes(header.length, "TLSRecord.fragment")
    }

    /// Writes the header and the fragment.
    public func encode(into writer: inout ByteWriter) {
        writer.writeUInt8(type.rawValue)
        writer.writeUInt16(version.rawValue)
        writer.writeOpaque(.two, fragment)
    }

    /// The whole record.
    public var bytes: [UInt8] {
        var writer = ByteWriter()
        encode(into: &writer)
        return writer.bytes
    }

    /// Cuts `content` into as many records as the plaintext limit (or a smaller `fragmentSize`) needs.
    ///
    /// Empty content makes one empty record.
    public static func fragments(
        of content: [UInt8],
        type: ContentType,
        version: ProtocolVersion,
        fragmentSize: Int = RecordLimit.plaintext.rawValue
    ) -> [TLSRecord] {
        let size = max(1, min(fragmentSize, RecordLimit.plaintext.rawValue))
        guard !content.isEmpty else { return [TLSRecord(type: type, version: version, fragment: [])] }
        return stride(from: 0, to: content.count, by: size).map { start in
            TLSRecord(type: type, version: version, fragment: Array(content[start..<min(start + size, content.count)]))
        }
    }
}

/// The largest fragment that a reader accepts, in bytes.
public struct RecordLimit: RawRepresentable, Hashable, Sendable {
    /// Bytes.
    public var rawValue: Int

    /// Makes a limit of `rawValue` bytes.
    public init(rawValue: Int) { self.rawValue = rawValue }

    /// 2^14: an unprotected fragment (RFC 8446 §5.1).
    public static let plaintext = RecordLimit(rawValue: 16_384)
    /// 2^14 + 256: a protected TLS 1.3 fragment (RFC 8446 §5.2).
    public static let ciphertext13 = RecordLimit(rawValue: 16_384 + 256)
    /// 2^14 + 2048: a protected fragment of SSL 3.0 to TLS 1.2 (RFC 5246 §6.2.3).
    public static let ciphertext = RecordLimit(rawValue: 16_384 + 2_048)
}

/// The five bytes in front of a fragment.
struct RecordHeader {
    var type: ContentType
    var version: ProtocolVersion
    var length: Int

    init(parsing reader: inout ByteReader, limit: RecordLimit) throws(WireError) {
        type = ContentType(rawValue: try reader.readUInt8("TLSRecord.type"))
        let versionOffset = reader.offset
        version = ProtocolVersion(rawValue: try reader.readUInt16("TLSRecord.version"))
        // Every version ever deployed has major 3; this is what tells HTTP, SMTP or SSH text from a record.
        guard version.rawValue >> 8 == 3 else {
            // The first byte alone, which is all that RecordParser may have to go by.
            throw reader.error(.illegalValue(UInt64(version.rawValue >> 8)), at: versionOffset, "TLSRecord.version")
        }
        let lengthOffset = reader.offset
        length = Int(try reader.readUInt16("TLSRecord.length"))
        guard length <= limit.rawValue else {
            throw reader.error(
                .tooLarge(claimed: length, limit: limit.rawValue),
                at: lengthOffset,
                "TLSRecord.length"
            )
        }
    }
}
