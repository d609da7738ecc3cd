/// A cipher kind of SSL 2.0, by its code point of three bytes.
///
/// A client hello in the SSL 2.0 format also carries the suites of later versions: those have a first byte of zero.
public struct SSL2CipherKind: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The three bytes on the wire, the first one highest.
    public let rawValue: UInt32

    /// Wraps any number; only its low 24 bits count.
    public init(rawValue: UInt32) {
        self.rawValue = rawValue & 0xff_ffff
    }

    /// A later version's suite as it is offered in an SSL 2.0 hello (RFC 5246, appendix E.2).
    public init(_ suite: CipherSuite) {
        self.init(rawValue: UInt32(suite.rawValue))
    }

    /// The suite of a later version that this value stands for, or nil if it is a kind of SSL 2.0 itself.
    public var suite: CipherSuite? {
        rawValue >> 16 == 0 && rawValue != 0 ? CipherSuite(rawValue: UInt16(truncatingIfNeeded: rawValue)) : nil
    }

    /// The name from the SSL 2.0 specification; a later suite's name; "0x123456" for an unknown value.
    public var name: String { facts?.name ?? suite?.registeredName ?? codePointText }

    /// The code point in hexadecimal: "0x010080".
    public var codePointText: String { hexText(rawValue, digits: 6) }

    /// Same as ``name``.
    public var description: String { name }

    /// What is known of the kind, or nil.
    public var facts: SSL2CipherFacts? {
        SSL2CipherFacts.table.withRow(rawValue) { SSL2CipherFacts(kind: self, row: &$0) }
    }

    /// Finds a kind by its SSL_CK_ name or code point; OpenSSL's names for them are shared with SSL 3.0 and don't count.
    public init?(named text: String) {
        if let facts = SSL2CipherKind.registry.first(where: { equalIgnoringCase($0.name.utf8, text.utf8) }) {
            self = facts.kind
        } else if text.utf8.count == 8, let value = parseHex(text, as: UInt32.self) {
            self.init(rawValue: value)
        } else {
            return nil
        }
    }

    /// The facts of every kind, by code point.
    public static let registry: [SSL2CipherFacts] = {
        var rows: [SSL2CipherFacts] = []
        SSL2CipherFacts.table.forEachRow { code, fields in
            rows.append(SSL2CipherFacts(kind: SSL2CipherKind(rawValue: code), row: &fields))
        }
        return rows
    }()
}

/// What is known of an SSL 2.0 cipher kind. Key exchange and authentication are always RSA, without forward secrecy.
public struct SSL2CipherFacts: Hashable, Sendable {
    /// The code point.
    public let kind: SSL2CipherKind
    /// The name from the SSL 2.0 specification.
    public let name: String
    /// OpenSSL's name, shared with a suite of SSL 3.0 in some cases, or nil.
    public let openSSLName: String?
    /// Schannel's name, or nil.
    public let schannelName: String?
    /// The cipher with its mode.
    public let cipher: String
    /// Bits of security of the cipher: 0 for NULL, 40 for export.
    public let strengthBits: Int
    /// Block length of the cipher in bytes; 1 for a stream cipher, 0 for NULL.
    public let blockSize: Int
    /// What protects records against change: "MD5", "SHA1", "NULL".
    public let mac: String
    /// Whether most of the key is sent in the clear.
    public let isExport: Bool

    /// Reads a row of the generated table, after its code point.
    init(kind: SSL2CipherKind, row: inout RowFields) {
        self.kind = kind
        name = row.string()
        openSSLName = row.optionalString()
        schannelName = row.optionalString().map { [name] in $0 == "=" ? name : $0 }
        cipher = row.string()
        strengthBits = row.decimal() ?? 0
        blockSize = row.decimal() ?? 0
        mac = row.string()
        isExport = row.string() == "x"
    }

    /// RSA: the only key exchange of SSL 2.0.
    public var keyExchange: KeyExchange { .rsa }
    /// RSA: the only authentication of SSL 2.0.
    public var authentication: Authentication { .rsa }
    /// Whether nothing is encrypted.
    public var isNULL: Bool { strengthBits == 0 }
    /// Never, in SSL 2.0.
    public var forwardSecrecy: Bool { false }
}
