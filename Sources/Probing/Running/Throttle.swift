/// How long to wait after failures, and how often.
struct Throttle: Sendable {
    private var failures = 0

    /// Failures in a row after which the peer is given up.
    static let limit = 5

    var mayRetry: Bool { failures < Self.limit }

    mutating func connected() {
        failures = 0
    }

    /// 100 ms, doubled with every failure in a row, at most 1.6 s.
    mutating func nextPause() -> Duration {
        failures += 1
        return .milliseconds(50) * (1 << min(failures, 5))
    }
}
