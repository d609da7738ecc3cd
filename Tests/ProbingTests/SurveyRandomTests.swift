import Probing
import TLSParameters
import TLSWire
import Testing

@Suite struct SurveyRandomTests {
    /// A random server that any of the refusals fits to.
    static func server(_ seed: Int) -> (SimulatedServer, Seeded) {
        var random = Seeded(seed)
        var server = SimulatedServer()
        for version in SimulatedServer.versions where Bool.random(using: &random) {
            let possible = SimulatedServer.possible[version] ?? []
            // Some have few suites, some have nearly all.
            let count = [1, 2, 6, 20, 60, 150].randomElement(using: &random) ?? 1
            server.suites[version] = Array(possible.shuffled(using: &random).prefix(count))
        }
        server.order = SimulatedServer.Order.allCases.randomElement(using: &random) ?? .server
        server.versionRefusal = SimulatedServer.VersionRefusal.allCases.randomElement(using: &random) ?? .likeSuites
        return (server, random)
    }

    static func expectExact(_ survey: SimulatedSurvey, _ server: SimulatedServer, _ seed: Int) {
        #expect(survey.isFinished, "seed \(seed)")
        for version in SimulatedServer.versions {
            let outcome = survey[version]
            let own = server.suites[version] ?? []
            #expect(Set(survey.found(version)) == Set(own), "seed \(seed), \(version.name)")
            #expect(survey.found(version).count == own.count, "seed \(seed), \(version.name)")
            #expect(outcome?.verdict == (own.isEmpty ? .rejected : .supported), "seed \(seed), \(version.name)")
            #expect(outcome?.isComplete == true, "seed \(seed), \(version.name): \(outcome?.notes ?? [])")
            guard own.count > 1 else {
                #expect(outcome?.order == nil, "seed \(seed), \(version.name)")
                continue
            }
            expectOrder(outcome, survey.found(version), own, server.order, "seed \(seed), \(version.name)")
        }
    }

    static func expectOrder(
        _ outcome: VersionOutcome?,
        _ found: [CipherSuite],
        _ own: [CipherSuite],
        _ order: SimulatedServer.Order,
        _ comment: Comment
    ) {
        switch order {
        case .client:
            #expect(outcome?.order == .client, comment)
        case .server:
            #expect(outcome?.order == .server, comment)
            #expect(found == own, comment)
        case .serverUnlessChaCha:
            let chaCha = own.filter(SimulatedServer.isChaCha)
            // Which of the two it is doesn't show without ChaCha20, with nothing else, or with it in front anyway.
            guard !chaCha.isEmpty, own.count > 2, let first = own.first, !SimulatedServer.isChaCha(first) else {
                return
            }
            #expect(outcome?.order != nil, comment)
        }
    }

    @Test(arguments: 0..<150) func alertsAreExact(_ seed: Int) {
        let (server, _) = Self.server(seed)
        let survey = SimulatedSurvey(seed: seed) { server.answer($0.bytes) }
        Self.expectExact(survey, server, seed)
        #expect(survey.outcome.reachability == .tls)
        Self.expectFewConnections(survey, server, seed)
    }

    /// The connections stay near the suites accepted: one for each, one for each hello's worth of suites, a few for the
    /// version and its order, and those of the merge where a server's order spans hellos.
    static func expectFewConnections(_ survey: SimulatedSurvey, _ server: SimulatedServer, _ seed: Int) {
        var bound = 0
        for version in SimulatedServer.versions {
            let possible = SimulatedServer.possible[version]?.count ?? 0
            let groups = (possible + 63) / 64 + 1
            let accepted = server.suites[version]?.count ?? 0
            bound += accepted + groups + 6
            // A merge costs one a suite, and a few more where runs are long.
            if server.order != .client, accepted > 1 { bound += accepted + accepted / 4 }
        }
        #expect(survey.requests.count <= bound, "seed \(seed)")
    }

    @Test(arguments: 0..<30) func closingInsteadOfAlertsIsExact(_ seed: Int) {
        var (server, random) = Self.server(seed)
        guard !server.suites.isEmpty else { return }
        server.refusal = Bool.random(using: &random) ? .close : .reset
        let survey = SimulatedSurvey(seed: seed) { server.answer($0.bytes) }
        Self.expectExact(survey, server, seed)
    }

    @Test(arguments: 0..<20) func silenceIsNeverANo(_ seed: Int) {
        var (server, _) = Self.server(seed)
        guard !server.suites.isEmpty else { return }
        server.refusal = .silence
        let survey = SimulatedSurvey(seed: seed) { server.answer($0.bytes) }
        #expect(survey.isFinished)
        for outcome in survey.outcome.versions where outcome.version > .ssl2 {
            let own = server.suites[outcome.version] ?? []
            #expect(Set(outcome.suites.map(\.suite)).isSubset(of: own))
            if outcome.verdict == .rejected { #expect(server.versionRefusal != .likeSuites) }
            if outcome.verdict == .supported { #expect(outcome.suites.count == own.count) }
            // Unless nothing was left to ask, the last question of each line got no answer.
            let possible = SimulatedServer.possible[outcome.version]?.count ?? 0
            if outcome.verdict != .rejected, own.count < possible { #expect(!outcome.isComplete) }
        }
    }

    @Test(arguments: 0..<30) func shortListsOnlyIsExact(_ seed: Int) {
        var (server, random) = Self.server(seed)
        // A suite that everyone has, so that the short hello finds something.
        for version in server.suites.keys where version < .tls13 {
            let common = CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA
            server.suites[version] = [common] + (server.suites[version] ?? []).filter { $0 != common }
        }
        server.suiteLimit = Int.random(in: 16...40, using: &random)
        server.intolerance = [.alert, .close, .silence].randomElement(using: &random) ?? .alert
        guard server.suites.keys.contains(where: { $0 < .tls13 }) else { return }
        server.versionRefusal = .protocolVersion
        let intolerant = server
        let survey = SimulatedSurvey(seed: seed) { intolerant.answer($0.bytes) }
        #expect(survey.isFinished)
        for (version, own) in server.suites {
            #expect(Set(survey.found(version)) == Set(own), "seed \(seed), \(version.name), \(server.intolerance)")
            #expect(survey[version]?.verdict == .supported)
        }
    }

    @Test(arguments: 0..<20) func anyChoiceAtAllEnds(_ seed: Int) {
        let registry = CipherSuite.registry.map(\.suite)
        var random = Seeded(seed)
        // Every answer is drawn at random: whatever that is, the survey ends, and soon.
        let survey = SimulatedSurvey(seed: seed) { request in
            var server = SimulatedServer()
            for version in ProtocolVersion.all { server.suites[version] = registry.shuffled(using: &random) }
            server.refusal = SimulatedServer.Refusal.allCases.randomElement(using: &random) ?? .alert
            if Int.random(in: 0..<3, using: &random) == 0 { return server.refusal.observation }
            return server.answer(request.bytes)
        }
        #expect(survey.isFinished)
        #expect(survey.requests.count < 3_000)
    }
}
