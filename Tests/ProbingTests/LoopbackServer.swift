import Probing
import Synchronization
import TLSParameters
import TLSWire
import Transport

/// A raw server on loopback (or in memory) that answers hellos as a ``SimulatedServer`` does.
final class LoopbackServer: Sendable {
    /// How connections are treated beside what the server answers.
    struct Manner: Sendable {
        /// One connection after the other; the others wait in the backlog.
        var isSerial = false
        /// Connections at once, before further ones are reset.
        var connectionLimit = Int.max
        /// Connections in each second, before further ones are reset or, as SMTP servers do, turned away with words.
        var rateLimit = Int.max
        var turnsAwayPolitely = false
        /// Bytes of an answer are sent one by one.
        var trickles = false
        /// Before each answer.
        var delay = Duration.zero
    }

    let listener: Listener
    private let task: Task<Void, Never>
    private let count = OpenCount()

    init(_ server: SimulatedServer, _ manner: Manner = Manner()) async throws {
        let listener = try await Listener.bind(host: "127.0.0.1", port: 0)
        self.listener = listener
        let relay = Relay()
        task = Task {
            await withDiscardingTaskGroup { group in
                for await stream in listener.connections {
                    guard let owner = relay.owner else { break }
                    if manner.isSerial {
                        await owner.serve(stream, server, manner)
                    } else {
                        group.addTask { await owner.serve(stream, server, manner) }
                    }
                }
            }
        }
        relay.owner = self
    }

    private final class Relay: Sendable {
        private let box = Mutex<LoopbackServer?>(nil)
        var owner: LoopbackServer? {
            get { box.withLock { $0 } }
            set { box.withLock { $0 = newValue } }
        }
    }

    func close() async {
        await listener.close()
        task.cancel()
    }

    /// Connects to the server.
    var dial: ProbeRunner.Dial {
        let endpoint = listener.endpoint
        return { (deadline: Deadline) async throws(TransportError) -> any ByteStream in
            try await Dialer.dial([endpoint], connectTimeout: .seconds(5), deadline: deadline).stream
        }
    }

    private let window = Mutex((start: ContinuousClock.now, count: 0, turnedAway: 0))
    /// Connections above the limit for a second so far.
    var turnedAway: Int { window.withLock { $0.turnedAway } }

    /// Counts a connection into the current second; false if there were too many.
    private func isWithin(_ limit: Int) -> Bool {
        window.withLock { window in
            if window.start.duration(to: .now) >= .seconds(1) { (window.start, window.count) = (.now, 0) }
            window.count += 1
            if window.count > limit { window.turnedAway += 1 }
            return window.count <= limit
        }
    }

    private func serve(_ stream: any ByteStream, _ server: SimulatedServer, _ manner: Manner) async {
        count.begin()
        defer { count.end() }
        let open = count.open
        guard open <= manner.connectionLimit, isWithin(manner.rateLimit) else {
            if manner.turnsAwayPolitely {
                try? await stream.write(Array("421 4.7.0 too many connections\r\n".utf8), deadline: .never)
                _ = await stream.read(deadline: .after(.seconds(5)))
            }
            await stream.abort()
            return
        }
        await Self.converse(stream, server, manner)
    }

    /// Answers one hello and waits for the other side to leave.
    static func converse(_ stream: any ByteStream, _ server: SimulatedServer, _ manner: Manner = Manner()) async {
        var received: [UInt8] = []
        let patience = Deadline.after(.seconds(20))
        while SimulatedServer.hello(received) == nil, SimulatedServer.ssl2Hello(received) == nil {
            guard case .bytes(let bytes) = await stream.read(deadline: patience) else {
                await stream.close()
                return
            }
            received += bytes
        }
        if manner.delay > .zero { try? await Task.sleep(for: manner.delay) }
        let observation = server.answer(received)
        switch observation {
        case .closed: break
        case .reset:
            await stream.abort()
            return
        case .timedOut:
            // Not a word, for as long as the client waits.
            _ = await stream.read(deadline: patience)
        default:
            let bytes = bytes(observation)
            let size = manner.trickles ? 1 : max(1, bytes.count)
            for start in stride(from: 0, to: bytes.count, by: size) {
                try? await stream.write(Array(bytes[start..<min(start + size, bytes.count)]), deadline: patience)
            }
            // A real server waits for the client's next flight.
            if case .alert = observation {} else { _ = await stream.read(deadline: patience) }
        }
        await stream.close()
    }

    /// What a server writes for it to be observed.
    static func bytes(_ observation: Observation) -> [UInt8] {
        switch observation {
        case .serverHello(let hello, let parts):
            var bytes = hello.record(version: .tls12)
            guard hello.selectedVersion <= .tls12 else { return bytes }
            let certificate = CertificateMessage(entries: [.init(data: [0x30, 0x00])])
            bytes += certificate.handshakeMessage().records(version: .tls12)
            if let exchange = parts.keyExchange ?? Self.exchange(hello) {
                bytes += exchange.handshakeMessage().records(version: .tls12)
            }
            return bytes + HandshakeMessage(type: .server_hello_done, body: []).records(version: .tls12)
        case .helloRetryRequest(let hello): return hello.record(version: .tls12)
        case .alert(let alert): return alert.record(version: .tls12)
        case .ssl2ServerHello(let hello): return hello.record().bytes
        case .ssl2Error(let error): return error.record().bytes
        case .pctServerHello: return SSL2Record(data: FlightReaderOddTests.pctHello).bytes
        case .notTLS(let prefix): return prefix
        default: return []
        }
    }

    private static func exchange(_ hello: ServerHello) -> ServerKeyExchange? {
        switch hello.cipherSuite.facts?.keyExchange {
        case .ecdhe, .ecdhePSK:
            ServerKeyExchange(
                parameters: .ecdhe(
                    ECDHParameters(curve: .named(.secp384r1), point: [4] + [UInt8](repeating: 1, count: 96))
                )
            )
        default: nil
        }
    }
}
