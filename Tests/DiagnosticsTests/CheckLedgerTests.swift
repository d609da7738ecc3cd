import Probing
import TLSParameters
import Testing

@testable import Diagnostics

/// What wasn't found is absent only where it was looked for and the answer is clear.
@Suite struct CheckLedgerTests {
    private func outcome(_ id: String, _ survey: CiphersResult?, _ findings: [Finding] = []) throws -> CheckOutcome {
        let outcomes = CheckLedger(survey: survey, attributes: nil).outcomes(findings: findings)
        return try #require(outcomes.first { $0.id == id })
    }

    private static let modern = Surveys.survey("tls1.2", .TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256)

    @Test func everyCheckHasOneOutcome() {
        let outcomes = CheckLedger(survey: Self.modern, attributes: nil).outcomes(findings: [])
        #expect(outcomes.map(\.id) == CheckCatalogue.ofServers.map(\.id))
        #expect(Set(outcomes.map(\.id)).count == outcomes.count)
    }

    @Test func whatIsKnownToBeMissingIsAbsent() throws {
        for id in ["protocol.ssl2", "protocol.ssl3", "suite.rc4", "attack.drown", "attack.poodle", "attack.freak"] {
            #expect(try outcome(id, Self.modern).verdict == .absent, "\(id)")
        }
    }

    @Test func whatWasFoundIsFound() throws {
        let survey = Surveys.survey("ssl3", .TLS_RSA_WITH_AES_128_CBC_SHA)
        let findings = SupportFindings.all(survey)
        for id in ["protocol.ssl3", "attack.poodle", "attack.beast", "suite.no-forward-secrecy"] {
            #expect(try outcome(id, survey, findings).verdict == .found, "\(id)")
        }
        let other = CheckLedger(survey: survey).outcomes(findings: [Finding(id: "x.y", severity: .low, statement: "z")])
        #expect(other.last == CheckOutcome(id: "x.y", verdict: .found))
    }

    @Test func silenceIsNotAbsence() throws {
        var survey = Self.modern
        let index = try #require(survey.versions.firstIndex { $0.version == "ssl2" })
        survey.versions[index].verdict = "inconclusive"
        survey.versions[index].reason = "nothing came"
        let drown = try outcome("attack.drown", survey)
        #expect(drown.verdict == .undetermined && drown.reason == "ssl2: nothing came")
        #expect(try outcome("suite.rc4", survey).verdict == .undetermined)
        // Another version has nothing to do with it.
        #expect(try outcome("protocol.ssl3", survey).verdict == .absent)
    }

    @Test func listsThatMayLackSuitesClearNothing() throws {
        var survey = Self.modern
        survey.versions[0].complete = false
        #expect(try outcome("suite.rc4", survey).verdict == .undetermined)
        #expect(try outcome("attack.lucky13", survey).verdict == .undetermined)
        survey = Self.modern
        survey.everySuite = false
        #expect(try outcome("suite.rc4", survey).verdict == .undetermined)
        #expect(try outcome("protocol.ssl3", survey).verdict == .absent)
        survey = Self.modern
        survey.versions.removeAll { $0.version == "ssl3" }
        #expect(try outcome("protocol.ssl3", survey).verdict == .notRun)
        #expect(try outcome("attack.beast", survey).verdict == .undetermined)
    }

    @Test func whatWasNotAskedSaysSo() throws {
        #expect(try outcome("suite.rc4", nil).verdict == .notRun)
        #expect(try outcome("session.compression", Self.modern).verdict == .notRun)
        #expect(try outcome("group.no-post-quantum", Self.modern).verdict == .notApplicable)
        let heartbleed = try outcome("attack.heartbleed", Self.modern)
        #expect(heartbleed.verdict == .notRun && heartbleed.intrusive)
        #expect(heartbleed.reason == "it is intrusive: --intrusive allows it")
        #expect(try outcome("handshake.retried", Self.modern).verdict == .undetermined)
    }

    @Test func featuresAreJudgedByTheirOwnVerdicts() throws {
        var survey = Self.modern
        survey.aspects = ["extensions", "tolerance"]
        func verdict(_ id: String, _ features: [(String, String)]) throws -> CheckOutcome.Verdict {
            survey.features = features.map { Surveys.feature($0.0, $0.1) }
            return try outcome(id, survey, SupportFindings.all(survey)).verdict
        }
        #expect(try verdict("session.compression", [("compression", "supported")]) == .found)
        #expect(try verdict("session.compression", [("compression", "rejected")]) == .absent)
        #expect(try verdict("session.compression", [("compression", "inconclusive")]) == .undetermined)
        #expect(try verdict("session.compression", []) == .notApplicable)
        let both = ["renegotiation-info", "renegotiation-scsv"]
        #expect(try verdict("renegotiation.insecure", both.map { ($0, "rejected") }) == .found)
        #expect(try verdict("renegotiation.insecure", [(both[0], "supported"), (both[1], "inconclusive")]) == .absent)
        #expect(
            try verdict("renegotiation.insecure", [(both[0], "rejected"), (both[1], "inconclusive")]) == .undetermined
        )
        #expect(try verdict("session.unbound-resumption", [("extended-master-secret", "supported")]) == .absent)
        #expect(
            try verdict("session.unbound-resumption", [("extended-master-secret", "inconclusive")]) == .undetermined
        )
    }

    @Test func groupsAreClearedByOneThatIsTaken() throws {
        var survey = Surveys.survey("tls1.3", .TLS_AES_128_GCM_SHA256)
        #expect(try outcome("group.no-post-quantum", survey).verdict == .notRun)
        survey.aspects = ["groups"]
        survey.groupLists = [SupportList(version: "tls1.3", family: nil, order: nil, complete: false, notes: [])]
        #expect(try outcome("group.no-post-quantum", survey).verdict == .undetermined)
        var group = GroupSupport(
            version: "tls1.3",
            family: nil,
            codePoint: "0x11EC",
            name: "X25519MLKEM768",
            verdict: "supported"
        )
        group.postQuantum = true
        survey.groups = [group]
        #expect(try outcome("group.no-post-quantum", survey).verdict == .absent)
    }
}
