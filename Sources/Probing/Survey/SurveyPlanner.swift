import TLSParameters

/// Which versions a server speaks, with which suites, and in whose order: TLS 1.0 to TLS 1.3, side by side.
///
/// Every version is asked for by hellos of its own that hold nothing newer. The connections needed are about one for each
/// suite that is accepted, one for each group of suites, and two for the order.
public struct SurveyPlanner: ProbePlanner {
    /// What is asked for.
    public let configuration: SurveyConfiguration
    private var versions: [VersionPlanner]
    /// Versions to which none of the suites asked for belongs.
    private let leftOut: [ProtocolVersion]
    private var desk: ConfirmationDesk

    /// A survey of `configuration`.
    public init(_ configuration: SurveyConfiguration = SurveyConfiguration()) {
        self.configuration = configuration
        let wanted = Set(configuration.versions).filter { ProtocolVersion.tls10 <= $0 && $0 <= .tls13 }.sorted()
        versions = wanted.compactMap { VersionPlanner(version: $0, configuration: configuration) }
        let asked = Set(versions.map(\.version))
        leftOut = wanted.filter { !asked.contains($0) }
        desk = ConfirmationDesk(
            seed: configuration.seed,
            scouts: configuration.suites == nil ? [] : Self.scouts(configuration)
        )
    }

    /// Hellos that most servers take, for where all that was asked for is refused without a word: is anyone there?
    private static func scouts(_ configuration: SurveyConfiguration) -> [HelloQuestion] {
        let recipe = HelloRecipe(serverName: configuration.serverName)
        return [ProtocolVersion.tls12, .tls13].compactMap { version in
            let common = CandidateSuites.candidates(for: version, only: nil)
            return CandidateSuites.groups(common, size: configuration.suitesPerHello).first
                .map { recipe.hello(SuiteQuestion(version: version, suites: $0)) }
        }
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
            versions[reply.owner].answer(reply.token, reply.answer)
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
            reachability: reachability,
            notes: notes
        )
    }

    private var notes: [String] {
        guard !leftOut.isEmpty else { return [] }
        let names = leftOut.map(\.id).joined(separator: ", ")
        return ["not asked for: \(names), to which none of the suites asked for belongs"]
    }
}
