import ArgumentParser
import Glibc

/// A point of time as a user writes it: seconds since 1970, `2026-11-22` or `2026-11-22T16:00:00Z`.
struct TimeArgument: ExpressibleByArgument {
    /// Seconds since 1970, UTC.
    let seconds: Int64

    init?(argument: String) {
        if let seconds = Int64(argument) {
            self.seconds = seconds
            return
        }
        let halves = argument.split(separator: "T", omittingEmptySubsequences: false)
        guard halves.count <= 2, let date = Self.numbers(halves[0], "-", count: 3) else { return nil }
        var time = [0, 0, 0]
        if halves.count == 2 {
            guard halves[1].hasSuffix("Z"), let read = Self.numbers(halves[1].dropLast(), ":", count: 3) else {
                return nil
            }
            time = read
        }
        guard (0...9999).contains(date[0]), (1...12).contains(date[1]), (1...31).contains(date[2]),
            (0...23).contains(time[0]), (0...59).contains(time[1]), (0...60).contains(time[2])
        else { return nil }
        var parts = tm()
        parts.tm_year = Int32(date[0] - 1900)
        parts.tm_mon = Int32(date[1] - 1)
        parts.tm_mday = Int32(date[2])
        parts.tm_hour = Int32(time[0])
        parts.tm_min = Int32(time[1])
        parts.tm_sec = Int32(time[2])
        seconds = Int64(timegm(&parts))
        // timegm makes 2 March of 30 February, and says so in the parts.
        guard parts.tm_mday == Int32(date[2]) else { return nil }
    }

    private static func numbers(_ text: Substring, _ separator: Character, count: Int) -> [Int]? {
        let pieces = text.split(separator: separator, omittingEmptySubsequences: false)
        let numbers = pieces.compactMap { $0.count <= 4 ? Int($0) : nil }
        return pieces.count == count && numbers.count == count ? numbers : nil
    }
}
