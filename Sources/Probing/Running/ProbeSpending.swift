/// What a run has cost, and what it saw on the way.
public struct ProbeSpending: Hashable, Sendable {
    /// Connections opened or tried.
    public var connections = 0
    /// Bytes of hellos.
    public var bytesSent = 0
    /// Bytes of answers that were read.
    public var bytesReceived = 0
    /// The longest chain of round trips that had to wait for each other: TCP's handshake is one, each step of a
    /// dialogue before TLS another, an answer another.
    public var roundTrips = 0
    /// Wall time.
    public var seconds = 0.0
    /// The most connections that were open or being opened at once.
    public var mostAtOnce = 0
    /// Why the run slowed down: refusals after successes, a peer that answers few connections at once, our own limits.
    public var slowdowns: [Slowdown] = []
    /// How many connections had been made when the run first slowed down; nil if it never did.
    public var slowedAfter: Int?
    /// Connections a second that the run kept to after the peer had shown that it allows no more; nil if it never did.
    public var rate: Double?
    /// What went over the wire, a record for each request that was sent, in the order in which they ended; empty unless
    /// ``ProbeBudget/keepsEvidence``. At most ``ProbeEvidence/limit`` bytes of each direction and request.
    public var evidence: [ProbeEvidence] = []
    /// Why it ended early; nil if it didn't.
    public var stopped: StopReason?

    /// Nothing spent yet.
    public init() {}
}

/// Why a run slowed down.
public enum Slowdown: String, Hashable, Sendable {
    /// The peer refused or dropped connections after it had taken others.
    case throttled
    /// The peer left a connection without an answer while others were open, and answered once it was alone.
    case crowded
    /// This machine ran out of descriptors, ports or memory.
    case localResources = "local-resources"
}
