/// The words that MD5 (RFC 1321 §3.1 to §3.3) and SHA-256 (FIPS 180-4 §5.1.1, §5.2.1) work on, sixteen at a time: the message, a 1
/// bit, zeros, and the message's length in bits.
///
/// Both differ only in the byte order of words and length.
func digestBlocks(of message: [UInt8], isBigEndian: Bool) -> [UInt32] {
    var padded = message
    padded.append(0x80)
    padded.append(contentsOf: repeatElement(0, count: (120 - padded.count % 64) % 64))
    let bits = UInt64(truncatingIfNeeded: message.count) << 3
    for index in 0..<8 {
        let shift = UInt64(8 * (isBigEndian ? 7 - index : index))
        padded.append(UInt8(truncatingIfNeeded: bits >> shift))
    }
    return [UInt32](unsafeUninitializedCapacity: padded.count / 4) { words, count in
        for index in 0..<(padded.count / 4) {
            let (first, second) = (UInt32(padded[4 * index]), UInt32(padded[4 * index + 1]))
            let (third, fourth) = (UInt32(padded[4 * index + 2]), UInt32(padded[4 * index + 3]))
            let word = first << 24 | second << 16 | third << 8 | fourth
            words.initializeElement(at: index, to: isBigEndian ? word : word.byteSwapped)
        }
        count = padded.count / 4
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
