public import TLSParameters

// RFC 8446 §4.4.4, RFC 5246 §7.4.9, RFC 6101 §5.6.9
//
//     opaque verify_data: 36 bytes in SSL 3.0, 12 in TLS 1.0-1.2, the hash length in TLS 1.3

/// The MAC over the handshake; opaque here.
public struct Finished: HandshakeBody {
    /// The whole body.
    public var verifyData: [UInt8]

    /// `finished`
    public static var type: HandshakeType { .finished }

    /// Makes the message.
    public init(verifyData: [UInt8]) { self.verifyData = verifyData }

    /// Reads everything that is there.
    public init(parsing reader: inout ByteReader) throws(WireError) {
        verifyData = reader.readRest()
    }

    /// Writes the body of the message.
    public func encode(into writer: inout ByteWriter) {
        writer.writeBytes(verifyData)
    }
}
