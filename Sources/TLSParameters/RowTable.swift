/// Rows of facts, read in place from the program's constant data.
///
/// The text holds one row a line, fields separated by `|`, the first of them the code point in hexadecimal, of one width
/// and in ascending order. Nothing is parsed or allocated at start-up: a look-up is a binary search over the text.
struct RowTable: Sendable {
    private let text: StaticString

    init(_ text: StaticString) {
        self.text = text
    }

    /// Calls `body` with the row of a code point, or returns nil if there is none.
    func withRow<Result>(_ code: UInt32, _ body: (inout RowFields) -> Result) -> Result? {
        text.withUTF8Buffer { bytes in
            var low = 0
            var high = bytes.count
            while low < high {
                // A line is found from any byte within it; the search narrows by whole lines.
                var start = low + (high - low) / 2
                while start > low, bytes[start - 1] != RowTable.lineEnd { start -= 1 }
                var end = start
                while end < high, bytes[end] != RowTable.lineEnd { end += 1 }
                var fields = RowFields(UnsafeBufferPointer(rebasing: bytes[start..<end]))
                let found = fields.hex()
                if found == code { return body(&fields) }
                if found < code { low = end + 1 } else { high = start }
            }
            return nil
        }
    }

    /// Calls `body` with each row's code point and remaining fields, in order.
    func forEachRow(_ body: (UInt32, inout RowFields) -> Void) {
        text.withUTF8Buffer { bytes in
            var start = 0
            while start < bytes.count {
                var end = start
                while end < bytes.count, bytes[end] != RowTable.lineEnd { end += 1 }
                var fields = RowFields(UnsafeBufferPointer(rebasing: bytes[start..<end]))
                let code = fields.hex()
                body(code, &fields)
                start = end + 1
            }
        }
    }

    private static let lineEnd = UInt8(ascii: "\n")
}

/// The fields of one row, taken from the front. A row that runs out gives empty fields: it is our own data, and tested.
struct RowFields {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    private mutating func field() -> Slice<UnsafeBufferPointer<UInt8>> {
        let start = position
        var end = start
        while end < bytes.count, bytes[end] != UInt8(ascii: "|") { end += 1 }
        position = min(end + 1, bytes.count)
        return bytes[start..<end]
    }

    /// The next field as text.
    mutating func string() -> String {
        String(decoding: field(), as: UTF8.self)
    }

    /// The next field as text, or nil where it is `-`.
    mutating func optionalString() -> String? {
        let text = field()
        return text.count == 1 && text.first == UInt8(ascii: "-") ? nil : String(decoding: text, as: UTF8.self)
    }

    /// The next field as a hexadecimal number.
    mutating func hex() -> UInt32 {
        field().reduce(0) { $0 << 4 | UInt32(hexDigitValue($1)) }
    }

    /// The next field as a decimal number, or nil where it is `-`.
    mutating func decimal() -> Int? {
        let text = field()
        guard let first = text.first, first != UInt8(ascii: "-") else { return nil }
        return text.reduce(0) { $0 &* 10 &+ Int(hexDigitValue($1)) }
    }

    /// Passes over fields.
    mutating func skip(_ count: Int) {
        for _ in 0..<count { _ = field() }
    }
}
