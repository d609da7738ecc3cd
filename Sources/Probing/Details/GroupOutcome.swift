public import TLSParameters

/// The groups that a server takes for a key exchange.
public struct GroupsOutcome: Hashable, Sendable {
    /// The version and, for TLS ≤ 1.2, the kind of suites that the groups were asked for.
    public var version: ProtocolVersion
    /// The suites' key exchange and authentication, such as `ECDHE RSA`; nil in TLS 1.3, where groups don't depend on suites.
    public var family: String?
    /// What is known of each group that was asked for: those that are supported first, in the server's order where it has one.
    public var groups: [GroupOutcome]
    /// Whose preference decides; nil where it can't be told.
    public var order: CipherOrder?
    /// False if a group may be missing; `notes` say why.
    public var isComplete: Bool
    /// What is odd about the answers, one sentence each, in words of ours.
    public var notes: [String]

    /// An outcome.
    public init(
        version: ProtocolVersion,
        family: String? = nil,
        groups: [GroupOutcome] = [],
        order: CipherOrder? = nil,
        isComplete: Bool = true,
        notes: [String] = []
    ) {
        self.version = version
        self.family = family
        self.groups = groups
        self.order = order
        self.isComplete = isComplete
        self.notes = notes
    }
}

/// What is known of one group.
public struct GroupOutcome: Hashable, Sendable {
    /// The group.
    public var group: NamedGroup
    /// Supported when it's offered.
    public var verdict: Verdict
    /// Chosen when shares for it and for others are there: false for a group that a server supports and never prefers; nil
    /// where it was not asked.
    public var isPreferred: Bool?
    /// The request whose answer decided.
    public var evidence: ProbeRequest.ID?

    /// An outcome.
    public init(group: NamedGroup, verdict: Verdict, isPreferred: Bool? = nil, evidence: ProbeRequest.ID? = nil) {
        self.group = group
        self.verdict = verdict
        self.isPreferred = isPreferred
        self.evidence = evidence
    }
}
