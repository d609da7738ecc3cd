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
        /// It's there for short hellos only, of this shape and with so many suites, which `note` says of the server.
        case briefSuites(HelloShape, limit: Int, note: String)
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
    /// Answers to the first question for each group, and to the fussy ones (the last tokens).
    private var answers: [Int: Answer] = [:]
    private var isWidening = false
    /// The usual hellos are asked again, now that another version's answer is known to compare with.
    private var isRepeating = false
    /// DHE suites once more, without RFC 7919 groups; nil as long as there was no need.
    private var finite: FiniteFieldCheck?
    /// Each family of suites in a hello of its own, after refusals that differ; empty as long as there was no need.
    private var families: [[CipherSuite]] = []
    private var familyAnswers: [Int: Answer] = [:]
    private let size: Int
    private var outbox: [(token: Int, question: SuiteQuestion)] = []
    private var awaited = 0
    /// A connection was closed for want of RFC 7919 groups, or for other reasons.
    private var closes = false

    /// `size`: suites in one hello.
    init(_ candidates: VersionCandidates, size: Int) {
        self.candidates = candidates
        self.size = size
        let common = CandidateSuites.common(of: candidates.suites, size: size)
        let known = Set(common)
        let others = candidates.suites.filter { !known.contains($0) }
        // In TLS 1.3 the national suites once more, with groups that others may not take.
        let national = candidates.version >= .tls13 ? common.filter(NationalSuites.contains) : []
        groups =
            [common] + CandidateSuites.intervals(others, size: size)
            + (national.count < common.count ? CandidateSuites.intervals(national, size: size) : [])
        outbox = [(0, question(0, brief: brief))]
    }

    private var version: ProtocolVersion { candidates.version }

    /// Hellos for servers that answer no usual one: without key shares or short; with few suites; without extensions.
    private var fussyToken: Int { groups.count }
    private var fewToken: Int { groups.count + 1 }
    private var bareToken: Int { groups.count + 2 }
    /// The first of the families.
    private var familyToken: Int { groups.count + 3 }

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
            if case .closes = answer { closes = true }
            return finishFinite()
        }
        if token >= familyToken {
            familyAnswers[token - familyToken] = answer
            if familyAnswers.count == families.count { finishFamilies() }
            return
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
        case .unknown(.undecodable), .unknown(.otherKindsOnly):
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
                .brief(version),
                limit: VersionPlanner.briefSize,
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
            ask(fussyToken, .brief(version), suites: VersionPlanner.briefSize)
        }
        if answers[0]?.isWordless ?? false, !knowsLongHellosWork {
            // Where nothing at all was answered so far, the fewer connections are lost the better.
            if toRarerSuites { ask(fewToken, .brief(version), suites: VersionPlanner.fewSuites) }
            if version >= .tls10, version <= .tls12 { ask(bareToken, .bare, suites: VersionPlanner.fewSuites) }
        }
        awaited = outbox.count
        isWidening = true
        if awaited == 0 { widened() }
    }

    private mutating func ask(_ token: Int, _ shape: HelloShape, suites: Int) {
        let offer = CandidateSuites.brief(of: candidates.suites, size: suites)
        outbox.append((token, SuiteQuestion(version: version, suites: offer, shape: shape)))
    }

    private mutating func widened() {
        if !isRepeating, case .unknown? = answers[0], answers.values.allSatisfy(\.isWordless),
            answers.values.contains(where: { if case .closes = $0 { true } else { false } })
        {
            // By now there's an answer to compare with.
            isRepeating = true
            outbox = groups.indices.map { ($0, question($0)) }
            awaited = outbox.count
            return
        }
        if case .chose(let found)? = answers[fussyToken], refusedAtLength(found.suite) {
            finding = .briefSuites(
                .brief(version),
                limit: VersionPlanner.briefSize,
                note: version >= .tls13
                    ? "the server answers only short hellos with a key share"
                    : "the server refuses long hellos: it takes suites only from a short one"
            )
        } else if groups.indices.contains(where: { answers[$0]?.isChoice == true }) {
            // There's an answer to compare with now, so that the others are worth asking again.
            finding = .rare(groups, answers.filter { if case .unknown = $1 { !$1.isWordless } else { true } })
        } else if answers.values.contains(where: \.isAboutVersion) {
            // Whatever became of the other hellos.
            finding = .settled(.rejected)
        } else if !settleByFewest() {
            askFamilies()
        }
    }

    /// Where the first choice is a suite that the server breaks at, all behind it are hidden.
    private mutating func askFamilies() {
        let refusals = groups.indices.compactMap { answers[$0].flatMap(SuiteRefusal.init) }
        guard version <= .tls12, SuiteRefusal.areOdd(refusals, isAlone: false) else { return askFinite() }
        families = SuiteFamily.hellos(candidates.suites, size: size)
        guard families.count > 1 else { return askFinite() }
        outbox = families.indices.map {
            let suites = CandidateSuites.chaChaLast(families[$0])
            return (familyToken + $0, SuiteQuestion(version: version, suites: suites))
        }
    }

    private mutating func finishFamilies() {
        if familyAnswers.values.contains(where: \.isChoice) {
            finding = .rare(families, familyAnswers.filter { if case .unknown = $1 { !$1.isWordless } else { true } })
        } else {
            askFinite()
        }
    }

    /// No usual hello was answered: a hello with few suites or without extensions may be, be it with a no.
    private mutating func settleByFewest() -> Bool {
        // In TLS 1.3 the other groups are national suites, few enough to be refused in words.
        let others = version >= .tls13 ? 1..<groups.count : 0..<0
        let usual = answers.filter { $0.key < fewToken && !others.contains($0.key) }
        guard usual.values.allSatisfy(\.isWordless) else { return false }
        let tries: [(token: Int, shape: HelloShape, note: String)] = [
            (fewToken, .brief(version), "the server answers only hellos with few suites"),
            (bareToken, .bare, "the server answers only hellos without extensions"),
        ]
        for wantsChoice in [true, false] {
            for (token, shape, note) in tries {
                switch answers[token] {
                case .chose? where wantsChoice, .refused? where !wantsChoice:
                    finding = .briefSuites(shape, limit: VersionPlanner.fewSuites, note: note)
                    return true
                default: continue
                }
            }
        }
        return false
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
        let closes = closes || inOrder.contains { if case .closes = $0 { true } else { false } }
        finding =
            doubt.map { .settled($0) }
            ?? .settled(
                candidates.refused,
                notes: closes ? [Answer.closesNote] : []
            )
    }
}
