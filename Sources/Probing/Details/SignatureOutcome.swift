public import TLSParameters

/// The signature schemes that a server signs its key exchange with.
public struct SignaturesOutcome: Hashable, Sendable {
    /// TLS 1.2, where ServerKeyExchange shows the scheme, or TLS 1.3, where it is encrypted.
    public var version: ProtocolVersion
    /// What is known of each scheme that was asked for: those that are supported first, in the server's order where it has
    /// one. In TLS 1.3 a scheme can be rejected by a ServerHello that doesn't come, and never be proven by one that does.
    public var schemes: [SignatureOutcome]
    /// Whose preference decides; nil where it can't be told.
    public var order: CipherOrder?
    /// False if a scheme may be missing; `notes` say why.
    public var isComplete: Bool
    /// What is odd about the answers, one sentence each, in words of ours.
    public var notes: [String]

    /// An outcome.
    public init(
        version: ProtocolVersion,
        schemes: [SignatureOutcome] = [],
        order: CipherOrder? = nil,
        isComplete: Bool = true,
        notes: [String] = []
    ) {
        self.version = version
        self.schemes = schemes
        self.order = order
        self.isComplete = isComplete
        self.notes = notes
    }
}

/// What is known of one scheme.
public struct SignatureOutcome: Hashable, Sendable {
    /// The scheme.
    public var scheme: SignatureScheme
    /// The answer.
    public var verdict: Verdict
    /// The request whose answer decided.
    public var evidence: ProbeRequest.ID?

    /// An outcome.
    public init(scheme: SignatureScheme, verdict: Verdict, evidence: ProbeRequest.ID? = nil) {
        self.scheme = scheme
        self.verdict = verdict
        self.evidence = evidence
    }
}
