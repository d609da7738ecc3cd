/// What a run has cost, and what it saw on the way.
public struct ProbeSpending: Hashable, Sendable {
    /// Connections opened or tried.
    public var connections = 0
    /// Bytes of hellos.
    public var bytesSent = 0
    /// Bytes of answers that were read.
    public var bytesReceived = 0
    /// The longest chain of round trips that had to wait for each other: connecting is one, an answer is another.
    public var roundTrips = 0
    /// Wall time.
    public var seconds = 0.0
    /// Why the run slowed down: refusals after successes, a peer that answers few connections at once, our own limits.
    public var slowdowns: [Slowdown] = []
    /// Why it ended early; nil if it didn't.
    public var stopped: StopReason?
    /// The first bytes both ways of every probe, in the order in which they ended, up to ``evidenceLimit`` probes.
    public var evidence: [ProbeEvidence] = []

    /// Probes whose bytes are kept.
    public static let evidenceLimit = 4_096

    /// Nothing spent yet.
    public init() {}
}

/// Why a run slowed down.
public enum Slowdown: String, Hashable, Sendable, Codable, CaseIterable {
    /// The peer refused or dropped connections after it had taken others.
    case throttled
    /// The peer left a connection without an answer while others were open, and answered once it was alone.
    case crowded
    /// This machine ran out of descriptors, ports or memory.
    case localResources = "local-resources"

    /// In words for a report.
    public var text: String {
        switch self {
        case .throttled: "the server stopped taking connections after some; slowed down"
        case .crowded: "the server doesn't answer as many connections at once as were opened; slowed down"
        case .localResources: "this machine ran out of sockets; slowed down"
        }
    }
}

/// The first bytes of a probe's hello and of its answer.
public struct ProbeEvidence: Hashable, Sendable {
    /// Which probe.
    public var id: ProbeRequest.ID
    /// What it was to find out.
    public var purpose: String
    /// The first bytes sent.
    public var sent: [UInt8]
    /// The first bytes received.
    public var received: [UInt8]
    /// What they were taken for (``Observation/id``).
    public var observation: String

    /// Bytes kept in each direction.
    public static let byteLimit = 128

    /// Evidence; bytes past ``byteLimit`` are dropped.
    public init(id: ProbeRequest.ID, purpose: String, sent: [UInt8], received: [UInt8], observation: String) {
        self.id = id
        self.purpose = purpose
        self.sent = Array(sent.prefix(Self.byteLimit))
        self.received = Array(received.prefix(Self.byteLimit))
        self.observation = observation
    }
}
