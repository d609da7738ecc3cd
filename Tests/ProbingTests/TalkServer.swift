import Probing
import Synchronization
import TLSParameters
import TLSWire
import Transport

/// A raw server on loopback whose manners after its flight a test makes up. One connection at a time, as the checks' own.
final class TalkServer: Sendable {
    /// One connection as the server sees it.
    struct Visit: Sendable {
        let stream: any ByteStream
        /// Counts from 0.
        let number: Int
        let hello: ClientHello

        func send(_ bytes: [UInt8]) async { try? await stream.write(bytes, deadline: .after(.seconds(10))) }

        /// What comes next; nil at the end.
        func receive() async -> [UInt8]? {
            guard case .bytes(let bytes) = await stream.read(deadline: .after(.seconds(10))) else { return nil }
            return bytes
        }

        func alert(_ description: AlertDescription) async {
            await send(Alert(level: .fatal, description: description).record(version: .tls12))
        }

        /// Not a word, until the client leaves.
        func keepSilent() async { while await receive() != nil {} }
    }

    typealias Manner = @Sendable (Visit) async -> Void

    private let listener: Listener
    private let task: Task<Void, Never>
    private let count: Counter

    final class Counter: Sendable {
        private let value = Mutex(0)
        var count: Int { value.withLock { $0 } }
        func next() -> Int {
            value.withLock { value in
                defer { value += 1 }
                return value
            }
        }
    }

    /// A server that reads a hello and then does as `manner` says; nil never takes a connection up.
    init(_ manner: Manner?) async throws {
        let listener = try await Listener.bind(host: "127.0.0.1", port: 0)
        let count = Counter()
        self.listener = listener
        self.count = count
        task = Task {
            for await stream in listener.connections {
                guard let manner else {
                    while case .bytes = await stream.read(deadline: .after(.seconds(10))) {}
                    continue
                }
                let number = count.next()
                var received: [UInt8] = []
                var hello: ClientHello?
                while hello == nil, case .bytes(let bytes) = await stream.read(deadline: .after(.seconds(10))) {
                    received += bytes
                    hello = SimulatedServer.hello(received)
                }
                if let hello { await manner(Visit(stream: stream, number: number, hello: hello)) }
                await stream.close()
            }
        }
    }

    /// Connections that were served.
    var visits: Int { count.count }

    func close() async {
        await listener.close()
        task.cancel()
    }

    var connect: ProbeRunner.Connect {
        let endpoint = listener.endpoint
        return { (deadline: Deadline) async throws(TransportError) -> ProbeConnection in
            let stream = try await Dialer.dial([endpoint], connectTimeout: .seconds(5), deadline: deadline).stream
            return ProbeConnection(stream, connect: .zero)
        }
    }

    /// ServerHello, Certificate, ServerHelloDone.
    static func flight(
        heartbeats: Bool = false,
        sessionID: [UInt8] = [],
        suite: CipherSuite = .TLS_RSA_WITH_AES_128_CBC_SHA
    ) -> [UInt8] {
        let hello = ServerHello(
            legacyVersion: .tls12,
            random: [UInt8](repeating: 7, count: 32),
            sessionID: sessionID,
            cipherSuite: suite,
            extensions: heartbeats ? [Extension(Heartbeat(mode: .peer_allowed_to_send))] : []
        )
        return hello.record(version: .tls12)
            + CertificateMessage(entries: [.init(data: [0x30, 0x00])]).handshakeMessage().records(version: .tls12)
            + HandshakeMessage(type: .server_hello_done, body: []).records(version: .tls12)
    }

    static let offer = ClassicOffer(
        version: .tls12,
        suites: [.TLS_RSA_WITH_AES_128_CBC_SHA],
        serverName: "example.com",
        seed: 4
    )

    /// What a check says of a server with that manner.
    static func verdict(
        _ planner: some TalkPlanner,
        maxConnections: Int = 50,
        _ manner: Manner?
    ) async throws -> (VulnerabilityVerdict, ProbeSpending) {
        let server = try await TalkServer(manner)
        let budget = ProbeBudget(
            maxConnections: maxConnections,
            probeTimeout: .milliseconds(400),
            targetTimeout: .seconds(30),
            firstPause: .milliseconds(20)
        )
        let result = await TalkRunner(connect: server.connect, budget: budget).run(planner)
        await server.close()
        return result
    }
}

extension VulnerabilityVerdict {
    var word: String {
        switch self {
        case .found: "found"
        case .absent: "absent"
        case .undetermined: "undetermined"
        case .notApplicable: "not-applicable"
        }
    }
}
