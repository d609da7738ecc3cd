/// When a server asks for new keys by itself: by renegotiating, or in TLS 1.3 by a key update.
public enum RenegotiationTrigger: Hashable, Sendable {
    /// Whenever so many bytes of data have gone either way.
    case bytes(Int)
    /// Whenever so much time has passed.
    case interval(Duration)

    /// Reads a number of bytes (`65536`, `64k`, `1M`) or a time with its unit (`500ms`, `10s`, `2m`, `1h`).
    ///
    /// Nil for anything else, and for less than one byte or millisecond.
    public init?(parsing text: String) {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard let number = Int(digits), (1...1_000_000_000).contains(number) else { return nil }
        switch text.dropFirst(digits.count) {
        case "": self = .bytes(number)
        case "k", "K", "KiB": self = .bytes(number << 10)
        case "M", "MiB": self = .bytes(number << 20)
        case "G", "GiB": self = .bytes(number << 30)
        case "ms": self = .interval(.milliseconds(number))
        case "s": self = .interval(.seconds(number))
        case "m": self = .interval(.seconds(number * 60))
        case "h": self = .interval(.seconds(number * 3_600))
        default: return nil
        }
    }
}
