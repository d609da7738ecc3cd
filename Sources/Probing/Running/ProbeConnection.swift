public import Transport

/// A connection for one probe, and what it took to get it.
public struct ProbeConnection: Sendable {
    /// Where the hello goes.
    public var stream: any ByteStream
    /// What TCP took for its handshake. How long dialogues with a proxy or before TLS took says nothing of the network.
    public var connect: Duration
    /// How many times the peer was waited for: once for TCP, and for each step of a dialogue.
    public var roundTrips: Int

    /// A connection and what it took.
    public init(_ stream: any ByteStream, connect: Duration, roundTrips: Int = 1) {
        self.stream = stream
        self.connect = connect
        self.roundTrips = roundTrips
    }
}
