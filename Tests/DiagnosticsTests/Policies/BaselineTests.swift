import Certificates
import TLSParameters
import Testing

@testable import Diagnostics

/// What differs from an older report, and what of it is for the worse.
@Suite struct BaselineTests {
    private func compare(_ old: PolicyServer, _ new: PolicyServer) throws -> BaselineComparison {
        let baseline = Baseline(source: "old.json", reports: [old.report()])
        return try #require(baseline.comparison(with: new.report()))
    }

    @Test func nothingDiffers() throws {
        let server = try PolicyServer.good()
        let comparison = try compare(server, server)
        #expect(comparison.differences.isEmpty && !comparison.hidden.isEmpty)
    }

    @Test func renewalIsAChange() throws {
        let comparison = try compare(try .good(), try .good())
        #expect(comparison.differences.contains { $0.subject == "certificate" && $0.kind == .changed })
        #expect(!comparison.differences.contains { $0.regression })
    }

    @Test(arguments: [
        "version:tls1.0", "version:tls1.3", "suite:tls1.2:TLS_RSA_WITH_AES_128_CBC_SHA", "group:X25519MLKEM768",
        "finding:suite.3des", "feature:heartbeat", "feature:extended-master-secret", "certificate:name", "validation",
    ])
    func regressions(_ subject: String) throws {
        var old = try PolicyServer.good()
        old.groups.append("X25519MLKEM768")
        var new = old
        switch subject {
        case "version:tls1.0": new.suites["tls1.0"] = [.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA]
        case "version:tls1.3": new.suites["tls1.3"] = nil
        case "group:X25519MLKEM768": new.groups.removeLast()
        case "finding:suite.3des":
            new.findings = [Finding(id: "suite.3des", severity: .medium, statement: "triple DES")]
        case "feature:heartbeat": new.features["heartbeat"] = true
        case "feature:extended-master-secret": new.features["extended-master-secret"] = false
        case "certificate:name":
            new.leaf = try ThrowawayAuthority(now: PolicyServer.now).issue(names: ["elsewhere.test"]).certificate
        case "validation":
            let nobody = TrustAnchors.none
            new.validation = ChainValidator.validate(
                chain: [try #require(new.leaf)],
                trust: try nobody.acquire(),
                at: PolicyServer.now
            )
        default: new.suites["tls1.2"]?.append(.TLS_RSA_WITH_AES_128_CBC_SHA)
        }
        let worse = try compare(old, new).differences.filter(\.regression)
        #expect(worse.contains { $0.subject == subject }, "\(worse.map(\.subject))")
        // The other way round it is no regression.
        let better = try compare(new, old).differences.filter { $0.regression && $0.subject == subject }
        #expect(better.isEmpty || subject == "certificate:name")
    }

    @Test func whatIsNoLongerDeterminedIsNoRegression() throws {
        let old = try PolicyServer.good()
        var new = old
        new.inconclusive = "tls1.3"
        let comparison = try compare(old, new)
        let version = comparison.differences.first { $0.subject == "version:tls1.3" }
        #expect(version?.regression == false && version?.after == PeerText("inconclusive"))
        #expect(!comparison.differences.contains { $0.subject.hasPrefix("suite:tls1.3") })
    }

    // MARK: What was looked for in one of the two only

    /// A run with `--skip survey,checks,http`: nothing is gone, and nothing of the old report's is a regression.
    @Test func whatWasSkippedIsNotGone() throws {
        var whole = try PolicyServer.good()
        whole.findings = [Finding(id: "attack.beast", severity: .low, statement: "it has a flaw")]
        whole.suites["tls1.0"] = [.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA]
        var short = whole
        (short.isSurveyed, short.checks, short.findings, short.transportSecurity) = (false, [], [], nil)
        let comparison = try compare(whole, short)
        #expect(!comparison.differences.contains { $0.regression || $0.kind == .removed }, "\(comparison.differences)")
        let flaw = comparison.differences.first { $0.subject == "finding:attack.beast" }
        #expect(flaw?.after == PeerText("not-run"))
        #expect(comparison.hidden.contains { $0.contains("this run made no survey") })
        // The other way round: it may have been there all the time.
        let other = try compare(short, whole)
        #expect(!other.differences.contains { $0.regression }, "\(other.differences)")
        let found = other.differences.first { $0.subject == "finding:attack.beast" }
        #expect(found?.before == PeerText("not-run") && found?.kind == .changed)
        #expect(other.hidden.contains { $0.contains("the older report has no survey") })
    }

    /// What a run left open is neither gone nor new afterwards.
    @Test(arguments: [CheckOutcome.Verdict.notRun, .undetermined])
    func openChecks(_ verdict: CheckOutcome.Verdict) throws {
        var found = try PolicyServer.good()
        found.findings = [Finding(id: "attack.robot", severity: .high, statement: "it has a flaw")]
        var open = try PolicyServer.good()
        open.leaf = found.leaf
        open.checks = [CheckOutcome(id: "attack.robot", verdict: verdict)]
        let later = try compare(open, found).differences.first { $0.subject == "finding:attack.robot" }
        #expect(later?.regression == false && later?.before == PeerText(verdict.rawValue))
        let earlier = try compare(found, open).differences.first { $0.subject == "finding:attack.robot" }
        #expect(earlier?.kind == .changed && earlier?.after == PeerText(verdict.rawValue))
    }

    /// A chain that was judged only now may have been bad all the time, and so may a name that was asked for only now.
    @Test func whatWasNotJudged() throws {
        let good = try PolicyServer.good()
        var unjudged = good
        unjudged.validation = nil
        var bad = good
        let leaf = try #require(good.leaf)
        bad.validation = ChainValidator.validate(
            chain: [leaf],
            trust: try TrustAnchors.none.acquire(),
            at: PolicyServer.now
        )
        bad.findings = [Finding(id: "certificate.unknown-issuer", severity: .high, statement: "nobody knows it")]
        let comparison = try compare(unjudged, bad)
        #expect(!comparison.differences.contains { $0.regression }, "\(comparison.differences)")
        #expect(comparison.hidden.contains { $0.contains("the older report does not judge") })
        #expect(
            try compare(good, bad).differences.contains {
                $0.subject == "finding:certificate.unknown-issuer" && $0.regression
            }
        )
    }

    /// A group that nobody asked for is not refused.
    @Test func groupsThatWereNotAskedFor() throws {
        var old = try PolicyServer.good()
        old.groups.append("X25519MLKEM768")
        var new = old
        new.groups.removeLast()
        new.refusedGroups = []
        #expect(!(try compare(old, new).differences.contains { $0.subject.hasPrefix("group:") }))
        #expect(!(try compare(new, old).differences.contains { $0.subject.hasPrefix("group:") }))
        // Without TLS 1.3 it is: nobody can have it any more.
        new.groups = []
        new.suites["tls1.3"] = nil
        let gone = try compare(old, new).differences.first { $0.subject == "group:X25519MLKEM768" }
        #expect(gone?.regression == true && gone?.after == PeerText("rejected"))
    }

    @Test func protocolsThatMayBeMissing() throws {
        let old = try PolicyServer.good()
        var new = old
        new.protocols = ["http/1.1"]
        #expect(try compare(old, new).differences.contains { $0.subject == "alpn" })
        new.protocolDoubt = "no answer in time"
        #expect(!(try compare(old, new).differences.contains { $0.subject == "alpn" }))
    }

    @Test func rulesAndGrades() throws {
        let policy = BuiltInPolicy.sslLabs.policy
        var old = try PolicyServer.good().report()
        let before = policy.judge(old, now: PolicyServer.now)
        old.result?.judgement = before
        var server = try PolicyServer.good()
        server.suites["tls1.0"] = [.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA]
        var new = server.report()
        let after = policy.judge(new, now: PolicyServer.now)
        new.result?.judgement = after
        let comparison = try #require(Baseline(source: "old.json", reports: [old]).comparison(with: new))
        let grade = comparison.differences.first { $0.subject == "grade" }
        #expect(grade?.regression == true && grade?.before == PeerText("A+") && grade?.after == PeerText("B"))
        #expect(comparison.differences.contains { $0.subject == "rule:grade" && $0.regression })
    }

    /// A grade that some answer was missing for was the best that it could have been.
    @Test func uncertainGrades() throws {
        let policy = BuiltInPolicy.sslLabs.policy
        var server = try PolicyServer.good()
        server.checks = []
        var old = server.report()
        let before = policy.judge(old, now: PolicyServer.now)
        old.result?.judgement = before
        #expect(old.result?.judgement?.grade?.open.isEmpty == false)
        server.suites["tls1.0"] = [.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA]
        var new = server.report()
        let after = policy.judge(new, now: PolicyServer.now)
        new.result?.judgement = after
        let comparison = try #require(Baseline(source: "old.json", reports: [old]).comparison(with: new))
        #expect(comparison.differences.first { $0.subject == "grade" }?.regression == false)
    }

    @Test func statuses() throws {
        var assessment = Assessment()
        let old = try PolicyServer.good()
        assessment.baseline = Baseline(source: "old.json", reports: [old.report()])
        #expect(assessment.applied(to: old.report(), now: PolicyServer.now).status == .ok)
        var new = old
        new.suites["tls1.0"] = [.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA]
        let worse = assessment.applied(to: new.report(), now: PolicyServer.now).status
        #expect(worse.exit == .violation && worse.kind == "regression")
        var elsewhere = old.report()
        elsewhere.target?.input = "other.test"
        elsewhere.target?.host = "other.test"
        let none = assessment.applied(to: elsewhere, now: PolicyServer.now).status
        #expect(none.exit == .incomplete && none.kind == "incomplete:baseline")
    }
}
