public import TLSParameters

// RFC 8446 §4, RFC 5246 §7.4, RFC 6101 §5.6
//
//     struct {
//         HandshakeType msg_type;   1 byte
//         uint24 length;
//         opaque body[length];
//     } Handshake;

/// A handshake message whose body has not been looked at.
public struct HandshakeMessage: Hashable, Sendable {
    /// What the body claims to be.
    public var type: HandshakeType
    /// The body without its four header bytes.
    public var body: [UInt8]

    /// Bytes of a message header.
    public static let headerLength = 4

    /// Makes a message.
    public init(type: HandshakeType, body: [UInt8]) {
        self.type = type
        self.body = body
    }

    /// Reads one message and leaves what follows it.
    public init(parsing reader: inout ByteReader) throws(WireError) {
        type = HandshakeType(rawValue: try reader.readUInt8("Handshake.msg_type"))
        body = try reader.readOpaque(.three, "Handshake.body")
    }

    /// Reads bytes that must be exactly one message.
    public init(bytes: [UInt8]) throws(WireError) {
        var reader = ByteReader(bytes)
        try self.init(parsing: &reader)
        try reader.finish("Handshake")
    }

    /// What bytes that are exactly one message claim to be, without a look at the body; nil for anything else.
    public static func type(of bytes: [UInt8]) -> HandshakeType? {
        guard bytes.count >= headerLength,
            bytes.count - headerLength == Int(bytes[1]) << 16 | Int(bytes[2]) << 8 | Int(bytes[3])
        else { return nil }
        return HandshakeType(rawValue: bytes[0])
    }

    /// Writes header and body.
    public func encode(into writer: inout ByteWriter) {
        writer.writeUInt8(type.rawValue)
        writer.writeOpaque(.three, body)
    }

    /// Header and body.
    public var bytes: [UInt8] {
        var writer = ByteWriter()
        encode(into: &writer)
        return writer.bytes
    }

    /// A reader over the body; its offsets count from the start of the message.
    public var reader: ByteReader { ByteReader(body, offset: Self.headerLength) }

    /// The message as whole records, cut at the plaintext limit or at a smaller `fragmentSize`.
    public func records(
        version: ProtocolVersion,
        fragmentSize: Int = RecordLimit.plaintext.rawValue
    ) -> [UInt8] {
        TLSRecord.fragments(of: bytes, type: .handshake, version: version, fragmentSize: fragmentSize)
            .flatMap(\.bytes)
    }
}

/// The body of a handshake message whose form does not depend on the negotiated version.
public protocol HandshakeBody: Hashable, Sendable {
    /// The message type that this body travels under.
    static var type: HandshakeType { get }
    /// Reads the body; what it leaves in the reader is not part of it.
    init(parsing reader: inout ByteReader) throws(WireError)
    /// Writes the body.
    func encode(into writer: inout ByteWriter)
}

extension HandshakeBody {
    /// Reads a whole message; throws `illegalValue` at offset 0 if it is of another type.
    public init(_ message: HandshakeMessage) throws(WireError) {
        try message.expect(Self.type)
        var reader = message.reader
        try self.init(parsing: &reader)
        try reader.finish(Self.type.name)
    }

    /// The message with its type and length.
    public func handshakeMessage() -> HandshakeMessage {
        HandshakeMessage(type: Self.type) { encode(into: &$0) }
    }
}

extension HandshakeMessage {
    init(type: HandshakeType, _ body: (inout ByteWriter) -> Void) {
        var writer = ByteWriter()
        body(&writer)
        self.init(type: type, body: writer.bytes)
    }

    func expect(_ type: HandshakeType) throws(WireError) {
        guard self.type == type else {
            throw WireError(offset: 0, kind: .illegalValue(UInt64(self.type.rawValue)), field: "Handshake.msg_type")
        }
    }
}
