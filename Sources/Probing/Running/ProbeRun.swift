import Transport

/// The state of a run: what is ready, what is under way, how much more may be opened. Decides; does no I/O itself.
struct ProbeRun<Planner: ProbePlanner>: Sendable {
    /// What the runner has to start.
    enum Action: Sendable {
        case dial(depth: Int)
        case exchange(ProbeRequest, any ByteStream, depth: Int)
        case abandon(any ByteStream)
        case wait(Duration, isWatch: Bool)
    }

    /// What has happened.
    enum Event: Sendable {
        case connected(any ByteStream, depth: Int, took: Duration)
        case failed(TransportError, depth: Int)
        case answered(ProbeExchange.Result, depth: Int)
        case abandoned
        case woke(isWatch: Bool)
    }

    private struct Ready: Sendable {
        var request: ProbeRequest
        /// The round trips that had to go before it.
        var depth: Int
    }

    private struct Idle: Sendable {
        var stream: any ByteStream
        var depth: Int
        var number: Int
    }

    /// The pause before a request that has to be alone.
    private static var quiet: Duration { .milliseconds(50) }

    private(set) var planner: Planner
    private(set) var spending = ProbeSpending()
    private let budget: ProbeBudget
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant
    private var ready: [Ready] = []
    /// Connections opened ahead of their request, oldest first: a server that serves one after the other serves them in
    /// this order.
    private var idle: [Idle] = []
    private var arrivals = 0
    private var dialing = 0
    private var exchanging = 0
    private var abandoning = 0
    private var isWaitingAlone = false
    private var limit: Int
    private var depth = 0
    private var hasConnected = false
    /// The peer took connections, and then for a long time no more.
    private var gone: TransportError?
    private var throttle = Throttle()
    private var pause: Duration
    private var nextStart: ContinuousClock.Instant
    /// When a connection last ended.
    private var lastEnd: ContinuousClock.Instant
    private var isPausing = false
    private var hasDialedAlone = false
    /// The idle connection that was there when the watch began.
    private var watched: Int?
    private var opensAhead = true
    private var slowestConnect = Duration.zero

    init(planner: Planner, budget: ProbeBudget) {
        self.planner = planner
        self.budget = budget
        limit = max(1, budget.concurrency)
        pause = max(.zero, budget.delay)
        start = clock.now
        nextStart = start
        lastEnd = start
        refill()
    }

    /// Something is under way that an event will come of.
    var isWaiting: Bool { dialing + exchanging + abandoning > 0 || isPausing && !ready.isEmpty }

    /// Connections that were opened ahead and never needed.
    var unused: [any ByteStream] { idle.map(\.stream) }

    private mutating func refill() {
        for request in planner.requests() {
            let entry = Ready(request: request, depth: depth)
            guard request.isUrgent, let index = ready.firstIndex(where: { !$0.request.isUrgent }) else {
                ready.append(entry)
                continue
            }
            ready.insert(entry, at: index)
        }
    }

    /// Settles everything that isn't under way as not asked.
    mutating func stop(_ reason: StopReason) {
        if spending.stopped == nil { spending.stopped = reason }
        settle(.notAsked(reason))
    }

    private mutating func settle(_ observation: Observation) {
        // Bounded: a planner gives each request out once, and a settled question may bring up only a few new ones.
        for _ in 0..<1_000 where !ready.isEmpty {
            let settled = ready
            ready = []
            for entry in settled { planner.observe(entry.request.id, observation) }
            refill()
        }
        ready = []
    }
}

// MARK: - What to start

extension ProbeRun {
    /// What may be started now.
    mutating func actions() -> [Action] {
        var actions: [Action] = []
        if let reason = spending.stopped { stop(reason) }
        if let gone { settle(.unreachable(gone)) }
        if isWaitingAlone, exchanging > 0 { return [] }
        isWaitingAlone = false
        if let first = ready.first, first.request.runsAlone {
            guard exchanging == 0, dialing == 0 else { return [] }
            if !hasDialedAlone { actions += abandonIdle() }
            // The peer takes a moment to see that the others are gone.
            nextStart = max(nextStart, lastEnd + Self.quiet)
        }
        assign(&actions)
        if !opensAhead, ready.isEmpty { actions += abandonIdle() }
        open(&actions)
        sleep(&actions)
        spending.seconds = (start.duration(to: clock.now)) / .seconds(1)
        return actions
    }

    private mutating func assign(_ actions: inout [Action]) {
        while let next = ready.first, let connection = idle.first, !isWaitingAlone {
            if next.request.runsAlone {
                guard exchanging == 0, dialing == 0 else { return }
                isWaitingAlone = true
                hasDialedAlone = false
            }
            ready.removeFirst()
            idle.removeFirst()
            exchanging += 1
            let reached = max(next.depth, connection.depth) + 1
            spending.bytesSent += next.request.bytes.count
            actions.append(.exchange(next.request, connection.stream, depth: reached))
        }
    }

    private mutating func open(_ actions: inout [Action]) {
        guard spending.stopped == nil, !isWaitingAlone, clock.now >= nextStart else { return }
        let runnable = ready.prefix { !$0.request.runsAlone }.count
        let isAlone = ready.first?.request.runsAlone ?? false
        let looksAhead = opensAhead && hasConnected && runnable == ready.count
        let wanted = isAlone ? 1 : runnable + (looksAhead ? planner.likelyFollowUps : 0)
        let room = isAlone ? 1 : limit
        if isAlone, abandoning > 0 { return }
        while dialing + idle.count < wanted, dialing + idle.count + exchanging < room {
            guard spending.connections < budget.maxConnections else {
                if exchanging + dialing + idle.count == 0 { stop(.connectionLimit) }
                return
            }
            guard clock.now >= nextStart else { return }
            spending.connections += 1
            dialing += 1
            hasDialedAlone = isAlone
            actions.append(.dial(depth: depth))
            if pause > .zero { nextStart = clock.now + pause }
        }
    }

    /// Sleeps until the next start is due, or to see whether idle connections are in the way of those that wait.
    private mutating func sleep(_ actions: inout [Action]) {
        let untilStart = clock.now.duration(to: nextStart)
        if !isPausing, !ready.isEmpty, untilStart > .zero {
            isPausing = true
            actions.append(.wait(untilStart, isWatch: false))
        }
        if watched == nil, let first = idle.first, exchanging > 0 {
            watched = first.number
            actions.append(.wait(max(.milliseconds(250), slowestConnect * 4), isWatch: true))
        }
    }

    private mutating func abandonIdle() -> [Action] {
        defer { idle = [] }
        abandoning += idle.count
        return idle.map { .abandon($0.stream) }
    }
}

// MARK: - What has happened

extension ProbeRun {
    /// Takes note of an event.
    mutating func handle(_ event: Event) {
        switch event {
        case .connected(let stream, let reached, let took):
            dialing -= 1
            depth = reached + 1
            hasConnected = true
            throttle.connected()
            slowestConnect = max(slowestConnect, took)
            arrivals += 1
            idle.append(Idle(stream: stream, depth: reached + 1, number: arrivals))
        case .failed(let error, let reached):
            dialing -= 1
            hasDialedAlone = false
            depth = reached + 1
            failed(error)
        case .answered(let result, let reached):
            exchanging -= 1
            lastEnd = clock.now
            depth = reached
            answered(result)
        case .abandoned:
            abandoning -= 1
            lastEnd = clock.now
        case .woke(let isWatch):
            if isWatch { watch() } else { isPausing = false }
        }
        refill()
    }

    private mutating func answered(_ result: ProbeExchange.Result) {
        let request = result.request
        spending.bytesReceived += result.bytesReceived
        spending.roundTrips = max(spending.roundTrips, depth)
        if request.isControl, !result.observation.isTLS {
            slowDown(.throttled)
        } else if request.runsAlone, !request.isControl, result.observation.isTLS {
            // It had got no answer among others, and got one alone.
            slowDown(.crowded)
        }
        planner.observe(request.id, result.observation)
    }

    /// A connection that failed, though others had stood before, is the peer's way (or its firewall's) to say "too many".
    private mutating func failed(_ error: TransportError) {
        if error.kind == .cancelled || spending.stopped != nil { return }
        let isOurs = error.kind == .localResources
        if hasConnected || isOurs, throttle.mayRetry {
            slowDown(isOurs ? .localResources : .throttled)
            return
        }
        if hasConnected {
            gone = error
        } else if !ready.isEmpty {
            planner.observe(ready.removeFirst().request.id, .unreachable(error))
        }
    }

    private mutating func slowDown(_ reason: Slowdown) {
        if !spending.slowdowns.contains(reason) { spending.slowdowns.append(reason) }
        limit = max(1, limit / 2)
        opensAhead = false
        guard reason != .crowded else { return }
        nextStart = clock.now + throttle.nextPause()
        pause = max(pause, min(pause * 2, .seconds(1)), .milliseconds(20))
    }

    /// Ends opening ahead where it's in the way.
    private mutating func watch() {
        defer { watched = nil }
        guard let watched, idle.first?.number == watched, exchanging > 0, ready.isEmpty else { return }
        // An idle connection may be the one that a serial server is waiting for, with ours behind it.
        opensAhead = false
    }
}
