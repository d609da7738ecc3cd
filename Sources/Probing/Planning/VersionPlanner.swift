import TLSParameters
import TLSWire

/// One version: is it there, with which suites, in whose order? A ``VersionOpening``, then a ``SuitePlanner``, then an
/// ``OrderPlanner``.
struct VersionPlanner: Inquiry {
    private enum Phase: Sendable {
        case opening
        case suites
        case order
        case done
    }

    let version: ProtocolVersion
    private let configuration: SurveyConfiguration
    private let candidates: VersionCandidates
    private let recipe: HelloRecipe
    /// Questions on their way: the phase's own token, and what was asked.
    private var asked: [Int: (token: Int, question: SuiteQuestion)] = [:]
    private var nextToken = 0
    private var phase = Phase.opening
    private var opening: VersionOpening
    private var suites: SuitePlanner
    private var order: OrderPlanner?
    private var verdict: Verdict?
    private var shape = HelloShape()
    private var notes: [String] = []
    /// The answers weren't TLS.
    private var foreignPrefix: [UInt8]?

    /// Suites in a hello for servers that choke on long ones.
    static let briefSize = 16

    /// Nil if none of the suites asked for belongs to the version.
    init?(version: ProtocolVersion, configuration: SurveyConfiguration) {
        guard let candidates = VersionCandidates(version: version, only: configuration.suites) else { return nil }
        self.version = version
        self.configuration = configuration
        self.candidates = candidates
        recipe = HelloRecipe(serverName: configuration.serverName)
        let groups = CandidateSuites.groups(candidates.suites, size: configuration.suitesPerHello)
        opening = VersionOpening(candidates, groups: groups)
        suites = SuitePlanner(version: version, groups: groups, shape: shape, limit: configuration.suitesPerHello)
    }

    var isFinished: Bool { phase == .done }

    mutating func questions() -> [(token: Int, question: HelloQuestion)] {
        suiteQuestions().map { token, question in
            defer { nextToken += 1 }
            asked[nextToken] = (token, question)
            return (nextToken, recipe.hello(question))
        }
    }

    private mutating func suiteQuestions() -> [(token: Int, question: SuiteQuestion)] {
        switch phase {
        case .opening: opening.questions()
        case .suites: suites.questions()
        case .order: order?.questions() ?? []
        case .done: []
        }
    }

    mutating func answer(_ token: Int, _ answer: HelloAnswer) {
        guard let (token, question) = asked.removeValue(forKey: token) else { return }
        let current = answer.usedAlternative ? question.alternative ?? question : question
        take(Answer(answer, to: current), token, usedBrief: answer.usedAlternative)
    }

    /// `usedBrief`: the answer is that to the question's brief alternative; the full hello got none.
    private mutating func take(_ answer: Answer, _ token: Int, usedBrief: Bool) {
        switch phase {
        case .opening:
            opening.answer(token, answer, usedBrief: usedBrief)
            if let finding = opening.finding { take(finding) }
        case .suites:
            suites.answer(token, answer)
            advance()
        case .order:
            order?.answer(answer)
            if order?.isFinished ?? true { phase = .done }
        case .done:
            break
        }
    }

    private mutating func take(_ finding: VersionOpening.Finding) {
        switch finding {
        case .suites(let answers): startSuites(answers)
        case .briefSuites(let note): startBriefSuites(note)
        case .settled(let found, let remarks):
            verdict = found
            notes += remarks
            phase = .done
        case .foreign(let prefix):
            foreignPrefix = prefix
            phase = .done
        }
    }

    private mutating func startSuites(_ answers: [Int: Answer]) {
        verdict = .supported
        phase = .suites
        for (line, answer) in answers.sorted(by: { $0.key < $1.key }) where suites.lines.indices.contains(line) {
            suites.answer(line, answer)
        }
        advance()
    }

    private mutating func startBriefSuites(_ note: String) {
        notes.append(note)
        verdict = .supported
        shape = .brief(version)
        let size = min(Self.briefSize, configuration.suitesPerHello)
        suites = SuitePlanner(
            version: version,
            groups: CandidateSuites.groups(candidates.suites, size: size),
            shape: shape,
            limit: size
        )
        phase = .suites
    }

    private mutating func advance() {
        guard suites.isFinished else { return }
        let limit = shape.isBrief ? Self.briefSize : configuration.suitesPerHello
        guard !suites.found.isEmpty else {
            phase = .done
            return
        }
        let chains = suites.lines.map { $0.picks.map(\.suite) }
        let planner = OrderPlanner(version: version, shape: shape, chains: chains, limit: limit)
        order = planner
        phase = planner.isFinished ? .done : .order
    }
}

// MARK: - What is known

extension VersionPlanner {
    /// What is known by now. `speaksTLS`: the server has answered some hello in TLS, be it in another version.
    func outcome(speaksTLS: Bool) -> VersionOutcome {
        if let foreignPrefix { return foreignOutcome(StreamOpening(foreignPrefix).name, speaksTLS: speaksTLS) }
        guard verdict == .supported else { return VersionOutcome(version, settled: verdict ?? Self.open, notes: notes) }
        let found = suites.found
        guard !found.isEmpty else {
            var outcome = VersionOutcome(version, settled: emptyVerdict, notes: notes)
            describeEnds(&outcome)
            return outcome
        }
        var outcome = VersionOutcome(
            version: version,
            verdict: .supported,
            suites: found,
            isComplete: isFinished,
            notes: notes
        )
        if let order {
            outcome.order = order.order
            outcome.suites = Self.sorted(found, like: order.suites)
            outcome.notes += order.notes
            if !order.isWhole { outcome.isComplete = false }
        }
        describeEnds(&outcome)
        return outcome
    }

    private static let open = Verdict.inconclusive(reason: "the question is still open")

    private func foreignOutcome(_ name: String, speaksTLS: Bool) -> VersionOutcome {
        guard speaksTLS else {
            return VersionOutcome(version, settled: .inconclusive(reason: "the answer is \(name)"), notes: notes)
        }
        // A TLS server that answers such hellos in plain text, as web servers do to old versions, has said no.
        return VersionOutcome(
            version,
            settled: candidates.refused,
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
        order.compactMap { suite in found.first { $0.suite == suite } }
    }

    private func describeEnds(_ outcome: inout VersionOutcome) {
        for line in suites.lines {
            switch line.end {
            case .whole?: continue
            case .violation(let suite)?: outcome.notes.append(Answer.violationText(suite))
            case .foreign?: outcome.notes.append("some hellos were answered in another protocol than TLS")
            case .unknown(let doubt)?:
                outcome.notes.append("\(line.remaining.count) suites are undecided: \(doubt.text)")
            case nil: break
            }
            outcome.isComplete = false
        }
        if let other = suites.strayVersion {
            outcome.notes.append("for some of the suites the server answers with \(other.name) instead")
        }
        if suites.closes { outcome.notes.append(Answer.closesNote) }
        if suites.dislikesFiniteFields {
            outcome.notes.append("the server takes DHE suites only from clients that list no RFC 7919 group")
        }
        var seen: Set<String> = []
        outcome.notes = outcome.notes.filter { seen.insert($0).inserted }
    }
}

extension VersionOutcome {
    /// A version without suites: whole unless nobody knows.
    fileprivate init(_ version: ProtocolVersion, settled verdict: Verdict, notes: [String]) {
        self.init(version: version, verdict: verdict, notes: notes)
        if case .inconclusive = verdict { isComplete = false }
    }
}
