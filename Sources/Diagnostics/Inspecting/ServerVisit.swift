import Certificates
import Probing
import SecureChannel
import TLSParameters
import Transport

/// One address of a server, asked everything: a session first, which tells whether there is anything to ask, then the rest
/// side by side.
struct ServerVisit: Sendable {
    let opening: Opening
    let settings: InspectSettings
    let deadline: Deadline
    /// What the survey finds out besides versions and suites.
    var aspects = Set(SurveyAspect.allCases)

    /// What came of it.
    struct Outcome {
        /// The session.
        var attempt: Opening.Attempt
        /// How the visit stands: the session's own status where that is not in order, or what the survey left open.
        var status: RunStatus
        /// Versions, suites and the rest; nil if that was not asked, or nothing speaks TLS.
        var survey: CiphersResult?
        /// Whether a survey was made and learnt nothing.
        var isSurveyUnanswered = false
        /// What the survey shows to be wrong.
        var surveyFindings: [Finding] = []
        /// What checks with connections of their own came to.
        var checks = CheckRun()
        /// Other certificates.
        var chains = ChainCollector.Outcome()
        /// What it all cost.
        var spent: Spending
    }

    /// Asks the first of `addresses` that answers, or of the target's own; `watcher` is told how far the survey is.
    func run(to addresses: [SocketEndpoint] = [], watcher: SurveyProgress.Watcher? = nil) async -> Outcome {
        let attempt: Opening.Attempt
        var way: Opening
        (attempt, way) = await session(addresses)
        var outcome = Outcome(
            attempt: attempt,
            status: attempt.status,
            spent: attempt.session?.spending ?? Spending()
        )
        guard let address = attempt.address, speaksTLS(attempt), !deadline.hasPassed, !Task.isCancelled else {
            return outcome
        }
        let known = attempt.session.map { ConnectResult.certificates($0.context.attributes) } ?? []
        async let survey = survey(address, watcher)
        async let chains = chains(way, address, known)
        let answer = await survey
        outcome.chains = await chains
        var spent = outcome.chains.spent
        if let answer {
            spent.join(Spending(answer.spending))
            take(answer, into: &outcome)
        }
        outcome.spent.add(spent)
        if let survey = outcome.survey, let classic = way.withClassicEngine(after: attempt, survey) {
            let next = await self.attempt(classic, [address])
            outcome.spent.add(next.session?.spending ?? Spending(connections: 1))
            if next.cameFurther(than: attempt) {
                way = classic
                outcome.attempt = next
                outcome.status = next.status
            }
        }
        if let answer, outcome.status.exit == .ok, outcome.survey != nil {
            // What else stayed open has a check that says so; --fail-on incomplete minds it.
            let open = answer.open([])
            if !open.isEmpty { outcome.status = RunStatus(incomplete: open, answer.spending) }
        }
        guard settings.parts.contains(.checks) else { return outcome }
        guard !deadline.hasPassed, !Task.isCancelled else {
            outcome.checks = CheckRun(unfinished: settings)
            if outcome.status.exit == .ok {
                outcome.status = RunStatus(
                    exit: .incomplete,
                    kind: "incomplete:deadline",
                    reason: "the time was up before the checks",
                    hint: "give it a longer --timeout, or leave them out with --skip checks"
                )
            }
            return outcome
        }
        let dialer = answer?.dialer ?? self.dialer(address)
        outcome.checks = await checks(way, address, dialer, outcome)
        outcome.spent.add(outcome.checks.spent)
        return outcome
    }

    /// What needs connections of its own, once it is known what the server speaks.
    private func checks(
        _ way: Opening,
        _ address: SocketEndpoint,
        _ dialer: ProbeDialer,
        _ outcome: Outcome
    ) async -> CheckRun {
        let runner = CheckRunner(
            opening: way,
            survey: outcome.survey,
            probe: settings.probe,
            choice: CheckRunner.Choice(intrusive: settings.intrusive, http: settings.parts.contains(.http)),
            hasAnotherSite: outcome.chains.hasAnotherSite,
            addresses: [address],
            connect: { deadline throws(TransportError) in try await dialer.dial(deadline: deadline) }
        )
        return await runner.run(deadline: deadline)
    }

    private func dialer(_ address: SocketEndpoint) -> ProbeDialer {
        ProbeDialer(
            opening.request.reach,
            [address],
            dialogueTimeout: ProbeDialer.dialogueTimeout(probeTimeout: settings.probe.probeTimeout),
            deadline: deadline
        )
    }

    /// A session, and the way to it; of an old kind where the server has no other and the user did not choose.
    private func session(_ addresses: [SocketEndpoint]) async -> (Opening.Attempt, Opening) {
        let first = await attempt(opening, addresses)
        guard case .failed(let failure)? = first.outcome, failure.alertReceived != nil,
            opening.request.protocols.protocols == nil, !opening.request.protocols.legacy,
            settings.parts.contains(.survey), let address = first.address,
            let older = try? opening.with({ credential in
                credential.legacy = true
                credential.protocols = [.tls10, .tls11, .tls12, .tls13]
            })
        else { return (first, opening) }
        let second = await attempt(older, [address])
        return second.isEstablished ? (second, older) : (first, opening)
    }

    private func attempt(_ opening: Opening, _ addresses: [SocketEndpoint]) async -> Opening.Attempt {
        let attempt = await opening.attempt(to: addresses, deadline: deadline, silence: silence)
        if let session = attempt.session {
            if attempt.isEstablished { _ = await session.sendCloseNotify(deadline: .after(.seconds(2))) }
            await session.stream.close()
        }
        return attempt
    }

    /// How long a server may say nothing at all: who waits for the whole of a long `--timeout` learns no more, since hellos of our
    /// own wait for ``ProbeSettings/probeTimeout`` only.
    private var silence: Duration { max(settings.probe.probeTimeout, opening.request.limits.timeout / 6) }

    /// Whether more questions can have answers: silence would be met with silence, and another protocol with nonsense.
    private func speaksTLS(_ attempt: Opening.Attempt) -> Bool {
        guard attempt.outcome != nil, attempt.status.kind != "not-tls" else { return false }
        return !attempt.status.kind.hasPrefix("incomplete:") && attempt.status.exit != .usage
    }

    private func survey(
        _ address: SocketEndpoint,
        _ watcher: SurveyProgress.Watcher?
    ) async -> ServerSurvey.Answer? {
        guard settings.parts.contains(.survey) else { return nil }
        let reach = opening.request.reach
        let configuration = SurveyConfiguration(
            versions: versions,
            serverName: reach.serverName,
            aspects: aspects,
            concurrency: settings.probe.concurrency
        )
        let survey = ServerSurvey(reach: reach, probe: settings.probe, configuration: configuration)
        return await survey.run([address], deadline: deadline, watcher: watcher)
    }

    /// All versions, or those that the user wants to know about.
    private var versions: [ProtocolVersion] {
        opening.request.protocols.protocols == nil ? ProtocolVersion.all : opening.credential.credential.protocols
    }

    private func chains(
        _ way: Opening,
        _ address: SocketEndpoint,
        _ known: [Certificate]
    ) async -> ChainCollector.Outcome {
        guard settings.parts.contains(.chains) else { return ChainCollector.Outcome() }
        let moment = opening.request.validation.time ?? Timestamp.now
        return await ChainCollector(opening: way, address: address, deadline: deadline).run(
            known: known,
            at: moment
        )
    }

    private func take(_ answer: ServerSurvey.Answer, into outcome: inout Outcome) {
        outcome.surveyFindings = answer.dialer.findings
        guard answer.outcome.reachability == .tls else {
            // A session stood, or was refused, and our own hellos got nothing: what wasn't learnt is not in order.
            if outcome.status.exit == .ok {
                outcome.status = RunStatus(
                    exit: .incomplete,
                    kind: "incomplete:unanswered",
                    reason: "a session stood, but hellos of our own got no answer: versions and suites are not known",
                    hint: "try again with --polite; something on the way may drop hellos that it doesn't know"
                )
            }
            outcome.isSurveyUnanswered = true
            return
        }
        let result = CiphersResult(
            answer.outcome,
            aspects: aspects,
            evidence: answer.spending.evidence,
            keepsEvidence: false
        )
        outcome.surveyFindings = SupportFindings.all(result) + outcome.surveyFindings
        outcome.survey = result
    }
}
