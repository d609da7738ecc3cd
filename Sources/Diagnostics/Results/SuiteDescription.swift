public import TLSParameters

/// A cipher suite as reports write it: its code point beside every name that it has, and what is known of it.
public struct SuiteDescription: Codable, Hashable, Sendable {
    /// `0xC02F`, or `0x010080` for an SSL 2.0 cipher kind.
    public var codePoint: String
    /// The name to show first, always written: IANA's, else SSL 2.0's own (`SSL_CK_…`) or the best that is known, else the
    /// code point.
    @Nullable private var shownName: String?
    /// IANA's name; nil outside the registry.
    @Nullable public var iana: String?
    /// OpenSSL's name; nil if it never had one.
    @Nullable public var openssl: String?
    /// Schannel's name; nil if Windows doesn't have it.
    @Nullable public var schannel: String?
    /// Strength of the cipher in bits, 0 for none; nil for an unknown code point.
    @Nullable public var bits: Int?
    /// Key exchange, such as `ECDHE`; nil for an unknown code point.
    @Nullable public var keyExchange: String?
    /// Authentication, such as `RSA`; nil for an unknown code point.
    @Nullable public var authentication: String?
    /// Cipher, such as `AES-128-GCM`; nil for an unknown code point.
    @Nullable public var cipher: String?
    /// MAC, or `AEAD`; nil for an unknown code point.
    @Nullable public var mac: String?
    /// Whether the loss of a long-term key leaves past sessions secret; nil for an unknown code point.
    @Nullable public var forwardSecrecy: Bool?
    /// Whether the cipher was weakened for export; nil for an unknown code point.
    @Nullable public var export: Bool?

    private enum CodingKeys: String, CodingKey {
        case codePoint
        case shownName = "name"
        case iana
        case openssl
        case schannel
        case bits
        case keyExchange
        case authentication
        case cipher
        case mac
        case forwardSecrecy
        case export
    }

    /// The name to show first: IANA's, else SSL 2.0's own or the best that is known, else the code point.
    public var name: String { shownName ?? iana ?? openssl ?? codePoint }

    /// What the registry knows of a suite; only the code point if it knows nothing.
    public init(_ suite: CipherSuite) {
        codePoint = suite.codePointText
        shownName = suite.registeredName ?? codePoint
        if let facts = suite.facts { take(facts) }
    }

    /// The suite of a row of the registry.
    public init(_ facts: CipherSuiteFacts) {
        codePoint = facts.suite.codePointText
        take(facts)
    }

    /// A cipher kind of SSL 2.0; only the code point if nothing is known of it.
    public init(_ kind: SSL2CipherKind) {
        codePoint = kind.codePointText
        shownName = kind.name
        guard let facts = kind.facts else { return }
        openssl = facts.openSSLName
        schannel = facts.schannelName
        bits = facts.strengthBits
        keyExchange = facts.keyExchange.description
        authentication = facts.authentication.description
        cipher = facts.cipher
        mac = facts.mac
        forwardSecrecy = facts.forwardSecrecy
        export = facts.isExport
    }

    private mutating func take(_ facts: CipherSuiteFacts) {
        shownName = facts.ianaName ?? facts.openSSLName ?? facts.name
        iana = facts.ianaName
        openssl = facts.openSSLName
        schannel = facts.schannelName
        bits = facts.strengthBits
        keyExchange = facts.keyExchange.description
        authentication = facts.authentication.description
        cipher = facts.cipher
        mac = facts.mac
        forwardSecrecy = facts.forwardSecrecy
        export = facts.isExport
    }
}
