public import TLSParameters
public import Transport

/// What a survey found: versions, their suites, and whose order decides.
public struct SurveyOutcome: Hashable, Sendable {
    /// Every version that was asked for and that any of the suites asked for belongs to, oldest first.
    public var versions: [VersionOutcome]
    /// Whether anything on the other side speaks TLS.
    public var reachability: Reachability
    /// The leaf certificates (DER) that were seen, each once; ``FoundSuite/leaf`` is an index into them.
    public var leaves: [[UInt8]]
    /// What was asked for besides versions and suites.
    public var details: SurveyDetails
    /// What is to be said of the survey as a whole, such as what was left out, one sentence each.
    public var notes: [String]

    /// An outcome.
    public init(
        versions: [VersionOutcome],
        reachability: Reachability,
        leaves: [[UInt8]] = [],
        details: SurveyDetails = SurveyDetails(),
        notes: [String] = []
    ) {
        self.versions = versions
        self.reachability = reachability
        self.leaves = leaves
        self.details = details
        self.notes = notes
    }

    /// Every verdict stands and every list is whole.
    public var isComplete: Bool { versions.allSatisfy(\.isComplete) }
}

/// What is known of one version.
public struct VersionOutcome: Hashable, Sendable {
    /// Which version.
    public var version: ProtocolVersion
    /// Whether the server speaks it; where only some of its suites were asked for and all were refused, that.
    public var verdict: Verdict
    /// Whose preference decides; nil where it can't be told, as with fewer than two suites.
    public var order: CipherOrder?
    /// The suites that the server chose: in its own order where it has one, otherwise as they were offered.
    public var suites: [FoundSuite]
    /// SSL 2.0's cipher kinds, as the server listed them; empty for every other version.
    public var kinds: [SSL2CipherKind]
    /// The certificate that came with SSL 2.0's kinds, as an index into ``SurveyOutcome/leaves``; nil for every other version,
    /// whose suites have one each.
    public var leaf: Int?
    /// False if there may be more suites than these; ``notes`` say why.
    public var isComplete: Bool
    /// The request whose answer decided the verdict; nil if none did.
    public var evidence: ProbeRequest.ID?
    /// What is odd about the answers, one sentence each, in words of ours.
    public var notes: [String]

    /// An outcome.
    public init(
        version: ProtocolVersion,
        verdict: Verdict,
        order: CipherOrder? = nil,
        suites: [FoundSuite] = [],
        kinds: [SSL2CipherKind] = [],
        isComplete: Bool = true,
        evidence: ProbeRequest.ID? = nil,
        notes: [String] = []
    ) {
        self.version = version
        self.verdict = verdict
        self.order = order
        self.suites = suites
        self.kinds = kinds
        self.isComplete = isComplete
        self.evidence = evidence
        self.notes = notes
    }
}

/// A suite that a server chose, with the key exchange that it came with.
public struct FoundSuite: Hashable, Sendable {
    /// The suite.
    public var suite: CipherSuite
    /// The group: the curve or RFC 7919 group in TLS ≤ 1.2; in TLS 1.3, which chooses it apart from the suite, the one that
    /// was asked for with the first suite, whatever ``evidence`` shows. Nil if there is none, it has no number, or it wasn't
    /// seen.
    public var group: NamedGroup?
    /// Bits of the group's field or modulus; nil where nothing tells.
    public var groupBits: Int?
    /// The name of the prime where it's one that many servers share, such as "RFC 2409 group 2"; the RFC 7919 groups have
    /// numbers instead, see ``group``.
    public var primeName: String?
    /// The certificate that came with it, as an index into ``SurveyOutcome/leaves``; nil if there is none or it wasn't seen,
    /// as in TLS 1.3, where it is encrypted.
    public var leaf: Int?
    /// The request whose answer showed the suite.
    public var evidence: ProbeRequest.ID?

    /// A suite.
    public init(
        suite: CipherSuite,
        group: NamedGroup? = nil,
        groupBits: Int? = nil,
        primeName: String? = nil,
        leaf: Int? = nil,
        evidence: ProbeRequest.ID? = nil
    ) {
        self.suite = suite
        self.group = group
        self.groupBits = groupBits
        self.primeName = primeName
        self.leaf = leaf
        self.evidence = evidence
    }
}

/// Whose preference decides which suite is chosen.
public enum CipherOrder: String, Hashable, Sendable {
    /// The server's.
    case server
    /// The server's, but ChaCha20 goes first for clients that put it first.
    case serverUnlessChaCha = "server-unless-chacha"
    /// The client's.
    case client
}

/// Whether anything on the other side speaks TLS.
public enum Reachability: Hashable, Sendable {
    /// It does: at least one hello or alert was read.
    case tls
    /// Something answered, but not in TLS; its first bytes.
    case notTLS(prefix: [UInt8])
    /// Connections stand, but no hello got an answer before its deadline.
    case silent
    /// Every connection was closed (FIN) without an answer.
    case closed
    /// Every connection was torn down (RST) without an answer.
    case reset
    /// There never was a connection.
    case unreachable(TransportError)
    /// Nothing was asked.
    case notAsked(StopReason)
}
