import TLSParameters
import TLSWire
import Testing
import Transport

@testable import Probing

/// Which connections a run keeps for requests that others hang on.
@Suite struct HeldConnectionTests {
    /// One line of urgent requests, each asked once the one before is answered, and a pile that nobody waits for.
    private struct LineAndPile: ProbePlanner {
        var line: Int
        var pile: Int
        private var next = 0
        private var outbox: [ProbeRequest] = []
        private var urgent: ProbeRequest.ID?

        init(line: Int, pile: Int) {
            (self.line, self.pile) = (line, pile)
            askOn()
            for _ in 0..<pile { ask(isUrgent: false) }
        }

        private mutating func ask(isUrgent: Bool) {
            let id = ProbeRequest.ID(rawValue: next)
            next += 1
            outbox.append(ProbeRequest(id: id, bytes: [1], goal: .serverHello, isUrgent: isUrgent))
            if isUrgent { urgent = id }
        }

        private mutating func askOn() {
            urgent = nil
            guard line > 0 else { return }
            line -= 1
            ask(isUrgent: true)
        }

        mutating func requests() -> [ProbeRequest] {
            defer { outbox = [] }
            return outbox
        }

        mutating func observe(_ id: ProbeRequest.ID, _ observation: Observation) { if id == urgent { askOn() } }
        var isFinished: Bool { urgent == nil }
        var outcome: Int { line }
        var likelyFollowUps: Int { urgent == nil ? 0 : 1 }
    }

    /// A connection that stands and does nothing.
    private struct StandingStream: ByteStream {
        let remote = SocketEndpoint.unix(path: "peer")
        let local = SocketEndpoint.unix(path: "here")
        func read(deadline: Deadline) async -> ReadOutcome { .end }
        func write(_ bytes: [UInt8], deadline: Deadline) async throws(TransportError) {}
        func closeOutput() async {}
        func close() async {}
        func abort() async {}
    }

    /// A run whose connections stand at once, played by hand.
    private struct Play {
        var run: ProbeRun<LineAndPile>
        /// What is under way, by the number of the request, and when its connection was dialled.
        var sent: [(id: Int, request: ProbeRequest, since: ContinuousClock.Instant)] = []
        var dialled = 0

        init(line: Int, pile: Int, concurrency: Int) {
            let planner = LineAndPile(line: line, pile: pile)
            run = ProbeRun(planner: planner, budget: ProbeBudget(concurrency: concurrency))
            goOn()
        }

        mutating func goOn() {
            for _ in 0..<100 {
                var isStill = true
                for action in run.actions() {
                    switch action {
                    case .dial(let depth):
                        isStill = false
                        dialled += 1
                        run.handle(
                            .connected(ProbeConnection(StandingStream(), connect: .zero), depth: depth, startedAt: .now)
                        )
                    case .exchange(let request, _, let since, _): sent.append((request.id.rawValue, request, since))
                    case .abandon, .wait: break
                    }
                }
                if isStill { return }
            }
        }

        mutating func answer(_ id: Int) throws {
            let index = try #require(sent.firstIndex { $0.id == id })
            let entry = sent.remove(at: index)
            let result = ProbeExchange.Result(
                request: entry.request,
                observation: .alert(Alert(level: .fatal, description: .handshake_failure)),
                bytesReceived: 7
            )
            run.handle(.answered(result, since: entry.since, depth: 2))
            goOn()
        }

        var waiting: [Int] { sent.map(\.id).sorted() }
    }

    @Test func oneIsHeldForTheLine() throws {
        var play = Play(line: 3, pile: 5, concurrency: 4)
        // The line's first, two of the pile, and a connection for what follows.
        #expect(play.waiting == [0, 1, 2])
        #expect(play.dialled == 4)
        let held = try #require(play.run.idle.first).since
        try play.answer(0)
        let second = try #require(play.sent.first { $0.id == 6 })
        #expect(second.since == held)
    }

    /// What nothing is awaited for is not held, or a run that may open no more would end with it in hand.
    @Test func nothingIsHeldBeforeAnythingIsAsked() throws {
        let planner = SurveyPlanner(SurveyConfiguration(versions: [.tls11], aspects: [.groups], seed: 1))
        #expect(planner.likelyFollowUps > 0)
        var run = ProbeRun(planner: planner, budget: ProbeBudget(concurrency: 8, maxConnections: 1))
        #expect(run.actions().count { if case .dial = $0 { true } else { false } } == 1)
        run.handle(.connected(ProbeConnection(StandingStream(), connect: .zero), depth: 0, startedAt: .now))
        #expect(run.actions().contains { if case .exchange = $0 { true } else { false } })
    }

    @Test func nothingIsHeldAfterTheLine() throws {
        var play = Play(line: 1, pile: 5, concurrency: 4)
        try play.answer(0)
        #expect(play.waiting == [1, 2, 3, 4])
    }

    private static func request(_ id: Int, isUrgent: Bool) -> ProbeRequest {
        ProbeRequest(id: ProbeRequest.ID(rawValue: id), bytes: [], goal: .serverHello, isUrgent: isUrgent)
    }

    @Test func whatIsDialledInTimeNeedsNoOtherConnection() {
        let start = ContinuousClock.now
        var held = HeldConnections()
        held.sent(Self.request(0, isUrgent: true), start)
        #expect(held.count(of: 1) == 1)
        held.dialled(start + .milliseconds(40))
        #expect(held.count(of: 1) == 1)
        held.sent(Self.request(1, isUrgent: true), start + .milliseconds(39))
        #expect(held.count(of: 2) == 1)
        held.stands()
        #expect(held.count(of: 2) == 2)
        #expect(held.count(of: 0) == 0)
    }

    @Test func aPeerThatServesInTurnIsAskedInTurn() throws {
        var play = Play(line: 3, pile: 6, concurrency: 4)
        let oldest = try #require(play.run.idle.first).since
        play.run.handle(.woke(isWatch: true))
        play.goOn()
        #expect(play.run.holding.servesInTurn)
        #expect(play.sent.contains { $0.since == oldest })
        #expect(play.run.idle.isEmpty)
    }
}
