/// What went over a connection, when, and which way.
public struct Recording: Hashable, Sendable {
    /// The events in the order they happened.
    public var entries: [Entry] = []

    /// A recording of `entries`.
    public init(entries: [Entry] = []) {
        self.entries = entries
    }

    /// One event.
    public struct Entry: Hashable, Sendable {
        /// Since the recording began.
        public var time: Duration
        /// Whose doing it was.
        public var direction: Direction
        /// What happened.
        public var event: Event

        /// An event at `time`.
        public init(time: Duration, direction: Direction, event: Event) {
            self.time = time
            self.direction = direction
            self.event = event
        }
    }

    /// Whose doing an event was.
    public enum Direction: String, Hashable, Sendable, CaseIterable {
        /// Ours.
        case sent
        /// The peer's.
        case received
    }

    /// What happened.
    public enum Event: Hashable, Sendable {
        /// Bytes, as one write or one read carried them.
        case bytes([UInt8])
        /// FIN. Received: no further bytes come; sent: our output or both sides were closed.
        case end
        /// RST.
        case reset
        /// A read's or write's deadline passed.
        case timedOut
        /// The read or write failed.
        case failed(TransportError)
    }

    /// The bytes of one direction, joined.
    public func bytes(_ direction: Direction) -> [UInt8] {
        entries.reduce(into: []) { joined, entry in
            if entry.direction == direction, case .bytes(let bytes) = entry.event { joined += bytes }
        }
    }
}
