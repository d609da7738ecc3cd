import TLSParameters
import TLSWire

/// One version: is it there, with which suites, in whose order? A ``VersionOpening``, then a ``SuitePlanner`` and, side by
/// side with it as soon as there's enough to ask about, an ``OrderKindPlanner``; for a server with an order of its own an
/// ``OrderJoiner`` at the end.
///
/// For a version with `accepted` suites of `candidates` the questions are no more than `accepted` + one for each hello's
/// worth of candidates + 2 for DHE without RFC 7919 groups + 3 for whose order it is, one for each cut (see
/// ``cut()``), and for a server's own order one for each line and, where the order is not the predicted one, about
/// another `accepted`. Short hellos are 16 suites each.
struct VersionPlanner: Inquiry {
    private enum Phase: Sendable {
        case opening
        case suites
        case order
        case done
    }

    /// Whose question one is: the part's own token.
    private enum Part: Sendable {
        case opening(Int)
        case suites(Int)
        case kind
        case order(Int)
    }

    /// Whether a newer version's order may help.
    enum Reference: Sendable {
        case awaited
        case none
        /// The place of each suite.
        case places([CipherSuite: Int])
    }

    let version: ProtocolVersion
    private let configuration: SurveyConfiguration
    let candidates: VersionCandidates
    private let recipe: HelloRecipe
    /// Questions on their way.
    private var asked: [Int: (part: Part, question: SuiteQuestion)] = [:]
    private var nextToken = 0
    private var phase = Phase.opening
    private var opening: VersionOpening
    private(set) var suites: SuitePlanner
    private(set) var kind: OrderKindPlanner
    private(set) var joiner: OrderJoiner?
    /// The order of a newer version that the server has turned out to have.
    private var reference = Reference.awaited
    /// The order could not be found out to its end.
    private(set) var isOrderBroken = false
    private(set) var verdict: Verdict?
    private(set) var evidence: ProbeRequest.ID?
    private var shape = HelloShape()
    /// Suites in a brief hello.
    private var briefLimit = Self.briefSize
    private(set) var notes: [String] = []
    /// The leaf certificates that came with choices, each once.
    private(set) var leaves: [[UInt8]] = []
    /// The answers weren't TLS.
    private(set) var foreignPrefix: [UInt8]?

    /// More leaves than these, or longer ones, a server has only to waste our memory.
    private static let leavesLimit = 16
    private static let leafLimit = 1 << 17

    /// Suites in a hello for servers that choke on long ones, and on more than a few.
    static let briefSize = 16
    static let fewSuites = 8

    /// Nil if none of the suites asked for belongs to the version.
    init?(version: ProtocolVersion, configuration: SurveyConfiguration) {
        guard let candidates = VersionCandidates(version: version, only: configuration.suites) else { return nil }
        self.version = version
        self.configuration = configuration
        self.candidates = candidates
        recipe = HelloRecipe(serverName: configuration.serverName)
        let size = max(1, configuration.suitesPerHello)
        opening = VersionOpening(candidates, size: size)
        suites = SuitePlanner(version: version, groups: [], shape: shape, limit: size)
        kind = OrderKindPlanner(limit: size)
    }

    var isFinished: Bool { phase == .done }

    /// The server speaks the version.
    var isSupported: Bool { verdict == .supported }

    /// What the server is known to take by now.
    var suitesSoFar: [FoundSuite] { suites.found }

    /// It won't become more.
    var hasAllSuites: Bool { phase == .order || phase == .done }

    /// TLS 1.3 with an empty key share is refused.
    var needsKeyShare: Bool { shape.sendsKeyShares }

    /// The group that a TLS 1.3 server named for its first suite, offered all that RFC 8446 has and no share.
    var favouriteGroup: (item: NamedGroup, evidence: ProbeRequest.ID)? {
        guard version == .tls13, !shape.sendsKeyShares, !shape.isBrief, let first = suites.found.first,
            let group = first.group, let evidence = first.evidence
        else { return nil }
        return (group, evidence)
    }

    /// The server has answered a hello of full length in a version up to TLS 1.2.
    var takesLongHellos: Bool { isSupported && !shape.isBrief && version <= .tls12 }

    /// Tells that it has in a version whose hellos are as long as this one's.
    mutating func noteLongHellosWork() { opening.knowsLongHellosWork = true }

    mutating func questions() -> [(token: Int, question: HelloQuestion)] {
        parts().map { part, question in
            defer { nextToken += 1 }
            asked[nextToken] = (part, question)
            var hello = recipe.hello(question)
            if mayGoWithGroups(part, question) { hello.topic = .modernSuites }
            return (nextToken, hello)
        }
    }

    private mutating func parts() -> [(part: Part, question: SuiteQuestion)] {
        switch phase {
        case .opening: return opening.questions().map { (.opening($0), $1) }
        case .done: return []
        case .suites, .order: break
        }
        var parts = suites.questions().map { (part: Part.suites($0), question: $1) }
        if let offer = kind.offer() { parts.append((.kind, question(offer))) }
        for (token, offer) in joiner?.offers() ?? [] {
            parts.append((.order(token), question(offer, isMerge: token < 0)))
        }
        return parts
    }

    /// A TLS 1.3 server that probably chooses one of the suites, and names a group with it.
    private func mayGoWithGroups(_ part: Part, _ question: SuiteQuestion) -> Bool {
        guard version == .tls13, favouriteGroup != nil, !question.shape.sendsKeyShares else { return false }
        switch part {
        case .opening: return false
        case .suites: return question.suites.contains(where: PlainHello.modernSuites.contains)
        case .kind, .order: return true
        }
    }

    private func question(_ offer: [CipherSuite], isMerge: Bool = false) -> SuiteQuestion {
        var shape = shape
        // What was taken without RFC 7919 groups is refused with them.
        if suites.dislikesFiniteFields { shape.offersFiniteFields = false }
        return SuiteQuestion(version: version, suites: offer, shape: shape, isLikelyFollowed: isMerge)
    }

    mutating func answer(_ token: Int, _ answer: HelloAnswer) {
        guard let (part, question) = asked.removeValue(forKey: token) else { return }
        let current = answer.usedAlternative ? question.alternative ?? question : question
        let found = keepLeaf(Answer(answer, to: current), answer)
        switch part {
        case .opening(let token):
            guard phase == .opening else { return }
            opening.answer(token, found, usedBrief: answer.usedAlternative)
            guard let finding = opening.finding else { return }
            evidence = answer.request
            take(finding)
        case .suites(let token):
            suites.answer(token, found)
        case .kind:
            if case .unknown(let doubt) = found { kind.leaveOpen(doubt) } else { kind.answer(found.suite) }
        case .order(let token):
            takeComparison(found, token)
        }
        advance()
    }

    /// Notes which certificate came with a choice.
    private mutating func keepLeaf(_ found: Answer, _ answer: HelloAnswer) -> Answer {
        guard case .chose(var suite) = found, case .observed(.serverHello(_, let parts)) = answer.content,
            let leaf = parts.certificates.first, leaf.count <= Self.leafLimit
        else { return found }
        suite.leaf = leaves.firstIndex(of: leaf)
        if suite.leaf == nil, leaves.count < Self.leavesLimit {
            suite.leaf = leaves.count
            leaves.append(leaf)
        }
        return .chose(suite)
    }

    private mutating func take(_ finding: VersionOpening.Finding) {
        let size = max(1, configuration.suitesPerHello)
        switch finding {
        case .common(let found, let offer):
            startSuites(CandidateSuites.intervals(candidates.suites, size: size), limit: size)
            suites.begin(with: found, offer: offer)
        case .rare(let groups, let answers):
            startSuites(groups, limit: size)
            for (line, answer) in answers.sorted(by: { $0.key < $1.key }) where suites.lines.indices.contains(line) {
                suites.answer(line, answer)
                if case .chose(let found) = answer { evidence = found.evidence }
            }
        case .finite(let groups):
            shape.offersFiniteFields = false
            startSuites(groups, limit: size)
        case .briefSuites(let found, let limit, let note):
            notes.append(note)
            shape = found
            let size = min(limit, size)
            briefLimit = size
            startSuites(CandidateSuites.intervals(candidates.suites, size: size), limit: size)
            kind = OrderKindPlanner(limit: size)
        case .settled(let found, let remarks):
            verdict = found
            notes += remarks
            phase = .done
        case .foreign(let prefix):
            foreignPrefix = prefix
            phase = .done
        }
    }

    private mutating func startSuites(_ groups: [[CipherSuite]], limit: Int) {
        verdict = .supported
        phase = .suites
        suites = SuitePlanner(version: version, groups: groups, shape: shape, limit: limit)
    }

    private mutating func takeComparison(_ answer: Answer, _ token: Int) {
        guard let suite = answer.suite else {
            isOrderBroken = true
            if case .unknown(let doubt) = answer {
                notes.append("the order is not known throughout: \(doubt.text)")
            } else {
                // These suites were chosen a moment ago.
                notes.append(
                    "the order is not the server's throughout: suites that were chosen before were refused later"
                )
            }
            phase = .done
            return
        }
        joiner?.take(suite, token)
    }

    /// Starts what has become possible.
    private mutating func advance() {
        guard phase == .suites || phase == .order else { return }
        let chains = suites.chains
        kind.look(at: chains, isLast: suites.isFinished)
        suites.isInOurOrder = kind.kind == .client
        guard suites.isFinished else { return }
        phase = .order
        let hasOwnOrder = kind.kind == .server || kind.kind == .serverUnlessChaCha
        if hasOwnOrder, joiner == nil {
            let limit = shape.isBrief ? briefLimit : configuration.suitesPerHello
            joiner = OrderJoiner(chains: chains, limit: limit, facts: suites.facts)
        }
        if joiner?.needsReference ?? false {
            switch reference {
            case .awaited: break
            case .none: joiner?.tryReference(nil)
            case .places(let places): joiner?.tryReference(places)
            }
            if case .places = reference { reference = .none }
        }
        if kind.isFinished, joiner?.isFinished ?? true { phase = .done }
    }

    /// Tells what there is to go by of the newer versions.
    mutating func note(_ found: Reference) {
        guard case .awaited = reference else { return }
        reference = found
        advance()
    }

    /// The order that the server has, once it's known.
    var ownOrder: [CipherSuite]? { phase == .done && !isOrderBroken ? joiner?.merged : nil }
}

// MARK: - Cutting lines

extension VersionPlanner {
    /// Questions that will be asked at the next opportunity.
    var readyCount: Int { phase == .suites ? suites.readyCount : 0 }

    /// What is gained if the longest line is cut: the suites that it's expected to yield, or 0 if that isn't worth it. A cut
    /// costs a connection where our order decides, and two where the server's does.
    var gain: Int {
        guard phase == .suites, !shape.isBrief else { return 0 }
        let expected = suites.expected
        return expected >= (suites.isInOurOrder ? 4 : 12) ? expected : 0
    }

    /// Cuts the longest line in two, so that they can be asked side by side.
    mutating func cut() { suites.cut() }
}

extension Answer {
    /// The suite that was chosen.
    fileprivate var suite: CipherSuite? {
        if case .chose(let found) = self { found.suite } else { nil }
    }
}
