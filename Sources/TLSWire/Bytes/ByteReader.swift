/// A bounded cursor over bytes that a peer wrote.
///
/// Every vector is read through a child reader that can't see past the vector's end, and ``finish(_:)`` turns leftover
/// bytes into an error that names their offset. Lengths are compared with what is there before anything is
/// allocated, and no arithmetic on them can overflow: the largest wire length is 2^32-1 and `Int` has 64 bits.
public struct ByteReader: Sendable {
    private let bytes: [UInt8]
    private var position: Int
    private let end: Int
    private let base: Int

    /// Reads `bytes`; `offset` is the number that errors give to the first of them.
    public init(_ bytes: [UInt8], offset: Int = 0) {
        self.bytes = bytes
        self.position = 0
        self.end = bytes.count
        self.base = offset
    }

    private init(child bytes: [UInt8], from position: Int, count: Int, base: Int) {
        self.bytes = bytes
        self.position = position
        self.end = position + count
        self.base = base
    }

    /// Offset of the next byte, as errors count it.
    public var offset: Int { base + position }

    /// Bytes that are left.
    public var remaining: Int { end - position }

    /// Nothing is left.
    public var isEmpty: Bool { position == end }

    /// What is left, without consuming it.
    public var rest: [UInt8] { Array(bytes[position..<end]) }

    /// The next byte, without consuming it.
    public func peek() -> UInt8? { isEmpty ? nil : bytes[position] }

    /// Throws ``WireError/Kind/trailingBytes(count:)`` unless everything was consumed.
    public func finish(_ field: @autoclosure () -> String = "") throws(WireError) {
        guard isEmpty else { throw WireError(offset: offset, kind: .trailingBytes(count: remaining), field: field()) }
    }

    /// An error at `offset` (default: here).
    public func error(_ kind: WireError.Kind, at offset: Int? = nil, _ field: String) -> WireError {
        WireError(offset: offset ?? self.offset, kind: kind, field: field)
    }

    private func require(_ count: Int, _ field: String) throws(WireError) {
        guard count <= remaining else { throw error(.truncated(needed: count - remaining), field) }
    }
}

// MARK: - Fixed sizes

extension ByteReader {
    /// Reads one byte.
    public mutating func readUInt8(_ field: String = "") throws(WireError) -> UInt8 {
        try require(1, field)
        defer { position += 1 }
        return bytes[position]
    }

    /// Reads two bytes, big-endian.
    public mutating func readUInt16(_ field: String = "") throws(WireError) -> UInt16 {
        UInt16(truncatingIfNeeded: try readInteger(2, field))
    }

    /// Reads three bytes, big-endian.
    public mutating func readUInt24(_ field: String = "") throws(WireError) -> UInt32 {
        UInt32(truncatingIfNeeded: try readInteger(3, field))
    }

    /// Reads four bytes, big-endian.
    public mutating func readUInt32(_ field: String = "") throws(WireError) -> UInt32 {
        UInt32(truncatingIfNeeded: try readInteger(4, field))
    }

    /// Reads eight bytes, big-endian.
    public mutating func readUInt64(_ field: String = "") throws(WireError) -> UInt64 {
        try readInteger(8, field)
    }

    /// Reads exactly `count` bytes.
    public mutating func readBytes(_ count: Int, _ field: String = "") throws(WireError) -> [UInt8] {
        try require(count, field)
        defer { position += count }
        return Array(bytes[position..<position + count])
    }

    /// Reads everything that is left.
    public mutating func readRest() -> [UInt8] {
        defer { position = end }
        return rest
    }

    /// A child over exactly the next `count` bytes.
    public mutating func child(_ count: Int, _ field: String = "") throws(WireError) -> ByteReader {
        try require(count, field)
        defer { position += count }
        return ByteReader(child: bytes, from: position, count: count, base: base)
    }

    private mutating func readInteger(_ count: Int, _ field: String) throws(WireError) -> UInt64 {
        try require(count, field)
        var value: UInt64 = 0
        for _ in 0..<count {
            value = value << 8 | UInt64(bytes[position])
            position += 1
        }
        return value
    }
}

// MARK: - Vectors (RFC 8446 §3.4, RFC 5246 §4.3)

/// The width of a vector's length field, in bytes.
public enum LengthPrefix: Int, Sendable {
    /// `<..2^8-1>`
    case one = 1
    /// `<..2^16-1>`
    case two = 2
    /// `<..2^24-1>`
    case three = 3

    /// The largest length that fits.
    public var limit: Int { (1 << (8 * rawValue)) - 1 }
}

extension ByteReader {
    /// Reads a length-prefixed vector as a bounded child.
    ///
    /// Throws `badLength` at the length field when it is below `minimum`, above `maximum` or no multiple of
    /// `element`; `truncated` when the parent ends first.
    public mutating func readVector(
        _ prefix: LengthPrefix,
        minimum: Int = 0,
        maximum: Int = .max,
        element: Int = 1,
        _ field: String = ""
    ) throws(WireError) -> ByteReader {
        let start = offset
        let length = Int(truncatingIfNeeded: try readInteger(prefix.rawValue, field))
        guard length >= minimum, length <= maximum, length % element == 0 else {
            throw error(.badLength(length), at: start, field)
        }
        return try child(length, field)
    }

    /// Reads a length-prefixed vector of opaque bytes.
    public mutating func readOpaque(
        _ prefix: LengthPrefix,
        minimum: Int = 0,
        maximum: Int = .max,
        _ field: String = ""
    ) throws(WireError) -> [UInt8] {
        var vector = try readVector(prefix, minimum: minimum, maximum: maximum, field)
        return vector.readRest()
    }

    /// Reads a length-prefixed vector of 16-bit code points.
    public mutating func readUInt16List(
        _ prefix: LengthPrefix,
        minimum: Int = 0,
        _ field: String = ""
    ) throws(WireError) -> [UInt16] {
        var vector = try readVector(prefix, minimum: minimum, element: 2, field)
        var values: [UInt16] = []
        while !vector.isEmpty { values.append(try vector.readUInt16(field)) }
        return values
    }
}
