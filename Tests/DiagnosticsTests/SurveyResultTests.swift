import Certificates
import Foundation
import Probing
import TLSParameters
import Testing

@testable import Diagnostics

/// From what a survey found out to what a report says.
@Suite struct SurveyResultTests {
    private let world: World

    init() throws {
        world = try World()
    }

    private func supported(_ version: ProtocolVersion, _ suites: [FoundSuite]) -> VersionOutcome {
        VersionOutcome(version: version, verdict: .supported, order: .server, suites: suites)
    }

    private func result(
        _ versions: [VersionOutcome],
        leaves: [[UInt8]] = [],
        evidence: [ProbeEvidence] = [],
        keeps: Bool = false,
        aspects: Set<SurveyAspect> = Set(SurveyAspect.allCases),
        _ details: (inout SurveyDetails) -> Void = { _ in }
    ) -> CiphersResult {
        var outcome = SurveyOutcome(versions: versions, reachability: .tls, leaves: leaves)
        details(&outcome.details)
        return CiphersResult(outcome, aspects: aspects, evidence: evidence, keepsEvidence: keeps)
    }

    private func evidence(_ id: Int, _ received: [UInt8], _ observation: String) -> ProbeEvidence {
        ProbeEvidence(
            id: ProbeRequest.ID(rawValue: id),
            sent: [0x16, 0x03],
            sentCount: 200,
            received: received,
            receivedCount: received.count,
            observation: observation
        )
    }

    @Test func writesKindsOfSSL2AsSuites() {
        var kinds = VersionOutcome(version: .ssl2, verdict: .supported, kinds: [.SSL_CK_RC4_128_WITH_MD5])
        kinds.leaf = 0
        let found = result([kinds]).versions.first?.suites.first
        #expect(found?.exchange.certificate == 0)
        let suite = found?.suite
        #expect(suite?.codePoint == "0x010080")
        #expect(suite?.name == "SSL_CK_RC4_128_WITH_MD5")
        #expect(suite?.bits == 128 && suite?.iana == nil && suite?.openssl == "RC4-MD5")
    }

    @Test func readsLeavesAndSurvivesHostileOnes() {
        let good = world.identity.certificate
        let torn = Array(good.der.prefix(40))
        let found = FoundSuite(suite: .TLS_RSA_WITH_AES_128_CBC_SHA, leaf: 0)
        let result = result(
            [supported(.tls12, [found])],
            leaves: [good.der, torn, [], [0x30, 0x84, 0xff, 0xff, 0xff, 0xff]]
        )
        #expect(result.versions.first?.suites.first?.exchange.certificate == 0)
        #expect(result.certificates.map(\.index) == [0, 1, 2, 3])
        #expect(result.certificates[0].sha256 == good.sha256)
        #expect(result.certificates[0].key == "EC" && result.certificates[0].problem == nil)
        for leaf in result.certificates.dropFirst() {
            #expect(leaf.problem?.isEmpty == false && leaf.subject == nil && leaf.sha256 == nil)
        }
    }

    @Test func namesTheAlertThatRefuses() {
        let answers: [([UInt8], String, String?)] = [
            ([0x15, 3, 1, 0, 2, 2, 70], "alert", "alert protocol_version"),
            // A warning first, and an alert split over two records.
            ([0x15, 3, 1, 0, 2, 1, 112, 0x15, 3, 1, 0, 2, 2, 40], "alert", "alert handshake_failure"),
            ([0x15, 3, 1, 0, 1, 2, 0x15, 3, 1, 0, 1, 40], "alert", "alert handshake_failure"),
            ([0x15, 3, 1, 0xff, 0xff], "alert", "an alert"), ([0x15], "alert", "an alert"), ([], "alert", "an alert"),
            ([], "closed", "closed"), ([], "timed-out", nil),
        ]
        for (bytes, observation, wanted) in answers {
            let refused = VersionOutcome(version: .tls12, verdict: .rejected, evidence: ProbeRequest.ID(rawValue: 3))
            let result = result([refused], evidence: [evidence(3, bytes, observation)])
            #expect(result.versions.first?.answer == wanted, "\(bytes)")
            // Bytes that were not asked for stay out, and so does what would refer to them.
            #expect(result.evidence == nil && result.versions.first?.evidence == nil)
        }
    }

    @Test func claimsReferToTheirEvidence() {
        let found = FoundSuite(suite: .TLS_RSA_WITH_AES_128_CBC_SHA, evidence: ProbeRequest.ID(rawValue: 1))
        var version = supported(.tls12, [found])
        version.evidence = ProbeRequest.ID(rawValue: 9)
        let kept = [evidence(2, [1, 2], "server-hello"), evidence(1, [0xab], "server-hello")]
        let result = result([version], evidence: kept, keeps: true)
        #expect(result.evidence?.map(\.id) == [1, 2])
        #expect(result.evidence?.first?.received == "ab" && result.evidence?.first?.sent == "1603")
        #expect(result.evidence?.first?.sentBytes == 200)
        #expect(result.versions.first?.suites.first?.exchange.evidence == 1)
        #expect(result.versions.first?.evidence == nil, "nothing was kept of request 9")
    }

    @Test func theLastAnswerCounts() {
        let refused = VersionOutcome(version: .tls12, verdict: .rejected, evidence: ProbeRequest.ID(rawValue: 0))
        let kept = [
            evidence(0, [], "timed-out"), evidence(1, [], "closed"), evidence(0, [0x15, 3, 1, 0, 2, 2, 40], "alert"),
        ]
        let result = result([refused], evidence: kept, keeps: true)
        #expect(result.versions.first?.answer == "alert handshake_failure")
        #expect(result.evidence?.map(\.observation) == ["timed-out", "alert", "closed"])
    }

    @Test func everyFeatureHasAnIdANameAndAKind() {
        let result = result([]) { details in
            details.features = ServerFeature.allCases.map { FeatureOutcome($0, verdict: .supported) }
        }
        #expect(result.features.count == ServerFeature.allCases.count)
        #expect(Set(result.features.map(\.name)).count == result.features.count)
        #expect(result.features.allSatisfy { $0.id.wholeMatch(of: /[a-z0-9.-]+/) != nil && !$0.name.isEmpty })
    }

    @Test func saysWhatWasAskedFor() {
        #expect(result([], aspects: []).aspects == [])
        #expect(result([], aspects: []).fingerprints == nil)
        #expect(result([], aspects: [.tolerance, .groups]).aspects == ["groups", "tolerance"])
        let marked = result([], aspects: [.fingerprints]) {
            $0.jarmDoubt = "silence"
            $0.ja3s = [.tls12: "ab"]
        }
        #expect(marked.fingerprints == ServerFingerprints(jarm: nil, jarmDoubt: "silence", ja3s: ["tls1.2": "ab"]))
    }

    @Test func onlyWhatWasNotAnsweredStaysOpen() {
        let kept = [evidence(0, [0x16], "server-hello"), evidence(1, [], "timed-out")]
        let (heard, silent) = (ProbeRequest.ID(rawValue: 0), ProbeRequest.ID(rawValue: 1))
        let doubt = Verdict.inconclusive(reason: "who knows")
        func open(_ change: (inout SurveyDetails) -> Void) -> [SurveyAspect] {
            var details = SurveyDetails()
            change(&details)
            return details.openAspects(kept)
        }
        for (request, isOpen) in [(heard, false), (silent, true), (nil, true)] {
            let scheme = SignatureOutcome(scheme: .ed25519, verdict: doubt, evidence: request)
            let signatures = SignaturesOutcome(version: .tls13, schemes: [scheme], isComplete: false)
            #expect(open { $0.signatures = [signatures] } == (isOpen ? [.signatures] : []))
            let group = GroupOutcome(group: .x25519, verdict: doubt, evidence: request)
            let groups = GroupsOutcome(version: .tls13, groups: [group], isComplete: false)
            #expect(open { $0.groups = [groups] } == (isOpen ? [.groups] : []))
            let features: [(ServerFeature, SurveyAspect)] = [
                (.heartbeat, .extensions), (.toleratesGREASE, .tolerance), (.fallbackSCSV, .tolerance),
            ]
            for (feature, aspect) in features {
                let outcome = FeatureOutcome(feature, verdict: doubt, evidence: request)
                // What no request was made for can't be asked of such a server.
                #expect(open { $0.features = [outcome] } == (isOpen && request != nil ? [aspect] : []))
            }
        }
        #expect(open { $0.groups = [GroupsOutcome(version: .tls13, isComplete: false)] } == [.groups])
        #expect(open { $0.features = [FeatureOutcome(.heartbeat, verdict: .unsettled)] } == [.extensions])
        for feature in [ServerFeature.ssl2FormatHello, .pct1] {
            #expect(open { $0.features = [FeatureOutcome(feature, verdict: doubt, evidence: silent)] } == [])
        }
        #expect(open { $0.jarmDoubt = "silence" } == [.fingerprints])
        #expect(open { _ in } == [])
    }

    @Test func understandsWhatToFind() throws {
        var request = SurveyRequest()
        try request.find("groups, Extensions")
        #expect(request.aspects == [.groups, .extensions])
        try request.find("all")
        #expect(request.aspects == Set(SurveyAspect.allCases))
        for list in ["", "groups,", "everything"] {
            #expect(throws: RequestProblem.self) { try request.find(list) }
        }
    }
}
