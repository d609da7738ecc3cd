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
    }

    var request: ProbeRequest
    var stream: any ByteStream
    var budget: ProbeBudget
    var deadline: Deadline
    var pulse: PeerPulse

    func run() async -> Result {
        let clock = ContinuousClock()
        let start = clock.now
        var window = start
        var until = start + budget.probeTimeout
        let latest = request.runsAlone ? until : start + budget.probeTimeout * ProbeBudget.patience
        var reader = FlightReader(goal: request.goal)
        // A peer that has answered or torn down already may fail the write; what it did is read next.
        try? await stream.write(request.bytes, deadline: Deadline.after(budget.probeTimeout).sooner(of: deadline))
        var observation: Observation?
        while observation == nil {
            let limit = Deadline.after(clock.now.duration(to: until)).sooner(of: deadline)
            switch await stream.read(deadline: limit) {
            case .bytes(let bytes):
                observation = reader.append(bytes)
            case .timedOut:
                // Someone was served since this wait began: a server that serves one after the other has us in its queue.
                let served = pulse.lastAnswer
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
        if found.isTLS { pulse.answered() }
        return Result(
            request: request,
            observation: found,
            bytesReceived: reader.byteCount
        )
    }
}

/// When the peer last answered any probe of a run.
final class PeerPulse: Sendable {
    private let last = Mutex<ContinuousClock.Instant?>(nil)

    var lastAnswer: ContinuousClock.Instant? { last.withLock { $0 } }

    func answered() {
        last.withLock { $0 = ContinuousClock.now }
    }
}
