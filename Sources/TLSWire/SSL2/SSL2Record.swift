public import TLSParameters

// draft-hickman-netscape-ssl-00 §4
//
//     2-byte header: bit 0x8000 set, 15 bits of length, no padding.
//     3-byte header: bit 0x8000 clear, 0x4000 "security escape", 14 bits of length, then a byte that counts padding.

/// One record of SSL 2.0.
public struct SSL2Record: Hashable, Sendable {
    /// The data with its padding, as it stands on the wire.
    public var data: [UInt8]
    /// Bytes of padding at the end of `data`; nil for the 2-byte header.
    public var padding: UInt8?
    /// The escape bit of the 3-byte header, which no version defines a use for.
    public var isEscape: Bool

    /// Makes a record with a 2-byte header, or with a 3-byte header if there is padding to count.
    public init(data: [UInt8], padding: UInt8? = nil, isEscape: Bool = false) {
        self.data = data
        self.padding = padding
        self.isEscape = isEscape
    }

    /// The largest length that the header can say.
    public static func maximumLength(threeByteHeader: Bool) -> Int { threeByteHeader ? 0x3FFF : 0x7FFF }

    /// Reads one whole record; throws `badLength` if the padding is longer than the data.
    public init(parsing reader: inout ByteReader) throws(WireError) {
        let word = Int(try reader.readUInt16("SSL2Record.length"))
        if word & 0x8000 != 0 {
            padding = nil
            isEscape = false
            data = try reader.readBytes(word & 0x7FFF, "SSL2Record.data")
            return
        }
        isEscape = word & 0x4000 != 0
        let paddingOffset = reader.offset
        let count = try reader.readUInt8("SSL2Record.padding")
        guard Int(count) <= word & 0x3FFF else {
            throw reader.error(.badLength(Int(count)), at: paddingOffset, "SSL2Record.padding")
        }
        padding = count
        data = try reader.readBytes(word & 0x3FFF, "SSL2Record.data")
    }

    /// Writes header and data; data that the header can't count is cut.
    public func encode(into writer: inout ByteWriter) {
        let fitting = Array(data.prefix(Self.maximumLength(threeByteHeader: padding != nil)))
        if let padding {
            writer.writeUInt16(UInt16(fitting.count) | (isEscape ? 0x4000 : 0))
            writer.writeUInt8(padding)
        } else {
            writer.writeUInt16(UInt16(fitting.count) | 0x8000)
        }
        writer.writeBytes(fitting)
    }

    /// Header and data.
    public var bytes: [UInt8] {
        var writer = ByteWriter()
        encode(into: &writer)
        return writer.bytes
    }

    /// The data without its padding.
    public var payload: [UInt8] { Array(data.dropLast(Int(padding ?? 0))) }

    /// How many bytes the record at the start of `bytes` has with its header; nil if they are too few to say.
    public static func totalLength(of bytes: some Collection<UInt8>) -> Int? {
        var iterator = bytes.makeIterator()
        guard let high = iterator.next(), let low = iterator.next() else { return nil }
        let word = Int(high) << 8 | Int(low)
        return high & 0x80 != 0 ? 2 + (word & 0x7FFF) : 3 + (word & 0x3FFF)
    }
}

/// A message of SSL 2.0 with its one-byte code.
public protocol SSL2Message: Hashable, Sendable {
    /// The message code.
    static var code: SSL2MessageType { get }
    /// Reads what follows the code.
    init(parsing reader: inout ByteReader) throws(WireError)
    /// Writes what follows the code.
    func encode(into writer: inout ByteWriter)
}

extension SSL2Message {
    /// Reads a record that must be exactly this message; offsets count from the start of the record's data.
    public init(_ record: SSL2Record) throws(WireError) {
        try self.init(bytes: record.payload)
    }

    /// Reads bytes that must be exactly this message, its code first.
    public init(bytes: [UInt8]) throws(WireError) {
        var reader = ByteReader(bytes)
        let code = try reader.readUInt8("SSL2.msg_type")
        guard code == Self.code.rawValue else {
            throw reader.error(.illegalValue(UInt64(code)), at: 0, "SSL2.msg_type")
        }
        try self.init(parsing: &reader)
        try reader.finish("SSL2 message")
    }

    /// The message, its code first.
    public var bytes: [UInt8] {
        var writer = ByteWriter()
        writer.writeUInt8(Self.code.rawValue)
        encode(into: &writer)
        return writer.bytes
    }

    /// The message in a record with a 2-byte header.
    public func record() -> SSL2Record {
        SSL2Record(data: bytes)
    }
}
