import Probing
import TLSParameters
import TLSWire
import Testing
import Transport

@Suite struct KeyReuseTests {
    private static let question = KeyReusePlanner.Question(
        kind: "ECDHE",
        version: .tls12,
        suites: [.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256]
    )

    private func verdict(_ values: [UInt8?]) -> KeyReusePlanner.Verdict {
        var planner = KeyReusePlanner([Self.question], serverName: nil, seed: 1)
        let requests = planner.requests()
        #expect(requests.count == 2 && planner.requests().isEmpty)
        for (request, value) in zip(requests, values) {
            guard let value else {
                planner.observe(request.id, .timedOut)
                continue
            }
            let hello = ServerHello(
                legacyVersion: .tls12,
                random: [UInt8](repeating: 1, count: 32),
                cipherSuite: .TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
                extensions: []
            )
            let point = ECDHParameters(curve: .named(.x25519), point: [UInt8](repeating: value, count: 32))
            let exchange = ServerKeyExchange(parameters: .ecdhe(point))
            planner.observe(request.id, .serverHello(hello, FlightParts(keyExchange: exchange)))
        }
        #expect(planner.isFinished)
        return planner.outcome[0]
    }

    @Test func theSameValueTwiceIsReuse() {
        #expect(verdict([7, 7]) == .reused)
        #expect(verdict([7, 8]) == .fresh)
    }

    @Test func oneAnswerTellsNothing() {
        #expect(verdict([7, nil]) == .unknown(reason: "the answer to the hello was: timed-out"))
        #expect(verdict([nil, nil]) == .unknown(reason: "the answer to the hello was: timed-out"))
    }

    @Test func modernHellosBringAShareThatIsTaken() throws {
        let question = KeyReusePlanner.Question(
            kind: "TLS 1.3",
            version: .tls13,
            suites: [.TLS_AES_128_GCM_SHA256],
            groups: [.x25519]
        )
        var planner = KeyReusePlanner([question], serverName: "example.com", seed: 1)
        let hello = try #require(SimulatedServer.hello(planner.requests()[0].bytes))
        let shares = try #require(try hello.extensions?.decode(ClientKeyShares.self))
        #expect(shares.entries.map(\.group) == [.x25519])
    }
}
