/// Builds wire bytes: the mirror of ``ByteReader``.
///
/// A vector longer than its length field can say is cut to the largest length that fits, and ``overflowed`` is set.
/// That can't happen to a value that was decoded; it keeps encoding free of traps for values that a caller made up.
public struct ByteWriter: Sendable {
    /// What was written.
    public private(set) var bytes: [UInt8] = []
    /// A vector did not fit its length field and was cut.
    public private(set) var overflowed = false

    /// An empty writer.
    public init() {}

    /// Bytes written.
    public var count: Int { bytes.count }

    /// Writes one byte.
    public mutating func writeUInt8(_ value: UInt8) {
        bytes.append(value)
    }

    /// Writes two bytes, big-endian.
    public mutating func writeUInt16(_ value: UInt16) {
        bytes.append(UInt8(truncatingIfNeeded: value >> 8))
        bytes.append(UInt8(truncatingIfNeeded: value))
    }

    /// Writes the low three bytes, big-endian.
    public mutating func writeUInt24(_ value: UInt32) {
        bytes.append(UInt8(truncatingIfNeeded: value >> 16))
        writeUInt16(UInt16(truncatingIfNeeded: value))
    }

    /// Writes four bytes, big-endian.
    public mutating func writeUInt32(_ value: UInt32) {
        writeUInt16(UInt16(truncatingIfNeeded: value >> 16))
        writeUInt16(UInt16(truncatingIfNeeded: value))
    }

    /// Writes eight bytes, big-endian.
    public mutating func writeUInt64(_ value: UInt64) {
        writeUInt32(UInt32(truncatingIfNeeded: value >> 32))
        writeUInt32(UInt32(truncatingIfNeeded: value))
    }

    /// Writes bytes as they are.
    public mutating func writeBytes(_ values: [UInt8]) {
        bytes.append(contentsOf: values)
    }

    /// Writes what `body` writes behind a length field.
    public mutating func writeVector(_ prefix: LengthPrefix, _ body: (inout ByteWriter) -> Void) {
        let start = bytes.count
        bytes.append(contentsOf: repeatElement(0, count: prefix.rawValue))
        body(&self)
        let content = start + prefix.rawValue
        var length = bytes.count - content
        if length > prefix.limit {
            bytes.removeLast(length - prefix.limit)
            length = prefix.limit
            overflowed = true
        }
        for index in 0..<prefix.rawValue {
            let shift = 8 * (prefix.rawValue - 1 - index)
            bytes[start + index] = UInt8(truncatingIfNeeded: length >> shift)
        }
    }

    /// Writes opaque bytes behind a length field.
    public mutating func writeOpaque(_ prefix: LengthPrefix, _ values: [UInt8]) {
        writeVector(prefix) { $0.writeBytes(values) }
    }

    /// Writes 16-bit code points behind a length field.
    public mutating func writeUInt16List(_ prefix: LengthPrefix, _ values: some Sequence<UInt16>) {
        writeVector(prefix) { writer in
            for value in values { writer.writeUInt16(value) }
        }
    }
}
