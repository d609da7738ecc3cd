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
        let planner = SurveyPlanner(configuration)
        // No hello to send: nothing that the filters let through belongs to a version that is asked for.
        guard !planner.isFinished else { return report(startedAt, nil, RunStatus(noMatch: filter)) }
        let deadline = Deadline.after(reach.limits.timeout)
        let endpoints: [SocketEndpoint]
        do throws(TransportError) {
            endpoints = try await reach.endpoints(deadline: deadline)
        } catch {
            return report(startedAt, nil, RunStatus(unreachable: error, target: reach.target))
        }
        let dialer = ProbeDialer(
            reach,
            endpoints,
            dialogueTimeout: ProbeDialer.dialogueTimeout(probeTimeout: probe.probeTimeout),
            deadline: deadline
        )
        let runner = ProbeRunner(
            connect: { deadline throws(TransportError) in try await dialer.dial(deadline: deadline) },
            budget: ProbeBudget(
                concurrency: probe.concurrency,
                maxConnections: probe.maxConnections,
                connectTimeout: reach.limits.connectTimeout,
                probeTimeout: probe.probeTimeout,
                targetTimeout: deadline.remaining,
                delay: probe.delay,
                rate: probe.rate,
                // The alerts that refuse a version are read from there, whether the report shows it or not.
                keepsEvidence: true
            )
        )
        let relay: ProbeProgress.Watcher = { watcher?(SurveyProgress($0)) }
        let (outcome, spending) = await runner.run(planner, watcher: watcher == nil ? nil : relay)
        let result = result(outcome, spending.evidence)
        return report(startedAt, dialer, status(outcome, spending, result), result, spending)
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
            spent: Spending(
                connections: spending.connections,
                bytesSent: spending.bytesSent,
                bytesReceived: spending.bytesReceived,
                roundTrips: spending.roundTrips,
                seconds: spending.seconds,
                slowdowns: spending.slowdowns.map(\.rawValue),
                slowedAfter: spending.slowedAfter,
                rate: spending.rate
            )
        )
    }

    /// The facts; nil where nothing on the other side speaks TLS, so that there are none.
    private func result(_ outcome: SurveyOutcome, _ evidence: [ProbeEvidence]) -> CiphersResult? {
        guard outcome.reachability == .tls else { return nil }
        var result = CiphersResult(
            outcome,
            aspects: survey.aspects,
            evidence: evidence,
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

    private func status(_ outcome: SurveyOutcome, _ spending: ProbeSpending, _ result: CiphersResult?) -> RunStatus {
        guard let result else {
            return RunStatus(nothingSpoken: outcome.reachability, target: reach.target)
        }
        if let expectation = result.expectation, let status = RunStatus(violated: expectation) { return status }
        let open = outcome.versions.filter { $0.verdict.id == "inconclusive" || !$0.isComplete }.map(\.version.id)
        let details = outcome.details.openAspects(spending.evidence).filter(survey.aspects.contains).map(\.rawValue)
        guard open.isEmpty, details.isEmpty else {
            return RunStatus(incomplete: open + details, spending)
        }
        // A version that was asked for by name and is refused is an answer; a server that refuses all of them is not
        // one that anybody can talk to.
        guard filter == .everything, result.versions.allSatisfy({ $0.verdict == "rejected" }) else { return .ok }
        return RunStatus(refused: result.versions, target: reach.target)
    }
}
