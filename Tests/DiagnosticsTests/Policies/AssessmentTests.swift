import TLSParameters
import Testing

@testable import Diagnostics

/// The exit status for every cause, and for mixtures.
@Suite struct AssessmentTests {
    private func status(
        _ server: PolicyServer,
        run: RunStatus = .ok,
        now: Int64 = PolicyServer.now,
        _ change: (inout Assessment) throws -> Void
    ) throws -> RunStatus {
        var report = server.report()
        report.status = run
        var assessment = Assessment()
        try change(&assessment)
        return assessment.applied(to: report, now: now).status
    }

    private func bad() throws -> PolicyServer {
        var server = try PolicyServer.good()
        server.suites["tls1.0"] = [.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA]
        server.suites["tls1.2"]?.append(.TLS_RSA_WITH_AES_128_CBC_SHA)
        server.findings = [Finding(id: "protocol.obsolete", severity: .medium, statement: "TLS 1.0 is spoken")]
        return server
    }

    private var open: PolicyServer {
        get throws {
            var server = try PolicyServer.good()
            server.inconclusive = "tls1.1"
            return server
        }
    }

    @Test func nothingAskedForPasses() throws {
        #expect(try status(bad()) { _ in } == .ok)
    }

    @Test func policies() throws {
        let policy = BuiltInPolicy.mozillaIntermediate.policy
        let met = try status(PolicyServer.good()) { $0.policy = policy }
        #expect(met == .ok)
        let violated = try status(bad()) { $0.policy = policy }
        #expect(violated.exit == .violation && violated.kind == "policy")
        #expect(violated.reason == "violates 2 rules of mozilla-intermediate 6.0: first versions, TLS 1.0 is accepted")
        let unknown = try status(open) { $0.policy = policy }
        #expect(unknown.exit == .incomplete && unknown.kind == "incomplete:policy")
    }

    @Test func expectations() throws {
        let violated = try status(bad()) { $0.expectations = [try Expectation(parsing: "tls1.0=rejected")] }
        #expect(violated.exit == .violation && violated.kind == "expectation")
        #expect(violated.reason == "'tls1.0=rejected' is not so: TLS 1.0 is accepted")
        #expect(try status(bad()) { $0.expectations = [try Expectation(parsing: "tls1.0=supported")] } == .ok)
        let unknown = try status(open) { $0.expectations = [try Expectation(parsing: "tls1.1=rejected")] }
        #expect(unknown.exit == .incomplete)
    }

    @Test(arguments: [
        (Finding.Severity.info, true), (.low, true), (.medium, true), (.high, false),
    ])
    func severities(_ severity: Finding.Severity, _ fails: Bool) throws {
        let status = try status(bad()) { $0.threshold = .init(severity: severity, incomplete: false) }
        #expect(status.exit == (fails ? .violation : .ok))
        if fails { #expect(status.kind == "finding" && status.reason?.contains("protocol.obsolete") == true) }
    }

    @Test func incomplete() throws {
        #expect(try status(open) { _ in } == .ok)
        let status = try status(open) { $0.threshold = .init(severity: nil, incomplete: true) }
        #expect(status.exit == .incomplete && status.kind == "incomplete:checks")
        var server = try PolicyServer.good()
        server.checks.append(CheckOutcome(id: "vulnerable.silent", verdict: .undetermined))
        let check = try self.status(server) { $0.threshold = .init(severity: nil, incomplete: true) }
        #expect(check.exit == .incomplete && check.reason?.contains("vulnerable.silent") == true)
    }

    /// What comes first of 70, 2, 5, 4, 3, 1, 6 decides, whatever else there is.
    @Test(arguments: [
        (ExitStatus.ok, ExitStatus.violation), (.incomplete, .violation), (.unreachable, .unreachable),
        (.noSession, .noSession), (.certificate, .certificate), (.usage, .usage), (.internalFault, .internalFault),
        (.interrupted(signal: 15), .interrupted(signal: 15)),
    ])
    func mixtures(_ run: ExitStatus, _ expected: ExitStatus) throws {
        let own = RunStatus(exit: run, kind: "own", reason: "its own")
        let result = try status(bad(), run: own) {
            $0.policy = BuiltInPolicy.mozillaIntermediate.policy
            $0.threshold = .init(severity: .low, incomplete: true)
        }
        #expect(result.exit == expected)
        if run == expected { #expect(result == own) }
    }

    @Test func violationComesBeforeIncomplete() throws {
        var server = try bad()
        server.inconclusive = "tls1.1"
        let result = try status(server) {
            $0.policy = BuiltInPolicy.mozillaIntermediate.policy
            $0.threshold = .init(severity: nil, incomplete: true)
        }
        #expect(result.exit == .violation)
    }

    @Test func exitZero() throws {
        func exit(_ run: RunStatus) throws -> ExitStatus {
            try status(bad(), run: run) {
                $0.policy = BuiltInPolicy.mozillaIntermediate.policy
                $0.exitsZero = true
            }.exit
        }
        #expect(try exit(.ok) == .ok)
        #expect(try exit(RunStatus(exit: .certificate, kind: "verify:expired")) == .ok)
        #expect(try exit(RunStatus(exit: .usage, kind: "usage")) == .usage)
        #expect(try exit(RunStatus(exit: .internalFault, kind: "library")) == .internalFault)
        #expect(try exit(RunStatus(exit: .interrupted(signal: 2), kind: "interrupted")) == .interrupted(signal: 2))
    }

    // MARK: Waivers

    private func waiver(_ id: String, target: String = "*", until: String) -> PolicyWaiver {
        PolicyWaiver(id: id, target: target, reason: "the old clients go in spring", until: until)
    }

    @Test func waiversCountUntilTheirDay() throws {
        var policy = BuiltInPolicy.mozillaIntermediate.policy
        policy.waivers = [
            waiver("versions", until: "2026-11-23"), waiver("suites", target: "server.*", until: "2027-01-01"),
        ]
        let judgement = policy.judge(try bad().report(), now: PolicyServer.now)
        let waived = judgement.rules.filter { $0.verdict == .waived }
        #expect(waived.map(\.id) == ["versions", "suites"])
        #expect(waived.first?.waiver?.reason == "the old clients go in spring")
        #expect(judgement.verdict == .met)
        // The day after, it is said and doesn't count.
        let later = policy.judge(try bad().report(), now: PolicyServer.now + 86_400)
        let expired = later.rules.first { $0.id == "versions" }
        #expect(expired?.verdict == .violated && expired?.reason == "its waiver ended on 2026-11-23")
        #expect(expired?.waiver?.until == "2026-11-23")
        #expect(later.verdict == .violated)
    }

    @Test func waiversAreForTheirTargets() throws {
        var policy = BuiltInPolicy.mozillaIntermediate.policy
        policy.waivers = [waiver("*", target: "other.test", until: "2099-01-01")]
        #expect(policy.judge(try bad().report(), now: PolicyServer.now).verdict == .violated)
        policy.waivers = [waiver("*", target: "SERVER.test:443", until: "2099-01-01")]
        #expect(policy.judge(try bad().report(), now: PolicyServer.now).verdict == .met)
    }

    @Test func waiversCoverFindings() throws {
        let fail = Assessment.FailureThreshold(severity: .low, incomplete: false)
        let covered = try status(bad()) {
            $0.threshold = fail
            $0.waivers = [waiver("protocol.*", until: "2099-01-01")]
        }
        #expect(covered == .ok)
        let expired = try status(bad()) {
            $0.threshold = fail
            $0.waivers = [waiver("protocol.*", until: "2020-01-01")]
        }
        #expect(expired.exit == .violation)
    }

    @Test func patterns() {
        for (pattern, text, fits) in [
            ("*", "", true), ("a*c", "abbbc", true), ("a*c", "abbbd", false), ("**a**", "xax", true), ("", "a", false),
            ("*.example", "a.B.EXAMPLE", true), ("a*a*a*a*a*b", String(repeating: "a", count: 5000), false),
        ] {
            #expect(Pattern.matches(pattern, text) == fits, "\(pattern)")
        }
    }
}
