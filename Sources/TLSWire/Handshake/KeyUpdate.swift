public import TLSParameters

// RFC 8446 §4.6.3
//
//     enum { update_not_requested(0), update_requested(1), (255) } KeyUpdateRequest;
//     struct { KeyUpdateRequest request_update; } KeyUpdate;

/// The sender's next record is protected with new keys (TLS 1.3).
public struct KeyUpdate: HandshakeBody {
    /// The receiver is to update its keys too.
    public var isRequested: Bool

    /// `key_update`
    public static var type: HandshakeType { .key_update }

    /// Makes the message.
    public init(isRequested: Bool) { self.isRequested = isRequested }

    /// Reads the body; throws `illegalValue` for anything but 0 and 1, as the RFC demands.
    public init(parsing reader: inout ByteReader) throws(WireError) {
        let value = try reader.readUInt8("KeyUpdate.request_update")
        guard value <= 1 else {
            throw reader.error(.illegalValue(UInt64(value)), at: reader.offset - 1, "KeyUpdate.request_update")
        }
        isRequested = value == 1
    }

    /// Writes the body of the message.
    public func encode(into writer: inout ByteWriter) {
        writer.writeUInt8(isRequested ? 1 : 0)
    }
}
