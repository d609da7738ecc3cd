public import TLSParameters

// draft-hickman-netscape-ssl-00 §5.7
//
//     char MSG-ERROR = 0
//     char ERROR-CODE[2]

/// An error message of SSL 2.0, the only thing like an alert that it has.
public struct SSL2Error: SSL2Message {
    /// What the peer complains about.
    public var errorCode: SSL2ErrorCode

    /// ERROR
    public static var code: SSL2MessageType { .error }

    /// Makes a message.
    public init(errorCode: SSL2ErrorCode) { self.errorCode = errorCode }

    /// Reads what follows the code.
    public init(parsing reader: inout ByteReader) throws(WireError) {
        errorCode = SSL2ErrorCode(rawValue: try reader.readUInt16("ERROR.ERROR-CODE"))
    }

    /// Writes what follows the code.
    public func encode(into writer: inout ByteWriter) {
        writer.writeUInt16(errorCode.rawValue)
    }
}
