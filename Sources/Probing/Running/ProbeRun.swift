import Transport

/// The state of a run: what is ready, what is under way, how much more may be opened. Decides; does no I/O itself.
struct ProbeRun<Planner: ProbePlanner>: Sendable {
    /// What the runner has to start.
    enum Action: Sendable {
        case dial(depth: Int)
        case exchange(ProbeRequest, any ByteStream, since: ContinuousClock.Instant, depth: Int)
        case abandon(any ByteStream)
        case wait(Duration, isWatch: Bool)
    }

    /// What has happened.
    enum Event: Sendable {
        case connected(ProbeConnection, depth: Int, startedAt: ContinuousClock.Instant)
        case failed(TransportError, depth: Int, startedAt: ContinuousClock.Instant)
        case answered(ProbeExchange.Result, since: ContinuousClock.Instant, depth: Int)
        case abandoned
        case woke(isWatch: Bool)
    }

    struct Ready: Sendable {
        var request: ProbeRequest
        /// The round trips that had to go before it.
        var depth: Int
        /// So few connections must have gone before it that no limit on them by time explains how it ends.
        var needsCalm = false
        /// Not the planner's: a hello that was answered before, to see whether the peer answers at this moment.
        var isPulse = false
    }

    struct Idle: Sendable {
        var stream: any ByteStream
        /// When it was dialled.
        var since: ContinuousClock.Instant
        var depth: Int
        var number: Int
    }

    /// The pause before a request that has to be alone.
    private static var quiet: Duration { .milliseconds(50) }
    /// The same after another one.
    private static var shortQuiet: Duration { .milliseconds(10) }
    /// Controls in a row without an answer after which nothing more is asked.
    static var controlPatience: Int { 4 }
    /// Connections that took as long as a lost SYN, after which it's no accident.
    static var lateConnectPatience: Int { 3 }

    var planner: Planner
    var spending = ProbeSpending()
    let budget: ProbeBudget
    let clock = ContinuousClock()
    private let start: ContinuousClock.Instant
    var ready: [Ready] = []
    /// Connections opened ahead of their request, oldest first: a server that serves one after the other serves them in
    /// this order.
    var idle: [Idle] = []
    var arrivals = 0
    var answeredCount = 0
    var dialing = 0
    var exchanging = 0
    var abandoning = 0
    private var isWaitingAlone = false
    var limit: Int
    var depth = 0
    var hasConnected = false
    /// A connection took all the time there was, and none has stood so far.
    var isSilentSoFar = false
    /// The peer has answered in TLS.
    var hasTLS = false
    /// The peer took connections, and then for a long time no more; or it never took any, for as long.
    var gone: TransportError?
    var pace: Pace
    /// When a connection last ended.
    var lastEnd: ContinuousClock.Instant
    var isPausing = false
    var hasDialedAlone = false
    /// The lonely request that is out, or was out last, had hardly any connections before it.
    private(set) var wasCalm = false
    /// The last request that was sent had to be alone.
    private var wasAlone = false
    /// When a connection last ended without a word among others.
    var lastWordless: ContinuousClock.Instant?
    /// Connections in a row that ended without a word.
    var wordlessRun = 0
    /// When the first of the connections that have ended so since anything was answered was dialled.
    var wordlessSince: ContinuousClock.Instant?
    /// A connection that was dialled since ``lastWordless`` has been answered: no limit on connections explains that one.
    var isIsolated = false
    /// A connection ended without a word, and nobody knows yet what that means; the number of connections that the peer
    /// had borne in the second before.
    var suspicion: Int?
    /// The last request that was answered in TLS.
    var answered: ProbeRequest?
    /// The lonely request that is out, or was out last, is a pulse.
    private(set) var isPulse = false
    /// Controls in a row that failed.
    var controlFailures = 0
    /// When a control or a pulse failed, or a connection was turned away, for the first time since anything was answered.
    var lostSince: ContinuousClock.Instant?
    /// The idle connection that was there when the watch began.
    var watched: Int?
    var opensAhead = true
    var holding = HeldConnections()
    var slowestConnect = Duration.zero
    var quickestConnect = Duration.seconds(3_600)
    var lateConnects = 0

    init(planner: Planner, budget: ProbeBudget) {
        self.planner = planner
        self.budget = budget
        limit = max(1, budget.concurrency)
        start = clock.now
        pace = Pace(spacing: budget.spacing, firstPause: budget.firstPause, now: start)
        lastEnd = start
        refill()
    }

    /// Something is under way that an event will come of.
    var isWaiting: Bool { dialing + exchanging + abandoning > 0 || isPausing && !ready.isEmpty }

    /// A request waits that needn't be alone.
    var hasRunnable: Bool { !(ready.first?.request.runsAlone ?? true) }

    /// Connections that are open or being opened.
    var open: Int { dialing + idle.count + exchanging }

    /// How far the run is.
    var progress: ProbeProgress {
        ProbeProgress(
            connections: spending.connections,
            answered: answeredCount,
            open: open,
            activity: planner.progress,
            isSlowed: pace.rate != nil || !spending.slowdowns.isEmpty,
            seconds: start.duration(to: clock.now) / .seconds(1)
        )
    }

    /// Connections that were opened ahead and never needed.
    var unused: [any ByteStream] { idle.map(\.stream) }

    mutating func refill() {
        for request in planner.requests() { enqueue(Ready(request: request, depth: depth)) }
    }

    /// Urgent requests first; those that have to be alone last, for they hold up all others.
    mutating func enqueue(_ entry: Ready) {
        let end = ready.firstIndex { $0.request.runsAlone } ?? ready.endIndex
        if entry.request.runsAlone {
            ready.append(entry)
            preferLonely()
        } else if entry.request.isUrgent {
            ready.insert(entry, at: ready[..<end].firstIndex { !$0.request.isUrgent } ?? end)
        } else {
            ready.insert(entry, at: end)
        }
    }

    /// Where hardly any connection is answered, what becomes of one alone is the first thing to know. Where they go slowly
    /// anyway, it holds up nobody.
    mutating func preferLonely() {
        guard wordlessRun >= (pace.rate == nil ? limit : 1),
            let index = ready.firstIndex(where: { $0.request.runsAlone })
        else { return }
        ready.insert(ready.remove(at: index), at: 0)
    }

    /// What was answered before has not been for twice the time that a probe gets, and won't be asked again before that.
    private var isLost: Bool {
        guard let lostSince, exchanging + dialing == 0 else { return false }
        return max(clock.now, pace.nextStart) >= lostSince + max(budget.probeTimeout * 2, budget.spacing * 3)
    }

    /// The target's time will be up before the next connection may start, and nothing is under way any more.
    private var isTooLate: Bool {
        open + abandoning == 0 && !ready.isEmpty && pace.nextStart >= start + budget.targetTimeout
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
            for entry in settled where !entry.isPulse { planner.observe(entry.request.id, observation) }
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
        if spending.stopped == nil, isLost { stop(.throttled) }
        if spending.stopped == nil, isTooLate { stop(.deadline) }
        if let reason = spending.stopped { stop(reason) }
        if let gone { settle(.unreachable(gone)) }
        if isWaitingAlone, exchanging > 0 { return [] }
        isWaitingAlone = false
        if let first = ready.first, first.request.runsAlone, exchanging + dialing == 0 {
            if !hasDialedAlone { actions += abandonIdle() }
            // The peer takes a moment to see that the others are gone.
            pace.wait(until: lastEnd + (wasAlone ? Self.shortQuiet : Self.quiet))
            if first.needsCalm, !hasDialedAlone { pace.wait(until: pace.calm(clock.now)) }
        }
        assign(&actions)
        if !opensAhead, !hasRunnable { actions += abandonIdle() }
        dial(&actions)
        // Those that are held can be spared once others are on their way.
        assign(&actions)
        sleep(&actions)
        spending.seconds = start.duration(to: clock.now) / .seconds(1)
        spending.rate = pace.rate
        return actions
    }

    private mutating func assign(_ actions: inout [Action]) {
        while let next = ready.first, !idle.isEmpty, !isWaitingAlone {
            if next.request.runsAlone {
                guard exchanging == 0, dialing == 0 else { return }
                isWaitingAlone = true
                wasCalm = next.needsCalm
                isPulse = next.isPulse
            }
            guard let place = place(of: next.request) else { return }
            wasAlone = next.request.runsAlone
            hasDialedAlone = false
            ready.removeFirst()
            let connection = idle.remove(at: place)
            exchanging += 1
            holding.sent(next.request, clock.now)
            let reached = max(next.depth, connection.depth) + 1
            spending.bytesSent += next.request.bytes.count
            actions.append(.exchange(next.request, connection.stream, since: connection.since, depth: reached))
        }
    }

    /// Which idle connection a request gets; nil if it has to wait for another one.
    private func place(of request: ProbeRequest) -> Int? {
        // As long as nothing is under way, nothing will follow either.
        let held = request.isUrgent || request.runsAlone || exchanging == 0 ? 0 : holding.count(of: ahead)
        return idle.indices.contains(held) ? held : nil
    }

    /// Connections to have for the urgent requests that will follow on answers.
    private var ahead: Int {
        guard opensAhead, hasConnected else { return 0 }
        let waiting = ready.reversed().prefix { $0.request.runsAlone }.count { $0.request.isUrgent }
        return max(0, planner.likelyFollowUps - waiting)
    }

    private mutating func dial(_ actions: inout [Action]) {
        guard spending.stopped == nil, !isWaitingAlone, clock.now >= pace.nextStart else { return }
        // What becomes of those that were dialled with it tells whether anybody is there.
        if isSilentSoFar, !hasConnected, dialing > 0 { return }
        let runnable = ready.prefix { !$0.request.runsAlone }.count
        let isAlone = runnable == 0 && !ready.isEmpty && exchanging + dialing == 0
        if isAlone, abandoning > 0 { return }
        let wanted = isAlone ? 1 : runnable + ahead
        let room = isAlone ? 1 : limit
        while dialing + idle.count < wanted, open < room {
            guard spending.connections < budget.maxConnections else {
                if open == 0 { stop(.connectionLimit) }
                return
            }
            let now = clock.now
            guard now >= pace.nextStart else { return }
            spending.connections += 1
            dialing += 1
            holding.dialled(now)
            hasDialedAlone = isAlone
            actions.append(.dial(depth: depth))
            pace.started(now)
            spending.mostAtOnce = max(spending.mostAtOnce, open)
        }
    }

    /// How long the oldest idle connection may go unused: a peer that serves one after the other is soon found out, for there
    /// it keeps those behind it from being answered.
    private var patience: Duration {
        if holding.servesInTurn { return max(.milliseconds(250), slowestConnect * 4) }
        let usual = max(slowestConnect * 4, holding.quickestAnswer * 2, .milliseconds(50))
        return min(usual, budget.probeTimeout / 4)
    }

    /// Sleeps until the next start is due, or to see whether idle connections are in the way of those that wait.
    private mutating func sleep(_ actions: inout [Action]) {
        let untilStart = clock.now.duration(to: pace.nextStart)
        if !isPausing, !ready.isEmpty, untilStart > .zero {
            isPausing = true
            actions.append(.wait(untilStart, isWatch: false))
        }
        if watched == nil, let first = idle.first, exchanging > 0 {
            watched = first.number
            actions.append(.wait(patience, isWatch: true))
        }
    }

    private mutating func abandonIdle() -> [Action] {
        defer { idle = [] }
        abandoning += idle.count
        return idle.map { .abandon($0.stream) }
    }
}
