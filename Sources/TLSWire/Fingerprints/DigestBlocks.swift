/// The 512-bit blocks that MD5 (RFC 1321 §3.1 to §3.3) and SHA-256 (FIPS 180-4 §5.1.1, §5.2.1) work on: the message, a 1
/// bit, zeros, and the message's length in bits.
///
/// Both differ only in the byte order of words and length.
func digestBlocks(of message: [UInt8], isBigEndian: Bool) -> [[UInt32]] {
    var padded = message
    padded.append(0x80)
    padded.append(contentsOf: repeatElement(0, count: (120 - padded.count % 64) % 64))
    let bits = UInt64(truncatingIfNeeded: message.count) << 3
    for index in 0..<8 {
        let shift = UInt64(8 * (isBigEndian ? 7 - index : index))
        padded.append(UInt8(truncatingIfNeeded: bits >> shift))
    }
    return stride(from: 0, to: padded.count, by: 64).map { start in
        (0..<16).map { index in
            let bytes = padded[(start + 4 * index)..<(start + 4 * index + 4)]
            let word = bytes.reduce(0 as UInt32) { $0 << 8 | UInt32($1) }
            return isBigEndian ? word : word.byteSwapped
        }
    }
}

/// The bytes of a digest's words in lower-case hexadecimal.
func digestText(_ words: [UInt32], isBigEndian: Bool) -> String {
    words.map { hexDigits(isBigEndian ? $0 : $0.byteSwapped) }.joined()
}

/// All digits of a number in lower case, as JA3, JA4 and JARM write them.
func hexDigits<Value: FixedWidthInteger & UnsignedInteger>(_ value: Value) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: max(0, Value.bitWidth / 4 - digits.utf8.count)) + digits
}
