/// What is known of a cipher suite.
public struct CipherSuiteFacts: Hashable, Sendable {
    /// The code point.
    public let suite: CipherSuite

    /// The name: IANA's, or the best-known one of a suite that isn't registered.
    public let name: String

    /// IANA's name, or nil for a code point in use outside the registry.
    public let ianaName: String?

    /// OpenSSL's name, of whichever version had the suite, or nil where none did.
    public let openSSLName: String?

    /// Schannel's name, of whichever version of Windows had the suite, or nil where none did.
    public let schannelName: String?

    /// How the keys are agreed on.
    public let keyExchange: KeyExchange

    /// How the server proves who it is.
    public let authentication: Authentication

    /// The cipher with its mode: "AES-128-GCM", "RC4-128", "NULL".
    public let cipher: String

    /// Bits of security of the cipher: 0 for NULL, 40 and 56 for export, 56 for DES, 112 for 3DES, else the key length.
    public let strengthBits: Int

    /// Block length of the cipher in bytes, whatever its mode: 16 for AES, 8 for DES; 1 for a stream cipher, 0 for NULL.
    public let blockSize: Int

    /// What protects records against change: "AEAD", "SHA256", "SHA1", "MD5", "NULL".
    public let mac: String

    /// The hash of the PRF (or of HKDF) in the last version of the suite: "SHA256", "SHA384"; "MD5-SHA1" up to TLS 1.1.
    public let prfHash: String

    /// The oldest version in which the suite is defined or, as with AES in SSL 3.0, has been in use all the same.
    ///
    /// Chinese TLCP suites carry TLCP's own version, `0x0101`.
    public let firstVersion: ProtocolVersion

    /// The newest version in which the suite is defined. Servers are known to accept withdrawn ones later than that; see
    /// ``mayAppear(in:)``.
    public let lastVersion: ProtocolVersion

    /// IANA's "Recommended" column as of January 2026, with what RFC 10015 (July 2026) changed in it: RSA and finite-field
    /// Diffie-Hellman key exchange are discouraged.
    public let recommended: Recommended

    /// The defining document: "RFC 5289".
    public let reference: String

    /// Whether DTLS can use the suite.
    public let isForDTLS: Bool

    /// Whether the suite was weakened for export from the United States, its key exchange included.
    public let isExport: Bool
}

extension CipherSuiteFacts {
    /// Whether records are protected by an AEAD cipher (RFC 5116).
    public var isAEAD: Bool { mac == "AEAD" }

    /// Whether the cipher is a block cipher in CBC mode, with the padding that goes with it.
    public var isCBC: Bool { cipher.contains("-CBC") }

    /// Whether nothing is encrypted.
    public var isNULL: Bool { strengthBits == 0 }

    /// Whether the server doesn't prove who it is.
    public var isAnonymous: Bool { authentication == .anonymous || authentication == .null }

    /// Whether recorded traffic stays secret when a long-term key becomes known later.
    ///
    /// True of every suite of TLS 1.3, where it depends on the handshake: resumption without a key share has none.
    public var forwardSecrecy: Bool { keyExchange.isEphemeral }

    /// Whether the documents define the suite for a version.
    public func isDefined(for version: ProtocolVersion) -> Bool {
        (firstVersion...lastVersion).contains(version)
    }

    /// Whether an implementation might select the suite in a version, even against the documents.
    ///
    /// A suite that was withdrawn (export, DES) may live on in any version up to TLS 1.2; what was defined for TLS 1.0 works
    /// in SSL 3.0 as well, and Java's servers use elliptic curves there; an AEAD suite can't exist before TLS 1.2, and
    /// TLS 1.3 and the versions before it share no suite.
    public func mayAppear(in version: ProtocolVersion) -> Bool {
        if firstVersion == .tls13 { return version == .tls13 }
        let first = firstVersion == .tls10 ? .ssl3 : firstVersion
        return version >= first && (.ssl3)...(.tls12) ~= version && suite.rawValue != 0
    }

    /// Reads a row of the generated table, after its code point. Nil for a signal.
    init?(suite: CipherSuite, row: inout RowFields) {
        self.suite = suite
        name = row.string()
        openSSLName = row.optionalString()
        schannelName = row.optionalString().map { [name] in $0 == "=" ? name : $0 }
        keyExchange = KeyExchange(rawValue: row.string())
        authentication = Authentication(rawValue: row.string())
        cipher = row.string()
        strengthBits = row.decimal() ?? 0
        blockSize = row.decimal() ?? 0
        mac = row.string()
        prfHash = row.string()
        firstVersion = ProtocolVersion(rawValue: UInt16(truncatingIfNeeded: row.hex()))
        lastVersion = ProtocolVersion(rawValue: UInt16(truncatingIfNeeded: row.hex()))
        recommended = Recommended(row.string())
        reference = row.string()
        let flags = row.string()
        isForDTLS = flags.utf8.contains(UInt8(ascii: "d"))
        isExport = flags.utf8.contains(UInt8(ascii: "x"))
        ianaName = flags.utf8.contains(UInt8(ascii: "u")) ? nil : name
        if flags.utf8.contains(UInt8(ascii: "s")) { return nil }
    }
}

/// The "Recommended" column of an IANA registry (RFC 8447, section 5; RFC 9847).
public enum Recommended: String, Hashable, Sendable, Codable {
    /// Recommended by the IETF.
    case yes
    /// Not evaluated, or of limited use.
    case no
    /// Discouraged, or not to be used.
    case discouraged
    /// Not in the registry.
    case unlisted

    init(_ column: String) {
        switch column {
        case "Y": self = .yes
        case "N": self = .no
        case "D": self = .discouraged
        default: self = .unlisted
        }
    }
}
