import Diagnostics
import TLSParameters

/// What a policy says, and how a report differs from an older one.
public enum JudgementText {
    static func add(_ judgement: Judgement?, to document: inout TextDocument) {
        guard let judgement else { return }
        let policy = judgement.policy
        let title = ["policy", policy.id, policy.version].filter { !$0.isEmpty }.joined(separator: " ")
        document.section(title) { rows in
            rows.row("verdict", verdict(judgement))
            if let grade = judgement.grade { add(grade, to: &rows) }
            // What is wrong first, then what nobody knows; what is in order is a number.
            for rule in judgement.rules where rule.verdict == .violated { rows.row(rule.id, told(rule)) }
            for rule in judgement.rules where rule.verdict == .waived { rows.row(rule.id, told(rule)) }
            for rule in judgement.rules where rule.verdict == .undetermined { rows.row(rule.id, told(rule)) }
            rows.row("rules", count(judgement.rules))
        }
    }

    static func add(_ comparison: BaselineComparison?, to document: inout TextDocument) {
        guard let comparison else { return }
        document.section("since \(comparison.startedAt)") { rows in
            let worse = comparison.differences.count(where: \.regression)
            rows.row(
                "differences",
                comparison.differences.isEmpty
                    ? StyledText("none", .good)
                    : StyledText("\(comparison.differences.count), of them ")
                        + StyledText(
                            worse == 0 ? "no regression" : worse == 1 ? "1 regression" : "\(worse) regressions",
                            worse == 0 ? .good : .bad
                        )
            )
            for difference in comparison.differences {
                let label = difference.regression ? "regression" : difference.kind.rawValue
                var text = StyledText(difference.subject, difference.regression ? .bad : .plain)
                switch (difference.before, difference.after) {
                case (let before?, let after?):
                    text = text + ": " + StyledText(before) + " before, now " + StyledText(after)
                case (let before?, nil): text = text + ": no longer " + StyledText(before)
                case (nil, let after?): text = text + ": now " + StyledText(after)
                case (nil, nil): break
                }
                rows.row(label, text)
            }
            rows.row("not compared", StyledText(comparison.hidden.joined(separator: ", "), .faint))
        }
    }

    /// The policies that are built in, as `--policy list` shows them.
    public static func list() -> TextDocument {
        var document = TextDocument()
        document.section("built-in policies") { rows in
            for builtIn in BuiltInPolicy.allCases {
                let policy = builtIn.policy
                let identity = policy.identity
                let facts = [
                    identity.version, identity.date ?? "",
                    "\(policy.rules.count) rule\(policy.rules.count == 1 ? "" : "s")",
                ]
                let told = facts.filter { !$0.isEmpty }.joined(separator: ", ")
                rows.row(builtIn.id, StyledText(identity.name) + StyledText(" (\(told))", .faint))
            }
        }
        document.line(
            "a file is a policy too: --policy FILE.toml (sechan-policy(5)), or --policy FILE.json#LEVEL as Mozilla publishes them"
        )
        return document
    }

    private static func verdict(_ judgement: Judgement) -> StyledText {
        let name: StyledText = "\(judgement.policy.name)"
        switch judgement.verdict {
        case .met: return StyledText("met", .good) + ": " + name
        case .violated: return StyledText("violated", .bad) + ": " + name
        case .undetermined where judgement.judgesNothing:
            return StyledText("nothing was judged", .weak) + ", no rule is about what is there: " + name
        case .undetermined: return StyledText("not determined", .weak) + ": " + name
        }
    }

    private static func add(_ grade: Grade, to rows: inout TextDocument.Rows) {
        let tone: Tone = grade.letter.hasPrefix("A") ? .good : grade.letter == "B" ? .weak : .bad
        let certainty = grade.open.isEmpty ? "" : " at best"
        rows.row("grade", StyledText(grade.letter, tone) + StyledText("\(certainty), score \(grade.score)"))
        for part in grade.parts { rows.row("", StyledText("\(part.score) × \(part.weight) %, \(part.text)", .faint)) }
        for cap in grade.caps { rows.row("cap", StyledText(cap)) }
        for open in grade.open { rows.row("open", StyledText(open, .weak)) }
    }

    private static func told(_ rule: RuleOutcome) -> StyledText {
        let tone: Tone =
            switch rule.verdict {
            case .violated: rule.severity == .info ? .plain : rule.severity == .high ? .bad : .weak
            case .undetermined: .weak
            default: .plain
            }
        let word: String
        switch rule.verdict {
        case .violated: word = rule.severity == .info ? "recommended: " : "violated: "
        case .waived: word = "waived until \(rule.waiver?.until ?? "?"), \(rule.waiver?.reason ?? ""): "
        default: word = "not determined: "
        }
        var text = StyledText(word, tone) + StyledText(rule.text, tone)
        if !rule.evidence.isEmpty {
            text = text + " [" + StyledText.joined(rule.evidence.prefix(6).map { StyledText($0) })
            text = text + StyledText(rule.evidence.count > 6 ? ", …]" : "]")
        }
        if let reason = rule.reason { text = text + StyledText("; \(reason)") }
        if !rule.clause.isEmpty { text = text + StyledText(" (\(rule.clause))", .faint) }
        return text
    }

    private static func count(_ rules: [RuleOutcome]) -> StyledText {
        let words: [(RuleOutcome.Verdict, String)] = [
            (.met, "met"), (.violated, "violated"), (.waived, "waived"), (.undetermined, "not determined"),
            (.notApplicable, "about nothing here"), (.untestable, "not testable"),
        ]
        var parts = words.compactMap { verdict, word -> String? in
            // A recommendation that is not followed violates nothing.
            let count = rules.count { $0.verdict == verdict && (verdict != .violated || $0.severity > .info) }
            return count == 0 ? nil : "\(count) \(word)"
        }
        let recommended = rules.count { $0.verdict == .violated && $0.severity == .info }
        if recommended > 0 { parts.append("\(recommended) recommended") }
        return StyledText(parts.joined(separator: ", "))
    }
}
