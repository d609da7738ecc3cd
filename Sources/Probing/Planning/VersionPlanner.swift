import TLSParameters
import TLSWire

/// One version: is it there, with which suites, in whose order?
///
/// The first hello offers the commonest suites. A choice goes on as the first line of the suites; a refusal that is about
/// the version ends it there; any other refusal is followed by the rarer suites and by a hello for fussy servers.
struct VersionPlanner: Sendable {
    private enum Phase: Sendable {
        case opening
        case widening
        case suites
        case order
        case done
    }

    let version: ProtocolVersion
    private let configuration: SurveyConfiguration
    private let candidates: [CipherSuite]
    private let groups: [[CipherSuite]]
    private var phase = Phase.opening
    /// Answers to the first question for each group, and to the fussy one (the last token).
    private var firstAnswers: [Int: Answer] = [:]
    private var hasAskedOpening = false
    private var toWiden: [(token: Int, question: Question)] = []
    private var awaited = 0
    private var suites: SuitePlanner
    private var order: OrderPlanner?
    private var verdict: Verdict?
    private var shape = HelloShape()
    private var notes: [String] = []
    /// The answers weren't TLS; the survey decides what that means.
    private(set) var foreignPrefix: [UInt8]?

    /// Suites in a hello for servers that choke on long ones.
    static let briefSize = 16

    init(version: ProtocolVersion, configuration: SurveyConfiguration) {
        self.version = version
        self.configuration = configuration
        candidates = CandidateSuites.candidates(for: version, only: configuration.suites)
        groups = CandidateSuites.groups(candidates, size: configuration.suitesPerHello)
        suites = SuitePlanner(version: version, groups: groups, shape: shape, limit: configuration.suitesPerHello)
        if groups.isEmpty {
            verdict = .inconclusive(reason: "none of the suites asked for belongs to this version")
            phase = .done
        }
    }

    var isFinished: Bool { phase == .done }

    private var fussyToken: Int { groups.count }

    mutating func questions() -> [(token: Int, question: Question)] {
        switch phase {
        case .opening:
            guard !hasAskedOpening else { return [] }
            hasAskedOpening = true
            return [(0, question(0, brief: brief))]
        case .widening:
            defer { toWiden = [] }
            return toWiden
        case .suites: return suites.questions()
        case .order: return order?.questions() ?? []
        case .done: return []
        }
    }

    /// `usedBrief`: the answer is that to the question's brief alternative; the full hello got none.
    mutating func answer(_ token: Int, _ answer: Answer, usedBrief: Bool) {
        switch phase {
        case .opening:
            firstAnswers[0] = answer
            usedBrief ? openBriefly(answer) : open(answer)
        case .widening:
            firstAnswers[token] = answer
            awaited -= 1
            if awaited == 0 { widened() }
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
}

// MARK: - The first answers

extension VersionPlanner {
    private var brief: [CipherSuite] { CandidateSuites.brief(of: candidates, size: Self.briefSize) }

    private func question(_ index: Int, brief: [CipherSuite]? = nil) -> Question {
        Question(
            version: version,
            suites: groups[index],
            briefAlternative: brief,
            isLikelyFollowed: index == 0 && version >= .tls12,
            purpose: index == 0 ? "\(version.id)" : "\(version.id) suites"
        )
    }

    private mutating func open(_ answer: Answer) {
        switch answer {
        case .chose:
            startSuites()
        case .otherVersion(let other, _):
            verdict = .rejected
            if other > version {
                notes.append("the server answers with \(other.name), which is newer than what was offered")
            }
            phase = .done
        case .refused(let alert) where alert.description == .protocol_version:
            verdict = .rejected
            phase = .done
        case .foreign(let prefix):
            foreignPrefix = prefix
            phase = .done
        case .unknown(.noControl):
            // Maybe it's the length that nothing answers to.
            widen(toRarerSuites: false)
        case .unknown(.undecodable):
            widen()
        case .unknown(let doubt):
            verdict = .inconclusive(reason: doubt.text)
            phase = .done
        case .refused, .closes, .violation:
            widen()
        }
    }

    /// Only a short hello got an answer, so everything else is asked in short ones.
    private mutating func openBriefly(_ answer: Answer) {
        switch answer {
        case .refused(let alert) where alert.description == .protocol_version:
            open(answer)
        case .chose, .refused:
            startBriefSuites("the server answers only short hellos: one with \(groups[0].count) suites got no answer")
        default:
            open(answer)
        }
    }

    /// Rarer suites, and for servers that choke on a long hello or an empty key share one of another kind.
    private mutating func widen(toRarerSuites: Bool = true) {
        toWiden = toRarerSuites ? groups.indices.dropFirst().map { ($0, question($0)) } : []
        var fussy = question(0)
        fussy.isLikelyFollowed = false
        fussy.suites = brief
        fussy.shape = .brief(version)
        toWiden.append((fussyToken, fussy))
        awaited = toWiden.count
        phase = .widening
    }

    private mutating func widened() {
        if case .chose(let found)? = firstAnswers[fussyToken], refusedAtLength(found.suite) {
            startBriefSuites(
                version >= .tls13
                    ? "the server answers only short hellos with a key share"
                    : "the server refuses long hellos: it takes suites only from a short one"
            )
        } else if groups.indices.contains(where: { firstAnswers[$0]?.isChoice == true }) {
            startSuites()
        } else {
            refuse()
        }
    }

    /// Whether the hello with the whole group of `suite` was refused.
    private func refusedAtLength(_ suite: CipherSuite) -> Bool {
        guard let group = groups.firstIndex(where: { $0.contains(suite) }) else { return false }
        return firstAnswers[group]?.isChoice == false
    }

    private mutating func refuse() {
        let answers = firstAnswers.sorted { $0.key < $1.key }.map(\.value)
        phase = .done
        for answer in answers {
            switch answer {
            case .unknown(let doubt):
                verdict = verdict ?? .inconclusive(reason: doubt.text)
            case .violation(let suite):
                verdict = .inconclusive(reason: violationText(suite))
            case .foreign(let prefix):
                verdict = verdict ?? .inconclusive(reason: "the answer is \(StreamOpening(prefix).name)")
            default: break
            }
        }
        guard verdict == nil else { return }
        verdict = .rejected
        if answers.contains(where: { if case .closes = $0 { true } else { false } }) {
            notes.append(Self.closesNote)
        }
    }

    private static let closesNote = "the server closes the connection instead of sending an alert"

    private func violationText(_ suite: CipherSuite) -> String {
        "the server chose \(suite.name) (\(suite.codePointText)), which was not offered"
    }
}

// MARK: - Suites and order

extension VersionPlanner {
    private mutating func startSuites() {
        verdict = .supported
        phase = .suites
        for index in groups.indices {
            guard let answer = firstAnswers[index] else { continue }
            suites.answer(index, answer)
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
            groups: CandidateSuites.groups(candidates, size: size),
            shape: shape,
            limit: size
        )
        phase = .suites
    }

    private mutating func advance() {
        guard suites.isFinished else { return }
        let limit = shape.isBrief ? Self.briefSize : configuration.suitesPerHello
        guard configuration.findsOrder, !suites.found.isEmpty else {
            phase = .done
            return
        }
        let chains = suites.lines.map { $0.picks.map(\.suite) }
        let planner = OrderPlanner(version: version, shape: shape, chains: chains, limit: limit)
        order = planner
        phase = planner.isFinished ? .done : .order
    }

    /// What is known by now.
    var outcome: VersionOutcome {
        guard let verdict, verdict == .supported else {
            return VersionOutcome(
                version: version,
                verdict: verdict ?? .inconclusive(reason: "the question is still open"),
                isComplete: verdict == .rejected,
                notes: notes
            )
        }
        let found = suites.found
        var outcome = VersionOutcome(
            version: version,
            verdict: .supported,
            suites: found,
            isComplete: isFinished,
            notes: notes
        )
        if found.isEmpty { outcome.verdict = emptyVerdict }
        if let order {
            outcome.order = order.order
            outcome.suites = Self.sorted(found, like: order.suites)
            outcome.notes += order.notes
            if !order.isWhole { outcome.isComplete = false }
        }
        describeEnds(&outcome)
        return outcome
    }

    /// Short hellos got answers, but none of them a choice.
    private var emptyVerdict: Verdict {
        guard suites.isFinished else { return .inconclusive(reason: "the question is still open") }
        for line in suites.lines {
            switch line.end {
            case .unknown(let doubt): return .inconclusive(reason: doubt.text)
            case .violation(let suite): return .inconclusive(reason: violationText(suite))
            case .foreign: return .inconclusive(reason: "the answer isn't TLS")
            default: break
            }
        }
        return .rejected
    }

    private static func sorted(_ found: [FoundSuite], like order: [CipherSuite]) -> [FoundSuite] {
        order.compactMap { suite in found.first { $0.suite == suite } }
    }

    private func describeEnds(_ outcome: inout VersionOutcome) {
        for line in suites.lines {
            switch line.end {
            case .whole?: continue
            case .violation(let suite)?: outcome.notes.append(violationText(suite))
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
        if suites.closes { outcome.notes.append(Self.closesNote) }
        if suites.dislikesFiniteFields {
            outcome.notes.append("the server takes DHE suites only from clients that list no RFC 7919 group")
        }
        var seen: Set<String> = []
        outcome.notes = outcome.notes.filter { seen.insert($0).inserted }
    }
}
