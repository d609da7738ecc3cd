public import TLSParameters

/// What a survey asks for.
public struct SurveyConfiguration: Hashable, Sendable {
    /// Versions to ask for, SSL 2.0 to TLS 1.3; others are ignored. With SSL 2.0 goes PCT 1.0.
    public var versions: [ProtocolVersion]
    /// DNS name for SNI; an IP literal is never sent.
    public var serverName: String?
    /// Suites to ask for; nil for every known one that may appear in a version. Versions that none of them belongs to are
    /// left out.
    public var suites: [CipherSuite]?
    /// Whether to ask for SSL 2.0, which has kinds in the place of suites, where ``suites`` chooses some; without a choice it
    /// is asked for in any case.
    public var choosesSSL2Kinds: Bool
    /// What to find out besides versions and suites.
    public var aspects: Set<SurveyAspect>
    /// Suites in one hello. Servers have been seen to drop longer lists than 64 or 128.
    public var suitesPerHello: Int
    /// How many connections the run may have open at once, so that the survey finds enough to ask side by side.
    public var concurrency: Int
    /// Where randoms and session ids come from: the same seed gives the same bytes.
    public var seed: UInt64

    /// Asks for everything.
    public init(
        versions: [ProtocolVersion] = ProtocolVersion.all,
        serverName: String? = nil,
        suites: [CipherSuite]? = nil,
        choosesSSL2Kinds: Bool = false,
        aspects: Set<SurveyAspect> = [],
        suitesPerHello: Int = 64,
        concurrency: Int = ProbeBudget().concurrency,
        seed: UInt64 = .random(in: 0...UInt64.max)
    ) {
        self.versions = versions
        self.serverName = serverName
        self.suites = suites
        self.choosesSSL2Kinds = choosesSSL2Kinds
        self.aspects = aspects
        self.suitesPerHello = suitesPerHello
        self.concurrency = concurrency
        self.seed = seed
    }
}
