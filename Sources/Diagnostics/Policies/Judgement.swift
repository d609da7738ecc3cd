public import TLSParameters

/// What a policy says of a target: a verdict for each of its rules.
public struct Judgement: Codable, Hashable, Sendable {
    /// What a policy as a whole comes to.
    public enum Verdict: String, Codable, Sendable, CaseIterable {
        /// Every rule that can be tested here is met.
        case met
        /// A rule is violated, and no waiver covers it.
        case violated
        /// No rule is known to be violated, but for some the report doesn't tell, or none could be judged at all.
        case undetermined
    }

    /// The policy that was applied.
    public var policy: PolicyIdentity
    /// What it comes to.
    public var verdict: Verdict
    /// Each rule's own verdict, in the policy's order.
    public var rules: [RuleOutcome]
    /// The grade; nil if the policy gives none.
    @Nullable public var grade: Grade?

    /// The rules that are violated, without recommendations that are not followed.
    public var violations: [RuleOutcome] { rules.filter { $0.verdict == .violated && $0.severity > .info } }

    /// What it comes to, in a few words.
    public var summary: String {
        let violated = violations.count
        if violated > 0 { return "\(violated) violated" }
        return judgesNothing ? "nothing was judged" : verdict == .undetermined ? "not determined" : verdict.rawValue
    }

    /// Whether no rule was held against anything: each is about what isn't there, or can't be tested. Recommendations count where
    /// there is nothing else.
    public var judgesNothing: Bool {
        let counting = rules.filter { $0.severity > .info }
        return (counting.isEmpty ? rules : counting)
            .allSatisfy { $0.verdict == .notApplicable || $0.verdict == .untestable }
    }

    /// A judgement from its parts.
    public init(policy: PolicyIdentity, verdict: Verdict, rules: [RuleOutcome], grade: Grade? = nil) {
        self.policy = policy
        self.verdict = verdict
        self.rules = rules
        self.grade = grade
    }
}

/// Which policy it is, and as of when.
public struct PolicyIdentity: Codable, Hashable, Sendable {
    /// What `--policy` knows it by, such as `mozilla-intermediate`.
    public var id: String
    /// Its full name.
    public var name: String
    /// The version of the document that it follows, such as `6.0`.
    public var version: String
    /// The day of that version, ISO 8601; nil if it has none.
    @Nullable public var date: String?
    /// Where it comes from: a document, or a file's name.
    public var source: String

    /// A policy's identity.
    public init(id: String, name: String, version: String, date: String?, source: String) {
        self.id = id
        self.name = name
        self.version = version
        self.date = date
        self.source = source
    }
}

/// What one rule of a policy came to.
public struct RuleOutcome: Codable, Hashable, Sendable {
    /// What a rule came to.
    public enum Verdict: String, Codable, Sendable, CaseIterable {
        /// The report shows that it is met.
        case met
        /// The report shows that it isn't.
        case violated
        /// The report doesn't tell.
        case undetermined
        /// It is violated, and a waiver covers that.
        case waived
        /// No tool can tell from outside.
        case untestable = "not-testable"
        /// The target has nothing that it could be about.
        case notApplicable = "not-applicable"
    }

    /// A violation that was accepted for a time.
    public struct Waiver: Codable, Hashable, Sendable {
        /// Why it was accepted.
        public var reason: String
        /// The last day on which it counts, ISO 8601.
        public var until: String

        /// A waiver.
        public init(reason: String, until: String) {
            self.reason = reason
            self.until = until
        }
    }

    /// The rule's id within its policy.
    public var id: String
    /// The clause of the document that demands it, such as `§3.1.1`.
    public var clause: String
    /// What it demands, in a few words.
    public var text: String
    /// How much a violation matters.
    public var severity: Finding.Severity
    /// What it came to.
    public var verdict: Verdict
    /// What shows it. May hold text of the peer.
    public var evidence: [PeerText]
    /// Why, where the verdict does not speak for itself; nil where it does.
    @Nullable public var reason: String?
    /// The waiver that covers a violation, or that did until it ran out; nil for none.
    @Nullable public var waiver: Waiver?

    /// A rule's outcome.
    public init(
        id: String,
        clause: String,
        text: String,
        severity: Finding.Severity,
        verdict: Verdict,
        evidence: [PeerText] = [],
        reason: String? = nil,
        waiver: Waiver? = nil
    ) {
        self.id = id
        self.clause = clause
        self.text = text
        self.severity = severity
        self.verdict = verdict
        self.evidence = evidence
        self.reason = reason
        self.waiver = waiver
    }
}

/// A grade, and what keeps it from being better.
public struct Grade: Codable, Hashable, Sendable {
    /// One of the scores that the grade is made from.
    public struct Part: Codable, Hashable, Sendable {
        /// What was scored, in a few words, with what decided.
        public var text: String
        /// Its score, 0 to 100.
        public var score: Int
        /// Its share of the whole, in percent.
        public var weight: Int

        /// A score.
        public init(text: String, score: Int, weight: Int) {
            self.text = text
            self.score = score
            self.weight = weight
        }
    }

    /// `A+` to `F`, `T` for a certificate that isn't trusted, `M` for one with the wrong name.
    public var letter: String
    /// The score before caps, 0 to 100.
    public var score: Int
    /// What lowered the grade, each with its reason, worst first.
    public var caps: [String]
    /// What the score is made from.
    public var parts: [Part] = []
    /// What might lower the grade still, and is not determined; the grade is certain if this is empty.
    public var open: [String] = []

    /// A grade.
    public init(letter: String, score: Int, caps: [String], parts: [Part] = [], open: [String] = []) {
        self.letter = letter
        self.score = score
        self.caps = caps
        self.parts = parts
        self.open = open
    }
}
