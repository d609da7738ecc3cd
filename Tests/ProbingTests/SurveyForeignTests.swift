import Probing
import TLSParameters
import TLSWire
import Testing

/// Answers in other protocols than TLS, of servers that speak TLS.
@Suite struct SurveyForeignTests {
    private static let server = SurveyQuirkTests.nginx
    private static let http = SimulatedServer.Refusal.http.observation
    private static let busy = Observation.notTLS(prefix: Array("HTTP/1.1 503 Service Unavailable\r\n".utf8))

    /// Answers the first `count` hellos of a version with `observation`.
    private static func survey(
        _ version: ProtocolVersion,
        _ count: Int,
        _ observation: Observation,
        seed: Int = 0
    ) -> SimulatedSurvey {
        var left = count
        return SimulatedSurvey(seed: seed) { request in
            let hello = SimulatedServer.hello(request.bytes)
            let asked = hello?.supportedVersions.first ?? hello?.legacyVersion
            guard asked == version, left > 0 else { return server.answer(request.bytes) }
            left -= 1
            return observation
        }
    }

    @Test(arguments: [ProtocolVersion.tls12, .tls13], 0..<8) func oneForeignAnswerIsNoNo(
        _ version: ProtocolVersion,
        _ seed: Int
    ) {
        for observation in [Self.http, Self.busy] {
            let survey = Self.survey(version, 1, observation, seed: seed)
            #expect(survey.found(version) == Self.server.suites[version])
            #expect(survey.outcome.isComplete)
        }
    }

    @Test func theSameAgainAndAgainIsANo() {
        let survey = Self.survey(.tls12, .max, Self.http)
        #expect(survey.isFinished)
        #expect(survey[.tls12]?.verdict == .rejected)
        #expect(survey[.tls12]?.notes.contains { $0.contains("HTTP") } == true)
    }

    @Test func turnedAwayAgainAndAgainIsUnknown() {
        let survey = Self.survey(.tls12, .max, Self.busy)
        #expect(survey.isFinished)
        guard case .inconclusive(let reason)? = survey[.tls12]?.verdict else {
            Issue.record("\(String(describing: survey[.tls12]?.verdict))")
            return
        }
        #expect(reason.contains("turns connections away"))
        #expect(survey.found(.tls13) == Self.server.suites[.tls13])
    }

    private static func expectHonest(_ survey: SimulatedSurvey, _ comment: Comment) {
        #expect(survey.isFinished, comment)
        for outcome in survey.outcome.versions where outcome.isComplete {
            let own = server.suites[outcome.version] ?? []
            #expect(outcome.suites.map(\.suite) == own, "\(comment), \(outcome.version.name): \(outcome.notes)")
            #expect(outcome.verdict == (own.isEmpty ? .rejected : .supported), comment)
        }
    }

    /// A balancer in front of backends of which one speaks HTTP alone.
    @Test(arguments: [2, 3, 5]) func everyNthAnswerIsForeign(_ number: Int) {
        var whole = 0
        for seed in 0..<20 {
            var count = seed
            let survey = SimulatedSurvey(SurveyConfiguration(seed: 1), seed: seed, inTurn: true) { request in
                count += 1
                return count % number == 0 ? Self.http : Self.server.answer(request.bytes)
            }
            Self.expectHonest(survey, "seed \(seed)")
            if survey.outcome.isComplete { whole += 1 }
        }
        #expect(whole > 12)
    }

    @Test(arguments: 0..<50) func foreignAtRandomIsNeverFalse(_ seed: Int) {
        var random = Seeded(seed)
        let survey = SimulatedSurvey(SurveyConfiguration(seed: 1), seed: seed, inTurn: true) { request in
            Double.random(in: 0..<1, using: &random) < 0.1 ? Self.http : Self.server.answer(request.bytes)
        }
        Self.expectHonest(survey, "seed \(seed)")
    }

    /// After its suites of TLS 1.2 the server answers in SSL 2.0, which is no suite of number 0.
    @Test func answerInSSL2IsCalledByItsName() {
        let server = SimulatedServer(
            kinds: [SSL2CipherKind(rawValue: 0x01_00_80)],
            suites: [.tls12: SurveyQuirkTests.modern]
        )
        let survey = SimulatedSurvey { request in
            let answer = server.answer(request.bytes)
            guard case .alert(let alert) = answer, alert.description == .handshake_failure else { return answer }
            return server.answer(.ssl2, [])
        }
        #expect(survey.isFinished)
        #expect(survey.found(.tls12) == SurveyQuirkTests.modern)
        #expect(survey[.tls12]?.isComplete == false)
        let notes = survey[.tls12]?.notes ?? []
        #expect(notes.contains { $0.hasSuffix("undecided: the server answers with SSL 2.0") }, "\(notes)")
        #expect(!notes.contains { $0.contains("NULL_WITH_NULL") }, "\(notes)")
        #expect(survey[.ssl2]?.verdict == .supported)
    }
}
