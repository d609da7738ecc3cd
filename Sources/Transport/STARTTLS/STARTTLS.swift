/// Brings a stream to the point where TLS may begin.
public enum STARTTLS {
    /// Which dialogue is wanted.
    public enum Choice: Hashable, Sendable {
        /// The one of this protocol.
        case named(STARTTLSProtocol)
        /// The one that the port or the greeting asks for; none on a port that is for TLS at once.
        case auto
    }

    /// A stream on which TLS may begin.
    public struct Outcome: Sendable {
        /// Where TLS goes: the stream itself, or one that puts TLS into the protocol's packets.
        public var stream: any ByteStream
        /// What it took to get there.
        public var account: Account
    }

    /// What was said before TLS.
    public struct Account: Hashable, Sendable {
        /// The protocol; nil where `auto` found a port for TLS at once.
        public var `protocol`: STARTTLSProtocol?
        /// What was said, in order.
        public var transcript: [STARTTLSNegotiation.Utterance] = []
        /// What the peer sent behind its go-ahead, in the clear; at most 1 KiB of it. It's kept from TLS.
        public var surplus: [UInt8] = []
        /// How many bytes that is.
        public var surplusCount = 0
        /// How many times we waited for the peer, the greeting included.
        public var roundTrips = 0
        /// How long it took.
        public var duration = Duration.zero
    }

    /// Ports for TLS at once (IANA's registry), where `auto` has nothing to negotiate.
    private static let implicitPorts: Set<UInt16> = [
        443, 465, 563, 636, 853, 989, 990, 992, 993, 994, 995, 3269, 5061, 5223, 5270, 6679, 6697, 8443,
    ]

    /// Talks with the peer until TLS may begin; nobody waits beyond `deadline`, nor gives up before.
    ///
    /// `host` is the target's name, which XMPP asks for; `port` is the one that was dialled, for `auto`; with `pipelining`
    /// the protocol's ``PipelinedCommand`` goes out behind the request for TLS.
    ///
    /// - Throws: `negotiationRefused`, `busy` or `negotiationFailed`, with the peer's words in ``TransportError/said``;
    ///   `negotiationTimedOut`; or what reading and writing throw. The stream is closed then.
    public static func negotiate(
        _ choice: Choice,
        over stream: any ByteStream,
        host: String,
        port: UInt16?,
        pipelining: Bool = false,
        deadline: Deadline
    ) async throws(TransportError) -> Outcome {
        do throws(TransportError) {
            return try await talk(
                choice,
                over: stream,
                host: host,
                port: port,
                pipelining: pipelining,
                deadline: deadline
            )
        } catch {
            await stream.close()
            throw error
        }
    }

    private static func talk(
        _ choice: Choice,
        over stream: any ByteStream,
        host: String,
        port: UInt16?,
        pipelining: Bool,
        deadline: Deadline
    ) async throws(TransportError) -> Outcome {
        var named: STARTTLSProtocol?
        switch choice {
        case .named(let name):
            named = name
        case .auto:
            if let port, implicitPorts.contains(port) { return Outcome(stream: stream, account: Account()) }
            // A client that has to speak first can't wait for a greeting.
            if let usual = port.flatMap(STARTTLSProtocol.usual), !usual.serverSpeaksFirst { named = usual }
        }
        let start = ContinuousClock.now
        var talk = STARTTLSNegotiation(
            named,
            host: host,
            port: port,
            clientName: clientName(at: stream.local),
            session: (0..<8).map { _ in UInt8.random(in: 0...255) },
            pipelining: pipelining
        )
        let roundTrips = try await talk.machine.run(over: stream, deadline: deadline)
        var account = Account(protocol: talk.protocol, transcript: talk.transcript, roundTrips: roundTrips)
        account.duration = ContinuousClock.now - start
        let framing = talk.machine.framing
        if let framing, type(of: framing).mayBeginAtOnce {
            let framed = FramedStream(wrapping: stream, in: framing, waiting: talk.surplus)
            return Outcome(stream: framed, account: account)
        }
        // No server speaks first in TLS, so what has arrived by now isn't TLS.
        var surplus = talk.surplus
        if case .bytes(let more) = await stream.read(deadline: .after(.zero)) { surplus += more }
        account.surplusCount = surplus.count
        account.surplus = Array(surplus.prefix(1_024))
        return Outcome(
            stream: framing.map { FramedStream(wrapping: stream, in: $0, waiting: []) } ?? stream,
            account: account
        )
    }

    /// An address literal (RFC 5321 §4.1.3): the one name that is surely ours.
    private static func clientName(at local: SocketEndpoint) -> String {
        guard case .ip(let host, _) = local else { return "localhost" }
        let address = host.prefix { $0 != "%" }
        return local.isIPv6 ? "[IPv6:\(address)]" : "[\(address)]"
    }
}
