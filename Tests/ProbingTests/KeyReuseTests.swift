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

    /// The curve's value is compared, and not what ML-KEM encapsulates beside it.
    @Test(arguments: [
        (NamedGroup.X25519MLKEM768, 1_088, 32, false), (.SecP256r1MLKEM768, 1_088, 65, true),
        (.SecP384r1MLKEM1024, 1_568, 97, true),
    ])
    func ofAHybridTheCurveCounts(_ group: NamedGroup, _ sealed: Int, _ point: Int, _ isFirst: Bool) throws {
        func verdict(_ values: [UInt8]) -> KeyReusePlanner.Verdict {
            let question = KeyReusePlanner.Question(
                kind: "a hybrid",
                version: .tls13,
                suites: [.TLS_AES_128_GCM_SHA256],
                groups: [group]
            )
            var planner = KeyReusePlanner([question], serverName: nil, seed: 1)
            for (number, request) in planner.requests().enumerated() {
                let curve = [UInt8](repeating: values[number], count: point)
                let fresh = [UInt8](repeating: UInt8(number), count: sealed)
                let share = KeyShareEntry(group: group, keyExchange: isFirst ? curve + fresh : fresh + curve)
                let hello = ServerHello(
                    legacyVersion: .tls12,
                    random: [UInt8](repeating: 1, count: 32),
                    cipherSuite: .TLS_AES_128_GCM_SHA256,
                    extensions: [
                        Extension(SelectedVersion(version: .tls13)), Extension(ServerKeyShare(entry: share)),
                    ]
                )
                planner.observe(request.id, .serverHello(hello, FlightParts()))
            }
            return planner.outcome[0]
        }
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
