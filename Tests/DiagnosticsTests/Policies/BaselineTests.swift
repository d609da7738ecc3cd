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
