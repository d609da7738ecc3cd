import TLSParameters
import TLSWire
import Testing

@testable import Probing

/// Versions and suites with all that can be found out besides, in one survey.
@Suite struct SurveyDetailsTests {
    /// nginx as it comes: its suites, four classic curves, five groups in TLS 1.3.
    static var modern: DetailsServer {
        var server = DetailsServer()
        server.suites = [.tls12: SurveyQuirkTests.modern, .tls13: SurveyQuirkTests.modern13]
        server.classicGroups = [.x25519, .secp256r1, .x448, .secp521r1, .secp384r1]
        server.modernGroups = [.x25519, .secp256r1, .x448, .secp521r1, .secp384r1]
        server.schemes = [
            .ecdsa_secp256r1_sha256, .rsa_pss_rsae_sha256, .rsa_pss_rsae_sha384, .rsa_pss_rsae_sha512,
            .rsa_pkcs1_sha256, .rsa_pkcs1_sha384, .rsa_pkcs1_sha512,
        ]
        server.protocols = ["h2", "http/1.1"]
        server.intolerance = .alert(Alert(level: .fatal, description: .protocol_version))
        return server
    }

    @Test func everythingAboutAModernServer() {
        let server = Self.modern
        let configuration = SurveyConfiguration(aspects: Set(SurveyAspect.allCases), seed: 1)
        let clock = SimulatedClock(configuration) { server.answer($0) }
        #expect(clock.outcome.isComplete)
        #expect(clock.connections <= 110)
        #expect(clock.roundTrips <= 28)
        let details = clock.outcome.details
        #expect(details.groups.map(\.version) == [.tls13, .tls12, .tls12])
        for outcome in details.groups {
            #expect(outcome.isComplete)
            let supported = outcome.groups.filter { $0.verdict == .supported }.map(\.group)
            #expect(Set(supported) == Set(server.modernGroups), "\(outcome.family ?? "")")
        }
        #expect(details.signatures.map(\.version) == [.tls13, .tls12])
        #expect(details.applicationProtocols == ["h2", "http/1.1"])
        #expect(details.jarm?.count == 62)
        #expect(details.ja3s[.tls12]?.count == 32)
        let features = Dictionary(
            details.features.map { ($0.feature, $0.verdict) },
            uniquingKeysWith: { one, _ in one }
        )
        #expect(features[.extendedMasterSecret] == .supported)
        #expect(features[.encryptThenMAC] != .supported)
        #expect(features[.toleratesGREASE] == .supported)
        #expect(features[.pct1] == .rejected)
    }

    /// What one hello can show of groups, schemes, extensions and application protocols isn't asked for one by one.
    @Test(arguments: [true, false]) func questionsGoTogether(_ serverOrder: Bool) {
        let server = DetailsBudgetTests.nginx([.ecdsa, .rsa], serverOrder: serverOrder)
        let configuration = SurveyConfiguration(
            aspects: [.groups, .signatures, .extensions, .fingerprints],
            seed: 1
        )
        let clock = SimulatedClock(configuration) { server.answer($0) }
        #expect(clock.outcome.isComplete)
        #expect(clock.connections <= 86)
        #expect(clock.roundTrips <= 30)
        let details = clock.outcome.details
        let areWhole = details.groups.allSatisfy { $0.isComplete }
        #expect(areWhole)
        #expect(details.applicationProtocols == server.protocols)
        let schemes = details.signatures.first { $0.version == .tls12 }
        #expect(Set(DetailsSignatureTests.found(schemes)) == Set(server.schemes))
        let groups = details.groups.first.map { DetailsGroupTests.found($0) } ?? []
        #expect(Set(groups) == Set(server.modernGroups))
    }

    /// Whatever answer happens to come first.
    @Test func theServersFingerprintIsOfOneHello() {
        let server = Self.modern
        let all = [1, 3, 8, 16].map { concurrency in
            let configuration = SurveyConfiguration(aspects: [.groups, .fingerprints], seed: 1)
            return SimulatedClock(configuration, concurrency: concurrency) { server.answer($0) }.outcome.details.ja3s
        }
        #expect(Set(all).count == 1)
        #expect(all.first?.isEmpty == false)
    }

    @Test func onlyWhatWasAskedFor() {
        let server = Self.modern
        let configuration = SurveyConfiguration(aspects: [.groups], seed: 1)
        let details = SimulatedSurvey(configuration) { server.answer($0) }.outcome.details
        #expect(!details.groups.isEmpty)
        #expect(details.signatures.isEmpty)
        #expect(details.jarm == nil && details.jarmDoubt == nil && details.ja3s.isEmpty)
        #expect(details.features.map(\.feature) == [.pct1])
    }

    @Test func nothingSpeaksTLS() {
        let configuration = SurveyConfiguration(aspects: Set(SurveyAspect.allCases), seed: 1)
        let survey = SimulatedSurvey(configuration) { _ in .timedOut }
        #expect(survey.isFinished)
        #expect(survey.outcome.details.jarmDoubt != nil)
        #expect(survey.outcome.details.groups.isEmpty)
    }
}
