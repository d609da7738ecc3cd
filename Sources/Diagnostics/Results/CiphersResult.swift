/// What `ciphers TARGET` found out: the versions and suites that a server speaks.
public struct CiphersResult: Codable, Sendable, Hashable {
    /// A verdict for each version that was asked for, oldest first.
    public var versions: [VersionSupport]
    /// What is to be said of the survey as a whole, such as the versions left out because no suite asked for belongs to
    /// them; one sentence each.
    public var notes: [String]

    /// A result from its parts.
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

    /// A version's verdict.
    public init(
        version: String,
        verdict: String,
        reason: String?,
        order: String?,
        suites: [SuiteSupport],
        complete: Bool
    ) {
        self.version = version
        self.verdict = verdict
        self.reason = reason
        self.order = order
        self.suites = suites
        self.complete = complete
    }
}

/// A suite that a server chose.
public struct SuiteSupport: Codable, Sendable, Hashable {
    /// The suite.
    public var suite: SuiteDescription
    /// The group that the server used with it; nil without (EC)DHE.
    @Nullable public var group: String?
    /// The size of that group in bits; nil without (EC)DHE.
    @Nullable public var groupBits: Int?

    /// A suite with its key exchange.
    public init(suite: SuiteDescription, group: String?, groupBits: Int?) {
        self.suite = suite
        self.group = group
        self.groupBits = groupBits
    }

    private enum Keys: String, CodingKey {
        case group
        case groupBits
    }

    /// Reads the suite's keys and its own from one object.
    public init(from decoder: any Decoder) throws {
        suite = try SuiteDescription(from: decoder)
        let container = try decoder.container(keyedBy: Keys.self)
        group = try container.decodeIfPresent(String.self, forKey: .group)
        groupBits = try container.decodeIfPresent(Int.self, forKey: .groupBits)
    }

    /// Writes the suite's keys and its own into one object.
    public func encode(to encoder: any Encoder) throws {
        try suite.encode(to: encoder)
        var container = encoder.container(keyedBy: Keys.self)
        try container.encode(group, forKey: .group)
        try container.encode(groupBits, forKey: .groupBits)
    }
}

/// What `ciphers` without a target prints: the suites known here, and what this libssl can do with each.
public struct LocalCiphersResult: Codable, Sendable, Hashable {
    /// The suites that passed the filters, by code point.
    public var suites: [LocalSuite]
    /// How many are known in all.
    public var known: Int

    /// A table from its rows.
    public init(suites: [LocalSuite], known: Int) {
        self.suites = suites
        self.known = known
    }
}

/// A suite, and what can be done with it here.
public struct LocalSuite: Codable, Sendable, Hashable {
    /// What this machine's libssl can do with a suite.
    public enum Availability: String, Codable, Sendable, CaseIterable {
        /// Offered by default.
        case yes
        /// Only when asked for by name.
        case named
        /// Only with `--legacy`, at security level 0.
        case legacy
        /// Not at all: it can be probed for, not spoken.
        case probe
    }

    /// The suite.
    public var suite: SuiteDescription
    /// The first version that has it, `ssl2` … `tls1.3`.
    public var firstVersion: String
    /// The last version that has it.
    public var lastVersion: String
    /// Whether IANA recommends it: `yes`, `no`, `discouraged`; `unlisted` outside its registry.
    public var recommended: String
    /// The document that defines it.
    public var reference: String
    /// What this libssl can do with it.
    public var libssl: Availability

    /// A row of the table.
    public init(
        suite: SuiteDescription,
        firstVersion: String,
        lastVersion: String,
        recommended: String,
        reference: String,
        libssl: Availability
    ) {
        self.suite = suite
        self.firstVersion = firstVersion
        self.lastVersion = lastVersion
        self.recommended = recommended
        self.reference = reference
        self.libssl = libssl
    }

    private enum Keys: String, CodingKey {
        case firstVersion
        case lastVersion
        case recommended
        case reference
        case libssl
    }

    /// Reads the suite's keys and its own from one object.
    public init(from decoder: any Decoder) throws {
        suite = try SuiteDescription(from: decoder)
        let container = try decoder.container(keyedBy: Keys.self)
        firstVersion = try container.decode(String.self, forKey: .firstVersion)
        lastVersion = try container.decode(String.self, forKey: .lastVersion)
        recommended = try container.decode(String.self, forKey: .recommended)
        reference = try container.decode(String.self, forKey: .reference)
        libssl = try container.decode(Availability.self, forKey: .libssl)
    }

    /// Writes the suite's keys and its own into one object.
    public func encode(to encoder: any Encoder) throws {
        try suite.encode(to: encoder)
        var container = encoder.container(keyedBy: Keys.self)
        try container.encode(firstVersion, forKey: .firstVersion)
        try container.encode(lastVersion, forKey: .lastVersion)
        try container.encode(recommended, forKey: .recommended)
        try container.encode(reference, forKey: .reference)
        try container.encode(libssl, forKey: .libssl)
    }
}
