import Transport

/// Carries a check's talks out under a budget: one connection at a time.
public struct TalkRunner: Sendable {
    private let connect: ProbeRunner.Connect
    private let budget: ProbeBudget

    /// A runner that connects with `connect`.
    public init(connect: @escaping ProbeRunner.Connect, budget: ProbeBudget) {
        self.connect = connect
        self.budget = budget
    }

    /// Talks until the planner's verdict stands or the budget is spent.
    ///
    /// A server that does not get as far as its flight is given a moment and asked once more: it may have been busy with the
    /// connection before.
    public func run(_ planner: some TalkPlanner) async -> (VulnerabilityVerdict, ProbeSpending) {
        let clock = ContinuousClock()
        let start = clock.now
        let deadline = Deadline.after(budget.targetTimeout)
        var planner = planner
        var spending = ProbeSpending()
        spending.mostAtOnce = 1
        while let talk = planner.next() {
            var result = await result(of: talk, deadline, &spending)
            if case .noFlight(let observation) = result, Self.mayBeBusy(observation) {
                try? await Task.sleep(for: min(budget.firstPause, deadline.remaining))
                result = await self.result(of: talk, deadline, &spending)
            }
            planner.observe(result)
        }
        spending.seconds = start.duration(to: clock.now) / .seconds(1)
        return (planner.verdict, spending)
    }

    private static func mayBeBusy(_ observation: Observation) -> Bool {
        switch observation {
        case .closed, .reset, .timedOut, .unreachable: true
        case .notTLS: observation.isBusy
        default: false
        }
    }

    private func result(
        of talk: ProbeTalk,
        _ deadline: Deadline,
        _ spending: inout ProbeSpending
    ) async -> ProbeTalk.Result {
        if Task.isCancelled { return .noFlight(.notAsked(.cancelled)) }
        if deadline.hasPassed { return .noFlight(.notAsked(.deadline)) }
        guard spending.connections < budget.maxConnections else { return .noFlight(.notAsked(.connectionLimit)) }
        if spending.connections > 0, budget.spacing > .zero {
            try? await Task.sleep(for: min(budget.spacing, deadline.remaining))
        }
        spending.connections += 1
        let connection: ProbeConnection
        do throws(TransportError) {
            connection = try await connect(Deadline.after(budget.connectTimeout).sooner(of: deadline))
        } catch {
            return .noFlight(error.kind == .cancelled ? .notAsked(.cancelled) : .unreachable(error))
        }
        spending.roundTrips += connection.roundTrips
        let result = await exchange(talk, connection.stream, deadline, &spending)
        await connection.stream.abort()
        return result
    }

    private func exchange(
        _ talk: ProbeTalk,
        _ stream: any ByteStream,
        _ deadline: Deadline,
        _ spending: inout ProbeSpending
    ) async -> ProbeTalk.Result {
        var talk = talk
        // A peer that has torn down already may fail a write; what it did is read next.
        try? await stream.write(talk.hello, deadline: Deadline.after(budget.probeTimeout).sooner(of: deadline))
        spending.bytesSent += talk.hello.count
        spending.roundTrips += 1
        var limit = Deadline.after(budget.probeTimeout).sooner(of: deadline)
        while true {
            let outcome = await stream.read(deadline: limit)
            guard case .bytes(let bytes) = outcome else {
                if outcome == .timedOut, deadline.hasPassed {
                    return talk.stop(.deadline)
                }
                if outcome == .timedOut, let rest = talk.takeRest() {
                    limit = Deadline.after(budget.probeTimeout).sooner(of: deadline)
                    try? await stream.write(rest, deadline: limit)
                    spending.bytesSent += rest.count
                    spending.roundTrips += 1
                    continue
                }
                return talk.end(outcome)
            }
            spending.bytesReceived += bytes.count
            switch talk.receive(bytes) {
            case .wait: continue
            case .done(let result): return result
            case .send(let answer):
                let patience = min(talk.reactionPatience ?? budget.probeTimeout, budget.probeTimeout)
                limit = Deadline.after(patience).sooner(of: deadline)
                try? await stream.write(answer, deadline: limit)
                spending.bytesSent += answer.count
                spending.roundTrips += 1
            }
        }
    }
}
