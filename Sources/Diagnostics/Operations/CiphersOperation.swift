import Probing
import TLSParameters
import TLSWire
import Transport

/// `ciphers TARGET`: the versions and suites of a server, by our own hellos, whatever libssl is installed.
public struct CiphersOperation: Sendable {
    private let reach: Reach
    private let probe: ProbeSettings
    private let filter: SuiteFilter
    private let survey: SurveyRequest

    /// Prepares a survey; nothing is sent.
    ///
    /// - Throws: `RequestProblem` for anything that can't work.
    public init(
        target: Target,
        endpoint: EndpointSettings,
        limits: Limits,
        probe: ProbeSettings,
        filter: SuiteFilter,
        survey: SurveyRequest = SurveyRequest()
    ) throws(RequestProblem) {
        reach = Reach(target: target.with(endpoint), endpoint: endpoint, limits: limits)
        self.probe = probe
        self.filter = filter
        self.survey = survey
        try reach.check()
    }

    /// Resolves the name once, then asks its first address that answers.
    ///
    /// `watcher` is told how far the survey is.
    public func run(watcher: SurveyProgress.Watcher? = nil) async -> Report<CiphersResult> {
        let startedAt = Timestamp.text(Timestamp.now)
        // No hello to send: nothing that the filters let through belongs to a version that is asked for.
        guard !SurveyPlanner(configuration).isFinished else {
            return report(startedAt, nil, RunStatus(noMatch: filter))
        }
        let deadline = Deadline.after(reach.limits.timeout)
        let endpoints: [SocketEndpoint]
        do throws(TransportError) {
            endpoints = try await reach.endpoints(deadline: deadline)
        } catch {
            return report(startedAt, nil, RunStatus(unreachable: error, target: reach.target))
        }
        let survey = ServerSurvey(reach: reach, probe: probe, configuration: configuration)
        let answer = await survey.run(endpoints, deadline: deadline, watcher: watcher)
        let result = result(answer)
        return report(startedAt, answer.dialer, status(answer, result), result, answer.spending)
    }

    private var configuration: SurveyConfiguration {
        let suites = filter.choosesSuites ? CipherSuite.registry.filter(filter.chooses).map(\.suite) : nil
        return SurveyConfiguration(
            versions: filter.versions ?? ProtocolVersion.all,
            serverName: reach.serverName,
            suites: suites,
            choosesSSL2Kinds: SSL2CipherKind.registry.contains(where: filter.chooses),
            aspects: survey.aspects,
            concurrency: probe.concurrency
        )
    }

    private func report(
        _ startedAt: String,
        _ dialer: ProbeDialer?,
        _ status: RunStatus,
        _ result: CiphersResult? = nil,
        _ spending: ProbeSpending = ProbeSpending()
    ) -> Report<CiphersResult> {
        Report(
            tool: .current,
            verb: .ciphers,
            target: dialer?.summary ?? reach.summary(address: nil),
            startedAt: startedAt,
            status: status,
            result: result,
            findings: (result.map(SupportFindings.all) ?? []) + (dialer?.findings ?? []),
            spent: Spending(spending)
        )
    }

    /// The facts; nil where nothing on the other side speaks TLS, so that there are none.
    private func result(_ answer: ServerSurvey.Answer) -> CiphersResult? {
        guard answer.outcome.reachability == .tls else { return nil }
        var result = CiphersResult(
            answer.outcome,
            aspects: survey.aspects,
            evidence: answer.spending.evidence,
            keepsEvidence: survey.keepsEvidence
        )
        result.keepKinds(filter.chooses)
        result.everySuite = !filter.choosesSuites
        result.expectation = survey.expectation?.compare(
            result.versions,
            wasAskedFor: filter.chooses,
            kindWasAskedFor: filter.chooses
        )
        return result
    }

    private func status(_ answer: ServerSurvey.Answer, _ result: CiphersResult?) -> RunStatus {
        guard let result else {
            return RunStatus(nothingSpoken: answer.outcome.reachability, target: reach.target)
        }
        if let expectation = result.expectation, let status = RunStatus(violated: expectation) { return status }
        let open = answer.open(survey.aspects)
        guard open.isEmpty else { return RunStatus(incomplete: open, answer.spending) }
        // A version that was asked for by name and is refused is an answer; a server that refuses all of them is not
        // one that anybody can talk to.
        guard filter == .everything, result.versions.allSatisfy({ $0.verdict == "rejected" }) else { return .ok }
        return RunStatus(refused: result.versions, target: reach.target)
    }
}
