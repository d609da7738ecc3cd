import Probing
import TLSParameters
import Testing

@testable import Diagnostics

/// Each attack that versions and suites make possible is found where it is, and nowhere else.
@Suite struct AttackFindingsTests {
    private func ids(_ survey: CiphersResult) -> Set<String> { Set(SupportFindings.all(survey).map(\.id)) }

    @Test func drownTakesSSL2WithAKind() throws {
        let kind = try #require(SSL2CipherKind.registry.first)
        #expect(ids(Surveys.survey("ssl2", [SuiteDescription(kind.kind)])).contains("attack.drown"))
        #expect(!ids(Surveys.survey("ssl2", [])).contains("attack.drown"))
        #expect(
            !ids(Surveys.survey("ssl3", [SuiteDescription(CipherSuite.TLS_RSA_WITH_RC4_128_SHA)])).contains(
                "attack.drown"
            )
        )
    }

    @Test func poodleAndBeastTakeCBCInOldVersions() {
        let block = CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA
        #expect(ids(Surveys.survey("ssl3", block)).isSuperset(of: ["attack.poodle", "attack.beast"]))
        #expect(
            ids(Surveys.survey("ssl3", .TLS_RSA_WITH_RC4_128_SHA)).isDisjoint(with: ["attack.poodle", "attack.beast"])
        )
        let tls10 = ids(Surveys.survey("tls1.0", block))
        #expect(tls10.contains("attack.beast") && !tls10.contains("attack.poodle"))
        #expect(!ids(Surveys.survey("tls1.1", block)).contains("attack.beast"))
    }

    @Test func lucky13EndsWithEncryptThenMAC() {
        var survey = Surveys.survey("tls1.2", .TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA)
        #expect(ids(survey).contains("attack.lucky13"))
        survey.features = [Surveys.feature("encrypt-then-mac", "rejected")]
        #expect(ids(survey).contains("attack.lucky13"))
        survey.features = [Surveys.feature("encrypt-then-mac", "supported")]
        #expect(!ids(survey).contains("attack.lucky13"))
        #expect(!ids(Surveys.survey("tls1.2", .TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256)).contains("attack.lucky13"))
    }

    @Test func freakAndLogjamTakeExportSuites() {
        let freak = ids(Surveys.survey("tls1.0", .TLS_RSA_EXPORT_WITH_RC4_40_MD5))
        #expect(freak.contains("attack.freak") && !freak.contains("attack.logjam"))
        let logjam = ids(Surveys.survey("tls1.0", .TLS_DHE_RSA_EXPORT_WITH_DES40_CBC_SHA))
        #expect(logjam.contains("attack.logjam") && !logjam.contains("attack.freak"))
        var small = Surveys.survey("tls1.2", .TLS_DHE_RSA_WITH_AES_128_GCM_SHA256)
        #expect(!ids(small).contains("attack.logjam"))
        small.versions[0].suites[0].exchange.groupBits = 512
        #expect(ids(small).contains("attack.logjam"))
        small.versions[0].suites[0].exchange.groupBits = 1024
        #expect(!ids(small).contains("attack.logjam"))
    }

    @Test func sweet32TakesEveryShortBlock() {
        #expect(ids(Surveys.survey("tls1.2", .TLS_RSA_WITH_3DES_EDE_CBC_SHA)).contains("suite.3des"))
        #expect(ids(Surveys.survey("tls1.1", .TLS_RSA_WITH_IDEA_CBC_SHA)).contains("suite.3des"))
        #expect(!ids(Surveys.survey("tls1.2", .TLS_RSA_WITH_AES_128_CBC_SHA)).contains("suite.3des"))
    }

    @Test func unboundResumptionTakesBothHalves() {
        func has(_ bound: String, _ ticket: String) -> Bool {
            var survey = Surveys.survey("tls1.2", .TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256)
            survey.features = [
                Surveys.feature("extended-master-secret", bound), Surveys.feature("session-ticket", ticket),
            ]
            return ids(survey).contains("session.unbound-resumption")
        }
        #expect(has("rejected", "supported"))
        #expect(!has("rejected", "rejected"))
        #expect(!has("supported", "supported"))
        #expect(!has("inconclusive", "supported"))
    }
}

/// Surveys made by hand.
enum Surveys {
    static let versions = ["ssl2", "ssl3", "tls1.0", "tls1.1", "tls1.2", "tls1.3"]

    /// A server that speaks one version with one suite and refuses all others.
    static func survey(_ version: String, _ suite: CipherSuite) -> CiphersResult {
        survey(version, [SuiteDescription(suite)])
    }

    static func survey(_ version: String, _ suites: [SuiteDescription]) -> CiphersResult {
        let all = versions.map { id in
            VersionSupport(
                version: id,
                verdict: id == version ? "supported" : "rejected",
                reason: nil,
                order: nil,
                suites: id == version ? suites.map { SuiteSupport(suite: $0) } : [],
                complete: true
            )
        }
        return CiphersResult(
            versions: all.filter { $0.version == version } + all.filter { $0.version != version },
            notes: []
        )
    }

    static func feature(_ id: String, _ verdict: String) -> FeatureSupport {
        FeatureSupport(id: id, name: id, kind: .extension, version: nil, verdict: verdict)
    }
}
