import Transport

// What a run makes of what has happened.

extension ProbeRun {
    /// Takes note of an event.
    mutating func handle(_ event: Event) {
        let now = clock.now
        switch event {
        case .connected(let connection, let reached, let start):
            dialing -= 1
            holding.stands()
            depth = reached + connection.roundTrips
            hasConnected = true
            noteConnect(connection.connect, startedAt: start, now)
            arrivals += 1
            idle.append(Idle(stream: connection.stream, since: start, depth: depth, number: arrivals))
        case .failed(let error, let reached, let start):
            dialing -= 1
            holding.stands()
            hasDialedAlone = false
            depth = reached + 1
            failed(error, startedAt: start, now)
        case .answered(let result, let since, let reached):
            exchanging -= 1
            lastEnd = now
            depth = reached
            answered(result, since: since, now)
        case .abandoned:
            abandoning -= 1
            lastEnd = now
        case .woke(let isWatch):
            if isWatch { watch() } else { isPausing = false }
        }
        refill()
    }

    private mutating func answered(
        _ result: ProbeExchange.Result,
        since start: ContinuousClock.Instant,
        _ now: ContinuousClock.Instant
    ) {
        let request = result.request
        let observation = result.observation
        holding.answered(request, now)
        spending.bytesReceived += result.bytesReceived
        spending.roundTrips = max(spending.roundTrips, depth)
        if request.runsAlone, isPulse {
            felt(observation, since: start, now)
            return
        }
        if let evidence = result.evidence { spending.evidence.append(evidence) }
        answeredCount += 1
        if observation.isTLS {
            hasTLS = true
            answered = request
            controlFailures = 0
            wordlessRun = 0
            wordlessSince = nil
            lostSince = nil
            if let lastWordless, start > lastWordless { isIsolated = true }
            pace.succeeded(now)
        }
        if isToRepeat(request, observation, since: start, now) {
            return
        }
        if request.isControl {
            if !observation.isTLS { controlFailed(since: start, now) }
        } else if request.runsAlone {
            settleSuspicion(observation, now)
        }
        planner.observe(request.id, observation)
    }

    /// The answer may be none to this request, but to how many there were: then it's asked again later.
    private mutating func isToRepeat(
        _ request: ProbeRequest,
        _ observation: Observation,
        since start: ContinuousClock.Instant,
        _ now: ContinuousClock.Instant
    ) -> Bool {
        if observation.isBusy, hasTLS, pace.mayRetry {
            lostSince = lostSince ?? start
            slowDown(.throttled, startedAt: start, now)
            enqueue(Ready(request: request, depth: depth))
            return true
        }
        guard observation.isWordless else { return false }
        wordlessSince = wordlessSince ?? start
        guard !request.isControl else { return false }
        if !request.runsAlone {
            wordlessRun += 1
            lastWordless = now
            isIsolated = false
            preferLonely()
        }
        guard hasTLS, let answered else { return false }
        if suspicion == nil { suspicion = pace.borne(now) }
        guard request.runsAlone, !wasCalm, !isIsolated else { return false }
        // Alone, and still not a word: either that's how this server says no, or it counts connections by the second. If
        // it answers now what it answered before, and this once more not, it's a no.
        var pulse = answered
        pulse.runsAlone = true
        ready.insert(Ready(request: request, depth: depth), at: 0)
        ready.insert(Ready(request: pulse, depth: depth, isPulse: true), at: 0)
        return true
    }

    /// What has become of a pulse: if it's not answered, the request that it went ahead of waits until no limit on
    /// connections by the second can be in force any more.
    private mutating func felt(
        _ observation: Observation,
        since start: ContinuousClock.Instant,
        _ now: ContinuousClock.Instant
    ) {
        if observation.isTLS {
            isIsolated = true
            wordlessSince = nil
            lostSince = nil
            pace.succeeded(now)
            return
        }
        noteLoss(since: start)
        slowDown(.throttled, startedAt: start, now)
        if let index = ready.firstIndex(where: { $0.request.runsAlone }) { ready[index].needsCalm = true }
    }

    /// What was answered before is not. If hardly any connections had gone before it, no limit on them by the second
    /// explains that, nor the endings before it.
    private mutating func noteLoss(since start: ContinuousClock.Instant) {
        let isCalm = pace.calm(start) <= start
        lostSince = [lostSince, isCalm ? wordlessSince : nil].compactMap { $0 }.min() ?? start
    }

    /// A request that had got no answer among others has ended alone.
    private mutating func settleSuspicion(_ observation: Observation, _ now: ContinuousClock.Instant) {
        defer { suspicion = nil }
        guard observation.isTLS else { return }
        if let borne = suspicion, borne > Pace.calmStarts {
            pace.lower(to: borne, now)
            slowDown(.throttled, now)
        } else {
            slowDown(.crowded, now)
        }
    }

    /// It doesn't answer any longer what it has answered before.
    private mutating func controlFailed(since start: ContinuousClock.Instant, _ now: ContinuousClock.Instant) {
        controlFailures += 1
        noteLoss(since: start)
        slowDown(.throttled, startedAt: start, now)
        if controlFailures >= Self.controlPatience { stop(.throttled) }
    }

    /// A connection that failed, though others had stood before, is the peer's way (or its firewall's) to say "too many".
    private mutating func failed(
        _ error: TransportError,
        startedAt start: ContinuousClock.Instant,
        _ now: ContinuousClock.Instant
    ) {
        if error.kind == .cancelled || spending.stopped != nil { return }
        let isOurs = error.kind == .localResources
        // Each attempt at a peer that has fallen silent, or at a proxy that says so of it, costs the whole time there is.
        let isSilence =
            error.kind == .timedOut || error.kind == .negotiationTimedOut
            || start.duration(to: now) >= budget.connectTimeout
        let mayRetry = isSilence ? pace.mayRetrySilence : pace.mayRetry
        // Turned away at the very first attempt: no limit of ours, but perhaps only for the moment.
        let isBusy = error.kind == .busy && pace.mayRetrySilence
        if hasTLS, !isOurs { lostSince = lostSince ?? start }
        if isBusy || (hasConnected || isOurs) && mayRetry {
            slowDown(isOurs ? .localResources : .throttled, startedAt: start, now)
            return
        }
        // Nobody has ever been there, and the others that were dialled have found that out as well.
        isSilentSoFar = isSilentSoFar || isSilence && !hasConnected
        let isNobody = isSilence && dialing == 0 && spending.connections > 1
        if hasConnected || isNobody {
            gone = error
        } else if !ready.isEmpty {
            planner.observe(ready.removeFirst().request.id, .unreachable(error))
        }
    }

    /// Connecting took as long as a lost SYN takes to be sent again (RFC 6298 §2), more than once: a firewall that drops
    /// what is too much, or a full backlog.
    private mutating func noteConnect(
        _ took: Duration,
        startedAt start: ContinuousClock.Instant,
        _ now: ContinuousClock.Instant
    ) {
        slowestConnect = max(slowestConnect, took)
        quickestConnect = min(quickestConnect, took)
        guard took > .milliseconds(900), quickestConnect < .milliseconds(300) else { return }
        lateConnects += 1
        guard lateConnects >= Self.lateConnectPatience else { return }
        lateConnects = 0
        slowDown(.throttled, startedAt: start, now)
    }

    /// The peer has had enough.
    private mutating func slowDown(
        _ reason: Slowdown,
        startedAt start: ContinuousClock.Instant,
        _ now: ContinuousClock.Instant
    ) {
        guard pace.failed(startedAt: start, now: now, limitsRate: reason == .throttled) else { return }
        slowDown(reason, now)
    }

    private mutating func slowDown(_ reason: Slowdown, _ now: ContinuousClock.Instant) {
        if !spending.slowdowns.contains(reason) { spending.slowdowns.append(reason) }
        if spending.slowedAfter == nil { spending.slowedAfter = spending.connections }
        limit = max(1, limit / 2)
        opensAhead = false
    }

    /// An idle connection may be the one that a serial peer is waiting for, with ours behind it. Then it's used before younger
    /// ones; and where there is nothing to use it for, none is opened ahead any more.
    private mutating func watch() {
        defer { watched = nil }
        guard let watched, idle.first?.number == watched, exchanging > 0 else { return }
        if holding.servesInTurn || !hasRunnable { opensAhead = false }
        holding.servesInTurn = true
    }
}
