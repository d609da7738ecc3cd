import Probing
import Synchronization
import TLSParameters
import TLSWire
import Testing
import Transport

/// Asks some requests side by side and keeps what came of each.
struct FlatPlanner: ProbePlanner {
    private(set) var outcome: [ProbeRequest.ID: Observation] = [:]
    private var waiting: [ProbeRequest]
    private let count: Int

    init(_ requests: [ProbeRequest]) {
        waiting = requests
        count = requests.count
    }

    /// `count` hellos of TLS 1.2.
    init(hellos count: Int, goal: FlightReader.Goal = .keyExchange) {
        self.init(
            (0..<count).map { number in
                ProbeRequest(id: .init(rawValue: number), bytes: Self.hello, goal: goal)
            }
        )
    }

    static let hello = ClientHelloTemplate(
        versions: [.tls12],
        cipherSuites: [.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256],
        serverName: "localhost"
    ).record(random: [UInt8](repeating: 3, count: 32))

    mutating func requests() -> [ProbeRequest] {
        defer { waiting = [] }
        return waiting
    }

    mutating func observe(_ id: ProbeRequest.ID, _ observation: Observation) { outcome[id] = observation }
    var isFinished: Bool { outcome.count == count }
    var progress: String { "\(outcome.count) of \(count)" }
}

/// Servers on real sockets that do odd things.
@Suite struct LoopbackServerOddTests {
    /// Listens, and does `behaviour` with every connection.
    static func withServer<Result>(
        _ behaviour: @escaping @Sendable (any ByteStream) async -> Void,
        _ body: (@escaping ProbeRunner.Dial) async -> Result
    ) async throws -> Result {
        let listener = try await Listener.bind(host: "127.0.0.1", port: 0)
        let endpoint = listener.endpoint
        let task = Task {
            await withDiscardingTaskGroup { group in
                for await stream in listener.connections { group.addTask { await behaviour(stream) } }
            }
        }
        let result = await body { (deadline: Deadline) async throws(TransportError) -> any ByteStream in
            try await Dialer.dial([endpoint], connectTimeout: .seconds(5), deadline: deadline).stream
        }
        await listener.close()
        task.cancel()
        return result
    }

    /// What one hello to such a server comes to.
    static func ask(
        goal: FlightReader.Goal = .keyExchange,
        budget: ProbeBudget = ProbeBudget(probeTimeout: .seconds(10)),
        _ behaviour: @escaping @Sendable (any ByteStream) async -> Void
    ) async throws -> Observation? {
        try await withServer(behaviour) { dial in
            await ProbeRunner(dial: dial, budget: budget).run(FlatPlanner(hellos: 1, goal: goal)).0.values.first
        }
    }

    /// Reads the hello, answers, and waits for the other side to leave.
    static func answering(_ bytes: [UInt8]) -> @Sendable (any ByteStream) async -> Void {
        { stream in
            _ = await stream.read(deadline: .after(.seconds(20)))
            try? await stream.write(bytes, deadline: .after(.seconds(20)))
            _ = await stream.read(deadline: .after(.seconds(20)))
            await stream.close()
        }
    }

    @Test func acceptsAndSaysNothing() async throws {
        let answer = try await Self.ask(budget: ProbeBudget(probeTimeout: .milliseconds(200))) { stream in
            _ = await stream.read(deadline: .after(.seconds(20)))
            _ = await stream.read(deadline: .after(.seconds(20)))
        }
        #expect(answer == .timedOut)
    }

    /// A byte now and then doesn't stretch the deadline: it would take ten minutes to send the flight.
    @Test(.timeLimit(.minutes(2))) func trickle() async throws {
        let answer = try await Self.ask(budget: ProbeBudget(probeTimeout: .seconds(1))) { stream in
            for byte in FlightReaderTests.flight {
                guard (try? await stream.write([byte], deadline: .after(.seconds(5)))) != nil else { return }
                try? await Task.sleep(for: .milliseconds(100))
                if Task.isCancelled { return }
            }
        }
        #expect(answer?.id == "cut-off-timed-out")
    }

    @Test func closesAndResets() async throws {
        let closed = try await Self.ask { stream in
            _ = await stream.read(deadline: .after(.seconds(20)))
            await stream.close()
        }
        #expect(closed == .closed)
        let reset = try await Self.ask { stream in
            _ = await stream.read(deadline: .after(.seconds(20)))
            await stream.abort()
        }
        #expect(reset == .reset)
    }

    @Test func largeFlight() async throws {
        let large = CertificateMessage(entries: [.init(data: [UInt8](repeating: 0x30, count: 300 << 10))])
        let flight =
            FlightReaderTests.hello12.record(version: .tls12)
            + large.handshakeMessage().records(version: .tls12)
            + FlightReaderTests.exchange.handshakeMessage().records(version: .tls12)
        guard case .serverHello(_, let parts) = try await Self.ask(Self.answering(flight)) else {
            Issue.record("no ServerHello")
            return
        }
        #expect(parts.certificates.first?.count == 300 << 10)
        #expect(parts.keyExchange == FlightReaderTests.exchange)
    }

    @Test(arguments: [
        ("HTTP/1.1 400 Bad Request\r\n\r\n", "http"), ("421 too many connections\r\n", "busy"),
        ("220 mail.example ESMTP\r\n", "smtp"), ("\u{1}\u{2}\u{3}\u{4}", "binary"),
    ]) func otherProtocols(_ text: String, _ id: String) async throws {
        // The last is no line and never gets longer: nobody waits the probe's whole time for that.
        let answer = try await Self.ask(
            budget: ProbeBudget(probeTimeout: .seconds(60)),
            Self.answering(Array(text.utf8))
        )
        #expect(answer?.id == id)
    }

    @Test func ssl2Answers() async throws {
        let hello = FlightReaderOddTests.ssl2Hello
        #expect(try await Self.ask(Self.answering(hello.record().bytes)) == .ssl2ServerHello(hello))
    }

    /// The hello arrives in two segments, and whole.
    @Test func splitDelivery() async throws {
        let received = Mutex<[[UInt8]]>([])
        let request = ProbeRequest(
            id: .init(rawValue: 0),
            bytes: FlatPlanner.hello,
            goal: .serverHello,
            delivery: .split(after: 60, pause: .milliseconds(300))
        )
        let answer = try await Self.withServer { stream in
            var count = 0
            while count < FlatPlanner.hello.count {
                guard case .bytes(let bytes) = await stream.read(deadline: .after(.seconds(20))) else { return }
                received.withLock { $0.append(bytes) }
                count += bytes.count
            }
            try? await stream.write(FlightReaderTests.flight, deadline: .after(.seconds(20)))
            _ = await stream.read(deadline: .after(.seconds(20)))
        } _: { dial in
            await ProbeRunner(dial: dial).run(FlatPlanner([request])).0.values.first
        }
        #expect(answer?.id == "server-hello")
        let pieces = received.withLock { $0 }
        #expect(pieces.first?.count == 60)
        #expect(pieces.flatMap { $0 } == FlatPlanner.hello)
    }

    @Test func evidenceAndProgress() async throws {
        let reports = Mutex<[ProbeProgress]>([])
        let budget = ProbeBudget(concurrency: 4, keepsEvidence: true)
        let (outcome, spending) = try await Self.withServer(Self.answering(FlightReaderTests.flight)) { dial in
            await ProbeRunner(dial: dial, budget: budget).run(FlatPlanner(hellos: 20)) { progress in
                reports.withLock { $0.append(progress) }
            }
        }
        #expect(outcome.count == 20)
        #expect(spending.evidence.count == 20)
        #expect(Set(spending.evidence.map(\.id)) == Set(outcome.keys))
        for evidence in spending.evidence {
            #expect(evidence.sent == Array(FlatPlanner.hello.prefix(ProbeEvidence.limit)))
            #expect(evidence.sentCount == FlatPlanner.hello.count)
            #expect(evidence.received == Array(FlightReaderTests.flight.prefix(ProbeEvidence.limit)))
            #expect(evidence.receivedCount == FlightReaderTests.flight.count)
            #expect(evidence.observation == "server-hello")
        }
        #expect(spending.mostAtOnce <= 4)
        #expect(spending.bytesSent == 20 * FlatPlanner.hello.count)
        let last = try #require(reports.withLock { $0.last })
        #expect(last.connections == 20 && last.answered == 20 && last.open == 0)
        #expect(last.activity == "20 of 20")
    }

    /// No faster than the budget allows; and each connection on its own if that is what it says.
    @Test func rateAndConcurrencyAreKept() async throws {
        let starts = Mutex<[ContinuousClock.Instant]>([])
        let budget = ProbeBudget(concurrency: 1, rate: 50)
        let (_, spending) = try await Self.withServer(Self.answering(FlightReaderTests.flight)) { dial in
            let counting: ProbeRunner.Dial = { deadline throws(TransportError) in
                starts.withLock { $0.append(.now) }
                return try await dial(deadline)
            }
            return await ProbeRunner(dial: counting, budget: budget).run(FlatPlanner(hellos: 10))
        }
        #expect(spending.connections == 10)
        #expect(spending.mostAtOnce == 1)
        let times = starts.withLock { $0 }
        if let first = times.first, let last = times.last {
            #expect(first.duration(to: last) >= .milliseconds(9 * 20 - 20))
        }
    }
}
