/// Two lower-case hexadecimal digits.
package func hex(_ byte: UInt8) -> String {
    hex(CollectionOfOne(byte))
}

/// Lower-case hexadecimal digits, two a byte, no separators.
package func hex(_ bytes: some Collection<UInt8>) -> String {
    let digits: StaticString = "0123456789abcdef"
    return digits.withUTF8Buffer { digits in
        String(unsafeUninitializedCapacity: bytes.count * 2) { buffer in
            var at = 0
            for byte in bytes {
                buffer[at] = digits[Int(byte >> 4)]
                buffer[at + 1] = digits[Int(byte & 15)]
                at += 2
            }
            return at
        }
    }
}
