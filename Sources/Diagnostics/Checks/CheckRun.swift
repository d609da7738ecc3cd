/// What running checks came to.
struct CheckRun: Sendable {
    /// What became of each that was run, or could not be.
    var outcomes: [CheckOutcome] = []
    /// What they found.
    var findings: [Finding] = []
    /// What they cost.
    var spent = Spending()
    /// What an answer over HTTP says; nil if there was none to ask for.
    var http: HTTPFacts?

    /// Nothing run yet.
    init() {}

    /// Adds what was run after this.
    mutating func add(_ other: CheckRun) {
        outcomes += other.outcomes
        findings += other.findings
        spent.add(other.spent)
        http = http ?? other.http
    }

    /// Notes a finding, and that its check found it.
    mutating func found(_ finding: Finding) {
        findings.append(finding)
        settle(finding.id, .found)
    }

    /// Notes what became of a check.
    mutating func settle(_ id: String, _ verdict: CheckOutcome.Verdict, _ reason: String? = nil) {
        outcomes.append(
            CheckOutcome(
                id: id,
                intrusive: CheckCatalogue.check(id)?.need.isIntrusive ?? false,
                verdict: verdict,
                reason: reason
            )
        )
    }

    /// Notes the same of several checks.
    mutating func settle(_ ids: [String], _ verdict: CheckOutcome.Verdict, _ reason: String? = nil) {
        for id in ids { settle(id, verdict, reason) }
    }

    /// What is left when the time is up before any of it ran.
    init(unfinished settings: InspectSettings) {
        for check in CheckCatalogue.ofServers {
            let isWanted =
                switch check.need {
                case .closing, .resumption, .keys: true
                case .http, .redirect: settings.parts.contains(.http)
                case .talk, .renegotiation, .pipelining: settings.intrusive
                default: false
                }
            if isWanted { settle(check.id, .undetermined, "the time was up") }
        }
    }
}
