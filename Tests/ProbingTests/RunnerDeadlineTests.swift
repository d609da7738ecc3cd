import Probing
import Synchronization
import TLSParameters
import TLSWire
import Testing
import Transport

/// Peers that don't answer, or not everything.
@Suite struct RunnerDeadlineTests {
    @Test func silentServerEndsInTime() async throws {
        var nginx = SurveyQuirkTests.nginx
        nginx.suites = [:]
        nginx.versionRefusal = .likeSuites
        nginx.refusal = .silence
        nginx.oldFormatRefusal = .silence
        let server = try await LoopbackServer(nginx)
        let budget = ProbeBudget(probeTimeout: .milliseconds(200))
        let (outcome, spending) = await ProbeRunner(dial: server.dial, budget: budget).run(SurveyPlanner())
        await server.close()
        #expect(outcome.reachability == .silent)
        // Two more were opened ahead.
        #expect(spending.connections <= 16)
    }

    @Test func targetDeadlineIsKept() async {
        var silent = SimulatedServer()
        silent.refusal = .silence
        silent.versionRefusal = .likeSuites
        let budget = ProbeBudget(probeTimeout: .seconds(60), targetTimeout: .milliseconds(300))
        let runner = ProbeRunner(dial: InMemoryTarget(server: silent).dial, budget: budget)
        let (outcome, spending) = await runner.run(SurveyPlanner())
        #expect(spending.stopped == .deadline)
        #expect(outcome.versions.allSatisfy { if case .inconclusive = $0.verdict { true } else { false } })
    }

    /// A pause that would outlive the target's time is none that anybody waits for.
    @Test(.timeLimit(.minutes(1))) func pausesAreNoLongerThanTheTarget() async {
        let budget = ProbeBudget(targetTimeout: .milliseconds(300), delay: .seconds(300))
        let runner = ProbeRunner(dial: InMemoryTarget(server: SurveyQuirkTests.nginx).dial, budget: budget)
        let (outcome, spending) = await runner.run(SurveyPlanner())
        #expect(spending.stopped == .deadline)
        #expect(spending.connections == 1)
        #expect(!outcome.isComplete)
        #expect(outcome.versions.contains { $0.verdict.reason == StopReason.deadline.text })
    }

    /// The same for pauses that a peer's refusals bring about.
    @Test(.timeLimit(.minutes(1))) func backingOffEndsWithTheTarget() async {
        let calls = Mutex(0)
        let inner = InMemoryTarget(server: SurveyQuirkTests.nginx).dial
        let runner = ProbeRunner(
            dial: { (deadline: Deadline) async throws(TransportError) -> any ByteStream in
                let call = calls.withLock { count in
                    count += 1
                    return count
                }
                guard call > 8 else { return try await inner(deadline) }
                throw TransportError(.refused, detail: "connection refused")
            },
            budget: ProbeBudget(probeTimeout: .seconds(600), targetTimeout: .seconds(1), firstPause: .seconds(600))
        )
        let (outcome, spending) = await runner.run(SurveyPlanner())
        #expect(spending.stopped == .deadline)
        #expect(!outcome.isComplete)
    }

    /// A server that never says what comes before TLS, from the beginning or from some time on: each attempt takes all the
    /// time there is, so that there are few.
    @Test(
        arguments: [(0, 1, 2), (10, 1, 3), (0, 8, 4)],
        [TransportError.Kind.timedOut, .negotiationTimedOut, .proxyFailed]
    )
    func silenceBeforeTLSIsNotRetriedForLong(
        _ limits: (answered: Int, concurrency: Int, failures: Int),
        _ kind: TransportError.Kind
    ) async {
        let calls = Mutex((all: 0, failed: 0))
        let inner = InMemoryTarget(server: SurveyQuirkTests.nginx).dial
        let budget = ProbeBudget(
            concurrency: limits.concurrency,
            connectTimeout: .milliseconds(50),
            firstPause: .milliseconds(1)
        )
        let runner = ProbeRunner(
            dial: { (deadline: Deadline) async throws(TransportError) -> any ByteStream in
                let isTaken = calls.withLock { count in
                    count.all += 1
                    if count.all > limits.answered { count.failed += 1 }
                    return count.all <= limits.answered
                }
                if isTaken { return try await inner(deadline) }
                try? await Task.sleep(for: .milliseconds(60))
                throw TransportError(kind, detail: "no answer in time")
            },
            budget: budget
        )
        let (outcome, spending) = await runner.run(SurveyPlanner())
        #expect(!outcome.isComplete)
        #expect(spending.stopped == nil)
        #expect(calls.withLock { $0.failed } <= limits.failures)
    }

    /// Serves one after the other, and slowly: those at the end of the queue wait longer than a probe's timeout.
    @Test func slowSerialServerIsWaitedFor() async throws {
        let server = try await LoopbackServer(
            SurveyQuirkTests.nginx,
            .init(isSerial: true, delay: .milliseconds(150))
        )
        let budget = ProbeBudget(probeTimeout: .seconds(1))
        let (outcome, _) = await ProbeRunner(dial: server.dial, budget: budget).run(SurveyPlanner())
        await server.close()
        let versions = Dictionary(uniqueKeysWithValues: outcome.versions.map { ($0.version, $0) })
        #expect(Set(versions[.tls12]?.suites.map(\.suite) ?? []) == Set(SurveyQuirkTests.modern))
        #expect(Set(versions[.tls13]?.suites.map(\.suite) ?? []) == Set(SurveyQuirkTests.modern13))
    }

    /// Everything is asked side by side, and once more: two deadlines, however much there is to ask.
    @Test(arguments: [false, true]) func silenceCostsTwoDeadlines(_ isTooLongOnly: Bool) async throws {
        var server = SurveyQuirkTests.nginx
        if isTooLongOnly {
            // Hangs on a hello above 255 bytes, as some load balancers do.
            server.byteLimit = 260
            server.intolerance = .silence
        } else {
            server.suites = [:]
            server.versionRefusal = .likeSuites
            server.refusal = .silence
            server.oldFormatRefusal = .silence
        }
        let listening = try await LoopbackServer(server)
        let budget = ProbeBudget(probeTimeout: .seconds(1))
        let (outcome, spending) = await ProbeRunner(dial: listening.dial, budget: budget).run(SurveyPlanner())
        await listening.close()
        if isTooLongOnly {
            for version in outcome.versions {
                #expect(Set(version.suites.map(\.suite)) == Set(server.suites[version.version] ?? []), "\(version)")
            }
        } else {
            #expect(outcome.reachability == .silent)
            // Connecting, waiting in vain, and both once more: no third deadline is waited for after those.
            #expect(spending.roundTrips <= 4)
        }
    }

    /// SYNs that get lost after some were answered: nothing is taken for a no, and it ends.
    @Test func connectionsThatGoUnanswered() async {
        let answered = Mutex(0)
        let inner = InMemoryTarget(server: SurveyQuirkTests.nginx).dial
        let runner = ProbeRunner(
            dial: { (deadline: Deadline) async throws(TransportError) -> any ByteStream in
                let call = answered.withLock { count in
                    count += 1
                    return count
                }
                guard call > 10 else { return try await inner(deadline) }
                try? await Task.sleep(for: min(.milliseconds(200), deadline.remaining))
                throw TransportError(.timedOut, detail: "no answer in time")
            },
            budget: ProbeBudget(firstPause: .milliseconds(20))
        )
        let (outcome, spending) = await runner.run(SurveyPlanner())
        #expect(spending.slowdowns == [.throttled])
        #expect(outcome.reachability == .tls)
        #expect(!outcome.isComplete)
        #expect(spending.connections < 60)
    }
}
