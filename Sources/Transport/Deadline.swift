/// The instant after which nobody waits any longer.
///
/// A deadline is absolute, never "idle for so long": a peer that sends one byte a second can't stretch it. It's a point on the
/// monotonic clock, so setting the system's time doesn't move it.
public struct Deadline: Hashable, Sendable {
    /// The instant, or `nil` for `never`.
    private let instant: ContinuousClock.Instant?

    private init(instant: ContinuousClock.Instant?) {
        self.instant = instant
    }

    /// The longest wait that is still told apart from `never`: one hundred years. Keeps arithmetic on deadlines from overflowing.
    private static let horizon: Duration = .seconds(3_155_760_000)

    /// The deadline that never passes.
    public static let never = Deadline(instant: nil)

    /// The deadline `duration` from now; zero or less has passed already, a century or more is `never`.
    public static func after(_ duration: Duration) -> Deadline {
        duration >= horizon ? .never : Deadline(instant: .now.advanced(by: max(duration, .zero)))
    }

    /// The time left: zero once the deadline has passed, a century for `never`.
    public var remaining: Duration {
        guard let instant else { return Self.horizon }
        return max(ContinuousClock.now.duration(to: instant), .zero)
    }

    /// Whether the deadline lies in the past.
    public var hasPassed: Bool {
        guard let instant else { return false }
        return instant <= .now
    }

    /// The earlier of the two.
    public func sooner(of other: Deadline) -> Deadline {
        self < other ? self : other
    }
}

extension Deadline: Comparable {
    /// Whether `left` comes first; `never` comes last.
    public static func < (left: Deadline, right: Deadline) -> Bool {
        switch (left.instant, right.instant) {
        case (let left?, let right?): left < right
        case (_?, nil): true
        case (nil, _): false
        }
    }
}
