/// One attempt to reach one address.
public struct DialAttempt: Hashable, Sendable {
    /// The address that was tried.
    public var endpoint: SocketEndpoint
    /// What came of it.
    public var outcome: Outcome
    /// How long it took.
    public var duration: Duration

    /// An attempt and what came of it.
    public init(endpoint: SocketEndpoint, outcome: Outcome, duration: Duration) {
        self.endpoint = endpoint
        self.outcome = outcome
        self.duration = duration
    }

    /// What came of an attempt.
    public enum Outcome: Hashable, Sendable {
        /// The connection stands.
        case connected
        /// It doesn't, for this reason.
        case failed(TransportError)
    }
}

/// A connection and how it came about.
public struct DialReport: Sendable {
    /// The connection.
    public var stream: any ByteStream
    /// Every address tried, in order; the last one connected.
    public var attempts: [DialAttempt]
    /// Time spent on the name; zero where there was nothing to resolve.
    public var resolution: Duration
    /// Time spent connecting, failed attempts included.
    public var connect: Duration
    /// Time the proxy took to reach the target; nil without one.
    public var tunnel: Duration?
    /// How many times the peer was waited for: once for TCP, and for whatever was said since.
    public var roundTrips = 1

    /// A report on `stream`.
    public init(stream: any ByteStream, attempts: [DialAttempt], resolution: Duration = .zero, connect: Duration) {
        self.stream = stream
        self.attempts = attempts
        self.resolution = resolution
        self.connect = connect
    }
}
