import Synchronization
import TLSWire
import Transport

/// One connection's part of a run: send the hello, read the answer as far as it's wanted, tear down.
struct ProbeExchange: Sendable {
    /// What came of it.
    struct Result: Sendable {
        var request: ProbeRequest
        var observation: Observation
        var bytesReceived: Int
        var evidence: ProbeEvidence?
    }

    var request: ProbeRequest
    var stream: any ByteStream
    var budget: ProbeBudget
    var deadline: Deadline
    var pulse: PeerPulse
    /// When the connection was dialled.
    var since: ContinuousClock.Instant

    /// How long the rest of a first line of another protocol is waited for.
    private static let lineTimeout = Duration.milliseconds(200)

    func run() async -> Result {
        let clock = ContinuousClock()
        let start = clock.now
        var window = start
        var until = start + budget.probeTimeout
        // What was never heard of isn't waited for any longer once it was asked twice.
        if let end = pulse.silenceEnd(budget.probeTimeout) {
            until = max(start + budget.probeTimeout / 2, min(until, end))
        }
        let latest = request.runsAlone ? until : start + budget.probeTimeout * ProbeBudget.patience
        var reader = FlightReader(goal: request.goal)
        var received: [UInt8] = []
        // A peer that has answered or torn down already may fail the write; what it did is read next.
        try? await send(by: Deadline.after(budget.probeTimeout).sooner(of: deadline))
        var observation: Observation?
        while observation == nil {
            let limit = Deadline.after(clock.now.duration(to: until)).sooner(of: deadline)
            switch await stream.read(deadline: limit) {
            case .bytes(let bytes):
                if budget.keepsEvidence { received += bytes.prefix(ProbeEvidence.limit - received.count) }
                observation = reader.append(bytes)
                if reader.isForeign { until = min(until, clock.now + Self.lineTimeout) }
            case .timedOut:
                // Someone was served since this wait began: a server that serves one after the other has us in its queue.
                let served = pulse.lastAnswer(before: since)
                if reader.byteCount == 0, let served, served > window, until < latest, !deadline.hasPassed {
                    window = served
                    until = min(max(served + budget.probeTimeout, until + .milliseconds(1)), latest)
                } else if deadline.hasPassed, reader.byteCount == 0 {
                    observation = .notAsked(.deadline)
                } else {
                    observation = reader.end(.timedOut)
                }
            case let ending:
                observation = reader.end(ending)
            }
        }
        // RST, not FIN: a server that serves one after the other is free for the next at once, and no port lingers here.
        await stream.abort()
        let found = observation ?? .timedOut
        if found.isTLS { pulse.answered(since: since) }
        return Result(
            request: request,
            observation: found,
            bytesReceived: reader.byteCount,
            evidence: budget.keepsEvidence ? evidence(found, received, reader.byteCount) : nil
        )
    }

    private func send(by limit: Deadline) async throws(TransportError) {
        switch request.delivery {
        case .whole:
            try await stream.write(request.bytes, deadline: limit)
        case .split(let count, let pause):
            let count = min(max(0, count), request.bytes.count)
            try await stream.write(Array(request.bytes.prefix(count)), deadline: limit)
            try? await Task.sleep(for: min(pause, limit.remaining))
            try await stream.write(Array(request.bytes.dropFirst(count)), deadline: limit)
        }
    }

    private func evidence(_ observation: Observation, _ received: [UInt8], _ count: Int) -> ProbeEvidence {
        ProbeEvidence(
            id: request.id,
            sent: Array(request.bytes.prefix(ProbeEvidence.limit)),
            sentCount: request.bytes.count,
            received: received,
            receivedCount: count,
            observation: observation.id
        )
    }
}

/// When the peer last answered any probe of a run.
final class PeerPulse: Sendable {
    private struct State {
        var last: ContinuousClock.Instant?
        /// When the latest of the connections that were answered was dialled.
        var newest: ContinuousClock.Instant?
    }

    private let state = Mutex(State())
    /// When the run began.
    private let start = ContinuousClock.now
    /// What a run needs to begin and to end, beside waiting for answers.
    private static let margin = Duration.milliseconds(250)

    /// When to end repeats at a peer that has not answered anything: within twice the time for an answer since the run
    /// began. Nil once there was an answer.
    func silenceEnd(_ probeTimeout: Duration) -> ContinuousClock.Instant? {
        state.withLock { $0.last == nil ? start + probeTimeout * 2 - min(Self.margin, probeTimeout / 4) : nil }
    }

    /// When it last answered, if one that is dialled at `since` may be queueing behind that: a connection that was dialled
    /// clearly later and was answered all the same has overtaken it, and then it's not the queue that it waits for.
    func lastAnswer(before since: ContinuousClock.Instant) -> ContinuousClock.Instant? {
        state.withLock { state in
            if let newest = state.newest, newest > since + .milliseconds(100) { nil } else { state.last }
        }
    }

    /// The peer has answered on a connection that was dialled at `since`.
    func answered(since: ContinuousClock.Instant) {
        state.withLock { state in
            state.last = ContinuousClock.now
            state.newest = max(state.newest ?? since, since)
        }
    }
}
