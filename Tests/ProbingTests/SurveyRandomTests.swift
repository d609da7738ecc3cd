import Probing
import TLSParameters
import TLSWire
import Testing

/// Thousands of servers drawn at random: what a survey finds is what they have, and it takes no more requests than
/// ``bound(_:)`` says.
@Suite struct SurveyRandomTests {
    /// How a survey's truth is blurred by what a server does instead of sending an alert.
    enum Kind: CaseIterable {
        case alert
        case closing
        case silence
        case intolerant
        case strict
    }

    static let batch = 125

    @Test(arguments: 0..<80) func anyServer(_ number: Int) {
        for seed in number * Self.batch..<(number + 1) * Self.batch {
            let kind = Kind.allCases[seed % 8 < 4 ? 0 : seed % 8 - 3]
            let (server, configuration) = Self.server(seed, kind)
            let survey = SimulatedSurvey(configuration, seed: seed, server: server)
            Self.expect(survey, server, kind, seed)
        }
    }

    /// The same with every hello written and read again.
    @Test(arguments: 0..<60) func anyServerInBytes(_ number: Int) {
        for seed in 100_000 + number * 5..<100_000 + (number + 1) * 5 {
            let kind = Kind.allCases[seed % 5]
            let (server, configuration) = Self.server(seed, kind)
            let survey = SimulatedSurvey(configuration, seed: seed) { server.answer($0.bytes) }
            Self.expect(survey, server, kind, seed)
            // No request has more suites than it may.
            for request in survey.requests {
                let hello = SimulatedServer.hello(request.bytes)
                #expect(hello?.cipherSuites.count { !$0.isSignaling } ?? 0 <= configuration.suitesPerHello)
            }
        }
    }

    @Test(arguments: 0..<20) func anyChoiceAtAllEnds(_ seed: Int) {
        let registry = CipherSuite.registry.map(\.suite)
        var random = Seeded(seed)
        // Every answer is drawn at random: whatever that is, the survey ends, and soon.
        let survey = SimulatedSurvey(SurveyConfiguration(seed: 1), seed: seed) { request in
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

// MARK: - Servers

extension SurveyRandomTests {
    static func server(_ seed: Int, _ kind: Kind) -> (SimulatedServer, SurveyConfiguration) {
        var random = Seeded(seed)
        var server = SimulatedServer()
        // Some stacks have one list for all versions, and it may be a well-known one.
        let common =
            [SurveyTimeTests.openSSL, SurveyTimeTests.jsse, CipherSuite.registry.map(\.suite).shuffled(using: &random)]
            .randomElement(using: &random)?.filter { _ in Int.random(in: 0..<3, using: &random) > 0 } ?? []
        let sharesList = Bool.random(using: &random)
        for version in SimulatedServer.versions where Bool.random(using: &random) {
            let possible = SimulatedServer.possible[version] ?? []
            // Some have few suites, some have nearly all.
            let count = [1, 2, 3, 6, 20, 60, 150].randomElement(using: &random) ?? 1
            let known = Set(possible)
            let shared = common.filter(known.contains)
            let own = sharesList && !shared.isEmpty ? shared : possible.shuffled(using: &random)
            server.suites[version] = Array(own.prefix(count))
        }
        server.order = SimulatedServer.Order.allCases.randomElement(using: &random) ?? .server
        server.versionRefusal = SimulatedServer.VersionRefusal.allCases.randomElement(using: &random) ?? .likeSuites
        let kinds = SSL2CipherKind.registry.map(\.kind).shuffled(using: &random)
        if seed % 5 == 0 { server.kinds = Array(kinds.prefix(Int.random(in: 0...kinds.count, using: &random))) }
        server.speaksPCT = seed % 11 == 0
        server.oldFormatRefusal = [.alert, .alert, .error, .tlsHello].randomElement(using: &random) ?? .alert
        apply(kind, to: &server, &random)
        var configuration = SurveyConfiguration(seed: UInt64(seed))
        configuration.concurrency = [1, 2, 8, 16].randomElement(using: &random) ?? 8
        configuration.suitesPerHello = [64, 64, 64, 32, 128].randomElement(using: &random) ?? 64
        return (server, configuration)
    }

    /// A suite of the first hello.
    private static let everyones = CipherSuite(rawValue: 0xC02F)

    private static func apply(_ kind: Kind, to server: inout SimulatedServer, _ random: inout Seeded) {
        switch kind {
        case .alert: break
        case .closing:
            server.refusal = Bool.random(using: &random) ? .close : .reset
            server.oldFormatRefusal = [.close, .alert].randomElement(using: &random) ?? .close
            // A server that closes on all but rare hellos can't be told from one that closes on all.
            server.suites[.tls12] = (server.suites[.tls12] ?? []).filter { $0 != everyones } + [everyones]
        case .silence:
            server.refusal = .silence
            server.oldFormatRefusal = .silence
        case .intolerant: makeIntolerant(&server, &random)
        case .strict: server.refusesListedFiniteFields = true
        }
    }

    /// Long hellos, or those without a key share, fail; what everyone has is there, so that short ones find something.
    private static func makeIntolerant(_ server: inout SimulatedServer, _ random: inout Seeded) {
        let everyones: [ProtocolVersion: CipherSuite] = [
            .tls13: CipherSuite(rawValue: 0x1301), .tls12: CipherSuite(rawValue: 0xC02F),
        ]
        for version in server.suites.keys {
            let suite = everyones[version] ?? .TLS_RSA_WITH_AES_128_CBC_SHA
            server.suites[version] = [suite] + (server.suites[version] ?? []).filter { $0 != suite }
        }
        server.versionRefusal = .protocolVersion
        server.intolerance = [.alert, .close, .reset, .silence].randomElement(using: &random) ?? .alert
        switch Int.random(in: 0..<3, using: &random) {
        case 0: server.suiteLimit = Int.random(in: 16...40, using: &random)
        case 1: server.byteLimit = Int.random(in: 255...300, using: &random)
        default: server.needsKeyShare = true
        }
        // A server without an answer to anything is no server that can be told from a dead one.
        if server.suites.isEmpty { server.suites[.tls12] = [CipherSuite(rawValue: 0xC02F)] }
    }
}

// MARK: - What is expected

extension SurveyRandomTests {
    static func expect(_ survey: SimulatedSurvey, _ server: SimulatedServer, _ kind: Kind, _ seed: Int) {
        #expect(survey.isFinished, "seed \(seed)")
        #expect(survey.count <= bound(server, survey), "seed \(seed), \(kind)")
        expectOldFormat(survey, server, kind, seed)
        for version in SimulatedServer.versions {
            let own = server.suites[version] ?? []
            guard let outcome = survey[version] else {
                Issue.record("seed \(seed): no \(version.name)")
                continue
            }
            let found = outcome.suites.map(\.suite)
            guard kind != .silence else {
                expectNoGuess(outcome, found, own, server, "seed \(seed), \(version.name)")
                continue
            }
            #expect(Set(found) == Set(own) && found.count == own.count, "seed \(seed), \(version.name), \(kind)")
            #expect(outcome.verdict == (own.isEmpty ? .rejected : .supported), "seed \(seed), \(version.name)")
            #expect(outcome.isComplete, "seed \(seed), \(version.name): \(outcome.notes)")
            expectOrder(outcome, found, own, server.order, "seed \(seed), \(version.name)")
        }
    }

    private static func expectOldFormat(_ survey: SimulatedSurvey, _ server: SimulatedServer, _ kind: Kind, _ seed: Int)
    {
        let ssl2 = survey[.ssl2]
        let pct = survey.outcome.details.features.first { $0.feature == .pct1 }
        if let kinds = server.kinds {
            #expect(ssl2?.verdict == .supported, "seed \(seed)")
            #expect(ssl2?.kinds == kinds, "seed \(seed)")
        } else if kind != .silence {
            #expect(ssl2?.verdict == .rejected, "seed \(seed): \(String(describing: ssl2?.verdict))")
        } else {
            #expect(ssl2?.verdict != .supported, "seed \(seed)")
            #expect(ssl2?.verdict != .rejected, "seed \(seed)")
        }
        #expect((pct?.verdict == .supported) == server.speaksPCT, "seed \(seed)")
    }

    /// Where refusals are silence, nothing is refused for certain, and nothing is made up.
    private static func expectNoGuess(
        _ outcome: VersionOutcome,
        _ found: [CipherSuite],
        _ own: [CipherSuite],
        _ server: SimulatedServer,
        _ comment: Comment
    ) {
        #expect(Set(found).isSubset(of: own), comment)
        if outcome.verdict == .rejected { #expect(own.isEmpty && server.versionRefusal != .likeSuites, comment) }
        if outcome.verdict == .supported { #expect(found.count == own.count, comment) }
        // Unless nothing was left to ask, the last question of each line got no answer.
        let possible = SimulatedServer.possible[outcome.version]?.count ?? 0
        if outcome.verdict != .rejected, own.count < possible { #expect(!outcome.isComplete, comment) }
    }

    private static func expectOrder(
        _ outcome: VersionOutcome,
        _ found: [CipherSuite],
        _ own: [CipherSuite],
        _ order: SimulatedServer.Order,
        _ comment: Comment
    ) {
        guard own.count > 1 else {
            #expect(outcome.order == nil, comment)
            return
        }
        switch order {
        case .client:
            #expect(outcome.order == .client, comment)
        case .server:
            #expect(outcome.order == .server, comment)
            #expect(found == own, comment)
        case .serverUnlessChaCha:
            let chaCha = own.filter(SimulatedServer.isChaCha)
            // Which of the two it is doesn't show without ChaCha20, with nothing else, or with it in front anyway.
            guard !chaCha.isEmpty, own.count > 2, let first = own.first, !SimulatedServer.isChaCha(first) else {
                return
            }
            #expect(outcome.order != nil, comment)
        }
    }

    /// What ``VersionPlanner`` says of its costs, and twice that for what has to be asked again.
    private static func bound(_ server: SimulatedServer, _ survey: SimulatedSurvey) -> Int {
        var bound = 4
        for version in SimulatedServer.versions {
            let possible = SimulatedServer.possible[version]?.count ?? 0
            let accepted = server.suites[version]?.count ?? 0
            let isBrief = survey[version]?.notes.contains { $0.contains("short") } ?? false
            let hellos = (possible + 15) / (isBrief ? 16 : 32) + 3
            bound += accepted + hellos + 2 * 4 + 3 + accepted / 6
            // A server's own order may have to be found out suite by suite, after two predictions.
            if server.order != .client, accepted > 1 { bound += 2 * accepted + 2 * hellos }
        }
        let repeats = server.refusal == .alert && server.intolerance == .alert ? 1 : 3
        return bound * repeats
    }
}
