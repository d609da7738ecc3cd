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
        var parts = tm()
        for format in ["%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%d"] {
            guard let end = strptime(argument, format, &parts), end.pointee == 0 else { continue }
            seconds = Int64(timegm(&parts))
            return
        }
        return nil
    }
}
