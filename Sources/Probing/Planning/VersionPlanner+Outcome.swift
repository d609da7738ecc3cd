import TLSParameters
import TLSWire

extension VersionPlanner {
    /// What is known by now. `speaksTLS`: the server has answered some hello in TLS, be it in another version.
    func outcome(speaksTLS: Bool) -> VersionOutcome {
        if let foreignPrefix { return foreignOutcome(StreamOpening(foreignPrefix).name, speaksTLS: speaksTLS) }
        guard verdict == .supported else {
            return VersionOutcome(version, settled: verdict ?? Self.open, evidence: evidence, notes: notes)
        }
        let found = suitesWithGroups
        guard !found.isEmpty else {
            var outcome = VersionOutcome(version, settled: emptyVerdict, evidence: evidence, notes: notes)
            describeEnds(&outcome)
            return outcome
        }
        var outcome = VersionOutcome(
            version: version,
            verdict: .supported,
            suites: found,
            isComplete: isFinished && !isOrderBroken && kind.isWhole,
            evidence: evidence,
            notes: notes
        )
        outcome.order = kind.kind
        outcome.notes += kind.notes
        if let joiner {
            outcome.suites = Self.sorted(found, like: joiner.merged)
            if joiner.isStuck { outcome.notes.append("one suite a hello can't show the whole order") }
        }
        describeEnds(&outcome)
        return outcome
    }

    /// TLS 1.3 chooses the group apart from the suite (RFC 8446 §4.1.1): a suite that was asked for together with other groups
    /// comes with the same one.
    private var suitesWithGroups: [FoundSuite] {
        guard version == .tls13, let first = suites.found.first(where: { $0.group != nil }) else { return suites.found }
        return suites.found.map { suite in
            guard suite.group == nil else { return suite }
            var suite = suite
            (suite.group, suite.groupBits) = (first.group, first.groupBits)
            return suite
        }
    }

    private static let open = Verdict.inconclusive(reason: "the question is still open")

    private func foreignOutcome(_ name: String, speaksTLS: Bool) -> VersionOutcome {
        guard speaksTLS else {
            return VersionOutcome(
                version,
                settled: .inconclusive(reason: "the answer is \(name)"),
                evidence: evidence,
                notes: notes
            )
        }
        // A TLS server that answers such hellos in plain text, as web servers do to old versions, has said no.
        return VersionOutcome(
            version,
            settled: candidates.refused,
            evidence: evidence,
            notes: notes + ["the server answers with \(name)"]
        )
    }

    /// Short hellos got answers, but none of them a choice.
    private var emptyVerdict: Verdict {
        guard suites.isFinished else { return Self.open }
        for line in suites.lines {
            switch line.end {
            case .unknown(let doubt): return .inconclusive(reason: doubt.text)
            case .violation(let suite): return .inconclusive(reason: Answer.violationText(suite))
            case .foreign: return .inconclusive(reason: "the answer isn't TLS")
            default: break
            }
        }
        return candidates.refused
    }

    private static func sorted(_ found: [FoundSuite], like order: [CipherSuite]) -> [FoundSuite] {
        let places = Dictionary(order.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        return found.sorted {
            (places[$0.suite] ?? .max, $0.suite.rawValue) < (places[$1.suite] ?? .max, $1.suite.rawValue)
        }
    }

    private func describeEnds(_ outcome: inout VersionOutcome) {
        // Lines end for the same reason more often than not.
        var undecided: [(doubt: String, count: Int)] = []
        for line in suites.lines {
            switch line.end {
            case .whole?: continue
            case .violation(let suite)?: outcome.notes.append(Answer.violationText(suite))
            case .foreign?: outcome.notes.append("some hellos were answered in another protocol than TLS")
            case .unknown(let doubt)?:
                if let known = undecided.firstIndex(where: { $0.doubt == doubt.text }) {
                    undecided[known].count += line.remaining.count
                } else {
                    undecided.append((doubt.text, line.remaining.count))
                }
            case nil: break
            }
            outcome.isComplete = false
        }
        outcome.notes += undecided.map { doubt, count in
            "\(count) \(count == 1 ? "suite is" : "suites are") undecided: \(doubt)"
        }
        if let other = suites.strayVersion {
            outcome.notes.append("for some of the suites the server answers with \(other.name) instead")
        }
        if suites.closes, suites.oddities.isEmpty { outcome.notes.append(Answer.closesNote) }
        outcome.notes += suites.oddities
        if suites.dislikesFiniteFields {
            outcome.notes.append("the server takes DHE suites only from clients that list no RFC 7919 group")
        }
        var seen: Set<String> = []
        outcome.notes = outcome.notes.filter { seen.insert($0).inserted }
    }
}

extension VersionOutcome {
    /// A version without suites: whole unless nobody knows.
    fileprivate init(_ version: ProtocolVersion, settled verdict: Verdict, evidence: ProbeRequest.ID?, notes: [String])
    {
        self.init(version: version, verdict: verdict, evidence: evidence, notes: notes)
        if case .inconclusive = verdict { isComplete = false }
    }
}
