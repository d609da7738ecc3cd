/// What a run is held against: a policy, expectations, severities, an older report. It turns a report into one with a judgement
/// and with the status that follows from it.
public struct Assessment: Sendable {
    /// What makes a run fail, beside a policy.
    public struct FailureThreshold: Hashable, Sendable {
        /// The least severity of a finding; nil for none.
        public var severity: Finding.Severity?
        /// Whether a check that was not determined makes the run incomplete.
        public var incomplete: Bool

        /// Findings don't fail a run.
        public static let none = FailureThreshold(severity: nil, incomplete: false)

        /// A threshold.
        public init(severity: Finding.Severity?, incomplete: Bool) {
            self.severity = severity
            self.incomplete = incomplete
        }
    }

    /// The policy; nil for none.
    public var policy: Policy?
    /// What is expected beside it.
    public var expectations: [Expectation] = []
    /// Waivers beside the policy's own.
    public var waivers: [PolicyWaiver] = []
    /// What else makes a run fail.
    public var threshold = FailureThreshold.none
    /// The older reports to compare with; nil for none.
    public var baseline: Baseline?
    /// The status is 0 for whatever the target turns out to be.
    public var exitsZero = false

    /// Nothing to hold a report against.
    public init() {}

    /// Whether there is anything to hold a report against.
    public var isEmpty: Bool {
        policy == nil && expectations.isEmpty && threshold == .none && baseline == nil && !exitsZero
    }

    /// The policy with the expectations as rules of its; nil if there is neither.
    var judged: Policy? {
        guard policy != nil || !expectations.isEmpty else { return nil }
        var whole =
            policy
            ?? Policy(
                identity: PolicyIdentity(
                    id: "expectations",
                    name: "expectations of the command line",
                    version: "",
                    date: nil,
                    source: "--expect"
                ),
                rules: []
            )
        whole.rules += expectations.map(\.rule)
        whole.waivers += waivers
        return whole
    }

    /// The report with its judgement, its comparison and the status that follows, as of a moment in seconds since 1970.
    public func applied(to report: Report<InspectResult>, now: Int64) -> Report<InspectResult> {
        var report = report
        var statuses: [RunStatus] = []
        if let policy = judged {
            let judgement = policy.judge(report, now: now)
            report.result?.judgement = judgement
            statuses += RunStatus.judged(judgement, expectations: Set(expectations.map(\.rule.id)))
        } else {
            report.result?.judgement = nil
        }
        statuses += findingStatuses(report, now: now)
        if let baseline, report.result != nil {
            let comparison = baseline.comparison(with: report)
            report.result?.comparison = comparison
            if let comparison {
                statuses += RunStatus.compared(comparison)
            } else if report.status.exit == .ok {
                statuses.append(RunStatus(noBaselineFor: report, baseline.source))
            }
        }
        let own = report.status
        report.status = RunStatus.worst(of: own, statuses)
        if exitsZero { report.status = report.status.passing }
        // Without it the report could not be judged again.
        report.ownStatus = report.status == own ? nil : own
        return report
    }

    private func findingStatuses(_ report: Report<InspectResult>, now: Int64) -> [RunStatus] {
        var statuses: [RunStatus] = []
        if let severity = threshold.severity {
            let covering = (policy?.waivers ?? []) + waivers
            let today = CivilDay(at: now)
            let bad = report.findings.filter { finding in
                finding.severity >= severity
                    && !covering.contains { waiver in
                        waiver.covers(finding.id, at: report.target) && today.map { waiver.counts(on: $0) } ?? false
                    }
            }
            if !bad.isEmpty { statuses.append(RunStatus(findings: bad, atLeast: severity)) }
        }
        if threshold.incomplete, let result = report.result {
            let open = result.checks.filter { $0.verdict == .undetermined }.map(\.id)
            let versions =
                result.survey?.versions.filter { $0.verdict == "inconclusive" || !$0.complete }.map(\.version) ?? []
            if !open.isEmpty || !versions.isEmpty { statuses.append(RunStatus(undetermined: open + versions)) }
        }
        return statuses
    }
}
