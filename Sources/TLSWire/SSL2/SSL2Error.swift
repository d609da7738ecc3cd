// draft-hickman-netscape-ssl-00 §1.2.10
//
//     char MSG-ERROR = 0
//     char ERROR-CODE[2]

/// An error message of SSL 2.0, the only thing like an alert that it has.
public struct SSL2Error: SSL2Message {
    /// The error code; unknown ones are kept.
    public var errorCode: UInt16

    /// ERROR
    public static var code: UInt8 { 0 }

    /// Makes a message.
    public init(errorCode: UInt16) { self.errorCode = errorCode }

    /// No cipher in common.
    public static let noCipher = SSL2Error(errorCode: 1)
    /// No certificate where one was asked for.
    public static let noCertificate = SSL2Error(errorCode: 2)
    /// A certificate was refused.
    public static let badCertificate = SSL2Error(errorCode: 4)
    /// A certificate type is not supported.
    public static let unsupportedCertificateType = SSL2Error(errorCode: 6)

    /// The draft's words in lower case, or the number in hexadecimal.
    public var name: String {
        switch errorCode {
        case 1: "no_cipher"
        case 2: "no_certificate"
        case 4: "bad_certificate"
        case 6: "unsupported_certificate_type"
        default: "0x" + String(errorCode, radix: 16)
        }
    }

    /// Reads what follows the code.
    public init(parsing reader: inout ByteReader) throws(WireError) {
        errorCode = try reader.readUInt16("ERROR.ERROR-CODE")
    }

    /// Writes what follows the code.
    public func encode(into writer: inout ByteWriter) {
        writer.writeUInt16(errorCode)
    }
}
