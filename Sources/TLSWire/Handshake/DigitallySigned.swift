public import TLSParameters

// RFC 5246 §4.7, RFC 8446 §4.4.3
//
//     struct {
//         SignatureScheme algorithm;       from TLS 1.2 on
//         opaque signature<0..2^16-1>;
//     } DigitallySigned;

/// A signature and, from TLS 1.2 on, its scheme.
public struct DigitallySigned: Hashable, Sendable {
    /// Nil before TLS 1.2, where the certificate's key decides.
    public var scheme: SignatureScheme?
    /// The signature.
    public var signature: [UInt8]

    /// Makes a signature.
    public init(scheme: SignatureScheme?, signature: [UInt8]) {
        self.scheme = scheme
        self.signature = signature
    }

    /// Reads the structure in the form of `version`.
    public init(parsing reader: inout ByteReader, version: ProtocolVersion) throws(WireError) {
        if version >= .tls12 { scheme = SignatureScheme(rawValue: try reader.readUInt16("DigitallySigned.algorithm")) }
        signature = try reader.readOpaque(.two, "DigitallySigned.signature")
    }

    /// Writes the structure.
    public func encode(into writer: inout ByteWriter) {
        if let scheme { writer.writeUInt16(scheme.rawValue) }
        writer.writeOpaque(.two, signature)
    }
}

/// CertificateVerify: a signature over the handshake so far (RFC 8446 §4.4.3, RFC 5246 §7.4.8).
public struct CertificateVerify: Hashable, Sendable {
    /// The signature.
    public var signed: DigitallySigned

    /// `certificate_verify`
    public static var type: HandshakeType { .certificate_verify }

    /// Makes the message.
    public init(signed: DigitallySigned) { self.signed = signed }

    /// Reads the body of the message in the form of `version`.
    public init(parsing reader: inout ByteReader, version: ProtocolVersion) throws(WireError) {
        signed = try DigitallySigned(parsing: &reader, version: version)
    }

    /// Reads a whole message.
    public init(_ message: HandshakeMessage, version: ProtocolVersion) throws(WireError) {
        try message.expect(Self.type)
        var reader = message.reader
        try self.init(parsing: &reader, version: version)
        try reader.finish("CertificateVerify")
    }

    /// Writes the body of the message.
    public func encode(into writer: inout ByteWriter) {
        signed.encode(into: &writer)
    }

    /// The message with its type and length.
    public func handshakeMessage() -> HandshakeMessage {
        HandshakeMessage(type: Self.type) { encode(into: &$0) }
    }
}
