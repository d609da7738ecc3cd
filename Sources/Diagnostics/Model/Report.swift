public import SecureChannel

/// What one verb found out about one target: the one value that every output format is made from.
///
/// `docs/schema/sechan-1.schema.json` is its contract. Within `sechan/1` keys are only ever added.
public struct Report<Outcome: Codable & Sendable>: Codable, Sendable {
    /// The schema's name and major version.
    public var schema = "sechan/1"
    /// The program that wrote the report.
    public var tool: Tool
    /// The verb that ran.
    public var verb: Verb
    /// Whom it ran against; nil where a verb has no peer, such as `ciphers` alone.
    @Nullable public var target: TargetSummary?
    /// When the run began: UTC, ISO 8601, whole seconds.
    public var startedAt: String
    /// How it ended.
    public var status: RunStatus
    /// How the run itself ended, where ``status`` says what came of a policy, of expectations, of `--fail-on`, of an older report,
    /// or of `--exit-zero`; nil where that is the run's own.
    @Nullable public var ownStatus: RunStatus?
    /// The verb's own facts; nil when nothing could be learnt.
    @Nullable public var result: Outcome?
    /// What the target's owner should know, worst first.
    public var findings: [Finding]
    /// The legs of the lifecycle in the order in which they happened.
    public var events: [Leg]
    /// What it cost.
    public var spent: Spending

    /// A report from its parts.
    public init(
        tool: Tool,
        verb: Verb,
        target: TargetSummary?,
        startedAt: String,
        status: RunStatus,
        result: Outcome?,
        findings: [Finding] = [],
        events: [Leg] = [],
        spent: Spending = Spending()
    ) {
        self.tool = tool
        self.verb = verb
        self.target = target
        self.startedAt = startedAt
        self.status = status
        self.result = result
        self.findings = findings.sorted { $0.severity > $1.severity }
        self.events = events
        self.spent = spent
    }
}

/// The six verbs.
public enum Verb: String, Codable, Sendable, CaseIterable {
    /// A full session with a peer.
    case connect
    /// The other end of one.
    case serve
    /// Everything worth knowing of a server or a certificate.
    case inspect
    /// Renegotiation, key update, resumption.
    case renegotiate
    /// How a connection ends.
    case shutdown
    /// Suites and strengths, here and there.
    case ciphers
}

/// The program that wrote a report.
public struct Tool: Codable, Hashable, Sendable {
    /// Always `sechan`.
    public var name: String
    /// This program's version.
    public var version: String
    /// The libssl it ran with, in that library's own words.
    public var libssl: String

    /// A tool's description.
    public init(name: String, version: String, libssl: String) {
        self.name = name
        self.version = version
        self.libssl = libssl
    }
}

/// Whom a verb ran against.
public struct TargetSummary: Codable, Hashable, Sendable {
    /// The target as the user wrote it.
    public var input: String
    /// The host's name or address; nil for a file or a UNIX-domain socket.
    @Nullable public var host: String?
    /// The address that was used in the end; nil if none was reached, or a proxy chose it.
    @Nullable public var address: String?
    /// The TCP port; nil for a file or a UNIX-domain socket.
    @Nullable public var port: Int?
    /// The server name that was sent; nil if none was.
    @Nullable public var sni: String?
    /// The protocol whose STARTTLS went before, `auto` if it was still to be found out; nil for none.
    @Nullable public var starttls: String?
    /// The proxy it went through, without credentials, such as `http://192.0.2.9:3128`; nil for none.
    @Nullable public var via: String?

    /// A summary of a target.
    public init(
        input: String,
        host: String?,
        address: String?,
        port: Int?,
        sni: String?,
        starttls: String? = nil,
        via: String? = nil
    ) {
        self.input = input
        self.host = host
        self.address = address
        self.port = port
        self.sni = sni
        self.starttls = starttls
        self.via = via
    }
}

/// What a run cost the peer and the network.
public struct Spending: Codable, Hashable, Sendable {
    /// TCP or UNIX-domain connections opened.
    public var connections: Int
    /// Bytes written to them.
    public var bytesSent: Int
    /// Bytes read from them.
    public var bytesReceived: Int
    /// Network round trips waited for: TCP's own included, in the longest chain of dependent connections.
    public var roundTrips: Int
    /// Wall time, in seconds.
    public var seconds: Double
    /// Why a survey went more slowly than it might: `throttled`, `crowded`, `local-resources`; empty for other verbs.
    public var slowdowns: [String]
    /// How many connections there had been when it first slowed down; nil if it never did.
    @Nullable public var slowedAfter: Int?
    /// Connections a second that it kept to because the peer takes no more; nil if it never had to.
    @Nullable public var rate: Double?

    /// A sum of costs; nothing by default.
    public init(
        connections: Int = 0,
        bytesSent: Int = 0,
        bytesReceived: Int = 0,
        roundTrips: Int = 0,
        seconds: Double = 0,
        slowdowns: [String] = [],
        slowedAfter: Int? = nil,
        rate: Double? = nil
    ) {
        self.connections = connections
        self.bytesSent = bytesSent
        self.bytesReceived = bytesReceived
        self.roundTrips = roundTrips
        self.seconds = seconds
        self.slowdowns = slowdowns
        self.slowedAfter = slowedAfter
        self.rate = rate
    }
}

extension Report {
    /// The same report, but ended by a signal: what was known stays, the status says why there isn't more.
    public func interrupted(by signal: Int32?) -> Report {
        guard let signal else { return self }
        var report = self
        report.status = RunStatus(
            exit: .interrupted(signal: signal),
            kind: "interrupted",
            reason: "interrupted by signal \(signal); this is what was known by then"
        )
        return report
    }
}
