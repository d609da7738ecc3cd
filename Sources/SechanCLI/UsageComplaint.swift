import TLSParameters

/// One line on what was wrong with a command line and one on what to do, from the argument parser's longer message.
struct UsageComplaint: Equatable {
    /// What was wrong: lower case, no full stop.
    var reason: String
    /// What to try.
    var hint: String

    /// What numbers may be, as the parser knows only that something is none.
    private static let ranges: [(option: String, values: String)] = [
        ("--rate", "a whole number from 1 to 10000; --delay 2s makes it one in two seconds"),
        ("--concurrency", "a whole number from 1 to 256"),
        ("--max-connections", "a whole number of 1 or more"),
        ("--count", "a whole number of 1 or more"),
        ("--max-clients", "a whole number from 1 to 100000"),
        ("--tickets", "a whole number from 0 to 100"),
        ("--early-data", "a number of bytes from 1 to 1073741824"),
        ("--renegotiate-after", "bytes, such as 64k or 1M, or a duration with its unit, such as 10s"),
        ("--min-strength", "a number of bits, such as 128"),
        ("--max-strength", "a number of bits, such as 112"),
    ]

    /// Takes the parser's message apart: `Error: …`, perhaps `Did you mean …?`, `Help: …`, `Usage: …`, `  See …`.
    init(message: String) {
        let lines = message.split(separator: "\n", omittingEmptySubsequences: true).map(String.init)
        var text = lines.first { $0.hasPrefix("Error: ") }.map { String($0.dropFirst("Error: ".count)) }
        if text == nil { text = lines.first }
        var reason = text ?? "the command line was not understood"
        var hint: String?
        if let suggestion = reason.firstRange(of: "Did you mean ") {
            hint = String(reason[suggestion.lowerBound...]).lowercasingFirst()
            reason = String(reason[..<suggestion.lowerBound])
        }
        if let choices = reason.firstRange(of: ". Please provide ") {
            hint = String(reason[choices.lowerBound...].dropFirst(". Please ".count))
            reason = String(reason[..<choices.lowerBound])
            while hint?.last == "." { hint?.removeLast() }
        }
        // Swapped letters are nearer to what was meant than another option is.
        if reason.split(separator: "'").contains(where: { $0.sorted() == "--help".sorted() }) { hint = nil }
        if reason.contains("<duration>") { hint = "a duration is 1ms or more, written 500ms, 10s, 2m or 1h" }
        if let range = Self.ranges.first(where: { reason.contains("'\($0.option) <") }) {
            hint = "\(range.option) takes \(range.values)"
        }
        while let last = reason.last, last == "." || last.isWhitespace { reason.removeLast() }
        // The parser repeats what was typed, which may hold anything.
        self.reason = PeerText(reason.lowercasingFirst()).encoded(for: .terminal)
        if hint == nil, let see = lines.first(where: { $0.contains("See '") }), let start = see.firstIndex(of: "'") {
            hint = "see " + see[start...].prefix { $0 != "." }.replacing(" for more information", with: "")
        }
        self.hint = hint ?? "see 'sechan --help'"
    }
}

extension String {
    /// The text with its first letter in lower case, unless the first word is a name such as `TLS`.
    fileprivate func lowercasingFirst() -> String {
        guard let first, !dropFirst().prefix(1).allSatisfy(\.isUppercase) else { return self }
        return first.lowercased() + dropFirst()
    }
}
