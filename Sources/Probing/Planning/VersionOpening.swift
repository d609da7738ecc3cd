import TLSParameters
import TLSWire

/// Is a version there at all? The first hellos of a ``VersionPlanner``.
///
/// The first hello offers the commonest suites. A choice settles it; so does a refusal that is about the version; any
/// other refusal is followed by the rarer suites and by a hello for fussy servers.
struct VersionOpening: Sendable {
    /// What the first hellos came to.
    enum Finding: Sendable {
        /// The version is there: the server chose a suite of the first hello.
        case common(FoundSuite, offer: [CipherSuite])
        /// It's there for some of the rarer suites: all groups with the answers, the start of the suites' lines.
        case rare([[CipherSuite]], [Int: Answer])
        /// It's there for DHE suites in hellos without RFC 7919 groups: the groups of suites of which some are taken.
        case finite([[CipherSuite]])
        /// It's there for short hellos only, which `note` says of the server.
        case briefSuites(note: String)
        /// It isn't, or nobody knows.
        case settled(Verdict, notes: [String] = [])
        /// The answers weren't TLS; the survey decides what that means.
        case foreign(prefix: [UInt8])
    }

    /// Nil as long as there are questions.
    private(set) var finding: Finding?
    /// The server has answered a hello as long as the first one in another version.
    var knowsLongHellosWork = false
    private let candidates: VersionCandidates
    /// The commonest suites, and then the others.
    private let groups: [[CipherSuite]]
    /// Answers to the first question for each group, and to the fussy one (the last token).
    private var answers: [Int: Answer] = [:]
    private var isWidening = false
    /// DHE suites once more, without RFC 7919 groups; nil as long as there was no need.
    private var finite: FiniteFieldCheck?
    private var outbox: [(token: Int, question: SuiteQuestion)] = []
    private var awaited = 0

    /// `size`: suites in one hello.
    init(_ candidates: VersionCandidates, size: Int) {
        self.candidates = candidates
        let common = CandidateSuites.common(of: candidates.suites, size: size)
        let known = Set(common)
        groups = [common] + CandidateSuites.intervals(candidates.suites.filter { !known.contains($0) }, size: size)
        outbox = [(0, question(0, brief: brief))]
    }

    private var version: ProtocolVersion { candidates.version }

    private var fussyToken: Int { groups.count }

    /// The questions that may be asked now, each once.
    mutating func questions() -> [(token: Int, question: SuiteQuestion)] {
        defer { outbox = [] }
        return outbox
    }

    /// `usedBrief`: the answer is that to the question's brief alternative; the full hello got none.
    mutating func answer(_ token: Int, _ answer: Answer, usedBrief: Bool) {
        guard finding == nil else { return }
        if token < 0 {
            finite?.answer(token, answer)
            return finishFinite()
        }
        answers[token] = answer
        if isWidening {
            awaited -= 1
            if awaited == 0 { widened() }
        } else if usedBrief {
            openBriefly(answer)
        } else {
            open(answer)
        }
    }

    private var brief: [CipherSuite] {
        CandidateSuites.brief(of: candidates.suites, size: VersionPlanner.briefSize)
    }

    private func question(_ index: Int, brief: [CipherSuite]? = nil) -> SuiteQuestion {
        SuiteQuestion(
            version: version,
            suites: CandidateSuites.chaChaLast(groups[index]),
            briefAlternative: brief,
            isLikelyFollowed: index == 0 && version >= .tls12
        )
    }

    private mutating func open(_ answer: Answer) {
        switch answer {
        case .chose(let found):
            finding = .common(found, offer: groups[0])
        case .otherVersion(let other, _):
            finding = .settled(
                .rejected,
                notes: other > version
                    ? ["the server answers with \(other.name), which is newer than what was offered"] : []
            )
        case .refused where answer.isAboutVersion:
            finding = .settled(.rejected)
        case .foreign(let prefix):
            finding = .foreign(prefix: prefix)
        case .unknown(.noControl):
            // Maybe it's the length that nothing answers to.
            widen(toRarerSuites: false)
        case .unknown(.undecodable):
            widen()
        case .unknown(let doubt):
            finding = .settled(.inconclusive(reason: doubt.text))
        case .refused, .closes, .violation:
            widen()
        }
    }

    /// Only a short hello got an answer, so everything else is asked in short ones.
    private mutating func openBriefly(_ answer: Answer) {
        switch answer {
        case .refused where answer.isAboutVersion:
            open(answer)
        case .chose, .refused:
            finding = .briefSuites(
                note: "the server answers only short hellos: one with \(groups[0].count) suites got no answer"
            )
        default:
            open(answer)
        }
    }

    /// Rarer suites, and for servers that choke on a long hello or an empty key share one of another kind.
    private mutating func widen(toRarerSuites: Bool = true) {
        if toRarerSuites { outbox = groups.indices.dropFirst().map { ($0, question($0)) } }
        if version >= .tls13 || !knowsLongHellosWork || !toRarerSuites {
            var fussy = question(0)
            fussy.isLikelyFollowed = false
            fussy.suites = brief
            fussy.shape = .brief(version)
            outbox.append((fussyToken, fussy))
        }
        awaited = outbox.count
        isWidening = true
        if awaited == 0 { widened() }
    }

    private mutating func widened() {
        if case .chose(let found)? = answers[fussyToken], refusedAtLength(found.suite) {
            finding = .briefSuites(
                note: version >= .tls13
                    ? "the server answers only short hellos with a key share"
                    : "the server refuses long hellos: it takes suites only from a short one"
            )
        } else if groups.indices.contains(where: { answers[$0]?.isChoice == true }) {
            finding = .rare(groups, answers)
        } else if answers.values.contains(where: \.isAboutVersion) {
            // Whatever became of the other hellos.
            finding = .settled(.rejected)
        } else {
            askFinite()
        }
    }

    /// A server that has only DHE, and a group of its own, refuses clients that list RFC 7919 groups (RFC 7919 §4).
    private mutating func askFinite() {
        let suites = candidates.suites.filter { SuiteTraits.of($0)?.usesFiniteFields ?? false }
        guard (ProtocolVersion.tls10 ... .tls12).contains(version), !suites.isEmpty,
            answers.values.contains(where: {
                if case .refused = $0 { true } else if case .closes = $0 { true } else { false }
            })
        else { return refuse() }
        var check = FiniteFieldCheck()
        check.begin(CandidateSuites.intervals(suites, size: groups[0].count))
        var shape = HelloShape()
        shape.offersFiniteFields = false
        outbox = check.questions().map { ($0, SuiteQuestion(version: version, suites: $1, shape: shape)) }
        finite = check
    }

    private mutating func finishFinite() {
        guard let taken = finite?.finish() else { return }
        if taken.isEmpty { refuse() } else { finding = .finite(taken) }
    }

    /// Whether the hello with the whole group of `suite` was refused.
    private func refusedAtLength(_ suite: CipherSuite) -> Bool {
        guard let group = groups.firstIndex(where: { $0.contains(suite) }) else { return false }
        return answers[group]?.isChoice == false
    }

    private mutating func refuse() {
        let inOrder = answers.sorted { $0.key < $1.key }.map(\.value)
        var doubt: Verdict?
        for answer in inOrder {
            switch answer {
            case .unknown(let found):
                doubt = doubt ?? .inconclusive(reason: found.text)
            case .violation(let suite):
                doubt = .inconclusive(reason: Answer.violationText(suite))
            case .foreign(let prefix):
                doubt = doubt ?? .inconclusive(reason: "the answer is \(StreamOpening(prefix).name)")
            default: break
            }
        }
        let closes = inOrder.contains { if case .closes = $0 { true } else { false } }
        finding =
            doubt.map { .settled($0) }
            ?? .settled(
                candidates.refused,
                notes: closes ? [Answer.closesNote] : []
            )
    }
}

extension Answer {
    /// A "no" that is about the version, whatever suites were offered.
    fileprivate var isAboutVersion: Bool {
        switch self {
        case .refused(let alert): alert.description == .protocol_version
        case .otherVersion: true
        default: false
        }
    }

    /// What to note of a server that refuses without an alert.
    static let closesNote = "the server closes the connection instead of sending an alert"

    /// What to say of a suite that was chosen without having been offered.
    static func violationText(_ suite: CipherSuite) -> String {
        "the server chose \(suite.name) (\(suite.codePointText)), which was not offered"
    }
}
