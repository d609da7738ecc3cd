/// A day as people write it, `2027-01-31` (ISO 8601), in UTC.
struct CivilDay: Hashable, Comparable, Sendable {
    /// The text, ten characters, which sort as the days do.
    let text: String

    /// Takes a day that exists; nil for any other text.
    init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard text.utf8.count == 10, parts.map(\.utf8.count) == [4, 2, 2],
            parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]),
            (1...12).contains(month)
        else { return nil }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard (1...days[month - 1]).contains(day) else { return nil }
        self.text = text
    }

    /// The day of a moment in seconds since 1970.
    init?(at seconds: Int64) {
        self.init(String(Timestamp.text(seconds).prefix(10)))
    }

    static func < (one: CivilDay, other: CivilDay) -> Bool { one.text < other.text }
}
