import Probing
import TLSParameters
import Transport

/// Asks for secure renegotiation in hellos of our own, once by the extension and once by the signalling suite.
struct IndicationProbe {
    let reach: Reach
    let version: ProtocolVersion
    let suite: CipherSuite
    let timeout: Duration
    let deadline: Deadline

    /// The verdicts, and what they cost.
    func run() async -> (RenegotiationIndication, Spending) {
        let reach = reach
        let runner = ProbeRunner(
            connect: { deadline throws(TransportError) in
                let start = ContinuousClock.now
                let report = try await reach.dial(deadline: deadline).report
                return ProbeConnection(report.stream, connect: start.duration(to: .now), roundTrips: report.roundTrips)
            },
            budget: ProbeBudget(
                // One after the other: a server that serves one client at a time must not be taken for one that is silent.
                concurrency: 1,
                maxConnections: 4,
                connectTimeout: reach.limits.connectTimeout,
                probeTimeout: timeout,
                targetTimeout: deadline.remaining
            )
        )
        let planner = RenegotiationInfoPlanner(
            version: version,
            suite: suite,
            serverName: reach.serverName,
            seed: UInt64.random(in: 0...UInt64.max)
        )
        let (outcome, spending) = await runner.run(planner)
        let cost = Spending(
            connections: spending.connections,
            bytesSent: spending.bytesSent,
            bytesReceived: spending.bytesReceived,
            roundTrips: spending.roundTrips,
            seconds: spending.seconds
        )
        let indication = RenegotiationIndication(
            extension: outcome.extension.id,
            signallingSuite: outcome.signallingSuite.id
        )
        return (indication, cost)
    }
}
