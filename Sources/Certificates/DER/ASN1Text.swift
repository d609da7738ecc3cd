/// The character strings of ASN.1 as UTF-8. Lengths come from the encoding, never from a NUL.
enum ASN1Text {
    /// The text, and what is wrong with it if something is. What can't be converted is given as it is, byte for byte.
    static func utf8(_ element: DERElement) -> (bytes: [UInt8], problem: String?) {
        let raw = Array(element.content)
        switch element.tag {
        case DERTag.utf8String:
            return (
                raw, String(validating: raw, as: UTF8.self) == nil ? "UTF8String is not valid UTF-8" : problemOfNUL(raw)
            )
        case DERTag.printableString, DERTag.ia5String, 0x12, 0x1A:
            return (raw, raw.contains { $0 > 0x7F } ? "a string of ASCII holds other bytes" : problemOfNUL(raw))
        case 0x14:
            // TeletexString: everyone writes Latin-1 into it, whatever T.61 says.
            return (Array(String(String.UnicodeScalarView(raw.map { Unicode.Scalar($0) })).utf8), problemOfNUL(raw))
        case 0x1E:
            guard raw.count.isMultiple(of: 2) else { return (raw, "BMPString has an odd number of bytes") }
            let units: [UInt16] = stride(from: 0, to: raw.count, by: 2).map {
                UInt16(raw[$0]) << 8 | UInt16(raw[$0 + 1])
            }
            guard let text = String(validating: units, as: UTF16.self) else {
                return (raw, "BMPString has half a surrogate pair")
            }
            return (Array(text.utf8), problemOfNUL(Array(text.utf8)))
        case 0x1C:
            guard raw.count.isMultiple(of: 4) else { return (raw, "UniversalString is cut off") }
            let units: [UInt32] = stride(from: 0, to: raw.count, by: 4).map { start in
                raw[start..<start + 4].reduce(0) { $0 << 8 | UInt32($1) }
            }
            guard let text = String(validating: units, as: UTF32.self) else {
                return (raw, "UniversalString holds no Unicode")
            }
            return (Array(text.utf8), problemOfNUL(Array(text.utf8)))
        default:
            return (Array("#\(hex(element.whole))".utf8), nil)
        }
    }

    private static func problemOfNUL(_ bytes: [UInt8]) -> String? {
        bytes.contains(0) ? "the text holds a NUL" : nil
    }
}
