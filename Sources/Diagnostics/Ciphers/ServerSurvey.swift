import Probing
import TLSParameters
import Transport

/// A survey of one server by our own hellos: all of it goes to the first of several addresses that answers.
struct ServerSurvey: Sendable {
    let reach: Reach
    let probe: ProbeSettings
    let configuration: SurveyConfiguration

    /// What came of a survey.
    struct Answer {
        var outcome: SurveyOutcome
        var spending: ProbeSpending
        /// Where it went, and what was said there before TLS.
        var dialer: ProbeDialer

        /// What is still open, in words: versions, and aspects that were asked for.
        func open(_ aspects: Set<SurveyAspect>) -> [String] {
            let versions = outcome.versions.filter { $0.verdict.id == "inconclusive" || !$0.isComplete }
            return versions.map(\.version.id)
                + outcome.details.openAspects(spending.evidence).filter(aspects.contains).map(\.rawValue)
        }
    }

    /// Asks; `watcher` is told how far it is.
    func run(
        _ endpoints: [SocketEndpoint],
        deadline: Deadline,
        watcher: SurveyProgress.Watcher? = nil
    ) async -> Answer {
        let dialer = ProbeDialer(
            reach,
            endpoints,
            dialogueTimeout: ProbeDialer.dialogueTimeout(probeTimeout: probe.probeTimeout),
            deadline: deadline
        )
        let runner = ProbeRunner(
            connect: { deadline throws(TransportError) in try await dialer.dial(deadline: deadline) },
            budget: ProbeBudget(
                concurrency: probe.concurrency,
                maxConnections: probe.maxConnections,
                connectTimeout: reach.limits.connectTimeout,
                probeTimeout: probe.probeTimeout,
                targetTimeout: deadline.remaining,
                delay: probe.delay,
                rate: probe.rate,
                // The alerts that refuse a version are read from there, whether the report shows it or not.
                keepsEvidence: true
            )
        )
        let relay: ProbeProgress.Watcher = { watcher?(SurveyProgress($0)) }
        let (outcome, spending) = await runner.run(
            SurveyPlanner(configuration),
            watcher: watcher == nil ? nil : relay
        )
        return Answer(outcome: outcome, spending: spending, dialer: dialer)
    }
}

extension Spending {
    /// What a survey cost.
    init(_ spending: ProbeSpending) {
        self.init(
            connections: spending.connections,
            bytesSent: spending.bytesSent,
            bytesReceived: spending.bytesReceived,
            roundTrips: spending.roundTrips,
            seconds: spending.seconds,
            slowdowns: spending.slowdowns.map(\.rawValue),
            slowedAfter: spending.slowedAfter,
            rate: spending.rate
        )
    }
}
