/// A violation that is accepted for a time, for a reason.
public struct PolicyWaiver: Hashable, Sendable {
    /// The rule or the finding that it covers: an id, in which `*` stands for anything.
    public var id: String
    /// The targets that it covers: a host, `host:port` or the text of the target, in which `*` stands for anything.
    public var target: String
    /// Why.
    public var reason: String
    /// The last day on which it counts, ISO 8601.
    public var until: String

    /// A waiver from its parts.
    public init(id: String, target: String, reason: String, until: String) {
        self.id = id
        self.target = target
        self.reason = reason
        self.until = until
    }

    /// Whether there is a rule or a finding that it could cover: a rule of these, of a policy that is built in or named as what it
    /// looks at, or a finding.
    func meansSomething(_ rules: [PolicyRule]) -> Bool {
        Self.ids(rules).contains { Pattern.matches(id, $0) } || FindingIDs.has(id)
    }

    /// What a misspelt id was probably meant to be.
    func nearest(_ rules: [PolicyRule]) -> String {
        NearestNames.hint(
            id,
            among: Self.ids(rules) + FindingIDs.all,
            otherwise: "name a rule of the policy, or a finding of docs/findings.md"
        )
    }

    private static func ids(_ rules: [PolicyRule]) -> [String] {
        let builtIn = BuiltInPolicy.allCases.flatMap(\.policy.rules)
        return (rules + builtIn).map(\.id) + PolicyRule.Check.allCases.map(\.rawValue)
    }

    /// Whether it covers the rule or finding of that id at that target, in force or not.
    func covers(_ other: String, at summary: TargetSummary?) -> Bool {
        guard Pattern.matches(id, other) else { return false }
        guard target != "*" else { return true }
        guard let summary else { return false }
        var names = [summary.input]
        if let host = summary.host {
            names.append(host)
            if let port = summary.port { names.append("\(host):\(port)") }
        }
        return names.contains { Pattern.matches(target, $0) }
    }

    /// Whether it still counts on that day.
    func counts(on day: CivilDay) -> Bool {
        CivilDay(until).map { day <= $0 } ?? false
    }

    /// As a report writes it.
    var told: RuleOutcome.Waiver { RuleOutcome.Waiver(reason: reason, until: until) }
}

/// Patterns in which `*` stands for any text.
enum Pattern {
    /// Whether all of the text fits; letter case doesn't matter. Takes time in proportion to both lengths at most.
    static func matches(_ pattern: String, _ text: String) -> Bool {
        let pattern = Array(pattern.lowercased().utf8)
        let text = Array(text.lowercased().utf8)
        var place = 0
        var at = 0
        // Where the last star stood, and how much of the text it has taken so far.
        var star: (place: Int, at: Int)?
        while at < text.count {
            if place < pattern.count, pattern[place] == UInt8(ascii: "*") {
                star = (place, at)
                place += 1
            } else if place < pattern.count, pattern[place] == text[at] {
                place += 1
                at += 1
            } else if let last = star {
                place = last.place + 1
                at = last.at + 1
                star = (last.place, at)
            } else {
                return false
            }
        }
        return pattern[place...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}
