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

    /// The attempts, in order.
    public var attempts: [Attempt]
    /// How long it took to find the addresses, in seconds.
    public var resolutionSeconds: Double
    /// How long it took to connect to the one that answered, in seconds.
    public var connectSeconds: Double

    init(_ report: DialReport) {
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
    }
}
