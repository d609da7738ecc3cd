extension Report where Outcome == InspectResult {
    /// Kinds of status that come from what a report was held against, not from the run itself.
    private static var assessed: Set<String> {
        [
            "policy", "expectation", "finding", "regression", "incomplete:policy", "incomplete:checks",
            "incomplete:baseline",
        ]
    }

    /// The report as it was before it was held against anything: to be judged again.
    public var unjudged: Report {
        var report = self
        if let ownStatus {
            report.status = ownStatus
        } else if Self.assessed.contains(status.kind) {
            // Written before reports kept the run's own.
            report.status = .ok
        }
        report.ownStatus = nil
        report.result?.judgement = nil
        report.result?.comparison = nil
        return report
    }
}
