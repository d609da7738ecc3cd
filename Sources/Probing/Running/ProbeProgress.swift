/// How far a run is, for someone who watches.
public struct ProbeProgress: Hashable, Sendable {
    /// Connections opened or tried so far.
    public var connections: Int
    /// Requests that have been answered, or ended without an answer.
    public var answered: Int
    /// Connections that are open or being opened.
    public var open: Int
    /// What the planner is at, ``ProbePlanner/progress``; empty if it doesn't say.
    public var activity: String
    /// The run is being held back because the peer (or this machine) can't take more.
    public var isSlowed: Bool
    /// Wall time so far.
    public var seconds: Double

    /// Takes one of these, from the task that runs: at most ten times a second, and once at the end.
    public typealias Watcher = @Sendable (ProbeProgress) -> Void

    /// A report on a run.
    public init(
        connections: Int,
        answered: Int,
        open: Int,
        activity: String = "",
        isSlowed: Bool = false,
        seconds: Double
    ) {
        self.connections = connections
        self.answered = answered
        self.open = open
        self.activity = activity
        self.isSlowed = isSlowed
        self.seconds = seconds
    }
}
