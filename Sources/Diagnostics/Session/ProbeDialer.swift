import Probing
import Synchronization
import Transport

/// Connections for probes: all to one address, each through the proxy and past STARTTLS anew.
final class ProbeDialer: Sendable {
    private let reach: Reach
    private let choice: AddressChoice
    private let deadline: Deadline
    private let dialogueTimeout: Duration
    /// The first dialogue that came to TLS, and the first with bytes behind its go-ahead.
    private let negotiated = Mutex<(first: STARTTLS.Account?, odd: STARTTLS.Account?)>((nil, nil))

    /// Connections to the first of `endpoints` that answers. `deadline` is the target's, `dialogueTimeout` the limit for each
    /// dialogue before TLS; that with a proxy counts as connecting.
    init(_ reach: Reach, _ endpoints: [SocketEndpoint], dialogueTimeout: Duration, deadline: Deadline) {
        self.reach = reach
        self.deadline = deadline
        self.dialogueTimeout = dialogueTimeout
        choice = AddressChoice(endpoints) { endpoints, deadline throws(TransportError) in
            try await reach.connect(endpoints, deadline: deadline)
        }
    }

    /// What a dialogue before TLS may take where the answer to one hello may take `probeTimeout`: several answers, and time
    /// for a server that keeps its greeting back on purpose, so that one that never speaks doesn't cost all of the target's.
    static func dialogueTimeout(probeTimeout: Duration) -> Duration {
        max(probeTimeout * 3, .seconds(15))
    }

    /// A connection on which TLS may begin; `deadline` is that of connecting.
    func dial(deadline: Deadline) async throws(TransportError) -> ProbeConnection {
        let report = try await choice.dial(deadline: deadline)
        var connection = ProbeConnection(
            report.stream,
            // Addresses that failed before say nothing of the one that all probes go to.
            connect: report.attempts.last?.duration ?? report.connect,
            roundTrips: report.roundTrips
        )
        let limit = Deadline.after(dialogueTimeout).sooner(of: self.deadline)
        guard let outcome = try await reach.negotiate(over: report.stream, deadline: limit) else { return connection }
        negotiated.withLock { known in
            if known.first == nil { known.first = outcome.account }
            if known.odd == nil, outcome.account.surplusCount > 0 { known.odd = outcome.account }
        }
        connection.stream = outcome.stream
        connection.roundTrips += outcome.account.roundTrips
        return connection
    }

    /// The target as the connections have shown it.
    var summary: TargetSummary {
        reach.summary(address: choice.chosen, negotiated: negotiated.withLock { $0.first?.protocol })
    }

    /// What the dialogues showed to be wrong.
    var findings: [Finding] {
        NegotiationFindings.all(negotiated.withLock { $0.odd })
    }
}
