import LibSSL

/// Counts records that nobody wants reported one by one.
struct RecordCounts {
    private var sent = 0
    private var received = 0

    /// Counts the records among these events, and leaves the other events.
    mutating func counting(_ events: [ConnectionEvent]) -> [ConnectionEvent] {
        events.filter { event in
            guard case .recordHeader(let wasSent, _) = event else { return true }
            if wasSent { sent += 1 } else { received += 1 }
            return false
        }
    }

    /// Takes the counts.
    mutating func take() -> (sent: Int, received: Int) {
        defer { self = RecordCounts() }
        return (sent, received)
    }
}
