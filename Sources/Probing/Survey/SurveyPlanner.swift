import TLSParameters

/// Which versions a server speaks, with which suites, and in whose order: SSL 2.0 to TLS 1.3, side by side.
///
/// Every version is asked for by hellos of its own that hold nothing newer. The connections needed are about one for each
/// suite that is accepted, one for each hello's worth of suites, and a few for the order (see ``VersionPlanner``); SSL 2.0
/// and PCT 1.0 take one each.
public struct SurveyPlanner: ProbePlanner {
    /// What is asked for.
    public let configuration: SurveyConfiguration
    private var versions: [VersionPlanner]
    private var ssl2: SSL2FormatPlanner?
    private var pct: SSL2FormatPlanner?
    /// Versions to which none of the suites asked for belongs.
    private let leftOut: [ProtocolVersion]
    private var details: DetailsPlanner
    private var joiner = QuestionJoiner()
    private var desk: ConfirmationDesk

    /// Who asks: a version by its index, one of these, or an inquiry into details by its index from here on.
    private enum Owner {
        static let ssl2 = -1
        static let pct = -2
        /// What the joiner has made of questions; each of those has an owner of its own.
        static let joiner = -3
        static let details = 100
    }

    /// A survey of `configuration`.
    public init(_ configuration: SurveyConfiguration = SurveyConfiguration()) {
        self.configuration = configuration
        let wanted = Set(configuration.versions).filter { ProtocolVersion.ssl3 <= $0 && $0 <= .tls13 }.sorted()
        versions = wanted.compactMap { VersionPlanner(version: $0, configuration: configuration) }
        // SSL 2.0 has kinds of its own. Its one answer lists them all, so that nothing is saved by offering fewer.
        if configuration.versions.contains(.ssl2) {
            if configuration.suites == nil || configuration.choosesSSL2Kinds { ssl2 = .ssl2 }
            if configuration.suites == nil { pct = .pct }
        }
        let asked = Set(versions.map(\.version))
        leftOut =
            (configuration.versions.contains(.ssl2) && ssl2 == nil ? [.ssl2] : [])
            + wanted.filter { !asked.contains($0) }
        details = DetailsPlanner(configuration)
        desk = ConfirmationDesk(
            seed: configuration.seed,
            scouts: configuration.suites == nil ? [] : Self.scouts(configuration)
        )
    }

    /// Hellos that most servers take, for where all that was asked for is refused without a word: is anyone there?
    private static func scouts(_ configuration: SurveyConfiguration) -> [HelloQuestion] {
        let recipe = HelloRecipe(serverName: configuration.serverName)
        return [ProtocolVersion.tls12, .tls13].map { version in
            let suites = CandidateSuites.candidates(for: version, only: nil)
            let common = CandidateSuites.common(of: suites, size: configuration.suitesPerHello)
            return recipe.hello(SuiteQuestion(version: version, suites: common))
        }
    }

    /// The requests that may run now; each is handed out once.
    public mutating func requests() -> [ProbeRequest] {
        prepare()
        return desk.requests()
    }

    /// The same before their hellos are written.
    mutating func letters() -> [ConfirmationDesk.Letter] {
        prepare()
        return desk.letters()
    }

    private mutating func prepare() {
        var unsettled: [ConfirmationDesk.Reply] = []
        repeat {
            ask()
            unsettled = desk.settleWithoutControl()
            deliver(unsettled)
        } while !unsettled.isEmpty
    }

    private mutating func ask() {
        cutLines()
        // The newest version first: it is the likeliest to be there, and then there's a control for the others. The versions
        // that hardly anyone has wait for the first answer, so that the others' next questions needn't wait for them.
        let startsOld = !desk.tally.isEmpty || versions.allSatisfy { $0.version < .tls10 }
        for index in versions.indices.reversed() where versions[index].version >= .tls10 || startsOld {
            for (token, question) in versions[index].questions() { ask(question, owner: index, token: token) }
        }
        for index in details.inquiries.indices {
            for (token, question) in details.questions(of: index) {
                ask(question, owner: Owner.details + index, token: token)
            }
        }
        for (token, question) in joiner.questions() { desk.ask(question, owner: Owner.joiner, token: token) }
        guard startsOld else { return }
        for (token, question) in ssl2?.questions() ?? [] { desk.ask(question, owner: Owner.ssl2, token: token) }
        for (token, question) in pct?.questions() ?? [] { desk.ask(question, owner: Owner.pct, token: token) }
    }

    private mutating func ask(_ question: HelloQuestion, owner: Int, token: Int) {
        if question.topic == nil {
            desk.ask(question, owner: owner, token: token)
        } else {
            joiner.add(QuestionJoiner.Single(owner: owner, token: token, question: question))
        }
    }

    /// Cuts long lines in two while fewer are under way than keep the connections busy: a line keeps one busy with its
    /// question and another with connecting for the next.
    private mutating func cutLines() {
        var spare = configuration.concurrency / 2 + 1 - desk.openCount - versions.reduce(0) { $0 + $1.readyCount }
        while spare > 0, let best = versions.indices.max(by: { versions[$0].gain < versions[$1].gain }),
            versions[best].gain > 0
        {
            versions[best].cut()
            spare -= 1
        }
    }

    /// What came of a request.
    public mutating func observe(_ id: ProbeRequest.ID, _ observation: Observation) {
        deliver(desk.observe(id, observation))
    }

    private mutating func deliver(_ replies: [ConfirmationDesk.Reply]) {
        for reply in replies {
            guard reply.owner == Owner.joiner else {
                hand(reply.answer, to: reply.owner, reply.token)
                continue
            }
            let singles = joiner.answer(reply.token, reply.answer)
            var answer = reply.answer
            answer.isJoined = singles.count > 1
            for single in singles { hand(answer, to: single.owner, single.token) }
        }
        shareOrders()
        details.look(at: versions)
    }

    private mutating func hand(_ answer: HelloAnswer, to owner: Int, _ token: Int) {
        switch owner {
        case Owner.ssl2: ssl2?.answer(token, answer)
        case Owner.pct: pct?.answer(token, answer)
        case Owner.details...: details.answer(owner - Owner.details, token, answer)
        default:
            details.look(at: answer, of: versions[owner].version, token)
            versions[owner].answer(token, answer)
            guard versions[owner].takesLongHellos else { return }
            for index in versions.indices where index <= owner { versions[index].noteLongHellosWork() }
        }
    }

    /// Lets older versions go by the order of the newest one up to TLS 1.2, once it's known or known that there is none.
    /// TLS 1.3 has other suites than they.
    private mutating func shareOrders() {
        var reference = VersionPlanner.Reference.none
        for index in versions.indices.reversed() {
            versions[index].note(reference)
            guard versions[index].version <= .tls12 else { continue }
            if !versions[index].isFinished { return }
            guard case .none = reference, let order = versions[index].ownOrder, order.count > 1 else { continue }
            reference = .places(
                Dictionary(order.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
            )
        }
    }

    /// Nothing is left to ask.
    public var isFinished: Bool {
        versions.allSatisfy(\.isFinished) && details.isFinished && ssl2?.isFinished ?? true && pct?.isFinished ?? true
            && desk.isIdle
    }

    /// Questions on their way that another one will probably follow.
    public var likelyFollowUps: Int {
        // The first suite that is found brings up all the questions besides.
        let first = desk.tally.isEmpty && !configuration.aspects.isEmpty ? configuration.concurrency / 4 : 0
        return desk.likelyFollowUps + first
    }

    /// What is known by now.
    public var outcome: SurveyOutcome {
        let reachability = desk.tally.reachability
        // Of a server that answers in another protocol now and then no such answer is a no.
        let speaksTLS = reachability == .tls && !desk.endings.isForeignByChance
        var outcome = SurveyOutcome(
            versions: versions.map { desk.endings.doubting($0.outcome(speaksTLS: speaksTLS)) },
            reachability: reachability,
            details: details.details,
            notes: notes + details.notes
        )
        collectLeaves(&outcome)
        // A server that has said no to all that was asked for has nothing to take a fingerprint of.
        if !versions.isEmpty, versions.allSatisfy({ $0.isFinished && $0.verdict == .rejected }) {
            outcome.details.jarmDoubt = nil
        }
        if let ssl2 {
            var found = desk.endings.doubting(ssl2.outcome(speaksTLS: speaksTLS))
            found.leaf = ssl2.certificate.flatMap { outcome.leaves.firstIndex(of: $0) }
            outcome.versions.insert(found, at: 0)
        }
        if let pct { outcome.details.features.append(pct.feature(speaksTLS: speaksTLS)) }
        return outcome
    }

    /// Makes one list of the versions' leaf certificates.
    private func collectLeaves(_ outcome: inout SurveyOutcome) {
        for index in versions.indices {
            let places = versions[index].leaves.map { leaf in
                outcome.leaves.firstIndex(of: leaf)
                    ?? {
                        outcome.leaves.append(leaf)
                        return outcome.leaves.count - 1
                    }()
            }
            for suite in outcome.versions[index].suites.indices {
                guard let leaf = outcome.versions[index].suites[suite].leaf else { continue }
                outcome.versions[index].suites[suite].leaf = places.indices.contains(leaf) ? places[leaf] : nil
            }
        }
        if let leaf = ssl2?.certificate, !outcome.leaves.contains(leaf) { outcome.leaves.append(leaf) }
    }

    private var notes: [String] {
        guard !leftOut.isEmpty else { return [] }
        let names = leftOut.map(\.id).joined(separator: ", ")
        return ["not asked for: \(names), to which none of the suites asked for belongs"]
    }
}
