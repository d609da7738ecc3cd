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

    /// A report on `stream`.
    public init(stream: any ByteStream, attempts: [DialAttempt], resolution: Duration = .zero, connect: Duration) {
        self.stream = stream
        self.attempts = attempts
        self.resolution = resolution
        self.connect = connect
    }
}

/// Opens connections.
public enum Dialer {
    /// The most addresses of one name that are used.
    public static let addressLimit = 16

    /// The addresses of `host`, at most ``addressLimit``, in the order the system prefers.
    ///
    /// An address literal (`192.0.2.1`, `2001:db8::1`, `[2001:db8::1]`) resolves to itself at once. A slow resolver is left
    /// behind when the deadline passes. Throws `dns` (no such name, no address of that family), `timedOut`, `cancelled` or
    /// `localResources`.
    public static func resolve(
        host: String,
        port: UInt16,
        family: AddressFamily = .any,
        deadline: Deadline
    ) async throws(TransportError) -> [SocketEndpoint] {
        throw TransportError(.other, detail: "not available yet")
    }

    /// Tries the endpoints one after the other until one connects.
    ///
    /// Each gets at most `connectTimeout`, all together end at `deadline`. When none connects, the error thrown is a
    /// ``DialFailure``'s summary; use ``attempt(_:connectTimeout:deadline:)`` to see every attempt.
    public static func dial(
        _ endpoints: [SocketEndpoint],
        connectTimeout: Duration,
        deadline: Deadline
    ) async throws(TransportError) -> DialReport {
        throw TransportError(.other, detail: "not available yet")
    }
}
