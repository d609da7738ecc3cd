public import TLSParameters

// RFC 5246 §7.4.2, RFC 6101 §5.6.2
//
//     opaque ASN.1Cert<1..2^24-1>;
//     struct { ASN.1Cert certificate_list<0..2^24-1>; } Certificate;
//
// RFC 8446 §4.4.2
//
//     struct {
//         opaque cert_data<1..2^24-1>;
//         Extension extensions<0..2^16-1>;
//     } CertificateEntry;
//     struct {
//         opaque certificate_request_context<0..2^8-1>;
//         CertificateEntry certificate_list<0..2^24-1>;
//     } Certificate;

/// A Certificate message in the form of SSL 3.0 to TLS 1.2 or in that of TLS 1.3.
public struct CertificateMessage: Hashable, Sendable {
    /// One certificate.
    public struct Entry: Hashable, Sendable {
        /// DER of the certificate (or of a raw public key).
        public var data: [UInt8]
        /// TLS 1.3 only: its OCSP response, its SCTs; empty in the older form.
        public var extensions: [Extension]

        /// Makes an entry.
        public init(data: [UInt8], extensions: [Extension] = []) {
            self.data = data
            self.extensions = extensions
        }
    }

    /// TLS 1.3: echoes the request, empty from servers. Nil in the older form, and that is what tells the two apart.
    public var requestContext: [UInt8]?
    /// In the order sent; the first should be the peer's own.
    public var entries: [Entry]

    /// `certificate`
    public static var type: HandshakeType { .certificate }

    /// Makes a message; `requestContext` makes it the TLS 1.3 form.
    public init(entries: [Entry], requestContext: [UInt8]? = nil) {
        self.entries = entries
        self.requestContext = requestContext
    }

    /// DER of the certificates in the order sent.
    public var certificates: [[UInt8]] { entries.map(\.data) }

    /// Reads the body of the message in the form of `version`.
    public init(parsing reader: inout ByteReader, version: ProtocolVersion) throws(WireError) {
        let isTLS13 = version >= .tls13
        requestContext = isTLS13 ? try reader.readOpaque(.one, "Certificate.certificate_request_context") : nil
        var list = try reader.readVector(.three, "Certificate.certificate_list")
        entries = []
        while !list.isEmpty {
            let data = try list.readOpaque(.three, minimum: 1, "Certificate.cert_data")
            let extensions =
                isTLS13 ? try Extension.readRequiredList(&list, "CertificateEntry.extensions") : []
            entries.append(Entry(data: data, extensions: extensions))
        }
    }

    /// Reads a whole message.
    public init(_ message: HandshakeMessage, version: ProtocolVersion) throws(WireError) {
        try message.expect(Self.type)
        var reader = message.reader
        try self.init(parsing: &reader, version: version)
        try reader.finish("Certificate")
    }

    /// Writes the body of the message.
    public func encode(into writer: inout ByteWriter) {
        if let requestContext { writer.writeOpaque(.one, requestContext) }
        writer.writeVector(.three) { writer in
            for entry in entries {
                writer.writeOpaque(.three, entry.data)
                if requestContext != nil { Extension.writeList(entry.extensions, into: &writer) }
            }
        }
    }

    /// The message with its type and length.
    public func handshakeMessage() -> HandshakeMessage {
        HandshakeMessage(type: Self.type) { encode(into: &$0) }
    }
}
