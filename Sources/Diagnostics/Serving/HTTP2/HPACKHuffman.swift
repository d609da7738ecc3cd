/// The Huffman code of RFC 7541 appendix B. It is canonical: codes of one length are consecutive, in the order of their
/// symbols, so the lengths alone define it.
enum HPACKHuffman {
    /// How many bits each byte's code has; the last is that of the end of a string, which never occurs.
    private static let lengths: [UInt8] = [
        13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28, 28,
        28,
        28, 28, 28, 6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6,
        12,
        10, 13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6, 15, 5,
        6,
        5, 6, 5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5, 6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13, 28, 20, 22, 20, 20, 22,
        22,
        22, 23, 22, 23, 23, 23, 23, 23, 24, 23, 24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22, 23, 23, 24, 22, 21,
        20,
        22, 22, 23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23, 21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22, 22, 23, 22, 22,
        23,
        26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25, 19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26,
        28,
        27, 27, 27, 20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25, 24, 24, 26, 23, 26, 27, 26, 26, 27, 27, 27, 27, 27,
        28,
        27, 27, 27, 27, 27, 26, 30,
    ]

    /// The codes of one length.
    private struct Row {
        /// The first of them.
        var first: UInt32 = 0
        /// Their symbols, in order.
        var symbols: [UInt16] = []
    }

    private static let rows: [Row] = {
        var rows = [Row](repeating: Row(), count: 31)
        for (symbol, length) in lengths.enumerated() { rows[Int(length)].symbols.append(UInt16(symbol)) }
        var code: UInt32 = 0
        for length in rows.indices {
            rows[length].first = code
            code = (code + UInt32(rows[length].symbols.count)) << 1
        }
        return rows
    }()

    /// The bytes that were encoded; nil for a code that there is none of, and for padding that is none (RFC 7541 §5.2).
    static func decode(_ bytes: ArraySlice<UInt8>) -> [UInt8]? {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count * 8 / 5)
        var code: UInt32 = 0
        var length = 0
        for byte in bytes {
            for bit in (0..<8).reversed() {
                code = code << 1 | UInt32(byte >> bit & 1)
                length += 1
                let row = rows[length]
                if code >= row.first, code - row.first < UInt32(row.symbols.count) {
                    let symbol = row.symbols[Int(code - row.first)]
                    guard symbol < 256 else { return nil }
                    out.append(UInt8(symbol))
                    code = 0
                    length = 0
                } else if length == 30 {
                    return nil
                }
            }
        }
        // What is left is the beginning of the end's code, all ones, and less than a byte.
        return length < 8 && code == 1 << length - 1 ? out : nil
    }
}
