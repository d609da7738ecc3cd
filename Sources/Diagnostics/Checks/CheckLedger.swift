import SecureChannel

/// An outcome for every check that there is: by what was found, by what was run, and by what is known of the server.
struct CheckLedger {
    /// What the survey found; nil if there was none.
    var survey: CiphersResult?
    /// The session; nil if none stood.
    var attributes: ConnectionAttributes?
    /// Whether a survey was made and learnt nothing.
    var isSurveyUnanswered = false
    /// Whether the target is asked with STARTTLS.
    var usesSTARTTLS = false
    /// Whether all addresses of the name were compared.
    var comparesAddresses = false
    /// What the DNS says of the name; nil if it wasn't asked.
    var dns: DNSFacts?

    /// One outcome a check, in the catalogue's order, and one for each further id that was found.
    func outcomes(findings: [Finding], run: CheckRun = CheckRun()) -> [CheckOutcome] {
        let found = Set(findings.map(\.id))
        var known = Dictionary(run.outcomes.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        for outcome in survey.map(FeatureFindings.outcomes) ?? [] where known[outcome.id] == nil {
            known[outcome.id] = outcome
        }
        var outcomes = CheckCatalogue.ofServers.map { check in
            if found.contains(check.id) { return Self.outcome(check, .found) }
            return known[check.id] ?? derived(check)
        }
        let listed = Set(CheckCatalogue.all.map(\.id))
        outcomes += found.subtracting(listed).sorted().map { CheckOutcome(id: $0, verdict: .found) }
        return outcomes
    }

    private static func outcome(
        _ check: CheckCatalogue.Check,
        _ verdict: CheckOutcome.Verdict,
        _ reason: String? = nil
    ) -> CheckOutcome {
        CheckOutcome(id: check.id, intrusive: check.need.isIntrusive, verdict: verdict, reason: reason)
    }

    private func derived(_ check: CheckCatalogue.Check) -> CheckOutcome {
        let (verdict, reason) = derived(check.need)
        if isSurveyUnanswered, verdict == .notRun, check.need.isSurveyed {
            return Self.outcome(check, .undetermined, "the server did not answer our own hellos")
        }
        return Self.outcome(check, verdict, reason)
    }

    private func derived(_ need: CheckCatalogue.Need) -> (CheckOutcome.Verdict, String?) {
        switch need {
        case .ssl2: spoken(["ssl2"], withSuites: false)
        case .ssl3: spoken(["ssl3"], withSuites: false)
        case .padding: spoken(["ssl3"], withSuites: true)
        case .old: spoken(["tls1.0", "tls1.1"], withSuites: false)
        case .cbc: spoken(["ssl3", "tls1.0"], withSuites: true)
        case .modern: spoken(["tls1.3"], withSuites: false)
        case .classic: spoken(["ssl2", "ssl3", "tls1.0", "tls1.1", "tls1.2"], withSuites: true)
        case .suites: spoken(survey?.versions.map(\.version) ?? ["tls1.2"], withSuites: true)
        case .groups: groups
        case .session: session
        case .chain: chain
        case .starttls: usesSTARTTLS ? (.absent, nil) : (.notApplicable, "TLS begins without a dialogue")
        case .feature: (.notRun, "the extensions and downgrades were not asked for")
        case .pipelining where !usesSTARTTLS: (.notApplicable, "TLS begins without a dialogue")
        case .talk, .renegotiation, .pipelining: (.notRun, "it is intrusive: --intrusive allows it")
        case .addresses:
            comparesAddresses ? (.undetermined, "no address was reached") : (.notRun, "--all-addresses asks for it")
        case .dns: records
        case .closing, .resumption, .keys, .http, .redirect: (.notRun, "it was not asked for")
        case .client, .verb: (.notApplicable, nil)
        }
    }

    /// What isn't found in versions that were asked for is absent only if they are all known.
    private func spoken(_ versions: [String], withSuites: Bool) -> (CheckOutcome.Verdict, String?) {
        guard let survey else { return (.notRun, "the versions and suites were not asked for") }
        let asked = survey.versions.filter { versions.contains($0.version) }
        guard !asked.isEmpty else {
            let verb = versions.count == 1 ? "was" : "were"
            return (.notRun, "\(versions.joined(separator: " and ")) \(verb) not asked for")
        }
        for version in asked {
            if version.verdict == "inconclusive" {
                return (.undetermined, "\(version.version): \(version.reason ?? "there was no clear answer")")
            }
            guard withSuites, version.verdict == "supported" || version.verdict == "none-accepted" else { continue }
            if !version.complete {
                return (.undetermined, "\(version.version): \(version.reason ?? "not every suite is known")")
            }
        }
        guard survey.everySuite || !withSuites else { return (.undetermined, "only some suites were asked for") }
        guard asked.count == versions.count else { return (.undetermined, "only some versions were asked for") }
        return (.absent, nil)
    }

    private var groups: (CheckOutcome.Verdict, String?) {
        guard let survey else { return (.notRun, "the groups were not asked for") }
        if let modern = survey.versions.first(where: { $0.version == "tls1.3" }), modern.verdict == "rejected" {
            return (.notApplicable, "the server does not speak TLS 1.3")
        }
        guard survey.aspects.contains("groups") else { return (.notRun, "the groups were not asked for") }
        let lists = survey.groupLists.filter { $0.version == "tls1.3" }
        // One that is taken is enough, whatever became of the others.
        if survey.groups.contains(where: { $0.postQuantum == true && $0.verdict == "supported" }) {
            return (.absent, nil)
        }
        guard !lists.isEmpty, lists.allSatisfy(\.complete) else {
            return (.undetermined, lists.flatMap(\.notes).first ?? "not every group is known")
        }
        return (.undetermined, "a post-quantum group was not settled")
    }

    private var records: (CheckOutcome.Verdict, String?) {
        guard let dns else { return (.notRun, "--dns asks for it") }
        guard let open = dns.records.first(where: { $0.verdict == "not-determined" }) else { return (.absent, nil) }
        return (.undetermined, "no answer to the question for \(open.kind) records")
    }

    private var session: (CheckOutcome.Verdict, String?) {
        guard attributes?.transport.handshakeSeconds != nil else { return (.undetermined, "no session stood") }
        return (.absent, nil)
    }

    private var chain: (CheckOutcome.Verdict, String?) {
        guard let attributes, !attributes.peer.chain.isEmpty else {
            return (.undetermined, "no certificate was seen")
        }
        return (.absent, nil)
    }
}
