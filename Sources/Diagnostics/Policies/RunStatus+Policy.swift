import TLSParameters

extension RunStatus {
    /// What a judgement means for the run: violations of rules, violations of expectations, and what is undetermined.
    static func judged(_ judgement: Judgement, expectations: Set<String>) -> [RunStatus] {
        let counting = judgement.rules.filter { $0.severity > .info }
        let violated = judgement.violations
        let open = counting.filter { $0.verdict == .undetermined }
        let policy = judgement.policy
        let title = policy.version.isEmpty ? policy.id : "\(policy.id) \(policy.version)"
        var statuses: [RunStatus] = []
        let rules = violated.filter { !expectations.contains($0.id) }
        if let first = rules.first {
            let count = rules.count == 1 ? "a rule" : "\(rules.count) rules"
            let which = rules.count == 1 ? "\(first.id)" : "first \(first.id)"
            let evidence = first.evidence.first.map { ", \($0.encoded(for: .terminal))" } ?? ""
            statuses.append(
                RunStatus(
                    exit: .violation,
                    kind: "policy",
                    reason: "violates \(count) of \(title): \(which)\(evidence)"
                )
            )
        }
        if let first = violated.first(where: { expectations.contains($0.id) }) {
            let evidence = first.evidence.first.map { ": \($0.encoded(for: .terminal))" } ?? ""
            statuses.append(
                RunStatus(exit: .violation, kind: "expectation", reason: "'\(first.text)' is not so\(evidence)")
            )
        }
        if let first = open.first {
            let count = open.count == 1 ? "a rule" : "\(open.count) rules"
            let why = first.reason.map { ", \($0)" } ?? ""
            let what = policy.id == "expectations" ? "an expectation" : "\(count) of \(title)"
            statuses.append(
                RunStatus(
                    exit: .incomplete,
                    kind: "incomplete:policy",
                    reason: "can't tell whether \(what) \(open.count == 1 ? "is" : "are") met: \(first.text)\(why)"
                )
            )
        }
        if judgement.judgesNothing {
            statuses.append(
                RunStatus(
                    exit: .incomplete,
                    kind: "incomplete:policy",
                    reason: "nothing was judged: no rule of \(title) is about what is there"
                )
            )
        }
        return statuses
    }

    /// Findings that `--fail-on` doesn't bear, worst first.
    init(findings: [Finding], atLeast severity: Finding.Severity) {
        let worst = findings.map(\.id).prefix(3).joined(separator: ", ")
        let count = findings.count == 1 ? "a finding" : "\(findings.count) findings"
        self.init(
            exit: .violation,
            kind: "finding",
            reason: "\(count) of severity \(severity.rawValue)\(severity == .high ? "" : " or more"): \(worst)"
        )
    }

    /// What was looked for, and could not be determined.
    init(undetermined ids: [String]) {
        let some = ids.prefix(3).joined(separator: ", ")
        self.init(
            exit: .incomplete,
            kind: "incomplete:checks",
            reason: "\(ids.count == 1 ? "a check was" : "\(ids.count) checks were") not determined: \(some)"
        )
    }

    /// What became worse since an older report.
    static func compared(_ comparison: BaselineComparison) -> [RunStatus] {
        let worse = comparison.differences.filter(\.regression)
        guard let first = worse.first else { return [] }
        let count = worse.count == 1 ? "a regression" : "\(worse.count) regressions"
        return [
            RunStatus(
                exit: .violation,
                kind: "regression",
                reason: "\(count) since \(comparison.startedAt): \(worse.count == 1 ? "" : "first ")\(first.subject)"
            )
        ]
    }

    /// The baseline has no report of the target.
    init(noBaselineFor report: Report<InspectResult>, _ source: String) {
        self.init(
            exit: .incomplete,
            kind: "incomplete:baseline",
            reason: "\(source) has no report of \(report.target?.input ?? "this target")",
            hint: "write a new one with --save"
        )
    }

    /// The one status of a target: the run's own, unless one of the others comes before it in the order of several targets.
    static func worst(of own: RunStatus, _ others: [RunStatus]) -> RunStatus {
        let worst = ExitStatus.combined([own.exit] + others.map(\.exit))
        if own.exit == worst { return own }
        return others.first { $0.exit == worst } ?? own
    }

    /// The same, without failing for what the target is like: faults of the run itself stay.
    var passing: RunStatus {
        switch exit {
        case .usage, .internalFault, .interrupted: return self
        default:
            var status = self
            status.exit = .ok
            return status
        }
    }
}
