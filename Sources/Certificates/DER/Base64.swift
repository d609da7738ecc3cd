/// Base 64 (RFC 4648 §4), for PEM and for pins.
package enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// With padding, in one line.
    package static func encode(_ bytes: some Collection<UInt8>) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        var pending: UInt32 = 0
        var count = 0
        for byte in bytes {
            pending = pending << 8 | UInt32(byte)
            count += 1
            if count == 3 {
                for shift: UInt32 in [18, 12, 6, 0] { text.append(alphabet[Int(pending >> shift & 63)]) }
                pending = 0
                count = 0
            }
        }
        if count > 0 {
            let padded = pending << UInt32(8 * (3 - count))
            for place in 0..<4 {
                text.append(place <= count ? alphabet[Int(padded >> UInt32(18 - 6 * place) & 63)] : UInt8(ascii: "="))
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The value of one digit, or nil.
    package static func value(of digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): digit - 65
        case UInt8(ascii: "a")...UInt8(ascii: "z"): digit - 71
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit + 4
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }

    /// The bytes, or nil for a foreign character or bad padding.
    package static func decode(_ text: String) -> [UInt8]? {
        var decoder = Decoder()
        for digit in text.utf8 {
            guard decoder.take(digit) else { return nil }
        }
        return decoder.finish()
    }

    /// Takes digits one at a time, so that the caller can say where a bad one was.
    package struct Decoder {
        private var bytes: [UInt8] = []
        private var pending: UInt32 = 0
        private var digits = 0
        private var padding = 0

        package init() {}

        /// False for a character that can't stand here.
        package mutating func take(_ digit: UInt8) -> Bool {
            if digit == UInt8(ascii: "=") {
                padding += 1
                return padding <= 2 && digits >= 2
            }
            guard padding == 0, let value = Base64.value(of: digit) else { return false }
            pending = pending << 6 | UInt32(value)
            digits += 1
            if digits == 4 {
                bytes += [UInt8(pending >> 16 & 255), UInt8(pending >> 8 & 255), UInt8(pending & 255)]
                pending = 0
                digits = 0
            }
            return true
        }

        /// The bytes, or nil when the last group is incomplete.
        package mutating func finish() -> [UInt8]? {
            switch (digits, padding) {
            case (0, 0): break
            case (2, 2): bytes.append(UInt8(pending >> 4 & 255))
            case (3, 1): bytes += [UInt8(pending >> 10 & 255), UInt8(pending >> 2 & 255)]
            default: return nil
            }
            return bytes
        }
    }
}
