import Probing
import TLSParameters

/// A survey played in time: `concurrency` connections at once, one round trip to connect and one for the answer, and
/// connections opened ahead, and held, as the runner does. Counts round trips; nothing waits.
struct SimulatedClock {
    var outcome: SurveyOutcome
    var connections = 0
    var roundTrips = 0
    /// Requests answered in each round trip.
    var load: [Int] = []

    init(
        _ configuration: SurveyConfiguration = SurveyConfiguration(seed: 1),
        concurrency: Int = 8,
        answer: (ProbeRequest) -> Observation
    ) {
        var configuration = configuration
        configuration.concurrency = concurrency
        var planner = SurveyPlanner(configuration)
        var ready: [ProbeRequest] = []
        var (idle, dialing) = (0, 0)
        var exchanging: [ProbeRequest] = []
        while roundTrips < 10_000 {
            for request in planner.requests() {
                let place = request.isUrgent ? ready.firstIndex { !$0.isUrgent } : nil
                ready.insert(request, at: place ?? ready.count)
            }
            let ahead = roundTrips > 0 ? planner.likelyFollowUps : 0
            while dialing + idle < ready.count + ahead, dialing + idle + exchanging.count < concurrency {
                dialing += 1
                connections += 1
            }
            while let next = ready.first, !next.runsAlone || exchanging.isEmpty {
                guard idle > (next.isUrgent || next.runsAlone ? 0 : max(0, ahead - dialing)) else { break }
                exchanging.append(next)
                ready.removeFirst()
                idle -= 1
            }
            if exchanging.isEmpty, dialing == 0 { break }
            // One round trip later.
            roundTrips += 1
            (idle, dialing) = (idle + dialing, 0)
            load.append(exchanging.count)
            let answered = exchanging
            exchanging = []
            for request in answered { planner.observe(request.id, answer(request)) }
        }
        outcome = planner.outcome
        if !planner.isFinished { roundTrips = .max }
    }

    var accepted: Int { outcome.versions.reduce(0) { $0 + $1.suites.count } }
}
