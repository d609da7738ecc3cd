import Glibc

/// Points of time as reports write them.
public enum Timestamp {
    /// Seconds since 1970 in UTC, now.
    public static var now: Int64 {
        Int64(time(nil))
    }

    /// `2026-11-22T16:00:00Z` for seconds since 1970; years outside 0…9999 are written as they are.
    public static func text(_ seconds: Int64) -> String {
        var moment = time_t(seconds)
        var parts = tm()
        gmtime_r(&moment, &parts)
        func two(_ value: Int32) -> String { value < 10 ? "0\(value)" : "\(value)" }
        let year = String(Int(parts.tm_year) + 1900)
        let padded = String(repeating: "0", count: max(0, 4 - year.count)) + year
        return "\(padded)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))"
            + "T\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))Z"
    }
}
