public import TLSParameters
import Transport

/// How a connection was made: every address that was tried.
public struct DialSummary: Codable, Sendable, Hashable {
    /// One attempt at one address.
    public struct Attempt: Codable, Sendable, Hashable {
        /// The address and port, such as `192.0.2.1:443`.
        public var address: String
        /// `connected`, or why not: `refused`, `timeout`, …
        public var outcome: String
        /// How long it took, in seconds.
        public var seconds: Double
    }

    /// What was said before TLS could begin.
    public struct Negotiation: Codable, Sendable, Hashable {
        /// Something that one side said.
        public struct Line: Codable, Sendable, Hashable {
            /// Who said it: `client` or `server`.
            public var from: String
            /// A line without its end, or a message.
            public var text: PeerText
        }

        /// The protocol that it was said in, such as `smtp`.
        public var `protocol`: String
        /// How long it took, in seconds.
        public var seconds: Double
        /// How many times we waited for the server.
        public var roundTrips: Int
        /// Everything that was said, in order.
        public var transcript: [Line]
    }

    /// The attempts, in order; with a proxy, those to reach the proxy.
    public var attempts: [Attempt]
    /// How long it took to find the addresses, in seconds.
    public var resolutionSeconds: Double
    /// How long it took to connect to the one that answered, in seconds.
    public var connectSeconds: Double
    /// How long the proxy took to reach the target, in seconds; nil without a proxy.
    @Nullable public var proxySeconds: Double?
    /// Our own address and port, such as `192.0.2.9:40122`.
    public var local: String
    /// Whether the connection stays within this machine (Schannel's `IS_LOOPBACK`).
    public var isLoopback: Bool
    /// The STARTTLS dialogue; nil where there was none.
    @Nullable public var starttls: Negotiation?

    init(_ report: DialReport, _ negotiated: STARTTLS.Account?) {
        attempts = report.attempts.map { attempt in
            let outcome =
                switch attempt.outcome {
                case .connected: "connected"
                case .failed(let error): error.kind.statusKind
                }
            return Attempt(address: "\(attempt.endpoint)", outcome: outcome, seconds: attempt.duration.seconds)
        }
        resolutionSeconds = report.resolution.seconds
        connectSeconds = report.connect.seconds
        proxySeconds = report.tunnel?.seconds
        local = "\(report.stream.local)"
        isLoopback = report.stream.remote.isLoopback
        starttls = negotiated.flatMap(Negotiation.init)
    }
}

extension DialSummary.Negotiation {
    /// Nil where `auto` found nothing to negotiate.
    fileprivate init?(_ account: STARTTLS.Account) {
        guard let name = account.protocol else { return nil }
        self.protocol = name.rawValue
        seconds = account.duration.seconds
        roundTrips = account.roundTrips
        transcript = account.transcript.map { utterance in
            var bytes = utterance.bytes[...]
            if bytes.last == 0x0a { bytes = bytes.dropLast(bytes.dropLast().last == 0x0d ? 2 : 1) }
            return Line(from: utterance.isOurs ? "client" : "server", text: PeerText(bytes: bytes))
        }
    }
}
