import Probing
import TLSParameters
import TLSWire
import Testing

/// Servers that break at one kind of suite, as Dovecot does at DHE without parameters: what they take besides is found.
@Suite struct SurveyBreakageTests {
    private static let suites = [0xC030, 0xC02F, 0x009F, 0x009E, 0x0033, 0xC014, 0x009D, 0x009C, 0x002F].map(
        CipherSuite.init(rawValue:)
    )
    private static let breakages: [Observation] = [
        .closed, .reset, .alert(Alert(level: .fatal, description: .internal_error)),
    ]

    private static func own(_ version: ProtocolVersion) -> [CipherSuite] {
        suites.filter { $0.facts?.mayAppear(in: version) ?? false }
    }

    private static func works(_ broken: KeyExchange, _ version: ProtocolVersion = .tls12) -> [CipherSuite] {
        own(version).filter { $0.facts?.keyExchange != broken }
    }

    private static func server(_ broken: KeyExchange, _ breakage: Observation) -> SimulatedServer {
        var server = SimulatedServer(suites: [.tls10: own(.tls10), .tls12: suites, .tls13: SurveyQuirkTests.modern13])
        server.broken = [broken]
        server.breakage = breakage
        return server
    }

    @Test(arguments: breakages, [KeyExchange.dhe, .ecdhe, .rsa]) func suitesBehindAreFound(
        _ breakage: Observation,
        _ broken: KeyExchange
    ) {
        for order in [SimulatedServer.Order.server, .client] {
            var server = Self.server(broken, breakage)
            server.order = order
            for seed in 0..<4 {
                let survey = SimulatedSurvey(SurveyConfiguration(seed: 1), seed: seed) { [server] in
                    server.answer($0.bytes)
                }
                #expect(survey.isFinished)
                for version in [ProtocolVersion.tls10, .tls12] {
                    let outcome = survey[version]
                    #expect(Set(survey.found(version)) == Set(Self.works(broken, version)), "\(version.name)")
                    #expect(outcome?.isComplete == true, "\(version.name): \(outcome?.notes ?? [])")
                    let note = outcome?.notes.first { $0.contains("nothing but suites of") }
                    #expect(note?.contains(broken.rawValue) == true, "\(version.name): \(outcome?.notes ?? [])")
                    #expect(outcome?.notes.contains { $0.contains("RFC 7919") || $0.contains("instead of") } == false)
                }
                if order == .server { #expect(survey.found(.tls12) == Self.works(broken)) }
                #expect(survey.requests.count < 320)
            }
        }
    }

    /// What it breaks at comes first, so that no usual hello is taken.
    @Test(arguments: breakages) func versionIsFoundBehind(_ breakage: Observation) {
        var server = Self.server(.dhe, breakage)
        for version in [ProtocolVersion.tls10, .tls12] {
            server.suites[version] = Self.own(version).filter(SimulatedServer.isDHE) + Self.works(.dhe, version)
        }
        let survey = SimulatedSurvey { [server] in server.answer($0.bytes) }
        for version in [ProtocolVersion.tls10, .tls12] {
            #expect(survey.found(version) == Self.works(.dhe, version))
            #expect(survey[version]?.isComplete == true, "\(survey[version]?.notes ?? [])")
            #expect(survey[version]?.notes.contains { $0.contains("DHE-RSA") } == true)
        }
        #expect(survey[.tls11]?.verdict == .rejected)
    }

    /// Some of a kind work: what is behind the first that doesn't nobody knows.
    @Test func partOfAFamilyIsDoubtful() {
        let server = SimulatedServer(suites: [.tls12: Self.suites])
        let broken = CipherSuite(rawValue: 0xC02F)
        let survey = SimulatedSurvey { request in
            let answer = server.answer(request.bytes)
            return answer.chosen?.cipherSuite == broken ? .closed : answer
        }
        #expect(!survey.found(.tls12).contains(broken))
        #expect(Set(survey.found(.tls12)).isSuperset(of: Self.suites.filter { $0.facts?.keyExchange != .ecdhe }))
        #expect(survey[.tls12]?.isComplete == false)
        #expect(survey[.tls12]?.notes.contains { $0.contains("undecided") } == true)
    }

    /// Every hello of a version has a suite that the server breaks at; how it refuses suites shows in another version.
    @Test(arguments: 0..<4) func breaksInEveryHello(_ seed: Int) {
        let dhe = (SimulatedServer.possible[.tls10] ?? []).filter(SimulatedServer.isDHE)
        let works = Self.works(.dhe, .tls10)
        var server = Self.server(.dhe, .closed)
        server.broken = [.dhe, .dhePSK]
        server.suites[.tls10] = works.prefix(1) + dhe + works.dropFirst()
        let survey = SimulatedSurvey(seed: seed) { [server] in server.answer($0.bytes) }
        #expect(survey.found(.tls10) == works)
        #expect(survey[.tls10]?.isComplete == true, "\(survey[.tls10]?.notes ?? [])")
    }

    /// The other way round: closing is how the server refuses, and the alert is what is odd.
    @Test func alertAmongClosings() {
        var server = Self.server(.dhe, .alert(Alert(level: .fatal, description: .handshake_failure)))
        server.refusal = .close
        let survey = SimulatedSurvey { [server] in server.answer($0.bytes) }
        for version in [ProtocolVersion.tls10, .tls12] {
            #expect(survey.found(version) == Self.works(.dhe, version))
            #expect(survey[version]?.notes.contains { $0.contains("nothing but suites of DHE-RSA") } == true)
        }
    }

    /// Who asks for few suites has but one hello refused, and nothing to compare it with.
    @Test func fewSuitesAskedFor() {
        let server = Self.server(.dhe, .closed)
        let survey = SimulatedSurvey(SurveyConfiguration(versions: [.tls12], suites: Self.suites, seed: 1)) {
            server.answer($0.bytes)
        }
        #expect(Set(survey.found(.tls12)) == Set(Self.works(.dhe)))
    }

    /// It costs nothing where refusals are all alike.
    @Test(arguments: SimulatedServer.Refusal.allCases) func ordinaryServersAreAskedNoMore(
        _ refusal: SimulatedServer.Refusal
    ) {
        var server = SimulatedServer(suites: [.tls12: Self.suites, .tls13: SurveyQuirkTests.modern13])
        server.refusal = refusal
        let survey = SimulatedSurvey { [server] in server.answer($0.bytes) }
        for request in survey.requests {
            let suites = SimulatedServer.hello(request.bytes)?.cipherSuites.filter { !$0.isSignaling } ?? []
            let families = Set(suites.compactMap { $0.facts.map { "\($0.keyExchange) \($0.authentication)" } })
            #expect(
                suites.count < 3 || families.count > 1 || suites.allSatisfy(Self.suites.contains)
                    || families == ["any any"]
            )
        }
    }
}
