import TLSParameters

/// Which suites a server takes in one version: offer many, strike what is chosen, repeat.
///
/// Intervals of the candidates are lines of their own, side by side. A line ends with a refusal, so a version costs one
/// connection a suite and one a line. Only of a server whose refusals differ each family of suites is asked for once more.
struct SuitePlanner: Sendable {
    private(set) var lines: [SuiteLine] = []
    /// Which suites were chosen while which others were offered.
    var facts: PreferenceFacts<CipherSuite> {
        // Next to RFC 7919 groups the server took no DHE suite, whatever it prefers.
        dislikesFiniteFields ? allFacts.without(usesFiniteFields) : allFacts
    }
    private var allFacts = PreferenceFacts<CipherSuite>()
    /// A suite was chosen in another version than the one asked for.
    private(set) var strayVersion: ProtocolVersion?
    /// A refusal came as a closed connection.
    private(set) var closes = false
    /// Suites that were only taken once no RFC 7919 group was offered.
    private(set) var dislikesFiniteFields = false
    /// The client's order decides, so that the server says no to all that it passes over.
    var isInOurOrder = false
    private let version: ProtocolVersion
    private let limit: Int
    private var offers: [Int: [CipherSuite]] = [:]
    private var finiteFields = FiniteFieldCheck()
    /// Kinds of suites that may be hidden by others have been asked for alone, and what came of it is settled.
    private var hasAskedFamilies = false
    private var hasJudgedFamilies = false
    /// A refusal came as a closed connection from a server that has sent alerts for others.
    private var closesBesidesAlerts = false
    /// What is odd about how it refuses some of the suites.
    private(set) var oddities: [String] = []

    init(version: ProtocolVersion, groups: [[CipherSuite]], shape: HelloShape, limit: Int) {
        self.version = version
        self.limit = max(1, limit)
        lines = groups.map { SuiteLine($0, shape: shape) }
        finiteFields.isOver = version >= .tls13 || version <= .ssl3
        hasJudgedFamilies = version >= .tls13
    }

    /// Takes note of a suite that was chosen of `offer` before this planner began.
    mutating func begin(with found: FoundSuite, offer: [CipherSuite]) {
        allFacts.note(found.suite, of: offer)
        let index = lines.firstIndex { $0.remaining.contains(found.suite) } ?? 0
        if lines.indices.contains(index) { lines[index].begin(with: found, offer: offer) }
        // Where that was the only suite to ask for, no answer will follow.
        checkFamilies()
        checkFiniteFields()
    }

    var isFinished: Bool { finiteFields.isOver && hasJudgedFamilies && hasEndedLines }

    private var hasEndedLines: Bool { lines.allSatisfy { $0.end != nil } }

    var found: [FoundSuite] { lines.flatMap(\.picks) }

    /// What the lines have shown: chains of suites, each in the server's order if it has one.
    var chains: [[CipherSuite]] {
        let facts = facts
        return lines.flatMap { line in
            let suites = line.picks.map(\.suite)
            if line.hasForeignHead, suites.count > 1, !facts.isKnown(suites[0], before: suites[1]) {
                return [[suites[0]], Array(suites.dropFirst())]
            }
            return suites.isEmpty ? [] : [suites]
        }
    }

    /// The questions that may be asked now.
    mutating func questions() -> [(token: Int, question: SuiteQuestion)] {
        var questions: [(Int, SuiteQuestion)] = []
        for index in lines.indices where lines[index].isReady {
            let offer = lines[index].ask(inOurOrder: isInOurOrder)
            offers[index] = offer
            questions.append((index, question(offer, lines[index])))
        }
        for (token, suites) in finiteFields.questions() {
            var shape = lines.first?.shape ?? HelloShape()
            shape.offersFiniteFields = false
            questions.append((token, SuiteQuestion(version: version, suites: suites, shape: shape)))
        }
        return questions
    }

    private func question(_ offer: [CipherSuite], _ line: SuiteLine) -> SuiteQuestion {
        SuiteQuestion(version: version, suites: offer, shape: line.shape, isLikelyFollowed: !line.picks.isEmpty)
    }

    /// What came of a question; also to tell it of one that was asked before this planner began.
    mutating func answer(_ token: Int, _ answer: Answer) {
        if token < 0 {
            if case .closes = answer { closes = true }
            finiteFields.answer(token, answer)
        } else if lines.indices.contains(token), lines[token].end == nil {
            take(answer, token)
        }
        checkFamilies()
        checkFiniteFields()
    }

    private mutating func take(_ answer: Answer, _ token: Int) {
        lines[token].answered()
        lines[token].refusal = SuiteRefusal(answer)
        switch answer {
        case .chose(let found):
            allFacts.note(found.suite, of: offers[token] ?? lines[token].remaining)
            lines[token].pick(found, inOurOrder: isInOurOrder)
            let shape = lines[token].shape
            // Without extensions nothing could be listed anyway.
            if shape.hasExtensions, !shape.offersFiniteFields { dislikesFiniteFields = true }
        case .otherVersion(let other, let suite):
            guard other != .ssl2 else {
                lines[token].end = .unknown(.answersInSSL2)
                return
            }
            // The server has the version, but not for this suite.
            strayVersion = other
            guard lines[token].remaining.contains(suite) else {
                lines[token].end = .violation(suite)
                return
            }
            lines[token].strike(suite, inOurOrder: isInOurOrder)
        case .refused:
            lines[token].end = .whole
        case .closes(_, let followsAlerts):
            closes = true
            if followsAlerts { closesBesidesAlerts = true }
            lines[token].end = .whole
        case .foreign:
            lines[token].end = .foreign
        case .violation(let suite):
            lines[token].end = .violation(suite)
        case .unknown(let doubt):
            lines[token].end = .unknown(doubt)
        }
    }
}

// MARK: - Cutting lines

extension SuitePlanner {
    /// Lines that will ask at the next opportunity.
    var readyCount: Int { lines.count(where: \.isReady) }

    /// The suites that the longest line may be expected to yield if it's cut now; 0 if none can be.
    var expected: Int {
        lines.lazy.filter(\.isReady).map { $0.expected(inOurOrder: isInOurOrder) }.max() ?? 0
    }

    /// Cuts the line that is expected to yield most, so that both halves can be asked side by side. The price is one more
    /// refusal, and for a server with an order of its own one comparison.
    mutating func cut() {
        let ready = lines.indices.filter { lines[$0].isReady }
        guard
            let longest = ready.max(by: {
                lines[$0].expected(inOurOrder: isInOurOrder) < lines[$1].expected(inOurOrder: isInOurOrder)
            }),
            let other = lines[longest].cut()
        else { return }
        lines.append(other)
    }
}

// MARK: - Suites that hide others

extension SuitePlanner {
    private var refusals: [SuiteRefusal] { lines.compactMap(\.refusal) }

    private var isOdd: Bool {
        if hasJudgedFamilies { return false }
        return closesBesidesAlerts || SuiteRefusal.areOdd(refusals, isAlone: lines.count == 1 && found.count > 0)
    }

    /// Once all lines have ended: asks again, each family on its own, if the ends look as if the server had broken at some
    /// suites, and then says at which.
    private mutating func checkFamilies() {
        guard !lines.isEmpty, hasEndedLines else { return }
        if version >= .tls13, !hasAskedFamilies {
            hasAskedFamilies = true
            askNational()
        }
        guard !hasJudgedFamilies else { return }
        if !hasAskedFamilies {
            hasAskedFamilies = true
            if isOdd { askFamilies() }
            guard hasEndedLines else { return }
        }
        judgeFamilies()
    }

    private mutating func askFamilies() {
        let shape = lines[0].shape
        var seen = Set(found.map(\.suite))
        var left: [CipherSuite] = []
        for index in lines.indices where lines[index].refusal != nil {
            guard Set(lines[index].remaining.map(SuiteFamily.init)).count > 1 else { continue }
            left += lines[index].handOver().filter { seen.insert($0).inserted }
            lines[index].refusal = nil
        }
        lines += SuiteFamily.hellos(left, size: limit).map { SuiteLine($0, shape: shape) }
    }

    /// In TLS 1.3 it isn't the key exchange that suites of one kind share, but where they come from.
    private mutating func askNational() {
        let hasAsked = lines.contains { line in
            (line.remaining + line.picks.map(\.suite)).allSatisfy(NationalSuites.contains)
        }
        for index in lines.indices where !hasAsked {
            guard let refusal = lines[index].refusal else { continue }
            let hellos = NationalSuites.hellos(after: lines[index].remaining, isUsual: refusal == .suites)
            // A short hello has no room for the groups.
            guard !hellos.isEmpty, !lines[index].shape.isBrief else { continue }
            let shape = lines[index].shape
            lines += hellos.map { SuiteLine($0, shape: shape) }
        }
    }

    private mutating func judgeFamilies() {
        let isOdd = isOdd
        hasJudgedFamilies = true
        guard isOdd, let usual = SuiteRefusal.usual(of: refusals) else { return }
        let working = Set(found.map { SuiteFamily($0.suite) })
        var broken: [(refusal: SuiteRefusal, names: [String])] = []
        for index in lines.indices {
            guard let refusal = lines[index].refusal, refusal != usual, let suite = lines[index].remaining.first else {
                continue
            }
            // Of a family that works something else is wrong, and may hide more of it.
            guard !working.contains(SuiteFamily(suite)) else {
                lines[index].end = .unknown(.endsOddly)
                continue
            }
            let name = SuiteFamily(suite).name
            if let place = broken.firstIndex(where: { $0.refusal == refusal }) {
                if !broken[place].names.contains(name) { broken[place].names.append(name) }
            } else {
                broken.append((refusal, [name]))
            }
        }
        oddities = broken.map { refusal, names in
            "the server \(refusal.text) if it's offered nothing but suites of \(names.joined(separator: ", ")); "
                + "with others it \(usual.text)"
        }
    }
}

// MARK: - RFC 7919

extension SuitePlanner {
    /// A server that goes by RFC 7919 and has a group of its own refuses DHE to a client that lists RFC 7919 groups; so
    /// where no DHE suite is found, ask once more without them.
    private mutating func checkFiniteFields() {
        guard !finiteFields.isOver, !lines.isEmpty else { return }
        let isOver = hasEndedLines && hasJudgedFamilies
        if found.contains(where: { usesFiniteFields($0.suite) }) || isOver && found.isEmpty {
            finiteFields.giveUp()
        } else if !finiteFields.hasBegun {
            // As soon as the rest is only a line that has shown suites of other kinds, for that is what most servers have.
            let open = lines.filter { $0.end == nil }
            guard isOver || open.count == 1 && open.allSatisfy({ $0.picks.count > 2 }) && !isOdd else { return }
            let candidates = lines.filter { $0.end == .whole || $0.end == nil }.flatMap(\.remaining)
            finiteFields.begin(CandidateSuites.intervals(candidates.filter(usesFiniteFields), size: limit))
        }
        guard isOver, let groups = finiteFields.finish(), var shape = lines.first?.shape else { return }
        shape.offersFiniteFields = false
        lines += groups.map { SuiteLine($0, shape: shape) }
    }

    private func usesFiniteFields(_ suite: CipherSuite) -> Bool { SuiteTraits.of(suite)?.usesFiniteFields ?? false }
}
