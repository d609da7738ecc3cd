/// Why bytes could not be read as the value they claim to be, and where.
///
/// A `WireError` always blames the bytes, never this program: it is what an `undecodable` observation carries.
/// Offsets count from the start of what was handed to the outermost reader: of the stream for a ``RecordParser``,
/// of the handshake message (its four header bytes included) for a message, of `extension_data` for an extension.
public struct WireError: Error, Hashable, Sendable {
    /// What is wrong.
    public enum Kind: Hashable, Sendable {
        /// The bytes end early; `needed` more are wanted for the field that was being read.
        case truncated(needed: Int)
        /// `count` bytes are left over where the structure is complete.
        case trailingBytes(count: Int)
        /// A length field holds a value that its vector cannot have (out of range, or not a whole number of elements).
        case badLength(Int)
        /// A field holds a value that the standard does not allow there.
        case illegalValue(UInt64)
        /// A length field claims more than the reader is willing to hold.
        case tooLarge(claimed: Int, limit: Int)
        /// More records without progress in a row than a well-behaved peer sends.
        case tooMany(limit: Int)
        /// The structure is a variant that can't be read without knowledge the reader does not have.
        case unsupported
    }

    /// Byte offset of the field that is wrong; for ``Kind/trailingBytes(count:)`` of the first byte too many.
    public var offset: Int
    /// What is wrong.
    public var kind: Kind
    /// The field in the words of the standard, for example `ClientHello.session_id`. Never peer text.
    public var field: String

    /// Makes an error about `field` at `offset`.
    public init(offset: Int, kind: Kind, field: String = "") {
        self.offset = offset
        self.kind = kind
        self.field = field
    }
}

extension WireError: CustomStringConvertible {
    /// One line without a full stop, for example `3 more bytes needed at offset 38 (ClientHello.session_id)`.
    public var description: String {
        let place = "at offset \(offset)" + (field.isEmpty ? "" : " (\(field))")
        return "\(kind) \(place)"
    }
}

extension WireError.Kind: CustomStringConvertible {
    /// The problem without its place.
    public var description: String {
        switch self {
        case .truncated(let needed): "\(needed) more byte\(needed == 1 ? "" : "s") needed"
        case .trailingBytes(let count): "\(count) trailing byte\(count == 1 ? "" : "s")"
        case .badLength(let length): "length \(length) is not allowed"
        case .illegalValue(let value): "illegal value 0x\(String(value, radix: 16))"
        case .tooLarge(let claimed, let limit): "claimed length \(claimed) is over the limit of \(limit)"
        case .tooMany(let limit): "more than \(limit) records without progress in a row"
        case .unsupported: "unsupported form"
        }
    }

    /// A stable identifier for reports: `truncated`, `trailing-bytes`, `bad-length`, `illegal-value`, `too-large`, …
    public var id: String {
        switch self {
        case .truncated: "truncated"
        case .trailingBytes: "trailing-bytes"
        case .badLength: "bad-length"
        case .illegalValue: "illegal-value"
        case .tooLarge: "too-large"
        case .tooMany: "too-many"
        case .unsupported: "unsupported"
        }
    }
}
