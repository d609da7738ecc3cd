import Probing
import TLSParameters
import TLSWire
import Testing

/// Servers whose connections end without a word for reasons of their own: what is lost is no refusal.
@Suite struct SurveyLossTests {
    private static let suites: [ProtocolVersion: [CipherSuite]] = [
        .tls10: [0xC013, 0x002F].map(CipherSuite.init(rawValue:)),
        .tls12: [0xC030, 0xC02F, 0x009D, 0x002F].map(CipherSuite.init(rawValue:)),
        .tls13: [0x1302, 0x1301].map(CipherSuite.init(rawValue:)),
    ]

    /// Every version that the server speaks has exactly its suites, or is not called complete.
    private static func expectHonest(_ survey: SimulatedSurvey, _ comment: Comment) {
        #expect(survey.isFinished, comment)
        for version in SimulatedServer.versions {
            let own = suites[version] ?? []
            guard let outcome = survey[version], outcome.isComplete else { continue }
            #expect(survey.found(version) == own, "\(comment), \(version.name): \(outcome.notes)")
            #expect(outcome.verdict == (own.isEmpty ? .rejected : .supported), "\(comment), \(version.name)")
        }
    }

    /// A balancer that goes round its backends, of which one is dead.
    @Test(arguments: 2...7) func everyNthConnectionIsLost(_ number: Int) {
        let server = SimulatedServer(suites: Self.suites)
        for seed in 0..<20 {
            var count = seed
            let survey = SimulatedSurvey(SurveyConfiguration(seed: 1), seed: seed, inTurn: true) { request in
                count += 1
                return count % number == 0 ? .closed : server.answer(request.bytes)
            }
            Self.expectHonest(survey, "every \(number)th, seed \(seed)")
            #expect(survey.outcome.isComplete, "every \(number)th, seed \(seed)")
        }
    }

    @Test(arguments: [0.05, 0.1, 0.3, 0.5]) func connectionsAreLostAtRandom(_ share: Double) {
        let server = SimulatedServer(suites: Self.suites)
        for seed in 0..<100 {
            var random = Seeded(seed)
            let survey = SimulatedSurvey(SurveyConfiguration(seed: 1), seed: seed, inTurn: true) { request in
                Double.random(in: 0..<1, using: &random) < share ? .reset : server.answer(request.bytes)
            }
            Self.expectHonest(survey, "\(share), seed \(seed)")
        }
    }
}

// MARK: - Servers that answer only simple hellos

extension SurveyLossTests {
    private static func reads(_ bytes: [UInt8]) -> ClientHello? { SimulatedServer.hello(bytes) }

    @Test(arguments: [true, false]) func onlyHellosWithoutExtensions(_ speaksOldFormat: Bool) {
        let server = SimulatedServer(suites: Self.suites.filter { $0.key < .tls13 })
        let survey = SimulatedSurvey { request in
            if Self.reads(request.bytes) == nil, !speaksOldFormat { return .reset }
            return Self.reads(request.bytes)?.extensions?.isEmpty == false ? .reset : server.answer(request.bytes)
        }
        #expect(survey.isFinished)
        for version in [ProtocolVersion.tls10, .tls12] {
            #expect(survey.found(version) == Self.suites[version])
            #expect(survey[version]?.notes == ["the server answers only hellos without extensions"])
        }
        #expect(survey[.tls11]?.verdict == .rejected)
    }

    @Test func onlyFewSuites() {
        var server = SimulatedServer(suites: Self.suites)
        (server.suiteLimit, server.intolerance) = (8, .reset)
        let intolerant = server
        let survey = SimulatedSurvey { intolerant.answer($0.bytes) }
        Self.expectHonest(survey, "few suites")
        for version in [ProtocolVersion.tls10, .tls12, .tls13] {
            #expect(survey.found(version) == Self.suites[version])
        }
        #expect(survey[.tls11]?.verdict == .rejected)
        #expect(survey[.tls12]?.notes.contains { $0.contains("few suites") } == true)
    }

    /// Alerts to SSL 2.0 and 3.0 don't make refusals of what ends without a word.
    @Test func alertsToOldHellosAreNoControl() {
        let server = SimulatedServer()
        let survey = SimulatedSurvey { request in
            let version = Self.reads(request.bytes)?.legacyVersion ?? .ssl2
            return version >= .tls10 ? .reset : server.answer(request.bytes)
        }
        #expect(survey.isFinished)
        #expect(survey[.ssl3]?.verdict == .rejected)
        for version in [ProtocolVersion.tls10, .tls11, .tls12, .tls13] {
            guard case .inconclusive? = survey[version]?.verdict else {
                Issue.record("\(version.name): \(String(describing: survey[version]?.verdict))")
                continue
            }
        }
        #expect(survey.requests.count < 140)
    }
}
