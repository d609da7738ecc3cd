public import Transport

/// Carries a planner's requests out under a budget.
public struct ProbeRunner: Sendable {
    /// Opens one connection to the target; the deadline is that of connecting.
    public typealias Dial = @Sendable (Deadline) async throws(TransportError) -> any ByteStream

    /// What the run may cost.
    public var budget: ProbeBudget
    private let dial: Dial

    /// A runner that connects with `dial`.
    public init(dial: @escaping Dial, budget: ProbeBudget = ProbeBudget()) {
        self.dial = dial
        self.budget = budget
    }

    /// Asks until the planner has no more questions or the budget is spent. Cancelling the task ends the run at once; the
    /// outcome is then what is known.
    public func run<Planner: ProbePlanner>(_ planner: Planner) async -> (Planner.Outcome, ProbeSpending) {
        (planner.outcome, ProbeSpending())
    }
}
