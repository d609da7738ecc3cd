import Probing
import TLSParameters
import TLSWire
import Testing
import Transport

@Suite("JARM's planner") struct JARMPlannerTests {
    static let hello = ServerHello(
        legacyVersion: .tls12,
        random: [UInt8](repeating: 1, count: 32),
        cipherSuite: .TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        extensions: nil
    )
    static let choice = Observation.serverHello(hello, FlightParts())
    static let refusal = Observation.alert(Alert(level: .fatal, description: .handshake_failure))
    static func cut(_ ending: FlightEnding) -> Observation {
        .cutOff(ending, WireError(offset: 9, kind: .truncated(needed: 1), field: "a hello"), prefix: [0x16])
    }

    /// Answers request after request with `answer`, which gets the probe's number and whether it is asked again.
    static func run(_ answer: (Int, Bool) -> Observation) -> (outcome: JARMOutcome, requests: [ProbeRequest]) {
        var planner = JARMPlanner(serverName: "a.example", seed: 1)
        var all: [ProbeRequest] = []
        let first = planner.requests()
        var round = first
        while !round.isEmpty, all.count < 100 {
            all += round
            // In an order that isn't that of asking.
            for request in round.reversed() {
                let probe = first.firstIndex { $0.bytes == request.bytes } ?? -1
                planner.observe(request.id, answer(probe, request.id.rawValue >= first.count))
            }
            round = planner.requests()
        }
        #expect(planner.isFinished)
        return (planner.outcome, all)
    }

    static func fingerprint(_ chosen: Set<Int>) -> JARMOutcome {
        .fingerprint(JARM.fingerprint(of: (0..<10).map { chosen.contains($0) ? .serverHello(hello) : .empty }))
    }

    @Test func asksTenSideBySideWithNumbersFromZero() {
        let (outcome, requests) = Self.run { probe, _ in probe < 5 ? Self.choice : Self.refusal }
        #expect(outcome == Self.fingerprint([0, 1, 2, 3, 4]))
        #expect(requests.map(\.id.rawValue) == Array(0..<10))
        #expect(requests.allSatisfy { $0.goal == .firstMessage && !$0.runsAlone })
    }

    @Test func aHelloRetryRequestIsAServerHello() {
        var retry = Self.hello
        retry.random = ServerHello.helloRetryRequestRandom
        let (outcome, _) = Self.run { probe, _ in probe == 7 ? .helloRetryRequest(retry) : Self.refusal }
        #expect(outcome == Self.fingerprint([7]))
    }

    @Test func refusalsOfAllAreZeros() {
        #expect(Self.run { _, _ in Self.refusal }.outcome == .fingerprint(JARM.emptyFingerprint))
    }

    @Test(arguments: [Observation.closed, .reset, .timedOut, cut(.closed)]) func whatIsntAnsweredIsAskedAgainAlone(
        _ observation: Observation
    ) {
        let (outcome, requests) = Self.run { probe, again in again || probe != 3 ? Self.choice : observation }
        #expect(outcome == Self.fingerprint(Set(0..<10)))
        #expect(requests.count == 11 && requests[10].runsAlone && requests[10].bytes == requests[3].bytes)
    }

    @Test(arguments: [Observation.closed, .reset, cut(.reset)]) func aServerThatHangsUpTwiceHasAnswered(
        _ observation: Observation
    ) {
        let (outcome, _) = Self.run { probe, _ in probe != 3 ? Self.choice : observation }
        #expect(outcome == Self.fingerprint(Set(0..<10).subtracting([3])))
    }

    static let doubts: [Observation] = [
        .timedOut, .unreachable(TransportError(.refused, detail: "refused")), .notAsked(.deadline),
        cut(.timedOut),
    ]

    @Test(arguments: doubts) func oneUnknownAnswerMakesItInconclusive(_ observation: Observation) {
        let (outcome, _) = Self.run { probe, _ in probe != 3 ? Self.choice : observation }
        guard case .inconclusive = outcome else {
            Issue.record("\(outcome)")
            return
        }
    }

    @Test(arguments: [Observation.closed, .timedOut, .notTLS(prefix: [0x48])]) func withoutTLSThereIsNoFingerprint(
        _ observation: Observation
    ) {
        let (outcome, requests) = Self.run { _, _ in observation }
        #expect(outcome == .inconclusive(reason: "no probe was answered with TLS"))
        // A silent server costs one probe's timeout.
        #expect(requests.count == 10)
    }

    @Test func anUnfinishedRunIsInconclusive() {
        var planner = JARMPlanner(serverName: nil)
        #expect(!planner.isFinished)
        for request in planner.requests().dropLast() { planner.observe(request.id, Self.choice) }
        #expect(!planner.isFinished)
        #expect(planner.outcome == .inconclusive(reason: "not all ten probes were asked"))
        // Neither a stranger's id nor a second answer counts.
        planner.observe(ProbeRequest.ID(rawValue: 99), Self.choice)
        #expect(!planner.isFinished)
    }

    @Test func aWarningIsAnAnswerToItself() {
        let warning = Alert(level: .warning, description: .unrecognized_name)
        var reader = FlightReader(goal: .firstMessage)
        let bytes = warning.record(version: .tls12) + Self.hello.record(version: .tls12)
        #expect(reader.append(bytes) == .alert(warning))
        var plain = FlightReader(goal: .firstMessage)
        #expect(plain.append(Self.hello.record(version: .tls12)) == Self.choice)
    }
}
