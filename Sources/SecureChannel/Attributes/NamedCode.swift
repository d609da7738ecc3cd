public import TLSParameters

/// A code point beside its name, as reports write them.
public struct NamedCode: Codable, Hashable, Sendable {
    /// The number as on the wire, such as `0x1301`.
    public var codePoint: String
    /// The registry's name, or the number again where there is none.
    public var name: String

    /// A code point with a name of its own.
    public init(codePoint: String, name: String) {
        self.codePoint = codePoint
        self.name = name
    }

    /// The number; 0 for one of more than two bytes, as SSL 2.0's kinds have.
    public var number: UInt16 { UInt16(codePoint.dropFirst(2), radix: 16) ?? 0 }

    /// Whether the number is one of those that clients offer to see that unknown ones are ignored (RFC 8701 section 2).
    public var isGREASE: Bool { CipherSuite(rawValue: number).isGREASE }

    /// Whether no registry knows it.
    public var isUnknown: Bool { name == codePoint && !isGREASE }

    /// A value of a registry.
    public init(_ value: some CodePoint) {
        self.init(codePoint: value.codePointText, name: value.name)
    }

    /// A suite, by its IANA name.
    public init(_ suite: CipherSuite) {
        self.init(codePoint: suite.codePointText, name: suite.name)
    }

    /// A kind of SSL 2.0, or the suite of a later version that stands among them.
    public init(_ kind: SSL2CipherKind) {
        self.init(codePoint: kind.suite?.codePointText ?? kind.codePointText, name: kind.suite?.name ?? kind.name)
    }

    /// A protocol version, by its identifier such as `tls1.3`.
    public init(_ version: ProtocolVersion) {
        let digits = String(version.rawValue, radix: 16, uppercase: true)
        let padding = String(repeating: "0", count: max(0, 4 - digits.count))
        self.init(codePoint: "0x\(padding)\(digits)", name: version.id)
    }
}

/// Bytes that reports write as lower-case hexadecimal.
public struct HexBytes: Hashable, Sendable {
    /// The bytes.
    public var bytes: [UInt8]

    /// Wraps bytes.
    public init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Two digits a byte, lower case, without separators.
    public var hex: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// Reads what ``hex`` writes, upper case too; nil for anything else.
    public init?(hex: String) {
        let digits = Array(hex.utf8)
        guard digits.count.isMultiple(of: 2) else { return nil }
        bytes = []
        bytes.reserveCapacity(digits.count / 2)
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let high = Self.value(digits[index]), let low = Self.value(digits[index + 1]) else { return nil }
            bytes.append(high << 4 | low)
        }
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

extension HexBytes: Codable {
    /// Reads the hexadecimal text.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let value = HexBytes(hex: try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not hexadecimal")
        }
        self = value
    }

    /// Writes the hexadecimal text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(hex)
    }
}
