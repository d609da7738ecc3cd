/// One hello to send on a connection of its own, and what of the answer is wanted.
///
/// A request is only bytes and a goal, so that anything that opens a conversation fits in: the planner decides what the
/// bytes mean, the runner doesn't look at them.
public struct ProbeRequest: Identifiable, Hashable, Sendable {
    /// Tells the requests of one planner apart.
    public struct ID: RawRepresentable, Hashable, Comparable, Sendable {
        /// Counts up from 0.
        public var rawValue: Int

        /// Wraps a number.
        public init(rawValue: Int) { self.rawValue = rawValue }

        /// In the order in which requests were made.
        public static func < (one: ID, other: ID) -> Bool { one.rawValue < other.rawValue }
    }

    /// How the bytes are sent.
    public enum Delivery: Hashable, Sendable {
        /// All at once.
        case whole
        /// The first `count` bytes, and the rest after a pause: two segments, as a hello of more than a packet arrives.
        case split(after: Int, pause: Duration)
    }

    /// Tells the requests of one planner apart.
    public var id: ID
    /// What to send once the connection stands.
    public var bytes: [UInt8]
    /// What of the answer is wanted; reading stops there.
    public var goal: FlightReader.Goal
    /// How the bytes are sent.
    public var delivery: Delivery
    /// No other connection of this run may be open meanwhile: settles whether the peer is silent or only busy.
    public var runsAlone: Bool
    /// The peer has answered these questions before: if it doesn't now, it's had enough of us.
    public var isControl: Bool
    /// Further requests will hang on the answer, so it goes before those that nothing hangs on.
    public var isUrgent: Bool

    /// A request to send `bytes`.
    public init(
        id: ID,
        bytes: [UInt8],
        goal: FlightReader.Goal,
        delivery: Delivery = .whole,
        runsAlone: Bool = false,
        isControl: Bool = false,
        isUrgent: Bool = false
    ) {
        self.id = id
        self.bytes = bytes
        self.goal = goal
        self.delivery = delivery
        self.runsAlone = runsAlone
        self.isControl = isControl
        self.isUrgent = isUrgent
    }
}
