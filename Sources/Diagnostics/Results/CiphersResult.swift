public import TLSParameters

/// What `ciphers TARGET` found out: the versions and suites that a server speaks.
public struct CiphersResult: Codable, Sendable, Hashable {
    /// A verdict for each version that was asked for, oldest first.
    public var versions: [VersionSupport]
    /// What is to be said of the survey as a whole, such as the versions left out because no suite asked for belongs to
    /// them; one sentence each.
    public var notes: [String]
    /// False if filters left out suites, so that what isn't listed need not be missing.
    public var everySuite = true
    /// What was asked for besides versions and suites: `groups`, `signatures`, `extensions`, `tolerance`, `fingerprints`.
    public var aspects: [String] = []
    /// The server's certificates that were seen, each once; a suite's ``SuiteSupport/certificate`` is an index into them.
    public var certificates: [LeafSummary] = []
    /// What is known of each group, list after list; see ``groupLists``.
    public var groups: [GroupSupport] = []
    /// One entry for TLS 1.3 and one for each kind of (EC)DHE suites of an older version that groups were asked for in.
    public var groupLists: [SupportList] = []
    /// What is known of each signature scheme, list after list; see ``signatureLists``.
    public var signatureSchemes: [SchemeSupport] = []
    /// One entry for each version that schemes were asked for in.
    public var signatureLists: [SupportList] = []
    /// The application protocols (ALPN) that the server takes, in its order.
    public var applicationProtocols: [PeerText] = []
    /// Why it may take others too; nil if it doesn't, or they were not asked for.
    @Nullable public var applicationProtocolDoubt: String?
    /// Extensions, tolerance of odd hellos, and downgrades, one fact each.
    public var features: [FeatureSupport] = []
    /// JARM and JA3S; nil if they were not asked for.
    @Nullable public var fingerprints: ServerFingerprints?
    /// How the suites compare with those that are allowed; nil if no list of them was given.
    @Nullable public var expectation: ExpectationResult?
    /// What went over the wire, by request; nil if it was not asked for.
    @Nullable public var evidence: [ProbeRecord]?

    /// Versions and notes; the rest is empty.
    public init(versions: [VersionSupport], notes: [String]) {
        self.versions = versions
        self.notes = notes
    }
}

/// Whether a server speaks a version, and with which suites.
public struct VersionSupport: Codable, Sendable, Hashable {
    /// `tls1.2`, …
    public var version: String
    /// `supported`, `rejected`, `inconclusive`, or `none-accepted`: only some of the version's suites were asked for, and
    /// each of them was refused, which doesn't tell whether the version is there.
    public var verdict: String
    /// Why, where the verdict does not speak for itself.
    @Nullable public var reason: String?
    /// Whose preference decides: `server`, `client`, or `server-unless-chacha` (the server's, but ChaCha20 goes first for
    /// clients that put it first); nil where it can't be told.
    @Nullable public var order: String?
    /// The suites, in the server's order where it has one.
    public var suites: [SuiteSupport]
    /// False if the list may lack suites; `reason` says why.
    public var complete: Bool
    /// What the server said to what decided the verdict, such as `alert protocol_version`; nil where that isn't known.
    @Nullable public var answer: String?
    /// The request that decided the verdict, an `id` of the evidence; nil if none did, or none was kept.
    @Nullable public var evidence: Int?

    /// A version's verdict.
    public init(
        version: String,
        verdict: String,
        reason: String?,
        order: String?,
        suites: [SuiteSupport],
        complete: Bool,
        answer: String? = nil,
        evidence: Int? = nil
    ) {
        self.version = version
        self.verdict = verdict
        self.reason = reason
        self.order = order
        self.suites = suites
        self.complete = complete
        self.answer = answer
        self.evidence = evidence
    }
}

/// A suite that a server chose.
public struct SuiteSupport: Codable, Sendable, Hashable {
    /// The suite.
    public var suite: SuiteDescription
    /// How its keys are agreed on, and with which certificate.
    public var exchange: Exchange

    /// What came with the suite.
    public struct Exchange: Codable, Sendable, Hashable {
        /// The group that the server used with it; nil without (EC)DHE.
        @Nullable public var group: String?
        /// The group's code point, such as `0x001D`; nil without one.
        @Nullable public var groupCodePoint: String?
        /// The size of that group in bits; nil without (EC)DHE.
        @Nullable public var groupBits: Int?
        /// Where a finite field's prime is known from; nil for any other.
        @Nullable public var primeName: String?
        /// The certificate that came with it, an index into ``CiphersResult/certificates``; nil if none was seen, as in
        /// TLS 1.3, where it is encrypted.
        @Nullable public var certificate: Int?
        /// The request that showed the suite, an `id` of the evidence; nil if none was kept.
        @Nullable public var evidence: Int?

        /// Nothing known.
        public init() {}
    }

    /// A suite with its key exchange.
    public init(suite: SuiteDescription, exchange: Exchange = Exchange()) {
        self.suite = suite
        self.exchange = exchange
    }

    /// A suite with its group.
    public init(suite: SuiteDescription, group: String?, groupBits: Int?) {
        self.init(suite: suite)
        exchange.group = group
        exchange.groupBits = groupBits
    }

    /// Reads the suite's keys and its own from one object.
    public init(from decoder: any Decoder) throws {
        suite = try SuiteDescription(from: decoder)
        exchange = try Exchange(from: decoder)
    }

    /// Writes the suite's keys and its own into one object.
    public func encode(to encoder: any Encoder) throws {
        try suite.encode(to: encoder)
        try exchange.encode(to: encoder)
    }
}
