import TLSParameters
import TLSWire

@testable import Probing

/// What a simulated survey came to.
struct SimulatedSurvey {
    var outcome: SurveyOutcome
    var requests: [ProbeRequest] = []
    /// How many requests there were.
    var count = 0
    var isFinished: Bool

    /// Plays a survey against `answer`, with the answers in random order. `inTurn`: requests that have to be alone come after
    /// the others, one after the other, as a runner sends them.
    init(
        _ configuration: SurveyConfiguration = SurveyConfiguration(seed: 1),
        seed: Int = 0,
        limit: Int = 5_000,
        inTurn: Bool = false,
        answer: (ProbeRequest) -> Observation
    ) {
        var planner = SurveyPlanner(configuration)
        var random = Seeded(seed)
        var pending = planner.requests()
        while !pending.isEmpty, requests.count < limit {
            let alone = pending.allSatisfy(\.runsAlone) ? pending.startIndex : nil
            var index = Int.random(in: pending.indices, using: &random)
            while inTurn, alone == nil, pending[index].runsAlone { index = (index + 1) % pending.count }
            let request = pending.remove(at: inTurn ? alone ?? index : index)
            requests.append(request)
            planner.observe(request.id, answer(request))
            pending += planner.requests()
        }
        count = requests.count
        outcome = planner.outcome
        isFinished = planner.isFinished
    }

    /// The same before hellos are written, for thousands of servers.
    init(_ configuration: SurveyConfiguration, seed: Int, server: SimulatedServer, limit: Int = 5_000) {
        var planner = SurveyPlanner(configuration)
        var random = Seeded(seed)
        var pending = planner.letters()
        while !pending.isEmpty, count < limit {
            let letter = pending.remove(at: Int.random(in: pending.indices, using: &random))
            count += 1
            planner.observe(letter.id, server.answer(letter.question.draft))
            pending += planner.letters()
        }
        outcome = planner.outcome
        isFinished = planner.isFinished
    }

    subscript(version: ProtocolVersion) -> VersionOutcome? { outcome.versions.first { $0.version == version } }

    func found(_ version: ProtocolVersion) -> [CipherSuite] { self[version]?.suites.map(\.suite) ?? [] }
}

extension SimulatedServer {
    /// The answer to a hello that isn't written yet.
    func answer(_ draft: HelloDraft) -> Observation {
        switch draft {
        case .bytes(let bytes): return answer(bytes)
        case .ssl2Format(let version, let kinds): return answer(version, kinds)
        case .template(let template):
            guard byteLimit == .max else { return answer(draft.encoded(random: [])) }
            let usesCurves = template.cipherSuites.contains { SuiteTraits.of($0)?.usesCurves ?? true }
            let listsGroups =
                usesCurves || template.additionalExtensions.contains { $0.type == .supported_groups }
            return answer(
                Offer(
                    version: template.versions.first ?? .tls12,
                    suites: template.cipherSuites,
                    listsFiniteFields: template.versions != [.ssl3] && listsGroups
                        && template.groups?.contains(.ffdhe2048) ?? false,
                    share: template.keyShares.first?.group
                )
            )
        }
    }
}
