import Probing
import Synchronization
import TLSParameters
import TLSWire
import Testing
import Transport

/// Connections that never leave the process.
struct InMemoryTarget: Sendable {
    var server: SimulatedServer
    var manner = LoopbackServer.Manner()

    var dial: ProbeRunner.Dial {
        { [self] (_: Deadline) async throws(TransportError) -> any ByteStream in
            let (client, far) = InMemoryStream.pair()
            Task { await LoopbackServer.converse(far, server, manner) }
            return client
        }
    }
}

/// Connections that are open, from dialling to tearing down.
final class OpenCount: Sendable {
    private let state = Mutex((open: 0, most: 0))
    var open: Int { state.withLock { $0.open } }
    var most: Int { state.withLock { $0.most } }

    func begin() {
        state.withLock { state in
            state.open += 1
            state.most = max(state.most, state.open)
        }
    }

    func end() { state.withLock { $0.open -= 1 } }
}

/// Counts itself out when it's torn down.
final class CountedStream: ByteStream {
    private let inner: any ByteStream
    private let count: OpenCount
    private let isOpen = Mutex(true)

    init(_ inner: any ByteStream, _ count: OpenCount) {
        self.inner = inner
        self.count = count
    }

    var remote: SocketEndpoint { inner.remote }
    var local: SocketEndpoint { inner.local }
    func read(deadline: Deadline) async -> ReadOutcome { await inner.read(deadline: deadline) }
    func write(_ bytes: [UInt8], deadline: Deadline) async throws(TransportError) {
        try await inner.write(bytes, deadline: deadline)
    }
    func closeOutput() async { await inner.closeOutput() }

    func close() async {
        end()
        await inner.close()
    }

    func abort() async {
        end()
        await inner.abort()
    }

    private func end() {
        let first = isOpen.withLock { isOpen in
            defer { isOpen = false }
            return isOpen
        }
        if first { count.end() }
    }
}

@Suite struct RunnerTests {
    static let everything: SimulatedServer = {
        var server = SimulatedServer()
        for version in [ProtocolVersion.tls10, .tls11, .tls12, .tls13] {
            server.suites[version] = CipherSuite.registry.filter { $0.mayAppear(in: version) }.map(\.suite).reversed()
        }
        return server
    }()

    static func expectModern(_ outcome: SurveyOutcome) {
        let versions = Dictionary(uniqueKeysWithValues: outcome.versions.map { ($0.version, $0) })
        #expect(versions[.tls12]?.suites.map(\.suite) == SurveyQuirkTests.modern)
        #expect(versions[.tls13]?.suites.map(\.suite) == SurveyQuirkTests.modern13)
        #expect(versions[.tls12]?.order == .server)
        #expect(versions[.tls10]?.verdict == .rejected)
        #expect(outcome.reachability == .tls)
        #expect(outcome.isComplete)
    }

    @Test func inMemory() async {
        let runner = ProbeRunner(dial: InMemoryTarget(server: SurveyQuirkTests.nginx).dial)
        let (outcome, spending) = await runner.run(SurveyPlanner())
        Self.expectModern(outcome)
        #expect(spending.connections <= 40)
        #expect(spending.bytesSent > 0 && spending.bytesReceived > 0)
        #expect(spending.roundTrips >= 8 && spending.roundTrips <= 2 * spending.connections)
        #expect(spending.slowdowns.isEmpty)
        #expect(spending.stopped == nil)
    }

    @Test(arguments: [1, 3, 8]) func loopback(_ concurrency: Int) async throws {
        let server = try await LoopbackServer(SurveyQuirkTests.nginx)
        let count = OpenCount()
        let inner = server.dial
        let runner = ProbeRunner(
            dial: { (deadline: Deadline) async throws(TransportError) -> any ByteStream in
                count.begin()
                return CountedStream(try await inner(deadline), count)
            },
            budget: ProbeBudget(concurrency: concurrency)
        )
        let (outcome, spending) = await runner.run(SurveyPlanner())
        await server.close()
        Self.expectModern(outcome)
        #expect(count.most <= concurrency)
        #expect(count.open == 0)
        #expect(spending.slowdowns.isEmpty)
    }

    @Test func loopbackSerialServer() async throws {
        let server = try await LoopbackServer(SurveyQuirkTests.nginx, .init(isSerial: true))
        let (outcome, _) = await ProbeRunner(dial: server.dial).run(SurveyPlanner())
        await server.close()
        Self.expectModern(outcome)
    }

    @Test func loopbackTrickle() async throws {
        let server = try await LoopbackServer(SurveyQuirkTests.nginx, .init(trickles: true))
        let (outcome, _) = await ProbeRunner(dial: server.dial).run(SurveyPlanner())
        await server.close()
        Self.expectModern(outcome)
    }

    @Test func loopbackEverything() async throws {
        let server = try await LoopbackServer(Self.everything)
        let (outcome, spending) = await ProbeRunner(dial: server.dial).run(SurveyPlanner())
        await server.close()
        for version in outcome.versions {
            #expect(version.suites.map(\.suite) == Self.everything.suites[version.version] ?? [], "\(version.version)")
        }
        let accepted = Self.everything.suites.values.reduce(0) { $0 + $1.count }
        #expect(spending.connections <= 2 * accepted + 100)
    }

    @Test(arguments: [SimulatedServer.Refusal.close, .reset]) func refusalWithoutAWord(
        _ refusal: SimulatedServer.Refusal
    ) async throws {
        var nginx = SurveyQuirkTests.nginx
        nginx.refusal = refusal
        nginx.versionRefusal = .likeSuites
        nginx.oldFormatRefusal = .close
        let server = try await LoopbackServer(nginx)
        let (outcome, _) = await ProbeRunner(dial: server.dial).run(SurveyPlanner())
        await server.close()
        Self.expectModern(outcome)
    }

    @Test func plainHTTP() async throws {
        var nginx = SurveyQuirkTests.nginx
        nginx.suites = [:]
        nginx.versionRefusal = .likeSuites
        nginx.refusal = .http
        nginx.oldFormatRefusal = .http
        let server = try await LoopbackServer(nginx)
        let (outcome, spending) = await ProbeRunner(dial: server.dial).run(SurveyPlanner())
        await server.close()
        guard case .notTLS(let prefix) = outcome.reachability else {
            Issue.record("\(outcome.reachability)")
            return
        }
        #expect(prefix.starts(with: Array("HTTP/1.1".utf8)))
        #expect(spending.connections <= 15)
    }

    @Test func refusedPort() async throws {
        let listener = try await Listener.bind(host: "127.0.0.1", port: 0)
        let endpoint = listener.endpoint
        await listener.close()
        let runner = ProbeRunner { (deadline: Deadline) async throws(TransportError) -> any ByteStream in
            try await Dialer.dial([endpoint], connectTimeout: .seconds(5), deadline: deadline).stream
        }
        let (outcome, spending) = await runner.run(SurveyPlanner())
        guard case .unreachable(let error) = outcome.reachability else {
            Issue.record("\(outcome.reachability)")
            return
        }
        #expect(error.kind == .refused)
        // One for each version, and PCT.
        #expect(spending.connections == 7)
    }

    @Test func connectionLimitIsKept() async {
        let budget = ProbeBudget(maxConnections: 10)
        let runner = ProbeRunner(dial: InMemoryTarget(server: Self.everything).dial, budget: budget)
        let (outcome, spending) = await runner.run(SurveyPlanner())
        #expect(spending.connections == 10)
        #expect(spending.stopped == .connectionLimit)
        #expect(!outcome.isComplete)
        #expect(outcome.versions.contains { !$0.suites.isEmpty })
    }

    @Test func cancellingReturnsWhatIsKnown() async {
        let asked = Mutex(0)
        let target = InMemoryTarget(server: Self.everything)
        let inner = target.dial
        let runner = ProbeRunner(
            dial: { (deadline: Deadline) async throws(TransportError) -> any ByteStream in
                if asked.withLock({ count in
                    count += 1
                    return count > 20
                }) {
                    let (client, _) = InMemoryStream.pair()
                    return ScriptedStream([.silence], remote: client.remote, local: client.local)
                }
                return try await inner(deadline)
            },
            budget: ProbeBudget(probeTimeout: .seconds(60))
        )
        let task = Task { await runner.run(SurveyPlanner()) }
        while asked.withLock({ $0 }) < 28 { try? await Task.sleep(for: .milliseconds(5)) }
        task.cancel()
        let (outcome, spending) = await task.value
        #expect(spending.stopped == .cancelled)
        #expect(outcome.versions.contains { !$0.suites.isEmpty })
        #expect(!outcome.isComplete)
    }
}
