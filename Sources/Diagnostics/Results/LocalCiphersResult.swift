/// What `ciphers` without a target prints: the suites known here, and what this libssl can do with each.
public struct LocalCiphersResult: Codable, Sendable, Hashable {
    /// The suites that passed the filters, by code point, those of SSL 2.0 first.
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
    /// What the engines here can do with a suite.
    public enum Availability: String, Codable, Sendable, CaseIterable {
        /// Offered by default.
        case yes
        /// Only when asked for by name.
        case named
        /// Only with `--legacy`, at security level 0.
        case legacy
        /// Not with libssl: sechan's own engine speaks it, when it is asked for by name or version.
        case classic
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
    /// Whether this libssl can speak it, and how; or else whether the classic engine can.
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
