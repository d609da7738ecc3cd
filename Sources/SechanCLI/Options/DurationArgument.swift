import ArgumentParser

/// A length of time as a user writes it: `500ms`, `10s`, `2m`, `1h`, `30d`; a bare number is seconds.
struct DurationArgument: ExpressibleByArgument {
    let duration: Duration

    init?(argument: String) {
        let digits = argument.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        guard let number = Double(digits), number.isFinite, number >= 0, number <= 1e9 else { return nil }
        let milliseconds: Double
        switch argument.dropFirst(digits.count) {
        case "ms": milliseconds = number
        case "", "s": milliseconds = number * 1000
        case "m": milliseconds = number * 60_000
        case "h": milliseconds = number * 3_600_000
        case "d": milliseconds = number * 86_400_000
        default: return nil
        }
        guard milliseconds >= 1, milliseconds < 1e15 else { return nil }
        duration = .milliseconds(Int64(milliseconds))
    }

    init(_ duration: Duration) {
        self.duration = duration
    }

    var defaultValueDescription: String {
        duration < .seconds(1)
            ? "\(duration.components.attoseconds / 1_000_000_000_000_000)ms" : "\(duration.components.seconds)s"
    }
}
