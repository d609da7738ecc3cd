import TLSParameters

/// Collects what differs between two reports of one target, and what of it is for the worse.
struct Differ {
    private(set) var differences: [BaselineComparison.Difference] = []
    /// What was looked for in one of the two only, a sentence each.
    private(set) var leftOut: [String] = []

    mutating func leaveOut(_ what: String) { leftOut.append(what) }

    mutating func add(
        _ subject: String,
        before: PeerText?,
        after: PeerText?,
        worse: Bool
    ) {
        // What was read back has its odd characters spelled out: only the visible form can be compared.
        guard before.map({ $0.encoded(for: .terminal) }) != after.map({ $0.encoded(for: .terminal) }) else { return }
        let kind: BaselineComparison.Difference.Kind = before == nil ? .added : after == nil ? .removed : .changed
        differences.append(
            BaselineComparison.Difference(subject: subject, kind: kind, regression: worse, before: before, after: after)
        )
    }

    mutating func add(_ subject: String, _ before: String?, _ after: String?, worse: Bool) {
        add(subject, before: before.map { PeerText($0) }, after: after.map { PeerText($0) }, worse: worse)
    }

    // MARK: Findings

    mutating func compareFindings(_ old: Report<InspectResult>, _ new: Report<InspectResult>) {
        func worst(_ report: Report<InspectResult>) -> [String: Finding.Severity] {
            Dictionary(report.findings.map { ($0.id, $0.severity) }, uniquingKeysWith: { max($0, $1) })
        }
        let before = worst(old)
        let after = worst(new)
        for id in Set(before.keys).union(after.keys).sorted() {
            switch (before[id], after[id]) {
            case (nil, let severity?):
                // What nobody looked for then may have been there all the time.
                let doubt = Self.doubt(id, old)
                add("finding:\(id)", doubt, severity.rawValue, worse: severity > .info && doubt == nil)
            case (let severity?, nil):
                // Gone is not the same as no longer determined, or no longer looked for.
                add("finding:\(id)", severity.rawValue, Self.doubt(id, new), worse: false)
            case (let one?, let other?): add("finding:\(id)", one.rawValue, other.rawValue, worse: other > one)
            case (nil, nil): break
            }
        }
    }

    /// `not-run` or `not-determined` of a finding that a report doesn't have and that doesn't mean that it is not there; nil
    /// where it does.
    private static func doubt(_ id: String, _ report: Report<InspectResult>) -> String? {
        guard let verdict = report.result?.verdict(of: id) else { return CheckOutcome.Verdict.notRun.rawValue }
        return verdict == .notRun || verdict == .undetermined ? verdict.rawValue : nil
    }

    // MARK: Judgements

    mutating func compareJudgements(_ old: Judgement?, _ new: Judgement?) {
        guard let old, let new, old.policy.id == new.policy.id else { return }
        add("policy:\(new.policy.id)", old.policy.version, new.policy.version, worse: false)
        for rule in new.rules {
            guard let before = old.rules.first(where: { $0.id == rule.id }) else { continue }
            let wasBad = before.verdict == .violated || before.verdict == .waived
            let isWorse =
                rule.verdict == .violated && !wasBad && rule.severity > .info && before.verdict != .undetermined
            add("rule:\(rule.id)", before.verdict.rawValue, rule.verdict.rawValue, worse: isWorse)
        }
        let order = PolicyNames.grades
        if let one = old.grade, let other = new.grade {
            let worse = (order.firstIndex(of: other.letter) ?? order.count) > (order.firstIndex(of: one.letter) ?? 0)
            // A grade that some answer was missing for is the best that it can have been.
            add("grade", one.letter, other.letter, worse: worse && one.open.isEmpty)
        }
    }
}
