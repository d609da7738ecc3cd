public import TLSParameters

// RFC 8446 §6, RFC 5246 §7.2, RFC 6101 §5.4
//
//     struct { AlertLevel level; AlertDescription description; } Alert;

/// An alert: two bytes.
public struct Alert: Hashable, Sendable {
    /// Warning or fatal; TLS 1.3 ignores it.
    public var level: AlertLevel
    /// What the peer complains about.
    public var description: AlertDescription

    /// Makes an alert.
    public init(level: AlertLevel, description: AlertDescription) {
        self.level = level
        self.description = description
    }

    /// Reads two bytes.
    public init(parsing reader: inout ByteReader) throws(WireError) {
        level = AlertLevel(rawValue: try reader.readUInt8("Alert.level"))
        description = AlertDescription(rawValue: try reader.readUInt8("Alert.description"))
    }

    /// Reads a record fragment that must be exactly one alert.
    public init(fragment: [UInt8]) throws(WireError) {
        var reader = ByteReader(fragment)
        try self.init(parsing: &reader)
        try reader.finish("Alert")
    }

    /// Writes two bytes.
    public func encode(into writer: inout ByteWriter) {
        writer.writeUInt8(level.rawValue)
        writer.writeUInt8(description.rawValue)
    }

    /// The whole alert record.
    public func record(version: ProtocolVersion) -> [UInt8] {
        TLSRecord(type: .alert, version: version, fragment: [level.rawValue, description.rawValue]).bytes
    }
}

// RFC 5246 §7.1: struct { enum { change_cipher_spec(1) } type; } ChangeCipherSpec;

/// The one byte of the ChangeCipherSpec protocol.
public struct ChangeCipherSpec: Hashable, Sendable {
    /// Makes the message.
    public init() {}

    /// Reads the byte 1.
    public init(parsing reader: inout ByteReader) throws(WireError) {
        let value = try reader.readUInt8("ChangeCipherSpec.type")
        guard value == 1 else {
            throw reader.error(.illegalValue(UInt64(value)), at: reader.offset - 1, "ChangeCipherSpec.type")
        }
    }

    /// Writes the byte 1.
    public func encode(into writer: inout ByteWriter) {
        writer.writeUInt8(1)
    }
}
