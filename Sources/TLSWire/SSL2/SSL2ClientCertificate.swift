public import TLSParameters

// draft-hickman-netscape-ssl-00 §5.6
//
//     char MSG-REQUEST-CERTIFICATE = 7
//     char AUTHENTICATION-TYPE          1 = MD5 with RSA
//     char CERTIFICATE-CHALLENGE-DATA[] 16 to 32 bytes, to the end of the record

/// A server's question for the client's certificate in SSL 2.0.
public struct SSL2RequestCertificate: SSL2Message {
    /// How the client is to prove that the certificate is its own.
    public var authenticationType: UInt8
    /// What goes into the proof, 16 to 32 bytes.
    public var challenge: [UInt8]

    /// REQUEST-CERTIFICATE
    public static var code: SSL2MessageType { .request_certificate }

    /// SSL_AT_MD5_WITH_RSA_ENCRYPTION, the only authentication type there is.
    public static let md5WithRSA: UInt8 = 1

    /// Makes a message; nothing is checked.
    public init(authenticationType: UInt8 = Self.md5WithRSA, challenge: [UInt8]) {
        self.authenticationType = authenticationType
        self.challenge = challenge
    }

    /// Reads what follows the code.
    public init(parsing reader: inout ByteReader) throws(WireError) {
        authenticationType = try reader.readUInt8("REQUEST-CERTIFICATE.AUTHENTICATION-TYPE")
        challenge = reader.readRest()
    }

    /// Writes what follows the code.
    public func encode(into writer: inout ByteWriter) {
        writer.writeUInt8(authenticationType)
        writer.writeBytes(challenge)
    }
}

// draft-hickman-netscape-ssl-00 §5.5
//
//     char MSG-CLIENT-CERTIFICATE = 8
//     char CERTIFICATE-TYPE             1 = X.509
//     char CERTIFICATE-LENGTH[2]
//     char RESPONSE-LENGTH[2]
//     char CERTIFICATE-DATA[]  char RESPONSE-DATA[]

/// A client's certificate in SSL 2.0, with the proof that it is its own.
public struct SSL2ClientCertificate: SSL2Message {
    /// 1 for X.509.
    public var certificateType: UInt8
    /// DER, one certificate only.
    public var certificate: [UInt8]
    /// The signature.
    public var response: [UInt8]

    /// CLIENT-CERTIFICATE
    public static var code: SSL2MessageType { .client_certificate }

    /// Makes a message; nothing is checked.
    public init(certificateType: UInt8 = SSL2ServerHello.x509, certificate: [UInt8], response: [UInt8]) {
        self.certificateType = certificateType
        self.certificate = certificate
        self.response = response
    }

    /// Reads what follows the code.
    public init(parsing reader: inout ByteReader) throws(WireError) {
        certificateType = try reader.readUInt8("CLIENT-CERTIFICATE.CERTIFICATE-TYPE")
        let certificateLength = Int(try reader.readUInt16("CLIENT-CERTIFICATE.CERTIFICATE-LENGTH"))
        let responseLength = Int(try reader.readUInt16("CLIENT-CERTIFICATE.RESPONSE-LENGTH"))
        certificate = try reader.readBytes(certificateLength, "CLIENT-CERTIFICATE.CERTIFICATE-DATA")
        response = try reader.readBytes(responseLength, "CLIENT-CERTIFICATE.RESPONSE-DATA")
    }

    /// Writes what follows the code.
    public func encode(into writer: inout ByteWriter) {
        writer.writeUInt8(certificateType)
        writer.writeUInt16(UInt16(truncatingIfNeeded: certificate.count))
        writer.writeUInt16(UInt16(truncatingIfNeeded: response.count))
        writer.writeBytes(certificate)
        writer.writeBytes(response)
    }
}
