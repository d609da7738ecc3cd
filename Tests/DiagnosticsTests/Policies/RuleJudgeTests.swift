import Certificates
import Foundation
import TLSParameters
import Testing

@testable import Diagnostics

/// What a report doesn't tell is undetermined, whichever rule asks.
@Suite struct RuleJudgeTests {
    private func outcome(_ expectation: String, _ server: PolicyServer) throws -> RuleOutcome {
        try outcome(Expectation(parsing: expectation).rule, server)
    }

    private func outcome(_ rule: PolicyRule, _ server: PolicyServer) throws -> RuleOutcome {
        let identity = PolicyIdentity(id: "test", name: "test", version: "", date: nil, source: "test")
        let judgement = Policy(identity: identity, rules: [rule]).judge(server.report(), now: PolicyServer.now)
        return try #require(judgement.rules.first)
    }

    // MARK: Application protocols

    @Test func openProtocolsAreNoNo() throws {
        var server = try PolicyServer.good()
        server.protocols = []
        #expect(try outcome("alpn=h2", server).verdict == .violated)
        #expect(try outcome("alpn!=h2", server).verdict == .met)
        server.protocolDoubt = "no answer in time"
        for expectation in ["alpn=h2", "alpn!=h2"] {
            let found = try outcome(expectation, server)
            #expect(found.verdict == .undetermined && found.reason?.contains("no answer in time") == true)
        }
        server.protocols = ["h2"]
        #expect(try outcome("alpn=h2", server).verdict == .met)
        #expect(try outcome("alpn!=h2", server).verdict == .violated)
    }

    /// A name that no hello of ours offers has got no answer.
    @Test func protocolsThatNobodyOffers() throws {
        let server = try PolicyServer.good()
        #expect(try outcome("alpn=example/7", server).verdict == .undetermined)
        #expect(try outcome("alpn=imap", server).verdict == .violated)
    }

    // MARK: Leaves

    private var unread: LeafSummary {
        var summary = LeafSummary(index: 3, bytes: 12)
        summary.problem = "it is no certificate"
        return summary
    }

    @Test(arguments: [
        PolicyRule(id: "keys", check: .certificateKeys, requirement: .allowed(["EC"])),
        PolicyRule(id: "keys", check: .certificateKeys, requirement: .forbidden(["RSA"])),
        PolicyRule(id: "curves", check: .certificateCurves, requirement: .allowed(["secp256r1"])),
        PolicyRule(id: "signatures", check: .certificateSignatures, requirement: .forbidden(["SHA-1"])),
        PolicyRule(id: "bits", check: .ecBits, requirement: .minimum(.number(224))),
        PolicyRule(id: "life", check: .certificateLifetime, requirement: .maximum(.number(398))),
        PolicyRule(id: "left", check: .certificateRemaining, requirement: .minimum(.number(10))),
    ])
    func leavesThatCannotBeRead(_ rule: PolicyRule) throws {
        var server = try PolicyServer.good()
        #expect(try outcome(rule, server).verdict == .met)
        server.summaries = [unread]
        let open = try outcome(rule, server)
        #expect(open.verdict == .undetermined && open.reason?.contains("certificate 3") == true, "\(open)")
        // What another leaf violates is violated all the same.
        server.summaries.append(
            PolicyServer.summary(key: "RSA", bits: 100, curve: "secp112r1", signature: "sha1WithRSAEncryption")
        )
        server.leaf = try PolicyServer.good(days: rule.check == .certificateLifetime ? 1200 : 5).leaf
        #expect(try outcome(rule, server).verdict == .violated)
    }

    /// The dates of a leaf that only the survey saw count like those of the session's.
    @Test func leavesOfTheSurvey() throws {
        var server = try PolicyServer.good()
        var old = PolicyServer.summary(signature: "ecdsa-with-SHA256")
        old.notBefore = Timestamp.text(PolicyServer.now - 500 * 86_400)
        old.notAfter = Timestamp.text(PolicyServer.now + 3 * 86_400)
        server.summaries = [old]
        let left = try outcome("days-left>=10", server)
        #expect(left.verdict == .violated && left.evidence == [PeerText("CN=other: 3 days, 0 % of its life")])
        #expect(try outcome("lifetime<=398", server).verdict == .violated)
    }

    @Test func signaturesOfUnknownHashes() throws {
        var server = try PolicyServer.good()
        server.summaries = [PolicyServer.summary(signature: "RSASSA-PSS")]
        let rule = PolicyRule(id: "signatures", check: .certificateSignatures, requirement: .forbidden(["SHA-1"]))
        #expect(try outcome(rule, server).verdict == .undetermined)
        server.summaries = [PolicyServer.summary(signature: "Ed25519")]
        #expect(try outcome(rule, server).verdict == .met)
    }

    // MARK: Timestamps

    /// Anybody can write a timestamp: only one that its log signed counts.
    @Test(arguments: [
        (SignedTimestamp.Verdict.valid, RuleOutcome.Verdict.met), (.invalid, .violated), (.unknownLog, .undetermined),
        (.undetermined, .undetermined),
    ])
    func timestamps(_ verdict: SignedTimestamp.Verdict, _ expected: RuleOutcome.Verdict) throws {
        var report = try PolicyServer.good().report()
        let json = """
            {"version": 1, "logID": "id", "log": null, "operator": null, "state": null, "time": {"unixSeconds": 1},
             "delivery": "embedded", "verdict": "\(verdict.rawValue)"}
            """
        report.result?.assessment?.timestamps = [
            try JSONDecoder().decode(SignedTimestamp.self, from: Data(json.utf8))
        ]
        let rule = try Expectation(parsing: "certificate-transparency=yes").rule
        let identity = PolicyIdentity(id: "test", name: "test", version: "", date: nil, source: "test")
        let judgement = Policy(identity: identity, rules: [rule]).judge(report, now: PolicyServer.now)
        #expect(judgement.rules.map(\.verdict) == [expected])
    }

    // MARK: Nothing to judge

    private func fileStatus(_ policy: Policy) -> (Judgement?, RunStatus) {
        let result = InspectResult(
            kind: .file,
            dial: nil,
            attributes: nil,
            chain: [],
            validation: nil,
            now: PolicyServer.now
        )
        var assessment = Assessment()
        assessment.policy = policy
        let report = Report(
            tool: .current,
            verb: .inspect,
            target: nil,
            startedAt: Timestamp.text(PolicyServer.now),
            status: .ok,
            result: result
        )
        let judged = assessment.applied(to: report, now: PolicyServer.now)
        return (judged.result?.judgement, judged.status)
    }

    /// A policy of which no rule is about what is there is not met by silence.
    @Test func nothingToJudge() {
        let identity = PolicyIdentity(id: "ours", name: "ours", version: "1", date: nil, source: "ours.toml")
        let rules = [
            PolicyRule(id: "versions", check: .versions, requirement: .allowed(["tls1.3"])),
            PolicyRule(id: "staff", check: .untestable, requirement: .untestable("nobody can tell")),
        ]
        let (judgement, status) = fileStatus(Policy(identity: identity, rules: rules))
        #expect(judgement?.verdict == .undetermined && judgement?.judgesNothing == true)
        #expect(judgement?.summary == "nothing was judged")
        #expect(status.exit == .incomplete && status.kind == "incomplete:policy")
        #expect(status.reason == "nothing was judged: no rule of ours 1 is about what is there")
    }

    // MARK: Judging again

    /// A saved report keeps how its run ended, whatever it was held against, and is judged again by that.
    @Test(arguments: [false, true])
    func ownStatusSurvives(_ exitsZero: Bool) throws {
        var report = try PolicyServer.good().report()
        report.status = RunStatus(exit: .incomplete, kind: "incomplete:throttled", reason: "it was too slow")
        report.findings = [Finding(id: "suite.3des", severity: .high, statement: "triple DES")]
        var assessment = Assessment()
        assessment.threshold = .init(severity: .low, incomplete: false)
        assessment.exitsZero = exitsZero
        let judged = assessment.applied(to: report, now: PolicyServer.now)
        #expect(judged.status.exit == (exitsZero ? .ok : .violation) && judged.ownStatus == report.status)
        let again = Assessment().applied(to: judged.unjudged, now: PolicyServer.now)
        #expect(again.status == report.status && again.ownStatus == nil)
    }

    // MARK: Names

    @Test(arguments: [
        ("finding:attack.robbot=absent", "there is no finding 'attack.robbot'", "did you mean 'attack.robot'?"),
        ("finding:certificate.expird=absent", "there is no finding", "did you mean 'certificate.expired'?"),
        ("finding:atack.*=absent", "no finding has an id like 'atack.*'", "docs/findings.md lists them"),
    ])
    func misspeltFindings(_ text: String, _ reason: String, _ hint: String) {
        #expect {
            try Expectation(parsing: text)
        } throws: { error in
            let problem = error as? RequestProblem
            return problem?.reason.contains(reason) == true && problem?.hint == hint
        }
    }

    @Test(arguments: [
        "attack.robot", "certificate.expired", "certificate.x509-93", "lint.serial-too-long", "attack.*", "*",
    ])
    func findingsThatThereAre(_ id: String) throws {
        _ = try Expectation(parsing: "finding:\(id)=absent")
    }
}
