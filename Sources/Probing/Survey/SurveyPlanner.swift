import TLSParameters
import TLSWire

/// Which versions a server speaks, with which suites, and in whose order: TLS 1.0 to TLS 1.3, side by side.
///
/// Every version is asked for by hellos of its own that hold nothing newer. The connections needed are about one for each
/// suite that is accepted, one for each group of suites, and two for the order.
public struct SurveyPlanner: ProbePlanner {
    /// What is asked for.
    public let configuration: SurveyConfiguration
    private var versions: [VersionPlanner]
    private var desk: ConfirmationDesk

    /// A survey of `configuration`.
    public init(_ configuration: SurveyConfiguration = SurveyConfiguration()) {
        self.configuration = configuration
        let wanted = Set(configuration.versions).filter { ProtocolVersion.tls10 <= $0 && $0 <= .tls13 }
        versions = wanted.sorted().map { VersionPlanner(version: $0, configuration: configuration) }
        desk = ConfirmationDesk(
            recipe: HelloRecipe(serverName: configuration.serverName),
            seed: configuration.seed
        )
    }

    /// The requests that may run now; each is handed out once.
    public mutating func requests() -> [ProbeRequest] {
        // The newest version first: it is the likeliest to be there, and then there's a control for the others.
        var unsettled: [ConfirmationDesk.Reply] = []
        repeat {
            for index in versions.indices.reversed() {
                for (token, question) in versions[index].questions() {
                    desk.ask(question, owner: index, token: token)
                }
            }
            unsettled = desk.settleWithoutControl()
            deliver(unsettled)
        } while !unsettled.isEmpty
        return desk.requests()
    }

    /// What came of a request.
    public mutating func observe(_ id: ProbeRequest.ID, _ observation: Observation) {
        deliver(desk.observe(id, observation))
    }

    private mutating func deliver(_ replies: [ConfirmationDesk.Reply]) {
        for reply in replies {
            versions[reply.asked.owner].answer(
                reply.asked.token,
                reply.answer,
                usedBrief: reply.asked.usesBrief
            )
        }
    }

    /// Nothing is left to ask.
    public var isFinished: Bool { versions.allSatisfy(\.isFinished) && desk.isIdle }

    /// Questions on their way that another one will probably follow.
    public var likelyFollowUps: Int { desk.likelyFollowUps }

    /// What is known by now.
    public var outcome: SurveyOutcome {
        let reachability = desk.tally.reachability
        return SurveyOutcome(
            versions: versions.map { $0.outcome(speaksTLS: reachability == .tls) },
            reachability: reachability
        )
    }
}

extension VersionPlanner {
    /// The outcome, now that it's known whether the server speaks TLS at all.
    fileprivate func outcome(speaksTLS: Bool) -> VersionOutcome {
        var outcome = outcome
        guard let foreignPrefix, outcome.verdict != .supported else { return outcome }
        let name = StreamOpening(foreignPrefix).name
        guard speaksTLS else {
            outcome.verdict = .inconclusive(reason: "the answer is \(name)")
            outcome.isComplete = false
            return outcome
        }
        // A TLS server that answers such hellos in plain text, as web servers do to old versions, has said no.
        outcome.verdict = .rejected
        outcome.isComplete = true
        outcome.notes.append("the server answers with \(name)")
        return outcome
    }
}
