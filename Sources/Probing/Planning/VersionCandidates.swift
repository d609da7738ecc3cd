import TLSParameters

/// The suites to ask for in one version, and what a "no" to all of them says about the version.
struct VersionCandidates: Sendable {
    let version: ProtocolVersion
    /// The commonest first.
    let suites: [CipherSuite]
    /// Suites that may appear in the version are left out, so that a refusal needn't be about the version.
    private let isPartial: Bool

    /// Nil if none of the suites asked for belongs to the version.
    init?(version: ProtocolVersion, only: [CipherSuite]?) {
        self.version = version
        suites = CandidateSuites.candidates(for: version, only: only)
        isPartial = !Set(suites).isSuperset(of: CandidateSuites.candidates(for: version, only: nil))
        if suites.isEmpty { return nil }
    }

    /// All suites were refused, with alerts that may be about the suites.
    var refused: Verdict { isPartial ? .noneAccepted(asked: suites.count) : .rejected }
}
