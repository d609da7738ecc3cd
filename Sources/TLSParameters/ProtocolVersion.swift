/// A version of SSL or TLS as it is written on the wire.
///
/// SSL 2.0 is `0x0002`; from SSL 3.0 on the major version is 3. Any other number a peer writes is legal and has no name.
public struct ProtocolVersion: RawRepresentable, Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The two bytes on the wire, the first one in the high half.
    public let rawValue: UInt16

    /// Wraps any number.
    public init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// SSL 2.0 (draft-hickman-netscape-ssl-00), prohibited by RFC 6176.
    public static let ssl2 = ProtocolVersion(rawValue: 0x0002)
    /// SSL 3.0 (RFC 6101), prohibited by RFC 7568.
    public static let ssl3 = ProtocolVersion(rawValue: 0x0300)
    /// TLS 1.0 (RFC 2246), deprecated by RFC 8996.
    public static let tls10 = ProtocolVersion(rawValue: 0x0301)
    /// TLS 1.1 (RFC 4346), deprecated by RFC 8996.
    public static let tls11 = ProtocolVersion(rawValue: 0x0302)
    /// TLS 1.2 (RFC 5246).
    public static let tls12 = ProtocolVersion(rawValue: 0x0303)
    /// TLS 1.3 (RFC 8446).
    public static let tls13 = ProtocolVersion(rawValue: 0x0304)

    /// Every version with a name, oldest first.
    public static let all: [ProtocolVersion] = [.ssl2, .ssl3, .tls10, .tls11, .tls12, .tls13]

    /// The stable text used in options and reports: "ssl2", "ssl3", "tls1.0" to "tls1.3"; "0x7f1c" for anything else.
    public var id: String {
        switch self {
        case .ssl2: "ssl2"
        case .ssl3: "ssl3"
        case .tls10: "tls1.0"
        case .tls11: "tls1.1"
        case .tls12: "tls1.2"
        case .tls13: "tls1.3"
        default: hexText(rawValue).lowercased()
        }
    }

    /// The name people use: "SSL 2.0" to "TLS 1.3"; a TLS 1.3 draft as "TLS 1.3 draft 28"; "0x7f1c" for anything else.
    public var name: String {
        switch self {
        case .ssl2: "SSL 2.0"
        case .ssl3: "SSL 3.0"
        case .tls10: "TLS 1.0"
        case .tls11: "TLS 1.1"
        case .tls12: "TLS 1.2"
        case .tls13: "TLS 1.3"
        default: draftNumber.map { "TLS 1.3 draft \($0)" } ?? id
        }
    }

    /// The number of the TLS 1.3 draft this value stood for (`0x7f00` to `0x7f1c`, RFC 8446 drafts section 4.2.1), or nil.
    public var draftNumber: Int? {
        rawValue >> 8 == 0x7f && (1...28).contains(rawValue & 0xff) ? Int(rawValue & 0xff) : nil
    }

    /// Whether the value is one of those a client sends to see that unknown versions are ignored (RFC 8701, section 2).
    public var isGREASE: Bool { isGREASEPattern(rawValue) }

    /// Same as ``name``.
    public var description: String { name }

    /// Older versions are smaller; unknown values sort by their number.
    public static func < (one: ProtocolVersion, other: ProtocolVersion) -> Bool {
        one.rawValue < other.rawValue
    }

    /// Reads the text of an option.
    ///
    /// Letter case, spaces, a "v" and dots don't matter: "tls1.2", "TLSv1.2", "tls12" and "1.2" are the same version;
    /// "0x0303" is taken as the number on the wire. Anything else gives nil.
    public init?(id text: String) {
        if let value = parseHex(text, as: UInt16.self) {
            self.init(rawValue: value)
            return
        }
        let key = text.lowercased().filter { $0 != "." && $0 != " " && $0 != "v" && $0 != "_" && $0 != "-" }
        switch key {
        case "ssl2", "ssl20": self = .ssl2
        case "ssl3", "ssl30": self = .ssl3
        case "tls1", "tls10", "10": self = .tls10
        case "tls11", "11": self = .tls11
        case "tls12", "12": self = .tls12
        case "tls13", "13": self = .tls13
        default: return nil
        }
    }
}

/// Whether `value` has the shape reserved by RFC 8701: two equal bytes whose low half is `A`.
func isGREASEPattern(_ value: UInt16) -> Bool {
    value & 0x0f0f == 0x0a0a && value >> 8 == value & 0xff
}
