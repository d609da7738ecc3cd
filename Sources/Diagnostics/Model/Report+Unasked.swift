extension Report<InspectResult> {
    /// A target of many that could not be asked: the problem is its status.
    public init(refused problem: RequestProblem, target input: String) {
        self.init(
            target: input,
            RunStatus(exit: .usage, kind: "usage", reason: problem.reason, hint: problem.hint)
        )
    }

    /// A target of many that was not asked, because the run was ended before.
    public init(unasked input: String) {
        self.init(
            target: input,
            RunStatus(exit: .incomplete, kind: "incomplete:cancelled", reason: "the run was ended before it was asked")
        )
    }

    private init(target input: String, _ status: RunStatus) {
        self.init(
            tool: .current,
            verb: .inspect,
            target: TargetSummary(input: input, host: nil, address: nil, port: nil, sni: nil),
            startedAt: Timestamp.text(Timestamp.now),
            status: status,
            result: nil
        )
    }
}
