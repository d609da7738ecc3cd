public import TLSParameters

// RFC 6066 §4: enum { 2^9(1), 2^10(2), 2^11(3), 2^12(4), (255) } MaxFragmentLength;

/// `max_fragment_length`.
public struct MaxFragmentLengthExtension: ExtensionPayload {
    /// The code, 1 to 4; others are illegal but kept.
    public var code: MaxFragmentLength

    /// `max_fragment_length`
    public static var type: ExtensionType { .max_fragment_length }

    /// Makes the value.
    public init(code: MaxFragmentLength) { self.code = code }

    /// The limit in bytes; nil for an undefined code.
    public var bytes: Int? { (1...4).contains(code.rawValue) ? 1 << (8 + Int(code.rawValue)) : nil }

    /// Reads the code.
    public init(parsing reader: inout ByteReader) throws(WireError) {
        code = MaxFragmentLength(rawValue: try reader.readUInt8("max_fragment_length"))
    }

    /// Writes the code.
    public func encode(into writer: inout ByteWriter) {
        writer.writeUInt8(code.rawValue)
    }
}

// RFC 8449 §4: uint16 RecordSizeLimit;

/// `record_size_limit`.
public struct RecordSizeLimit: ExtensionPayload {
    /// Plaintext bytes of a protected record; below 64 is illegal.
    public var limit: UInt16

    /// `record_size_limit`
    public static var type: ExtensionType { .record_size_limit }

    /// Makes the value.
    public init(limit: UInt16) { self.limit = limit }

    /// Reads the limit.
    public init(parsing reader: inout ByteReader) throws(WireError) {
        limit = try reader.readUInt16("record_size_limit")
    }

    /// Writes the limit.
    public func encode(into writer: inout ByteWriter) {
        writer.writeUInt16(limit)
    }
}

// RFC 6520 §2: enum { peer_allowed_to_send(1), peer_not_allowed_to_send(2), (255) } HeartbeatMode;

/// `heartbeat`.
public struct Heartbeat: ExtensionPayload {
    /// Whether the peer may send requests.
    public var mode: HeartbeatMode

    /// `heartbeat`
    public static var type: ExtensionType { .heartbeat }

    /// Makes the value.
    public init(mode: HeartbeatMode) { self.mode = mode }

    /// Reads the mode.
    public init(parsing reader: inout ByteReader) throws(WireError) {
        mode = HeartbeatMode(rawValue: try reader.readUInt8("heartbeat.mode"))
    }

    /// Writes the mode.
    public func encode(into writer: inout ByteWriter) {
        writer.writeUInt8(mode.rawValue)
    }
}

// RFC 7685 §3: extension_data is zero bytes.

/// `padding`.
public struct Padding: ExtensionPayload {
    /// How many zero bytes.
    public var count: Int

    /// `padding`
    public static var type: ExtensionType { .padding }

    /// Makes padding; more than 65535 bytes can't be sent.
    public init(count: Int) { self.count = min(max(0, count), LengthPrefix.two.limit) }

    /// Reads everything; throws `illegalValue` for a byte that is not zero.
    public init(parsing reader: inout ByteReader) throws(WireError) {
        count = reader.remaining
        while !reader.isEmpty {
            let value = try reader.readUInt8("padding")
            guard value == 0 else {
                throw reader.error(.illegalValue(UInt64(value)), at: reader.offset - 1, "padding")
            }
        }
    }

    /// Writes the zeros.
    public func encode(into writer: inout ByteWriter) {
        writer.writeBytes([UInt8](repeating: 0, count: count))
    }
}
