import TLSParameters

extension Policy {
    /// Holds a report against the rules, as of a day given in seconds since 1970, which decides what waivers count.
    ///
    /// Pure: a saved report gives the same judgement as a fresh one.
    public func judge(_ report: Report<InspectResult>, now: Int64) -> Judgement {
        guard let facts = ReportFacts(report) else {
            let why = report.status.reason ?? "the report has no result"
            return conclude(rules.map { undetermined($0, why) }, grade: nil, report, now)
        }
        var cached: GradeOutcome?
        func grade() -> GradeOutcome {
            let outcome = cached ?? GradeOutcome(facts)
            cached = outcome
            return outcome
        }
        // The closure doesn't outlive this call.
        let outcomes = withoutActuallyEscaping(grade) { grade in
            rules.map { RuleJudge(facts: facts, grade: grade).outcome($0) }
        }
        let wantsGrade = rules.contains { $0.check == .grade }
        return conclude(outcomes, grade: wantsGrade ? grade().grade : nil, report, now)
    }

    private func undetermined(_ rule: PolicyRule, _ why: String) -> RuleOutcome {
        var verdict = RuleOutcome.Verdict.undetermined
        var reason = why
        if case .untestable(let cause) = rule.requirement {
            verdict = .untestable
            reason = cause
        }
        return RuleOutcome(
            id: rule.id,
            clause: rule.clause,
            text: rule.text,
            severity: rule.severity,
            verdict: verdict,
            reason: reason
        )
    }

    private func conclude(
        _ outcomes: [RuleOutcome],
        grade: Grade?,
        _ report: Report<InspectResult>,
        _ now: Int64
    ) -> Judgement {
        let judged = outcomes.map { waive($0, report.target, now) }
        let counting = judged.filter { $0.severity > .info }
        var judgement = Judgement(policy: identity, verdict: .met, rules: judged, grade: grade)
        if counting.contains(where: { $0.verdict == .violated }) {
            judgement.verdict = .violated
        } else if judgement.judgesNothing || counting.contains(where: { $0.verdict == .undetermined }) {
            judgement.verdict = .undetermined
        }
        return judgement
    }

    /// A violation that a waiver covers is waived; one whose waiver has run out says so.
    private func waive(_ outcome: RuleOutcome, _ target: TargetSummary?, _ now: Int64) -> RuleOutcome {
        guard outcome.verdict == .violated, let today = CivilDay(at: now) else { return outcome }
        let covering = waivers.filter { $0.covers(outcome.id, at: target) }
        var outcome = outcome
        if let waiver = covering.first(where: { $0.counts(on: today) }) {
            outcome.verdict = .waived
            outcome.waiver = waiver.told
        } else if let expired = covering.max(by: { $0.until < $1.until }) {
            outcome.waiver = expired.told
            outcome.reason = "its waiver ended on \(expired.until)"
        }
        return outcome
    }
}
