public import TLSParameters

// RFC 8446 §4.2.3, RFC 5246 §7.4.1.4.1: SignatureScheme supported_signature_algorithms<2..2^16-2>;

/// `signature_algorithms`.
public struct SignatureAlgorithms: ExtensionPayload {
    /// Schemes in the sender's order.
    public var schemes: [SignatureScheme]

    /// `signature_algorithms`
    public static var type: ExtensionType { .signature_algorithms }

    /// Makes a list.
    public init(schemes: [SignatureScheme]) { self.schemes = schemes }

    /// Reads the list.
    public init(parsing reader: inout ByteReader) throws(WireError) {
        schemes = try reader.readUInt16List(.two, minimum: 2, "signature_algorithms")
            .map(SignatureScheme.init(rawValue:))
    }

    /// Writes the list.
    public func encode(into writer: inout ByteWriter) {
        writer.writeUInt16List(.two, schemes.map(\.rawValue))
    }
}

/// `signature_algorithms_cert`: the schemes accepted inside certificates.
public struct CertificateSignatureAlgorithms: ExtensionPayload {
    /// Schemes in the sender's order.
    public var schemes: [SignatureScheme]

    /// `signature_algorithms_cert`
    public static var type: ExtensionType { .signature_algorithms_cert }

    /// Makes a list.
    public init(schemes: [SignatureScheme]) { self.schemes = schemes }

    /// Reads the list.
    public init(parsing reader: inout ByteReader) throws(WireError) {
        schemes = try reader.readUInt16List(.two, minimum: 2, "signature_algorithms_cert")
            .map(SignatureScheme.init(rawValue:))
    }

    /// Writes the list.
    public func encode(into writer: inout ByteWriter) {
        writer.writeUInt16List(.two, schemes.map(\.rawValue))
    }
}
