/// A number from a TLS registry, known to this build or not.
///
/// Every code point a peer can write on the wire is a legal value: a type in this module wraps the number, names it if
/// the registry (or wide use outside it) does, and prints it in hexadecimal if not. Nothing here refuses a value.
public protocol CodePoint: RawRepresentable, Hashable, Sendable, CustomStringConvertible
where RawValue: FixedWidthInteger & UnsignedInteger {
    /// Wraps any number.
    init(rawValue: RawValue)

    /// The registered names, one `HEX name` a line, ascending.
    static var nameTable: NameTable { get }
}

extension CodePoint {
    /// The registry's own spelling, or the number in hexadecimal ("0x1234") where there is none.
    public var name: String { registeredName ?? codePointText }

    /// The registry's own spelling, or nil for a value that has none.
    public var registeredName: String? { Self.nameTable.name(of: UInt32(truncatingIfNeeded: rawValue)) }

    /// The number in hexadecimal, at the width it has on the wire: "0x1D" for a byte, "0x001D" for two.
    public var codePointText: String { hexText(rawValue) }

    /// Same as ``name``.
    public var description: String { name }

    /// Finds a value by its registered name (letter case is ignored) or by its number, "0x001d".
    public init?(named text: String) {
        if let value = Self.nameTable.value(named: text) {
            self.init(rawValue: RawValue(truncatingIfNeeded: value))
        } else if let value = parseHex(text, as: RawValue.self) {
            self.init(rawValue: value)
        } else {
            return nil
        }
    }

    /// Every named value, ascending.
    public static var all: [Self] {
        nameTable.values.map { Self(rawValue: RawValue(truncatingIfNeeded: $0)) }
    }
}

/// "0x" and the digits of `value` in upper case, padded to its width on the wire.
package func hexText<Value: FixedWidthInteger & UnsignedInteger>(_ value: Value, digits: Int? = nil) -> String {
    let width = max(1, digits ?? Value.bitWidth / 4, (Value.bitWidth - value.leadingZeroBitCount + 3) / 4)
    return String(unsafeUninitializedCapacity: width + 2) { bytes in
        bytes[0] = UInt8(ascii: "0")
        bytes[1] = UInt8(ascii: "x")
        for place in 0..<width {
            let digit = UInt8(truncatingIfNeeded: value >> (4 * (width - 1 - place))) & 15
            bytes[place + 2] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "A") - 10 + digit
        }
        return width + 2
    }
}

/// Reads "0x1F" (the prefix is required, so that a name made of digits is never taken for a number).
func parseHex<Value: FixedWidthInteger>(_ text: String, as type: Value.Type) -> Value? {
    guard text.hasPrefix("0x") || text.hasPrefix("0X") else { return nil }
    let digits = text.dropFirst(2)
    guard let first = digits.utf8.first, first != UInt8(ascii: "+"), first != UInt8(ascii: "-") else { return nil }
    return Value(digits, radix: 16)
}
