public import TLSParameters

// RFC 8446 §4.3.1: struct { Extension extensions<0..2^16-1>; } EncryptedExtensions;

/// The extensions of a TLS 1.3 server that need not be in the clear.
public struct EncryptedExtensions: HandshakeBody {
    /// Extensions as sent.
    public var extensions: [Extension]

    /// `encrypted_extensions`
    public static var type: HandshakeType { .encrypted_extensions }

    /// Makes the message.
    public init(extensions: [Extension]) { self.extensions = extensions }

    /// Reads the body of the message.
    public init(parsing reader: inout ByteReader) throws(WireError) {
        extensions = try Extension.readRequiredList(&reader, "EncryptedExtensions.extensions")
    }

    /// Writes the body of the message.
    public func encode(into writer: inout ByteWriter) {
        Extension.writeList(extensions, into: &writer)
    }

    /// The chosen ALPN protocol.
    public var alpn: PeerText? {
        (try? extensions.decode(ApplicationProtocols.self))?.names.first
    }
}
