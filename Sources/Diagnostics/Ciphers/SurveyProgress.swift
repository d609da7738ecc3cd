import Probing

/// How far a survey is.
public struct SurveyProgress: Hashable, Sendable {
    /// Connections opened so far.
    public var connections: Int
    /// Hellos that have been answered, or ended without an answer.
    public var answered: Int
    /// What is being asked for; empty if that isn't said.
    public var activity: String
    /// Whether the run is held back because the server can't take more.
    public var isSlowed: Bool

    /// A report on a survey.
    public init(connections: Int = 0, answered: Int = 0, activity: String = "", isSlowed: Bool = false) {
        self.connections = connections
        self.answered = answered
        self.activity = activity
        self.isSlowed = isSlowed
    }

    /// Takes one of these, a few times a second at most.
    public typealias Watcher = @Sendable (SurveyProgress) -> Void
}

extension SurveyProgress {
    init(_ progress: ProbeProgress) {
        self.init(
            connections: progress.connections,
            answered: progress.answered,
            activity: progress.activity,
            isSlowed: progress.isSlowed
        )
    }
}
