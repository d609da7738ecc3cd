public import TLSParameters

/// Everything known of a connection: read from the engine and from the messages that went over the wire.
///
/// A failed handshake yields the part that was known by then; what is unknown is nil or empty.
public struct ConnectionAttributes: Codable, Sendable {
    /// The engine and its rules.
    public var library: LibraryAttributes
    /// Which end this is.
    public var role: Role
    /// Where the context stands: `handshaking`, `established`, `closed` or `failed`.
    public var state: ContextState
    /// What was asked of the context, and what it has.
    public var flags: FlagAttributes
    /// Tokens, bytes and records in both directions.
    public var transport: TransportAttributes
    /// The version and how it came about.
    public var `protocol`: ProtocolAttributes?
    /// What the client offered.
    public var offered: OfferAttributes?
    /// Names for what the first hellos looked like.
    public var fingerprints: FingerprintAttributes
    /// The suite and all facts about it; in SSL 2.0 the cipher kind.
    public var suite: SuiteAttributes?
    /// How the keys were agreed on.
    public var keyExchange: KeyExchangeAttributes?
    /// How the peer proved to own its certificate.
    public var peerSignature: SignatureAttributes?
    /// How this end proved to own its certificate; nil when it didn't.
    public var ownSignature: SignatureAttributes?
    /// The session: new or resumed, and what came to resume it later.
    public var session: SessionAttributes
    /// Names exchanged in the handshake.
    public var names: NameAttributes
    /// Switches that decide about the security of the channel.
    public var security: SecurityAttributes
    /// The size of what protection adds.
    public var sizes: SizeAttributes?
    /// Values that tie other protocols to this channel.
    public var bindings: BindingAttributes?
    /// The keying material that was asked for, in that order; empty until the channel stands.
    public var exports: [ExportAttributes]
    /// The secrets; nil unless the context was made to reveal them.
    public var secrets: SecretAttributes?
    /// What the peer said about itself.
    public var peer: PeerAttributes
    /// The client's authentication.
    public var clientAuthentication: ClientAuthenticationAttributes
    /// The extensions in both directions.
    public var extensions: ExtensionAttributes
    /// How the connection ended.
    public var close: CloseAttributes
    /// Why it failed, if it did.
    public var failure: ContextFailure?

    /// The negotiated version; nil before there is one.
    public var version: ProtocolVersion? { self.protocol.map { ProtocolVersion(rawValue: $0.rawVersion) } }
    /// Whether nothing but an external key that both ends know proves who the peer is: a handshake that used one, and in
    /// which no certificate was shown.
    public var isAuthenticatedByKey: Bool {
        guard names.pskIdentity != nil, !session.resumed else { return false }
        // RSA-PSK has a certificate beside the key (RFC 4279 section 4).
        return version == .tls13 || suite?.authentication == Authentication.psk.rawValue
    }
    /// The negotiated suite; nil in SSL 2.0, whose kinds are none, and before there is one.
    public var cipherSuite: CipherSuite? {
        version == .ssl2 ? nil : suite.map { CipherSuite(rawValue: $0.rawSuite) }
    }
}

/// Where a context stands.
public enum ContextState: String, Codable, Hashable, Sendable {
    /// The first handshake is under way, or has not begun.
    case handshaking
    /// Data can flow.
    case established
    /// A close_notify went or came, or the transport ended.
    case closed
    /// The context is unusable.
    case failed
}

/// The engine and its rules.
public struct LibraryAttributes: Codable, Hashable, Sendable {
    /// The engine: `libssl` or `classic`.
    public var engine: String
    /// Its version text.
    public var version: String
    /// The providers in use.
    public var providers: [String]
    /// The security level in force, 0 to 5.
    public var securityLevel: Int
    /// Why the level is below the default; empty when it isn't.
    public var securityLevelReasons: [String]
    /// Where its handshake stands, in its own words (Schannel's `NEGOTIATION_INFO`).
    public var state: String
}

/// Tokens, bytes and records in both directions. Round trips count how often this end had to wait for the peer.
public struct TransportAttributes: Codable, Hashable, Sendable {
    /// Bytes sent so far.
    public var bytesSent = 0
    /// Bytes received so far; once the first handshake is over, as far as they were consumed.
    public var bytesReceived = 0
    /// Records sent so far.
    public var recordsSent = 0
    /// Records received so far.
    public var recordsReceived = 0
    /// Bytes sent until the first handshake was over.
    public var handshakeBytesSent = 0
    /// Bytes received until the first handshake was over.
    public var handshakeBytesReceived = 0
    /// Records sent until the first handshake was over.
    public var handshakeRecordsSent = 0
    /// Records received until the first handshake was over.
    public var handshakeRecordsReceived = 0
    /// How often this end sent something and then had to wait, in the first handshake.
    public var roundTrips = 0
    /// From the first step to the end of the first handshake, in seconds.
    public var handshakeSeconds: Double?
    /// When the first byte of the peer's came, in seconds since the context was made.
    public var firstByteSeconds: Double?
    /// When the first byte of the peer's data came, in seconds since the context was made.
    public var firstDataSeconds: Double?
    /// How many bytes of a record are still missing; nil when the input ends where a record does.
    public var missingBytes: Int?
    /// Bytes of plaintext protected.
    public var plaintextSent = 0
    /// Bytes of plaintext unprotected.
    public var plaintextReceived = 0
    /// Legs that the log has no room for: it keeps the first ones.
    public var legsLeftOut = 0
    /// The records in those legs.
    public var recordsLeftOut = 0
    /// Events that the log has no room for.
    public var eventsLeftOut = 0

    /// Takes everything until now for the handshake.
    mutating func endHandshake() {
        handshakeBytesSent = bytesSent
        handshakeBytesReceived = bytesReceived
        handshakeRecordsSent = recordsSent
        handshakeRecordsReceived = recordsReceived
    }
}

/// The version and how it came about.
public struct ProtocolAttributes: Codable, Hashable, Sendable {
    /// Stable text, such as `tls1.3`.
    public var version: String
    /// The name, such as `TLS 1.3`.
    public var name: String
    /// The code point as text.
    public var codePoint: String
    /// Schannel's bit for this version and role (`SP_PROT_TLS1_3_CLIENT`), as a number in text.
    public var schannelBit: String
    /// The form of the client's hello: `tls` or `ssl2`.
    public var helloFormat: String
    /// Whether the server asked for a second hello.
    public var helloRetryRequest: Bool
    /// The group the server asked for in doing so.
    public var helloRetryGroup: NamedCode?
    /// The server's mark that it could do better (RFC 8446 section 4.1.3): the version it was taken for.
    public var downgradeSentinel: String?
    /// The code point, for programs.
    public var rawVersion: UInt16 { UInt16(codePoint.dropFirst(2), radix: 16) ?? 0 }
}

/// What the client offered, in its order.
public struct OfferAttributes: Codable, Hashable, Sendable {
    /// Versions. A hello without `supported_versions` names only the highest one it can do.
    public var versions: [NamedCode]
    /// Suites.
    public var suites: [NamedCode]
    /// Groups.
    public var groups: [NamedCode]
    /// Groups it sent a key share for.
    public var keyShares: [NamedCode]
    /// Signature schemes.
    public var signatureSchemes: [NamedCode]
    /// ALPN protocols.
    public var alpn: [PeerText]
    /// Compression methods.
    public var compression: [NamedCode]
}

/// The suite and all facts about it.
public struct SuiteAttributes: Codable, Hashable, Sendable {
    /// The code point as text.
    public var codePoint: String
    /// The IANA name, or the best known one.
    public var name: String
    /// OpenSSL's name.
    public var openssl: String?
    /// Schannel's name.
    public var schannel: String?
    /// Key exchange, such as `ECDHE`; `any` in TLS 1.3.
    public var keyExchange: String?
    /// Authentication, such as `RSA`; `any` in TLS 1.3.
    public var authentication: String?
    /// Cipher, such as `AES-128-GCM`.
    public var cipher: String?
    /// Strength in bits, 0 for NULL.
    public var strengthBits: Int?
    /// Block size in bytes.
    public var blockBytes: Int?
    /// MAC, such as `SHA256`, or `AEAD`.
    public var mac: String?
    /// The MAC's size in bits; nil for an AEAD, which has none of its own.
    public var macBits: Int?
    /// Whether it is an AEAD.
    public var isAEAD: Bool?
    /// The hash of the key derivation.
    public var prfHash: String?
    /// Whether stolen keys leave past sessions secret.
    public var forwardSecrecy: Bool?
    /// IANA's recommendation: `yes`, `no`, `discouraged` or `unlisted`.
    public var recommended: String?
    /// The defining document.
    public var reference: String?
    /// How the peer makes single-DES keys in SSL 2.0: `draft`, or `openssl`, which hashes a digit that the draft doesn't. Nil of
    /// other suites, and until the peer's first protected record.
    public var keyDerivation: String?
    /// The code point, for programs; 0 for a kind of SSL 2.0, which has three bytes.
    public var rawSuite: UInt16 { UInt16(codePoint.dropFirst(2), radix: 16) ?? 0 }
}

/// How the keys were agreed on.
public struct KeyExchangeAttributes: Codable, Hashable, Sendable {
    /// The method: `ECDHE`, `DHE`, `RSA`, `PSK`, …
    public var method: String
    /// The group; nil for static RSA, plain PSK and explicit parameters.
    public var group: NamedCode?
    /// Nominal size in bits: the curve's (255 for X25519), the prime's, or the certificate key's for static RSA.
    public var bits: Int?
}

/// How an end proved to own its certificate.
public struct SignatureAttributes: Codable, Hashable, Sendable {
    /// The signature scheme; nil before TLS 1.2, which had no number for it.
    public var scheme: NamedCode?
    /// The hash, by OpenSSL's name; nil where the scheme has none of its own.
    public var hash: String?
    /// The kind of key and padding, by OpenSSL's name.
    public var type: String?
}
