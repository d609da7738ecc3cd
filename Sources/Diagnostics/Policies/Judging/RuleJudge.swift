import Certificates
import SecureChannel
import TLSParameters

/// Holds one rule against what a report tells. What the report doesn't tell is undetermined, never met.
struct RuleJudge {
    /// What a rule came to, without what the rule says itself.
    struct Ruling: Hashable {
        var verdict: RuleOutcome.Verdict
        var evidence: [PeerText] = []
        var reason: String?

        static func met(_ evidence: [PeerText] = []) -> Ruling { Ruling(verdict: .met, evidence: evidence) }
        static func violated(_ evidence: [PeerText]) -> Ruling { Ruling(verdict: .violated, evidence: evidence) }
        static func undetermined(_ reason: String) -> Ruling { Ruling(verdict: .undetermined, reason: reason) }
        static func notApplicable(_ reason: String) -> Ruling { Ruling(verdict: .notApplicable, reason: reason) }
    }

    let facts: ReportFacts
    let grade: () -> GradeOutcome

    /// The rule's outcome.
    func outcome(_ rule: PolicyRule) -> RuleOutcome {
        var ruling = judge(rule)
        // Who expects something of one target wants to hear if there is nothing that it could be true of.
        if ruling.verdict == .notApplicable, rule.isExpected { ruling.verdict = .undetermined }
        return RuleOutcome(
            id: rule.id,
            clause: rule.clause,
            text: rule.text,
            severity: rule.severity,
            verdict: ruling.verdict,
            evidence: Array(ruling.evidence.prefix(Self.mostEvidence)),
            reason: ruling.evidence.count > Self.mostEvidence
                ? "and \(ruling.evidence.count - Self.mostEvidence) more" : ruling.reason
        )
    }

    private static let mostEvidence = 64

    private func judge(_ rule: PolicyRule) -> Ruling {
        if case .untestable(let why) = rule.requirement { return Ruling(verdict: .untestable, reason: why) }
        if facts.isFile, !rule.check.isAboutCertificates { return .notApplicable("the report is of a file") }
        if !rule.versions.isEmpty, rule.versions.allSatisfy({ facts.speaks($0) == .no }) {
            return .notApplicable("the server doesn't speak \(rule.versions.map(facts.name).joined(separator: ", "))")
        }
        switch rule.check.shape {
        case .list: return list(rule)
        case .number: return number(rule)
        case .yesNo: return yesNo(rule)
        case .none: return Ruling(verdict: .untestable)
        }
    }

    // MARK: Yes or no

    private func yesNo(_ rule: PolicyRule) -> Ruling {
        guard case .value(let wanted) = rule.requirement else { return .undetermined("the rule makes no sense") }
        if rule.check == .inventory { return inventory() }
        switch facts.answer(rule.check, wanted: wanted, versions: rule.versions) {
        case .yes: return wanted ? .met() : .violated(evidence(rule, present: true))
        case .no: return wanted ? .violated(evidence(rule, present: false)) : .met()
        case .unknown(let why): return .undetermined(why)
        case .meaningless(let why): return .notApplicable(why)
        }
    }

    private func evidence(_ rule: PolicyRule, present: Bool) -> [PeerText] {
        switch rule.check {
        case .forwardSecrecy:
            return facts.suites(in: rule.versions).elements.filter { $0.suite.forwardSecrecy == false }.map(told)
        case .trust: return facts.trustProblems
        case .nameMatch:
            let name = facts.result.validation?.nameChecked?.text ?? "the name"
            return [PeerText("the certificate is not for \(name)")]
        case .serverPreference:
            return [PeerText(present ? "the server's preference decides" : "the client's preference decides")]
        default:
            let name = rule.check.rawValue.split(separator: "-").joined(separator: " ")
            return [PeerText(present ? "there is \(name)" : "there is no \(name)")]
        }
    }

    /// The versions and suites in use, which are the evidence.
    private func inventory() -> Ruling {
        let found = facts.suites(in: [])
        if let doubt = found.doubt { return .undetermined(doubt) }
        let versions = facts.spoken.map { version in
            let names = found.elements.filter { $0.version == version }.map(\.suite.name)
            return PeerText("\(facts.name(version)): \(names.joined(separator: ", "))")
        }
        return versions.isEmpty ? .undetermined("no version is known to be spoken") : .met(versions)
    }

    // MARK: Lists

    private func list(_ rule: PolicyRule) -> Ruling {
        switch rule.check {
        case .versions: versions(rule.requirement)
        case .suites: suites(rule)
        case .suiteKinds: suiteKinds(rule)
        case .groups: groups(rule)
        case .signatureSchemes: schemes(rule)
        case .alpn: protocols(rule.requirement)
        case .findings: findings(rule.requirement)
        default: certificates(rule)
        }
    }

    private func versions(_ requirement: PolicyRule.Requirement) -> Ruling {
        let all = ProtocolVersion.all.map(\.id)
        let support = Dictionary(uniqueKeysWithValues: all.map { ($0, facts.speaks($0)) })
        return judge(requirement, support, doubt: nil) { "\(facts.name($0)) \($1)" }
    }

    private func suites(_ rule: PolicyRule) -> Ruling {
        let found = facts.suites(in: rule.versions)
        var support: [String: ReportFacts.Answer] = [:]
        for suite in found.elements { support[suite.suite.codePoint] = .yes }
        var ruling = judge(rule.requirement, support, doubt: found.doubt) { "\(PolicyNames.suiteName($0)) \($1)" }
        if ruling.verdict == .violated, case .required = rule.requirement { return ruling }
        if ruling.verdict == .violated, !ruling.evidence.isEmpty {
            // By version, in the server's order, which says more than the names alone.
            let bad = Set(Self.offending(rule.requirement, support))
            let lines = found.elements.filter { bad.contains($0.suite.codePoint) }.map(told)
            if !lines.isEmpty { ruling.evidence = lines }
        }
        return ruling
    }

    private func suiteKinds(_ rule: PolicyRule) -> Ruling {
        guard case .forbidden(let words) = rule.requirement else { return .undetermined("the rule makes no sense") }
        let found = facts.suites(in: rule.versions)
        let expressions = words.compactMap { try? SuiteExpression(parsing: $0) }
        let bad = found.elements.filter { suite in expressions.contains { $0.matches(suite.suite.codePoint) } }
        if !bad.isEmpty { return .violated(bad.map(told)) }
        return found.doubt.map { .undetermined($0) } ?? .met()
    }

    private func told(_ suite: ReportFacts.Suite) -> PeerText {
        PeerText("\(suite.suite.name) in \(facts.name(suite.version))")
    }

    private func groups(_ rule: PolicyRule) -> Ruling {
        let found = facts.suites(in: rule.versions)
        let ephemeral = ["ECDHE", "DHE", "any", "ECDHE-PSK", "DHE-PSK"]
        let agreesOnKeys = found.elements.contains { suite in
            suite.version == "tls1.3"
                || suite.suite.keyExchange.map { name in ephemeral.contains { name.hasPrefix($0) } } == true
        }
        if !agreesOnKeys, found.doubt == nil { return .notApplicable("the server accepts no suite with (EC)DHE") }
        let (support, doubt) = facts.groups(in: rule.versions)
        return judge(rule.requirement, support, doubt: doubt) { "\($0) \($1)" }
    }

    private func schemes(_ rule: PolicyRule) -> Ruling {
        let (support, doubt) = facts.schemes(in: rule.versions)
        return judge(rule.requirement, support, doubt: doubt) { "\($0) \($1)" }
    }

    private func protocols(_ requirement: PolicyRule.Requirement) -> Ruling {
        let (support, doubt) = facts.applicationProtocols(named: requirement.names)
        return judge(requirement, support, doubt: doubt) { "\($0) \($1)" }
    }

    private func findings(_ requirement: PolicyRule.Requirement) -> Ruling {
        guard case .forbidden(let patterns) = requirement else {
            return .undetermined("findings can only be forbidden")
        }
        let bad = facts.report.findings.filter { finding in patterns.contains { Pattern.matches($0, finding.id) } }
        if !bad.isEmpty { return .violated(bad.map { PeerText("\($0.id): \($0.statement)") }) }
        for pattern in patterns {
            let checks = facts.result.checks.filter { Pattern.matches(pattern, $0.id) }
            let open = checks.first { $0.verdict == .undetermined || $0.verdict == .notRun }
            if let open {
                let verdict = open.verdict == .notRun ? "was not looked for" : "was not determined"
                return .undetermined("\(open.id) \(verdict)" + (open.reason.map { ": \($0)" } ?? ""))
            }
            if checks.isEmpty { return .undetermined("the report doesn't say whether \(pattern) was looked for") }
        }
        return .met()
    }

    /// A list against what is known of each name. `doubt` says why a name that is not in `support` may be there all the same.
    private func judge(
        _ requirement: PolicyRule.Requirement,
        _ support: [String: ReportFacts.Answer],
        doubt: String?,
        _ told: (String, String) -> String
    ) -> Ruling {
        func answer(_ name: String) -> ReportFacts.Answer {
            let known = support[name] ?? support.first { $0.key.lowercased() == name.lowercased() }?.value
            return known ?? doubt.map { .unknown($0) } ?? .no
        }
        func why(_ name: String) -> String? {
            if case .unknown(let reason) = answer(name) {
                return reason.contains(name) ? reason : "\(told(name, "is not determined")): \(reason)"
            }
            return nil
        }
        switch requirement {
        case .allowed(let names):
            let allowed = Set(names.map { $0.lowercased() })
            let beyond = support.filter { !allowed.contains($0.key.lowercased()) }.keys.sorted()
            let bad = beyond.filter { support[$0] == .yes }
            if !bad.isEmpty { return .violated(bad.map { PeerText(told($0, "is accepted")) }) }
            if let open = beyond.compactMap(why).first ?? doubt { return .undetermined(open) }
            return .met()
        case .forbidden(let names):
            let bad = names.filter { answer($0) == .yes }
            if !bad.isEmpty { return .violated(bad.map { PeerText(told($0, "is accepted")) }) }
            return names.compactMap(why).first.map { .undetermined($0) } ?? .met()
        case .required(let names):
            let bad = names.filter { answer($0) == .no }
            if !bad.isEmpty { return .violated(bad.map { PeerText(told($0, "is not accepted")) }) }
            return names.compactMap(why).first.map { .undetermined($0) } ?? .met()
        case .anyOf(let names):
            if let good = names.first(where: { answer($0) == .yes }) {
                return .met([PeerText(told(good, "is accepted"))])
            }
            if let open = names.compactMap(why).first { return .undetermined(open) }
            return .violated(names.map { PeerText(told($0, "is not accepted")) })
        default:
            return .undetermined("the rule makes no sense")
        }
    }

    /// What is there and should not be.
    private static func offending(
        _ requirement: PolicyRule.Requirement,
        _ support: [String: ReportFacts.Answer]
    ) -> [String] {
        switch requirement {
        case .allowed(let names): support.filter { $0.value == .yes && !names.contains($0.key) }.map(\.key)
        case .forbidden(let names): names.filter { support[$0] == .yes }
        default: []
        }
    }
}

extension PolicyRule.Check {
    /// Whether a file of certificates tells it, too.
    var isAboutCertificates: Bool {
        switch self {
        case .certificateKeys, .certificateCurves, .certificateSignatures, .rsaBits, .ecBits, .certificateLifetime,
            .certificateRemaining, .certificateTransparency, .trust, .nameMatch, .findings:
            true
        default: false
        }
    }
}

extension SuiteExpression {
    /// Whether the suite of a code point passes.
    fileprivate func matches(_ codePoint: String) -> Bool {
        if codePoint.utf8.count == 8, let facts = SSL2CipherKind(named: codePoint)?.facts { return matches(facts) }
        return CipherSuite(named: codePoint)?.facts.map { matches($0) } ?? false
    }
}
