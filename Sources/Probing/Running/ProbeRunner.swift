public import Transport

/// Carries a planner's requests out under a budget.
public struct ProbeRunner: Sendable {
    /// Opens one connection to the target; the deadline is that of connecting.
    public typealias Dial = @Sendable (Deadline) async throws(TransportError) -> any ByteStream
    /// The same where more than TCP's handshake may have to be waited for.
    public typealias Connect = @Sendable (Deadline) async throws(TransportError) -> ProbeConnection

    /// What the run may cost.
    public var budget: ProbeBudget
    private let connect: Connect

    /// A runner that connects with `connect`.
    public init(connect: @escaping Connect, budget: ProbeBudget = ProbeBudget()) {
        self.connect = connect
        self.budget = budget
    }

    /// A runner that connects with `dial`, which does nothing else.
    public init(dial: @escaping Dial, budget: ProbeBudget = ProbeBudget()) {
        self.init(
            connect: { deadline throws(TransportError) in
                let start = ContinuousClock.now
                let stream = try await dial(deadline)
                return ProbeConnection(stream, connect: start.duration(to: .now))
            },
            budget: budget
        )
    }

    /// Asks until the planner has no more questions or the budget is spent. Cancelling the task ends the run at once; the
    /// outcome is then what is known.
    ///
    /// The next connection is opened while answers are on their way, requests that don't depend on each other run side
    /// by side, and each connection is torn down as soon as it has answered. A peer that stops taking connections is
    /// given time, and fewer of them.
    ///
    /// `watcher` is told how far the run is.
    public func run<Planner: ProbePlanner>(
        _ planner: Planner,
        watcher: ProbeProgress.Watcher? = nil
    ) async -> (Planner.Outcome, ProbeSpending) {
        let deadline = Deadline.after(budget.targetTimeout)
        let pulse = PeerPulse()
        var state = ProbeRun(planner: planner, budget: budget)
        var lastReport: ContinuousClock.Instant?
        await withTaskGroup(of: ProbeRun<Planner>.Event.self) { group in
            while true {
                if Task.isCancelled { state.stop(.cancelled) }
                if deadline.hasPassed { state.stop(.deadline) }
                for action in state.actions() {
                    start(action, in: &group, deadline: deadline, pulse: pulse)
                }
                if let watcher, lastReport.map({ $0.duration(to: .now) >= Self.reportInterval }) ?? true {
                    watcher(state.progress)
                    lastReport = .now
                }
                guard state.isWaiting, let event = await group.next() else { break }
                state.handle(event)
            }
            group.cancelAll()
        }
        for connection in state.unused { await connection.abort() }
        watcher?(state.progress)
        return (state.planner.outcome, state.spending)
    }

    private static let reportInterval = Duration.milliseconds(100)

    private func start<Planner: ProbePlanner>(
        _ action: ProbeRun<Planner>.Action,
        in group: inout TaskGroup<ProbeRun<Planner>.Event>,
        deadline: Deadline,
        pulse: PeerPulse
    ) {
        let (connect, budget) = (connect, budget)
        switch action {
        case .dial(let depth):
            group.addTask {
                let start = ContinuousClock.now
                do throws(TransportError) {
                    let connection = try await connect(Deadline.after(budget.connectTimeout).sooner(of: deadline))
                    return .connected(connection, depth: depth, startedAt: start)
                } catch {
                    return .failed(error, depth: depth, startedAt: start)
                }
            }
        case .exchange(let request, let stream, let since, let depth):
            group.addTask {
                let exchange = ProbeExchange(
                    request: request,
                    stream: stream,
                    budget: budget,
                    deadline: deadline,
                    pulse: pulse,
                    since: since
                )
                return .answered(await exchange.run(), since: since, depth: depth)
            }
        case .abandon(let stream):
            group.addTask {
                await stream.abort()
                return .abandoned
            }
        case .wait(let duration, let isWatch):
            group.addTask {
                try? await Task.sleep(for: min(duration, deadline.remaining))
                return .woke(isWatch: isWatch)
            }
        }
    }
}
