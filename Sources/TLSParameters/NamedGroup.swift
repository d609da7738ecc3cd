/// A group for key exchange: a curve, a finite field or a key encapsulation (RFC 8446, section 4.2.7).
public struct NamedGroup: CodePoint {
    /// The number on the wire.
    public let rawValue: UInt16

    /// Wraps any number.
    public init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// What is known of the group, or nil.
    public var facts: NamedGroupFacts? {
        NamedGroupFacts.table.withRow(UInt32(rawValue)) { NamedGroupFacts(group: self, row: &$0) }
    }

    /// Whether the value is one of those a client sends to see that unknown groups are ignored (RFC 8701, section 2).
    public var isGREASE: Bool { isGREASEPattern(rawValue) }

    /// Finds a group by its registered name, by the other names in wide use ("P-256", "prime256v1"), or by its number.
    public init?(named text: String) {
        switch text.lowercased() {
        case "p-256", "p256", "prime256v1": self = .secp256r1
        case "p-384", "p384": self = .secp384r1
        case "p-521", "p521": self = .secp521r1
        case "prime192v1", "p-192": self = .secp192r1
        case "p-224": self = .secp224r1
        case "sm2", "wapip192v1": self = .curveSM2
        default:
            if let value = Self.nameTable.value(named: text) {
                self.init(rawValue: UInt16(truncatingIfNeeded: value))
            } else if let value = parseHex(text, as: UInt16.self) {
                self.init(rawValue: value)
            } else {
                return nil
            }
        }
    }
}

/// What is known of a group.
public struct NamedGroupFacts: Hashable, Sendable {
    /// The code point.
    public let group: NamedGroup

    /// The mathematics behind it.
    public let kind: Kind

    /// Bits of the field or modulus (255 for x25519, the size of its prime); for ML-KEM the number in its name. 0 for the
    /// explicit curves, whose size is in the message.
    public let bits: Int

    /// Bits of security against a classical computer, in the steps of NIST SP 800-57 part 1, table 2. 0 when unknown.
    public let strengthBits: Int

    /// Bytes of the client's and of the server's key share, or nil where TLS 1.3 doesn't have the group.
    public let keyShareLengths: KeyShareLengths?

    /// IANA's "Recommended" column.
    public let recommended: Recommended

    /// The defining document.
    public let reference: String

    /// Whether the group was withdrawn or discouraged.
    public var isDeprecated: Bool { recommended == .discouraged }

    /// Whether the group holds against a quantum computer.
    public var isPostQuantum: Bool { kind == .mlkem || kind == .hybrid }

    /// Reads a row of the generated table, after its code point.
    init(group: NamedGroup, row: inout RowFields) {
        self.group = group
        kind = Kind(rawValue: row.string())
        bits = row.decimal() ?? 0
        strengthBits = row.decimal() ?? 0
        let client = row.decimal()
        let server = row.decimal()
        keyShareLengths = client.flatMap { client in server.map { KeyShareLengths(client: client, server: $0) } }
        recommended = Recommended(row.string())
        reference = row.string()
    }

    /// The mathematics behind a group.
    public struct Kind: RawRepresentable, Hashable, Sendable {
        /// The name in the table.
        public let rawValue: String

        /// Wraps any name.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// A curve over a prime field, points with two coordinates.
        public static let primeCurve = Kind(rawValue: "prime")
        /// A curve over a binary field.
        public static let binaryCurve = Kind(rawValue: "binary")
        /// X25519 or X448 (RFC 7748).
        public static let montgomeryCurve = Kind(rawValue: "montgomery")
        /// A GOST R 34.10 curve.
        public static let gostCurve = Kind(rawValue: "gost")
        /// A finite field (RFC 7919).
        public static let finiteField = Kind(rawValue: "finite")
        /// ML-KEM alone.
        public static let mlkem = Kind(rawValue: "mlkem")
        /// A curve together with a post-quantum key encapsulation.
        public static let hybrid = Kind(rawValue: "hybrid")
        /// A curve whose parameters are spelled out in the message (RFC 4492, section 5.4).
        public static let explicit = Kind(rawValue: "explicit")

        /// Whether it is an elliptic curve of any form, and nothing besides.
        public var isEllipticCurve: Bool {
            switch self {
            case .primeCurve, .binaryCurve, .montgomeryCurve, .gostCurve, .explicit: true
            default: false
            }
        }
    }

    /// The size of a group's key shares in TLS 1.3.
    public struct KeyShareLengths: Hashable, Sendable {
        /// Bytes in the client's key_share entry.
        public let client: Int
        /// Bytes in the server's key_share entry.
        public let server: Int
    }
}
