import Transport

/// Tells a server when to ask for new keys.
struct RenegotiationSchedule {
    private let trigger: RenegotiationTrigger
    private var bytes = 0
    private var next: Deadline

    init(_ trigger: RenegotiationTrigger) {
        self.trigger = trigger
        next = Self.next(trigger)
    }

    /// When to look again, whether or not anything arrived.
    var wake: Deadline { next }

    /// Counts data that went either way.
    mutating func count(_ count: Int) {
        bytes += count
    }

    /// Whether it is time; then the next time is set.
    mutating func isDue() -> Bool {
        switch trigger {
        case .bytes(let limit): guard bytes >= limit else { return false }
        case .interval: guard next.hasPassed else { return false }
        }
        bytes = 0
        next = Self.next(trigger)
        return true
    }

    private static func next(_ trigger: RenegotiationTrigger) -> Deadline {
        switch trigger {
        case .bytes: .never
        case .interval(let interval): .after(interval)
        }
    }
}
