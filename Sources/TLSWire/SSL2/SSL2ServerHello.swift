public import TLSParameters

// draft-hickman-netscape-ssl-00 §5.6
//
//     char MSG-SERVER-HELLO = 4
//     char SESSION-ID-HIT               0 or 1
//     char CERTIFICATE-TYPE             1 = X.509; 0 on a hit
//     char SERVER-VERSION[2]
//     char CERTIFICATE-LENGTH[2]        0 on a hit
//     char CIPHER-SPECS-LENGTH[2]       0 on a hit
//     char CONNECTION-ID-LENGTH[2]      16 to 32
//     char CERTIFICATE-DATA[]  char CIPHER-SPECS-DATA[]  char CONNECTION-ID-DATA[]

/// A server's answer in SSL 2.0: its certificate and the kinds it shares with the client; the client then chooses.
public struct SSL2ServerHello: SSL2Message {
    /// The session is resumed; nothing but the connection id follows.
    public var sessionIDHit: Bool
    /// 1 for X.509, 0 on a hit.
    public var certificateType: UInt8
    /// The server's version.
    public var version: ProtocolVersion
    /// DER, one certificate only.
    public var certificate: [UInt8]
    /// Kinds that both sides know.
    public var cipherKinds: [SSL2CipherKind]
    /// 16 to 32 bytes.
    public var connectionID: [UInt8]

    /// SERVER-HELLO
    public static var code: SSL2MessageType { .server_hello }

    /// SSL_X509_CERTIFICATE, the only certificate type there is.
    public static let x509: UInt8 = 1

    /// Makes a hello; nothing is checked.
    public init(
        sessionIDHit: Bool = false,
        certificateType: UInt8 = Self.x509,
        version: ProtocolVersion = .ssl2,
        certificate: [UInt8],
        cipherKinds: [SSL2CipherKind],
        connectionID: [UInt8]
    ) {
        self.sessionIDHit = sessionIDHit
        self.certificateType = certificateType
        self.version = version
        self.certificate = certificate
        self.cipherKinds = cipherKinds
        self.connectionID = connectionID
    }

    /// Reads what follows the code.
    public init(parsing reader: inout ByteReader) throws(WireError) {
        let hit = try reader.readUInt8("SERVER-HELLO.SESSION-ID-HIT")
        guard hit <= 1 else {
            throw reader.error(.illegalValue(UInt64(hit)), at: reader.offset - 1, "SERVER-HELLO.SESSION-ID-HIT")
        }
        sessionIDHit = hit == 1
        certificateType = try reader.readUInt8("SERVER-HELLO.CERTIFICATE-TYPE")
        version = ProtocolVersion(rawValue: try reader.readUInt16("SERVER-HELLO.SERVER-VERSION"))
        let certificateLength = Int(try reader.readUInt16("SERVER-HELLO.CERTIFICATE-LENGTH"))
        let kindsOffset = reader.offset
        let kindsLength = Int(try reader.readUInt16("SERVER-HELLO.CIPHER-SPECS-LENGTH"))
        guard kindsLength % 3 == 0 else {
            throw reader.error(.badLength(kindsLength), at: kindsOffset, "SERVER-HELLO.CIPHER-SPECS-LENGTH")
        }
        let connectionLength = Int(try reader.readUInt16("SERVER-HELLO.CONNECTION-ID-LENGTH"))
        certificate = try reader.readBytes(certificateLength, "SERVER-HELLO.CERTIFICATE-DATA")
        cipherKinds = try readCipherKinds(&reader, length: kindsLength, "SERVER-HELLO.CIPHER-SPECS-DATA")
        connectionID = try reader.readBytes(connectionLength, "SERVER-HELLO.CONNECTION-ID-DATA")
    }

    /// Writes what follows the code.
    public func encode(into writer: inout ByteWriter) {
        writer.writeUInt8(sessionIDHit ? 1 : 0)
        writer.writeUInt8(certificateType)
        writer.writeUInt16(version.rawValue)
        writer.writeUInt16(UInt16(truncatingIfNeeded: certificate.count))
        writer.writeUInt16(UInt16(truncatingIfNeeded: cipherKinds.count * 3))
        writer.writeUInt16(UInt16(truncatingIfNeeded: connectionID.count))
        writer.writeBytes(certificate)
        for kind in cipherKinds { writer.writeUInt24(kind.rawValue) }
        writer.writeBytes(connectionID)
    }
}
