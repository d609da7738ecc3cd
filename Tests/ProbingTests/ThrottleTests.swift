import Probing
import Synchronization
import TLSParameters
import TLSWire
import Testing
import Transport

/// Peers that take only so many connections: nothing they have may be lost to that.
@Suite struct ThrottleTests {
    static func expectEverything(_ outcome: SurveyOutcome, _ server: SimulatedServer) {
        for version in outcome.versions {
            let own = server.suites[version.version] ?? []
            #expect(Set(version.suites.map(\.suite)) == Set(own), "\(version)")
            #expect(version.verdict == (own.isEmpty ? .rejected : .supported), "\(version)")
        }
    }

    /// Resets what is above, among servers that say no with an alert and those that say it with a reset as well.
    @Test(arguments: [SimulatedServer.Refusal.alert, .reset], [6, 20]) func connectionsASecond(
        _ refusal: SimulatedServer.Refusal,
        _ limit: Int
    ) async throws {
        var nginx = SurveyQuirkTests.nginx
        nginx.refusal = refusal
        let server = try await LoopbackServer(nginx, .init(rateLimit: limit))
        let (outcome, spending) = await ProbeRunner(dial: server.dial).run(SurveyPlanner())
        await server.close()
        Self.expectEverything(outcome, nginx)
        // What was opened ahead and turned away before it was needed, nobody notices.
        #expect(server.turnedAway <= 2 || !spending.slowdowns.isEmpty)
        #expect((spending.slowedAfter == nil) == spending.slowdowns.isEmpty)
        #expect(spending.stopped == nil)
    }

    @Test func turnedAwayWithWords() async throws {
        let server = try await LoopbackServer(
            SurveyQuirkTests.nginx,
            .init(rateLimit: 10, turnsAwayPolitely: true)
        )
        let (outcome, spending) = await ProbeRunner(dial: server.dial).run(SurveyPlanner())
        await server.close()
        Self.expectEverything(outcome, SurveyQuirkTests.nginx)
        #expect(server.turnedAway == 0 || spending.slowdowns == [.throttled] && spending.rate != nil)
    }

    /// A firewall that refuses connections above a number in each second.
    @Test func refusedAboveARate() async throws {
        let window = Mutex((start: ContinuousClock.now, count: 0, refused: 0))
        let inner = InMemoryTarget(server: SurveyQuirkTests.nginx).dial
        let runner = ProbeRunner { (deadline: Deadline) async throws(TransportError) -> any ByteStream in
            let isWithin = window.withLock { window in
                if window.start.duration(to: .now) >= .seconds(1) { (window.start, window.count) = (.now, 0) }
                window.count += 1
                if window.count > 12 { window.refused += 1 }
                return window.count <= 12
            }
            guard isWithin else { throw TransportError(.refused, detail: "connection refused") }
            return try await inner(deadline)
        }
        let (outcome, spending) = await runner.run(SurveyPlanner())
        Self.expectEverything(outcome, SurveyQuirkTests.nginx)
        #expect(window.withLock { $0.refused } == 0 || spending.slowdowns == [.throttled])
    }

    /// Answers a number of connections, and from then on resets every one: what isn't known by then is left open.
    @Test func shutOutForGood() async throws {
        let calls = Mutex(0)
        let inner = InMemoryTarget(server: SurveyQuirkTests.nginx).dial
        let runner = ProbeRunner(
            dial: { (deadline: Deadline) async throws(TransportError) -> any ByteStream in
                let call = calls.withLock { count in
                    count += 1
                    return count
                }
                guard call > 12 else { return try await inner(deadline) }
                let (client, _) = InMemoryStream.pair()
                return ScriptedStream([.reset], remote: client.remote, local: client.local)
            },
            budget: ProbeBudget(firstPause: .milliseconds(20))
        )
        let (outcome, spending) = await runner.run(SurveyPlanner())
        #expect(spending.slowdowns.contains(.throttled))
        #expect(!outcome.isComplete)
        for version in outcome.versions where SurveyQuirkTests.nginx.suites[version.version] != nil {
            #expect(version.verdict != .rejected)
        }
        #expect(spending.connections < 60)
    }

    /// What a peer does to every connection after the twelfth.
    enum ShutOut: CaseIterable {
        case reset, closed, busy, refused
    }

    /// It's given up after twice a probe's time without a single answer, however long the pauses would get to be.
    @Test(.timeLimit(.minutes(1)), arguments: ShutOut.allCases, [1, 8])
    func shutOutIsNoticedInTime(_ manner: ShutOut, _ concurrency: Int) async throws {
        let calls = Mutex(0)
        let inner = InMemoryTarget(server: SurveyQuirkTests.nginx).dial
        let runner = ProbeRunner(
            dial: { (deadline: Deadline) async throws(TransportError) -> any ByteStream in
                let call = calls.withLock { count in
                    count += 1
                    return count
                }
                guard call > 12 else { return try await inner(deadline) }
                let (client, _) = InMemoryStream.pair()
                let steps: [ScriptedStream.Step]
                switch manner {
                case .reset: steps = [.reset]
                case .closed: steps = [.end]
                case .busy: steps = [.send(Array("421 4.7.0 too many connections\r\n".utf8)), .end]
                case .refused: throw TransportError(.refused, detail: "connection refused")
                }
                return ScriptedStream(steps, remote: client.remote, local: client.local)
            },
            budget: ProbeBudget(concurrency: concurrency, probeTimeout: .milliseconds(500), firstPause: .seconds(2))
        )
        let (outcome, spending) = await runner.run(SurveyPlanner())
        #expect(spending.stopped == .throttled)
        #expect(spending.slowdowns.contains(.throttled))
        #expect(!outcome.isComplete)
        for version in outcome.versions where SurveyQuirkTests.nginx.suites[version.version] != nil {
            #expect(version.verdict != .rejected)
        }
    }

    /// Resets everything after a few answers, and one connection before that while it's being made: with the little that
    /// it has borne till then, the rest would go at a connection in one or two seconds.
    @Test(.timeLimit(.minutes(1))) func shutOutAtALowRate() async throws {
        let calls = Mutex(0)
        let inner = InMemoryTarget(server: SurveyQuirkTests.nginx).dial
        let runner = ProbeRunner(
            dial: { (deadline: Deadline) async throws(TransportError) -> any ByteStream in
                let call = calls.withLock { count in
                    count += 1
                    return count
                }
                if call == 4 { throw TransportError(.reset, detail: "connection reset") }
                guard call > 3 else { return try await inner(deadline) }
                let (client, _) = InMemoryStream.pair()
                return ScriptedStream([.reset], remote: client.remote, local: client.local)
            },
            budget: ProbeBudget(probeTimeout: .milliseconds(500))
        )
        let (outcome, spending) = await runner.run(
            SurveyPlanner(SurveyConfiguration(aspects: Set(SurveyAspect.allCases)))
        )
        #expect(spending.stopped == .throttled)
        #expect(!outcome.isComplete)
        // Few of the dozens of questions were asked in vain.
        #expect(spending.connections < 16)
    }

    /// Connecting that takes as long as a lost SYN is a sign of a peer that has had enough; a slow greeting is none.
    @Test(arguments: [true, false]) func greetingsAreNotConnecting(_ isSlowToConnect: Bool) async {
        let calls = Mutex(0)
        let inner = InMemoryTarget(server: SurveyQuirkTests.nginx).dial
        let runner = ProbeRunner(
            connect: { (deadline: Deadline) async throws(TransportError) -> ProbeConnection in
                let call = calls.withLock { count in
                    count += 1
                    return count
                }
                let isLate = (9...14).contains(call)
                if isLate, !isSlowToConnect { try? await Task.sleep(for: .seconds(1)) }
                let connect = Duration.milliseconds(isLate && isSlowToConnect ? 1_000 : 10)
                return ProbeConnection(try await inner(deadline), connect: connect, roundTrips: 100)
            }
        )
        let (outcome, spending) = await runner.run(SurveyPlanner())
        RunnerTests.expectModern(outcome)
        #expect(spending.slowdowns == (isSlowToConnect ? [.throttled] : []))
        #expect(spending.roundTrips > 100)
    }

    /// Takes eight connections, then refuses three: the run slows down, says so, and still gets everything.
    @Test func throttlingIsNoticed() async {
        let calls = Mutex(0)
        let inner = InMemoryTarget(server: SurveyQuirkTests.nginx).dial
        let runner = ProbeRunner { (deadline: Deadline) async throws(TransportError) -> any ByteStream in
            let call = calls.withLock { count in
                count += 1
                return count
            }
            if (9...11).contains(call) { throw TransportError(.refused, detail: "connection refused") }
            return try await inner(deadline)
        }
        let (outcome, spending) = await runner.run(SurveyPlanner())
        RunnerTests.expectModern(outcome)
        #expect(spending.slowdowns == [.throttled])
    }

    @Test func serverThatGoesAwayIsNotANo() async {
        let calls = Mutex(0)
        let inner = InMemoryTarget(server: SurveyQuirkTests.nginx).dial
        let runner = ProbeRunner(
            dial: { (deadline: Deadline) async throws(TransportError) -> any ByteStream in
                let call = calls.withLock { count in
                    count += 1
                    return count
                }
                if call > 8 { throw TransportError(.refused, detail: "connection refused") }
                return try await inner(deadline)
            },
            budget: ProbeBudget(firstPause: .milliseconds(20))
        )
        let (outcome, spending) = await runner.run(SurveyPlanner())
        #expect(spending.slowdowns.contains(.throttled))
        #expect(!outcome.isComplete)
        #expect(outcome.reachability == .tls)
    }

    /// Connections above a limit are reset: no suite may be lost to that.
    @Test(arguments: [1, 2, 3, 5]) func limitOnConnectionsIsNotTakenForANo(_ limit: Int) async throws {
        for refusal in [SimulatedServer.Refusal.alert, .close] {
            var nginx = SurveyQuirkTests.nginx
            nginx.refusal = refusal
            let server = try await LoopbackServer(nginx, .init(connectionLimit: limit))
            let (outcome, spending) = await ProbeRunner(dial: server.dial).run(SurveyPlanner())
            await server.close()
            for version in outcome.versions {
                let own = nginx.suites[version.version] ?? []
                #expect(Set(version.suites.map(\.suite)) == Set(own), "\(version)")
                if !own.isEmpty { #expect(version.verdict == .supported) }
            }
            if limit == 1 { #expect(spending.slowdowns.contains(.crowded)) }
        }
    }
}
