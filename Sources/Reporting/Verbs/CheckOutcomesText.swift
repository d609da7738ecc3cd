import Diagnostics
import TLSParameters

/// What checks left open, and how many came to what.
enum CheckOutcomesText {
    static func add(_ outcomes: [CheckOutcome], verbose: Bool, to document: inout TextDocument) {
        guard !outcomes.isEmpty else { return }
        document.section("checks") { rows in
            for alike in undetermined(outcomes) {
                guard !verbose, alike.count > few, let first = alike.first else {
                    for outcome in alike { rows.row(outcome.id, StyledText("not determined", .weak) + reason(outcome)) }
                    continue
                }
                rows.row("\(alike.count) checks", StyledText("not determined", .weak) + reason(first))
            }
            let counts = CheckOutcome.Verdict.allCases.map { verdict in
                (verdict.words, outcomes.count { $0.verdict == verdict })
            }
            let summary = counts.filter { $0.1 > 0 }.map { "\($0.1) \($0.0)" }.joined(separator: ", ")
            rows.row("in all", StyledText(summary))
            if !verbose {
                for (count, reason) in left(outcomes) { rows.row("not run", "\(count): \(reason)") }
            }
            guard verbose else { return }
            for outcome in outcomes where outcome.verdict != .undetermined {
                rows.row(outcome.id, StyledText(outcome.verdict.words, outcome.verdict.tone) + reason(outcome))
            }
        }
    }

    /// How many checks are named that were not determined for one reason; more are counted, and named with -v.
    private static let few = 3

    /// What was not determined, in order, those with one reason side by side.
    private static func undetermined(_ outcomes: [CheckOutcome]) -> [[CheckOutcome]] {
        var found: [[CheckOutcome]] = []
        var places: [String?: Int] = [:]
        for outcome in outcomes where outcome.verdict == .undetermined {
            if let place = places[outcome.reason] {
                found[place].append(outcome)
            } else {
                places[outcome.reason] = found.count
                found.append([outcome])
            }
        }
        return found
    }

    /// Why checks were not run, and how many each reason keeps, in order.
    private static func left(_ outcomes: [CheckOutcome]) -> [(count: Int, reason: String)] {
        var found: [(count: Int, reason: String)] = []
        for outcome in outcomes where outcome.verdict == .notRun {
            let reason = outcome.reason ?? "not asked for"
            if let place = found.firstIndex(where: { $0.reason == reason }) {
                found[place].count += 1
            } else {
                found.append((1, reason))
            }
        }
        return found
    }

    private static func reason(_ outcome: CheckOutcome) -> StyledText {
        StyledText(outcome.reason.map { ": \($0)" } ?? "")
    }
}

extension CheckOutcome.Verdict {
    fileprivate var words: String {
        switch self {
        case .found: "found"
        case .absent: "absent"
        case .undetermined: "not determined"
        case .notRun: "not run"
        case .notApplicable: "not applicable"
        }
    }

    fileprivate var tone: Tone {
        switch self {
        case .found, .undetermined: .weak
        case .absent: .good
        case .notRun, .notApplicable: .faint
        }
    }
}
