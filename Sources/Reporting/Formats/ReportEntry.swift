import Diagnostics
import TLSParameters

/// One line of a report in a format that lists things: a finding, a check that found nothing, a policy's rule, or how the run
/// itself ended. Every such format is made from the same lines.
struct ReportEntry {
    /// What it is.
    enum Kind: String {
        /// Something wrong, or worth knowing.
        case finding
        /// A check that found nothing: it isn't there, or that isn't known.
        case check
        /// A rule of the policy.
        case rule
        /// The end of a run that did not go well.
        case run
    }

    /// What a reader has to do about it.
    enum Outcome: String {
        /// It has to be mended: a finding of medium or high severity, or a rule that is violated.
        case failed
        /// Worth knowing: any other finding, a violation that is waived, or a recommendation that is not followed.
        case noted
        /// It was looked at, and is all right.
        case passed
        /// Whether it is all right isn't known.
        case open
        /// Nothing was looked at.
        case skipped
    }

    var kind: Kind
    /// The finding's or rule's id; a rule's has its policy's before it. Ours.
    var id: String
    var outcome: Outcome
    /// In the report's own words: `found`, `absent`, `not-determined`, `violated`, …
    var verdict: String
    /// How much it matters, or would; nil for what has no severity.
    var severity: Finding.Severity?
    /// What is the case, or what is demanded.
    var statement: PeerText
    /// Why the verdict is what it is.
    var reason: PeerText?
    var evidence: [PeerText] = []
    var remedy: PeerText?
    var references: [String] = []
    /// The policy that a rule belongs to.
    var policy: PolicyIdentity?
    /// Tells apart what has the same id in one report: 1 for the first.
    var occurrence = 1

    /// Everything that there is to say of one report: findings worst first, rules, checks that found nothing, the run.
    static func all(_ report: Report<InspectResult>) -> [ReportEntry] {
        let rules = report.result?.judgement.map { judgement in
            judgement.rules.map { ReportEntry($0, of: judgement.policy) }
        }
        var entries = report.findings.map { ReportEntry($0) } + (rules ?? [])
        entries += (report.result?.checks ?? []).filter { $0.verdict != .found }.map { ReportEntry($0) }
        if let run = ReportEntry(run: report.status) { entries.append(run) }
        var seen: [String: Int] = [:]
        for index in entries.indices {
            seen[entries[index].id, default: 0] += 1
            entries[index].occurrence = seen[entries[index].id] ?? 1
        }
        return entries
    }

    /// The id, with a number behind it from its second occurrence on.
    var uniqueID: String { occurrence == 1 ? id : "\(id)#\(occurrence)" }

    /// The evidence in one text, cut where a list or a text is endless: only JSON has all of it.
    var shortEvidence: PeerText? {
        guard !evidence.isEmpty else { return nil }
        var bytes: [UInt8] = []
        for (index, text) in evidence.prefix(8).enumerated() {
            if index > 0 { bytes += Array("; ".utf8) }
            bytes += text.excerpt(300).bytes
        }
        if evidence.count > 8 { bytes += Array("; …".utf8) }
        return PeerText(bytes: bytes)
    }

    /// The vulnerabilities among the references.
    var vulnerabilities: [String] { references.filter { $0.hasPrefix("CVE-") } }

    private init(_ finding: Finding) {
        kind = .finding
        id = finding.id
        outcome = finding.severity >= .medium ? .failed : .noted
        verdict = CheckOutcome.Verdict.found.rawValue
        severity = finding.severity
        statement = PeerText(finding.statement).excerpt(2_000)
        evidence = finding.evidence
        remedy = finding.remedy.map { PeerText($0).excerpt(2_000) }
        references = finding.references
    }

    private init(_ check: CheckOutcome) {
        kind = .check
        id = check.id
        verdict = check.verdict.rawValue
        reason = check.reason.map { PeerText($0).excerpt(2_000) }
        switch check.verdict {
        case .found:
            outcome = .noted
            statement = PeerText("found")
        case .absent:
            outcome = .passed
            statement = PeerText("not found")
        case .undetermined:
            outcome = .open
            statement = PeerText("not determined")
        case .notRun:
            outcome = .skipped
            statement = PeerText("not run")
        case .notApplicable:
            outcome = .skipped
            statement = PeerText("not applicable")
        }
    }

    private init(_ rule: RuleOutcome, of policy: PolicyIdentity) {
        kind = .rule
        id = "\(policy.id)/\(rule.id)"
        verdict = rule.verdict.rawValue
        severity = rule.severity
        statement = PeerText(rule.clause.isEmpty ? rule.text : "\(rule.text) (\(rule.clause))").excerpt(2_000)
        reason = rule.reason.map { PeerText($0).excerpt(2_000) }
        evidence = rule.evidence
        self.policy = policy
        switch rule.verdict {
        case .met: outcome = .passed
        // What is only recommended fails nothing.
        case .violated: outcome = rule.severity > .info ? .failed : .noted
        case .undetermined: outcome = .open
        case .waived: outcome = .noted
        case .untestable, .notApplicable: outcome = .skipped
        }
        if let waiver = rule.waiver {
            let word = rule.verdict == .waived ? "waived until" : "no longer waived since"
            reason = PeerText("\(word) \(waiver.until): \(waiver.reason)").excerpt(2_000)
        }
    }

    /// Nil where all went well, or where other entries say what did not.
    private init?(run status: RunStatus) {
        guard status.exit != .ok, status.exit != .violation else { return nil }
        kind = .run
        id = "run"
        outcome = status.exit == .certificate ? .failed : .open
        verdict = status.kind
        severity = status.exit == .certificate ? .high : nil
        statement = PeerText(status.reason ?? status.kind).excerpt(2_000)
        remedy = status.hint.map { PeerText($0).excerpt(2_000) }
    }
}
