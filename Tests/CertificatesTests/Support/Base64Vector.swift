import Certificates

/// Bytes that stand in a test as base 64.
enum Base64Vector {
    static func bytes(_ text: String) -> [UInt8] {
        var decoder = Base64.Decoder()
        for byte in text.utf8 where byte > 0x20 { _ = decoder.take(byte) }
        return decoder.finish() ?? []
    }
}
