public import TLSParameters

// RFC 8446 §4.1.2, RFC 5246 §7.4.1.2; SSL 3.0 (RFC 6101 §5.6.1.2) has no extensions
//
//     struct {
//         ProtocolVersion legacy_version;
//         Random random;                                  32 bytes
//         opaque legacy_session_id<0..32>;
//         CipherSuite cipher_suites<2..2^16-2>;
//         opaque legacy_compression_methods<1..2^8-1>;
//         Extension extensions<0..2^16-1>;                absent if nothing follows
//     } ClientHello;

/// A client's first message, SSL 3.0 to TLS 1.3.
public struct ClientHello: HandshakeBody {
    /// The version field; at most TLS 1.2 in a TLS 1.3 hello.
    public var legacyVersion: ProtocolVersion
    /// 32 bytes.
    public var random: [UInt8]
    /// At most 32 bytes.
    public var sessionID: [UInt8]
    /// Offered suites in the client's order, signalling values and GREASE included.
    public var cipherSuites: [CipherSuite]
    /// Offered compression methods.
    public var compressionMethods: [CompressionMethod]
    /// Extensions as sent, duplicates included; nil if the field is absent, which is not the same as empty.
    public var extensions: [Extension]?

    /// `client_hello`
    public static var type: HandshakeType { .client_hello }

    /// Makes a hello; nothing is checked, so that malformed ones can be made too.
    public init(
        legacyVersion: ProtocolVersion,
        random: [UInt8],
        sessionID: [UInt8] = [],
        cipherSuites: [CipherSuite],
        compressionMethods: [CompressionMethod] = [.NULL],
        extensions: [Extension]?
    ) {
        self.legacyVersion = legacyVersion
        self.random = random
        self.sessionID = sessionID
        self.cipherSuites = cipherSuites
        self.compressionMethods = compressionMethods
        self.extensions = extensions
    }

    /// Reads the body of the message.
    public init(parsing reader: inout ByteReader) throws(WireError) {
        legacyVersion = ProtocolVersion(rawValue: try reader.readUInt16("ClientHello.legacy_version"))
        random = try reader.readBytes(32, "ClientHello.random")
        sessionID = try reader.readOpaque(.one, maximum: 32, "ClientHello.session_id")
        cipherSuites = try reader.readUInt16List(.two, minimum: 2, "ClientHello.cipher_suites")
            .map(CipherSuite.init(rawValue:))
        compressionMethods = try reader.readOpaque(.one, minimum: 1, "ClientHello.compression_methods")
            .map(CompressionMethod.init(rawValue:))
        extensions = try Extension.readList(&reader, "ClientHello.extensions")
    }

    /// Writes the body of the message.
    public func encode(into writer: inout ByteWriter) {
        writer.writeUInt16(legacyVersion.rawValue)
        writer.writeBytes(random)
        writer.writeOpaque(.one, sessionID)
        writer.writeUInt16List(.two, cipherSuites.map(\.rawValue))
        writer.writeOpaque(.one, compressionMethods.map(\.rawValue))
        Extension.writeList(extensions, into: &writer)
    }

    /// The whole message as records whose version field is `version`.
    public func record(version: ProtocolVersion) -> [UInt8] {
        handshakeMessage().records(version: version)
    }
}

// MARK: - What the extensions say

extension ClientHello {
    /// The first DNS name of `server_name`; nil if absent or malformed.
    public var serverName: PeerText? {
        (try? extensions?.decode(ServerNameList.self))?.hostNames.first
    }

    /// The versions offered, in the client's order: `supported_versions`, or else `legacyVersion` alone, which is the highest
    /// one and says nothing of those below (RFC 5246 appendix E.1).
    public var supportedVersions: [ProtocolVersion] {
        if let list = try? extensions?.decode(SupportedVersions.self) { return list.versions }
        return [legacyVersion]
    }

    /// ALPN protocol names in the client's order; empty if absent or malformed.
    public var alpn: [PeerText] {
        (try? extensions?.decode(ApplicationProtocols.self))?.names ?? []
    }

    /// `supported_groups` in the client's order; empty if absent or malformed.
    public var groups: [NamedGroup] {
        (try? extensions?.decode(SupportedGroups.self))?.groups ?? []
    }

    /// `signature_algorithms` in the client's order; empty if absent or malformed.
    public var signatureSchemes: [SignatureScheme] {
        (try? extensions?.decode(SignatureAlgorithms.self))?.schemes ?? []
    }

    /// The groups of the key shares sent; nil if there is no (well-formed) `key_share`.
    public var keyShareGroups: [NamedGroup]? {
        (try? extensions?.decode(ClientKeyShares.self))?.entries.map(\.group)
    }
}
