public import TLSParameters

// RFC 8446 §4.1.3 and §4.1.4, RFC 5246 §7.4.1.3; SSL 3.0 (RFC 6101 §5.6.1.3) has no extensions
//
//     struct {
//         ProtocolVersion legacy_version;
//         Random random;                        32 bytes
//         opaque legacy_session_id_echo<0..32>;
//         CipherSuite cipher_suite;
//         uint8 legacy_compression_method;
//         Extension extensions<0..2^16-1>;      absent if nothing follows
//     } ServerHello;

/// A server's choice, SSL 3.0 to TLS 1.3; a HelloRetryRequest is one with a fixed random.
public struct ServerHello: HandshakeBody {
    /// The version field; TLS 1.2 when TLS 1.3 was chosen (see ``selectedVersion``).
    public var legacyVersion: ProtocolVersion
    /// 32 bytes.
    public var random: [UInt8]
    /// At most 32 bytes; TLS 1.3 echoes the client's.
    public var sessionID: [UInt8]
    /// The chosen suite.
    public var cipherSuite: CipherSuite
    /// The chosen compression method.
    public var compressionMethod: CompressionMethod
    /// Extensions as sent, duplicates included; nil if the field is absent.
    public var extensions: [Extension]?

    /// `server_hello`
    public static var type: HandshakeType { .server_hello }

    /// Makes a server hello; nothing is checked.
    public init(
        legacyVersion: ProtocolVersion,
        random: [UInt8],
        sessionID: [UInt8] = [],
        cipherSuite: CipherSuite,
        compressionMethod: CompressionMethod = .NULL,
        extensions: [Extension]?
    ) {
        self.legacyVersion = legacyVersion
        self.random = random
        self.sessionID = sessionID
        self.cipherSuite = cipherSuite
        self.compressionMethod = compressionMethod
        self.extensions = extensions
    }

    /// Reads the body of the message.
    public init(parsing reader: inout ByteReader) throws(WireError) {
        legacyVersion = ProtocolVersion(rawValue: try reader.readUInt16("ServerHello.legacy_version"))
        random = try reader.readBytes(32, "ServerHello.random")
        sessionID = try reader.readOpaque(.one, maximum: 32, "ServerHello.session_id")
        cipherSuite = CipherSuite(rawValue: try reader.readUInt16("ServerHello.cipher_suite"))
        compressionMethod = CompressionMethod(rawValue: try reader.readUInt8("ServerHello.compression_method"))
        extensions = try Extension.readList(&reader, "ServerHello.extensions")
    }

    /// Writes the body of the message.
    public func encode(into writer: inout ByteWriter) {
        writer.writeUInt16(legacyVersion.rawValue)
        writer.writeBytes(random)
        writer.writeOpaque(.one, sessionID)
        writer.writeUInt16(cipherSuite.rawValue)
        writer.writeUInt8(compressionMethod.rawValue)
        Extension.writeList(extensions, into: &writer)
    }

    /// The whole message as records whose version field is `version`.
    public func record(version: ProtocolVersion) -> [UInt8] {
        handshakeMessage().records(version: version)
    }
}

// MARK: - What it means

extension ServerHello {
    /// SHA-256 of "HelloRetryRequest" (RFC 8446 §4.1.3).
    public static let helloRetryRequestRandom: [UInt8] = [
        0xCF, 0x21, 0xAD, 0x74, 0xE5, 0x9A, 0x61, 0x11, 0xBE, 0x1D, 0x8C, 0x02, 0x1E, 0x65, 0xB8, 0x91,
        0xC2, 0xA2, 0x11, 0x16, 0x7A, 0xBB, 0x8C, 0x5E, 0x07, 0x9E, 0x09, 0xE2, 0xC8, 0xA8, 0x33, 0x9C,
    ]

    /// The server asks for another hello instead of answering this one.
    public var isHelloRetryRequest: Bool { random == Self.helloRetryRequestRandom }

    /// Whether bytes that are a whole ServerHello message ask for another hello, without a look at the rest of it.
    public static func isHelloRetryRequest(message bytes: [UInt8]) -> Bool {
        // The random follows the header and the version.
        bytes.dropFirst(HandshakeMessage.headerLength + 2).starts(with: helloRetryRequestRandom)
    }

    /// The negotiated version: `supported_versions` if present, or else `legacyVersion`.
    public var selectedVersion: ProtocolVersion {
        (try? extensions?.decode(SelectedVersion.self))?.version ?? legacyVersion
    }

    /// The group of the server's key share, or the one a HelloRetryRequest asks for; nil before TLS 1.3.
    public var selectedGroup: NamedGroup? {
        guard let extensions else { return nil }
        if isHelloRetryRequest { return (try? extensions.decode(RetryKeyShare.self))?.group }
        return (try? extensions.decode(ServerKeyShare.self))?.entry.group
    }

    /// The ALPN protocol that a TLS ≤ 1.2 server chose; TLS 1.3 servers say it in EncryptedExtensions.
    public var alpn: PeerText? {
        (try? extensions?.decode(ApplicationProtocols.self))?.names.first
    }

    /// The version that the last eight bytes of the random say the server was brought down to.
    public var downgradeSentinel: DowngradeSentinel? { DowngradeSentinel(random: random) }
}

/// The marker that a server puts at the end of its random when it could have spoken a newer version.
///
/// RFC 8446 §4.1.3.
public enum DowngradeSentinel: String, Hashable, Sendable, Codable {
    /// `DOWNGRD` 01: a TLS 1.3 server negotiates TLS 1.2.
    case tls12
    /// `DOWNGRD` 00: a TLS 1.2 or 1.3 server negotiates TLS 1.1 or below.
    case tls11OrBelow = "tls11-or-below"

    /// Looks at the last eight bytes of a server random.
    public init?(random: [UInt8]) {
        guard random.count == 32, random[24..<31].elementsEqual("DOWNGRD".utf8) else { return nil }
        switch random[31] {
        case 1: self = .tls12
        case 0: self = .tls11OrBelow
        default: return nil
        }
    }
}
