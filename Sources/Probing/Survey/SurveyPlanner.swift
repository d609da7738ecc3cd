/// Which versions a server speaks, with which suites, and in whose order: TLS 1.0 to TLS 1.3, side by side.
public struct SurveyPlanner: ProbePlanner {
    /// A survey of `configuration`.
    public init(_ configuration: SurveyConfiguration) {
        self.configuration = configuration
    }

    /// What is asked for.
    public let configuration: SurveyConfiguration

    public mutating func requests() -> [ProbeRequest] { [] }

    public mutating func observe(_ id: ProbeRequest.ID, _ observation: Observation) {}

    public var isFinished: Bool { true }

    public var outcome: SurveyOutcome { SurveyOutcome(versions: [], reachability: .silent) }
}
