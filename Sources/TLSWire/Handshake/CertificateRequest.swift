public import TLSParameters

// RFC 6101 §5.6.4, RFC 4346 §7.4.4
//
//     struct {
//         ClientCertificateType certificate_types<1..2^8-1>;
//         DistinguishedName certificate_authorities<0..2^16-1>;
//     } CertificateRequest;
//
// RFC 5246 §7.4.4 puts SignatureAndHashAlgorithm supported_signature_algorithms<2..2^16-2> between the two.
//
// RFC 8446 §4.3.2
//
//     struct {
//         opaque certificate_request_context<0..2^8-1>;
//         Extension extensions<2..2^16-1>;
//     } CertificateRequest;

/// A server's wish for a client certificate.
public enum CertificateRequest: Hashable, Sendable {
    /// SSL 3.0 to TLS 1.2; `signatureSchemes` is nil before TLS 1.2.
    case classic(
        certificateTypes: [ClientCertificateType],
        signatureSchemes: [SignatureScheme]?,
        authorities: [[UInt8]]
    )
    /// TLS 1.3.
    case tls13(context: [UInt8], extensions: [Extension])

    /// `certificate_request`
    public static var type: HandshakeType { .certificate_request }

    /// Reads the body of the message in the form of `version`.
    public init(parsing reader: inout ByteReader, version: ProtocolVersion) throws(WireError) {
        if version >= .tls13 {
            let context = try reader.readOpaque(.one, "CertificateRequest.certificate_request_context")
            let extensions = try Extension.readRequiredList(&reader, minimum: 2, "CertificateRequest.extensions")
            self = .tls13(context: context, extensions: extensions)
            return
        }
        let types = try reader.readOpaque(.one, minimum: 1, "CertificateRequest.certificate_types")
            .map(ClientCertificateType.init(rawValue:))
        var schemes: [SignatureScheme]?
        if version >= .tls12 {
            schemes = try reader.readUInt16List(.two, minimum: 2, "CertificateRequest.supported_signature_algorithms")
                .map(SignatureScheme.init(rawValue:))
        }
        let names = try readDistinguishedNames(&reader, minimum: 0, "CertificateRequest.certificate_authorities")
        self = .classic(certificateTypes: types, signatureSchemes: schemes, authorities: names)
    }

    /// Reads a whole message.
    public init(_ message: HandshakeMessage, version: ProtocolVersion) throws(WireError) {
        try message.expect(Self.type)
        var reader = message.reader
        try self.init(parsing: &reader, version: version)
        try reader.finish("CertificateRequest")
    }

    /// DER of the distinguished names of accepted issuers, in either form.
    public var authorities: [[UInt8]] {
        switch self {
        case .classic(_, _, let authorities): authorities
        case .tls13(_, let extensions): (try? extensions.decode(CertificateAuthorities.self))?.names ?? []
        }
    }

    /// Accepted signature schemes, in either form; nil before TLS 1.2.
    public var signatureSchemes: [SignatureScheme]? {
        switch self {
        case .classic(_, let signatureSchemes, _): signatureSchemes
        case .tls13(_, let extensions): (try? extensions.decode(SignatureAlgorithms.self))?.schemes
        }
    }

    /// Writes the body of the message.
    public func encode(into writer: inout ByteWriter) {
        switch self {
        case .classic(let certificateTypes, let signatureSchemes, let authorities):
            writer.writeOpaque(.one, certificateTypes.map(\.rawValue))
            if let signatureSchemes { writer.writeUInt16List(.two, signatureSchemes.map(\.rawValue)) }
            writeDistinguishedNames(authorities, into: &writer)
        case .tls13(let context, let extensions):
            writer.writeOpaque(.one, context)
            Extension.writeList(extensions, into: &writer)
        }
    }

    /// The message with its type and length.
    public func handshakeMessage() -> HandshakeMessage {
        HandshakeMessage(type: Self.type) { encode(into: &$0) }
    }
}
