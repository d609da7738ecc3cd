/// Decides what to ask a peer next and what its answers mean. A pure value: no clock, no network.
///
/// A runner hands every request that it was given exactly one observation back, in any order, and asks for more requests
/// after each. A planner that is told ``Observation/notAsked(_:)`` settles the question as unknown.
public protocol ProbePlanner: Sendable {
    /// What the planner finds out.
    associatedtype Outcome: Sendable

    /// The requests that may run now, side by side; each is handed out once.
    mutating func requests() -> [ProbeRequest]

    /// What came of a request.
    mutating func observe(_ id: ProbeRequest.ID, _ observation: Observation)

    /// Nothing is left to ask.
    var isFinished: Bool { get }

    /// What is known by now; whole once ``isFinished``.
    var outcome: Outcome { get }

    /// How many more requests will probably follow on the answers that are awaited. A runner may open that many
    /// connections ahead of time.
    var likelyFollowUps: Int { get }

    /// What is being asked at the moment, in a few words for someone who watches ("TLS 1.2 suites"); empty for nothing.
    var progress: String { get }
}

extension ProbePlanner {
    /// None.
    public var likelyFollowUps: Int { 0 }
    /// Nothing.
    public var progress: String { "" }
}
