/// What became of one check: the difference between "isn't vulnerable", "couldn't be determined" and "wasn't asked".
///
/// A finding tells only what is wrong. Reports that list everything that was looked at are made from these.
public struct CheckOutcome: Codable, Hashable, Sendable {
    /// What a check came to.
    public enum Verdict: String, Codable, Sendable, CaseIterable {
        /// The peer has it: there is a finding with the same id.
        case found
        /// It was looked for and isn't there.
        case absent
        /// It was looked for, and the answers don't tell: silence, limits, contradictions.
        case undetermined = "not-determined"
        /// It was not looked for, such as an intrusive check without `--intrusive`.
        case notRun = "not-run"
        /// The peer has nothing that it could be about.
        case notApplicable = "not-applicable"
    }

    /// The id of the finding that it makes.
    public var id: String
    /// Whether it sends what no well-behaved client would.
    public var intrusive: Bool
    /// What it came to.
    public var verdict: Verdict
    /// Why, where the verdict does not speak for itself; nil where it does.
    @Nullable public var reason: String?

    /// An outcome.
    public init(id: String, intrusive: Bool = false, verdict: Verdict, reason: String? = nil) {
        self.id = id
        self.intrusive = intrusive
        self.verdict = verdict
        self.reason = reason
    }
}
