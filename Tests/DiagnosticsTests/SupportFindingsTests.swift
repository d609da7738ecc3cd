import Probing
import TLSParameters
import Testing

@testable import Diagnostics

/// Each finding appears where it should, and not where it should not.
@Suite struct SupportFindingsTests {
    private func ids(_ versions: [VersionSupport], _ change: (inout CiphersResult) -> Void = { _ in }) -> [String] {
        var result = CiphersResult(versions: versions, notes: [])
        change(&result)
        // Attacks have tests of their own.
        return SupportFindings.all(result).map(\.id).filter { !$0.hasPrefix("attack.") }
    }

    private func version(_ id: String, _ suites: [SuiteDescription], verdict: String = "supported") -> VersionSupport {
        VersionSupport(
            version: id,
            verdict: verdict,
            reason: nil,
            order: nil,
            suites: suites.map { SuiteSupport(suite: $0) },
            complete: true
        )
    }

    private func twelve(_ suite: CipherSuite) -> [VersionSupport] { [version("tls1.2", [SuiteDescription(suite)])] }

    @Test func namesEachVersion() {
        #expect(ids([version("ssl2", [])]) == ["protocol.ssl2"])
        #expect(ids([version("ssl3", [])]) == ["protocol.ssl3"])
        #expect(ids([version("tls1.0", []), version("tls1.1", [])]) == ["protocol.obsolete"])
        #expect(ids([version("tls1.2", []), version("tls1.3", [], verdict: "rejected")]) == ["protocol.no-tls13"])
        #expect(ids([version("tls1.2", []), version("tls1.3", [], verdict: "inconclusive")]) == [])
        #expect(ids([version("tls1.3", [], verdict: "rejected")]) == [])
    }

    @Test func namesAnswersThatWereNotOffered() {
        var odd = version("tls1.2", [])
        odd.reason = "the server chose TLS_RSA_WITH_RC4_128_SHA (0x0005), which was not offered"
        #expect(ids([odd]) == ["protocol.violation"])
        let notes = ["the server chose x448, which was not offered at that time"]
        let list = SupportList(version: "tls1.3", family: nil, order: nil, complete: false, notes: notes)
        #expect(ids([version("tls1.3", [])]) { $0.groupLists = [list] } == ["protocol.violation"])
        odd.reason = "suites that were chosen before were refused when offered again"
        #expect(ids([odd]) == [])
    }

    @Test func namesEachWeaknessOnce() {
        let cases: [(CipherSuite, [String])] = [
            (.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, []),
            (.TLS_ECDHE_RSA_WITH_NULL_SHA, ["suite.null"]),
            (.TLS_ECDH_anon_WITH_AES_128_CBC_SHA, ["suite.anonymous"]),
            (.TLS_RSA_EXPORT_WITH_RC4_40_MD5, ["suite.export", "suite.rc4", "suite.md5", "suite.no-forward-secrecy"]),
            (.TLS_DHE_RSA_WITH_DES_CBC_SHA, ["suite.des"]),
            (.TLS_ECDHE_RSA_WITH_RC4_128_SHA, ["suite.rc4"]),
            (.TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA, ["suite.3des"]),
            (.TLS_RSA_WITH_AES_128_CBC_SHA, ["suite.no-forward-secrecy"]),
        ]
        for (suite, wanted) in cases { #expect(ids(twelve(suite)) == wanted, "\(suite)") }
        // A suite of which only the number is known is no finding.
        #expect(ids(twelve(CipherSuite(rawValue: 0x9999))) == [])
    }

    @Test func measuresDiffieHellman() {
        func ids(_ bits: Int, _ prime: String? = nil) -> [String] {
            var versions = twelve(.TLS_DHE_RSA_WITH_AES_128_GCM_SHA256)
            versions[0].suites[0].exchange.groupBits = bits
            versions[0].suites[0].exchange.primeName = prime
            return self.ids(versions)
        }
        #expect(ids(2048, "ffdhe2048") == [])
        #expect(ids(1536) == ["key-exchange.weak-dh"])
        #expect(ids(1024, "RFC 2409 group 2") == ["key-exchange.weak-dh", "key-exchange.common-prime"])
        var curve = twelve(.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256)
        curve[0].suites[0].exchange.groupBits = 255
        #expect(self.ids(curve) == [])
    }

    @Test func missesPostQuantumGroupsOnlyWhereTheyWereAskedFor() {
        func ids(_ verdict: String?, complete: Bool = true) -> [String] {
            self.ids([version("tls1.3", [])]) { result in
                guard let verdict else { return }
                result.groupLists = [
                    SupportList(version: "tls1.3", family: nil, order: nil, complete: complete, notes: [])
                ]
                for (name, verdict) in [("x25519", "supported"), ("X25519MLKEM768", verdict)] {
                    var group = GroupSupport(
                        version: "tls1.3",
                        family: nil,
                        codePoint: "0x0000",
                        name: name,
                        verdict: verdict
                    )
                    group.postQuantum = name != "x25519"
                    result.groups.append(group)
                }
            }
        }
        #expect(ids(nil) == [])
        #expect(ids("supported") == [])
        #expect(ids("inconclusive") == [])
        #expect(ids("rejected") == ["group.no-post-quantum"])
        #expect(ids("rejected", complete: false) == [])
    }

    /// The verdict of each feature that is a fault, and the finding it makes.
    static let faults: [(ServerFeature, Verdict, String)] = [
        (.extendedMasterSecret, .rejected, "session.no-extended-master-secret"),
        (.renegotiationInfo, .rejected, "renegotiation.insecure"), (.compression, .supported, "session.compression"),
        (.heartbeat, .supported, "session.heartbeat"), (.pct1, .supported, "protocol.pct"),
        (.fallbackSCSV, .rejected, "downgrade.no-fallback-scsv"),
        (.downgradeSentinel, .rejected, "downgrade.no-sentinel"),
        (.ssl2FormatHello, .supported, "downgrade.ssl2-hello"),
        (.toleratesNewerVersion, .rejected, "intolerance.version"),
        (.toleratesUnknownVersion, .rejected, "intolerance.version"),
        (.toleratesUnknownExtension, .rejected, "intolerance.extension"),
        (.toleratesGREASE, .rejected, "intolerance.extension"),
        (.toleratesHello255, .rejected, "intolerance.hello-size"),
        (.toleratesHello1500, .rejected, "intolerance.hello-size"),
        (.toleratesSplitHello, .rejected, "intolerance.hello-size"),
        (.toleratesLongSuiteList, .rejected, "intolerance.suite-list"),
    ]

    private func features(_ outcomes: [FeatureOutcome]) -> [Finding] {
        var outcome = SurveyOutcome(versions: [], reachability: .tls)
        outcome.details.features = outcomes
        return SupportFindings.all(CiphersResult(outcome, aspects: [], evidence: [], keepsEvidence: false))
    }

    @Test func everyFaultIsAFinding() {
        for (feature, fault, id) in Self.faults {
            let finding = features([FeatureOutcome(feature, version: .tls12, verdict: fault, detail: "so")]).first
            #expect(finding?.id == id, "\(feature)")
            #expect(finding?.evidence.first?.encoded(for: .terminal).hasSuffix("(tls1.2): so") == true)
            let other: Verdict = fault == .rejected ? .supported : .rejected
            #expect(features([FeatureOutcome(feature, verdict: other)]) == [], "\(feature)")
            #expect(features([FeatureOutcome(feature, verdict: .inconclusive(reason: "silence"))]) == [], "\(feature)")
        }
    }

    @Test func sentinelsAreADutyOfTLS13() {
        for (verdict, severity) in [("supported", Finding.Severity.medium), ("rejected", .info)] {
            var result = CiphersResult(versions: [version("tls1.3", [], verdict: verdict)], notes: [])
            result.features = [
                FeatureSupport(
                    id: "downgrade-sentinel",
                    name: "",
                    kind: .downgrade,
                    version: "tls1.2",
                    verdict: "rejected"
                )
            ]
            let finding = SupportFindings.all(result).first { $0.id == "downgrade.no-sentinel" }
            #expect(finding?.severity == severity)
        }
    }

    @Test func oneWayOfSecureRenegotiationIsEnough() {
        #expect(
            features([
                FeatureOutcome(.renegotiationInfo, verdict: .rejected),
                FeatureOutcome(.renegotiationSCSV, verdict: .supported),
            ]) == []
        )
    }
}
