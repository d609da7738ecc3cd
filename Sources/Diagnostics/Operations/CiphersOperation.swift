import Probing
import TLSParameters
import TLSWire
import Transport

/// `ciphers TARGET`: the versions and suites of a server, by our own hellos, whatever libssl is installed.
public struct CiphersOperation: Sendable {
    private let reach: Reach
    private let probe: ProbeSettings
    private let filter: SuiteFilter

    /// Prepares a survey; nothing is sent.
    ///
    /// - Throws: `RequestProblem` for anything that can't work.
    public init(
        target: Target,
        endpoint: EndpointSettings,
        limits: Limits,
        probe: ProbeSettings,
        filter: SuiteFilter
    ) throws(RequestProblem) {
        reach = Reach(target: target, endpoint: endpoint, limits: limits)
        self.probe = probe
        self.filter = filter
        try reach.check()
        let probed = filter.versions ?? Self.versions
        let beyond = probed.filter { !Self.versions.contains($0) }
        guard beyond.isEmpty || filter.versions == nil else {
            throw RequestProblem(
                reason: "\(beyond.map(\.id).joined(separator: ", ")) can't be probed for yet",
                hint: "choose from \(Self.versions.map(\.id).joined(separator: ", ")) with --protocol"
            )
        }
    }

    /// The versions that are probed for.
    private static let versions: [ProtocolVersion] = [.tls10, .tls11, .tls12, .tls13]

    /// Resolves the name once, then asks its first address that answers.
    public func run() async -> Report<CiphersResult> {
        let startedAt = Timestamp.text(Timestamp.now)
        let planner = SurveyPlanner(configuration)
        // No hello to send: nothing that the filters let through belongs to a version that is asked for.
        guard !planner.isFinished else { return report(startedAt, nil, .noMatchingSuite) }
        let deadline = Deadline.after(reach.limits.timeout)
        let endpoints: [SocketEndpoint]
        do throws(TransportError) {
            endpoints = try await reach.endpoints(deadline: deadline)
        } catch {
            return report(startedAt, nil, RunStatus(unreachable: error, target: reach.target))
        }
        let choice = AddressChoice(endpoints, connectTimeout: reach.limits.connectTimeout)
        let runner = ProbeRunner(
            dial: { deadline throws(TransportError) in try await choice.dial(deadline: deadline) },
            budget: ProbeBudget(
                concurrency: probe.concurrency,
                maxConnections: probe.maxConnections,
                connectTimeout: reach.limits.connectTimeout,
                probeTimeout: probe.probeTimeout,
                targetTimeout: deadline.remaining
            )
        )
        let (outcome, spending) = await runner.run(planner)
        return report(startedAt, choice.chosen, status(outcome, spending), result(outcome), spending)
    }

    private var configuration: SurveyConfiguration {
        let suites = filter.choosesSuites ? CipherSuite.registry.filter(filter.chooses).map(\.suite) : nil
        return SurveyConfiguration(
            versions: filter.versions ?? Self.versions,
            serverName: reach.serverName,
            suites: suites
        )
    }

    private func report(
        _ startedAt: String,
        _ address: SocketEndpoint?,
        _ status: RunStatus,
        _ result: CiphersResult? = nil,
        _ spending: ProbeSpending = ProbeSpending()
    ) -> Report<CiphersResult> {
        Report(
            tool: .current,
            verb: .ciphers,
            target: reach.summary(address: address),
            startedAt: startedAt,
            status: status,
            result: result,
            findings: result.map(SupportFindings.all) ?? [],
            spent: Spending(
                connections: spending.connections,
                bytesSent: spending.bytesSent,
                bytesReceived: spending.bytesReceived,
                roundTrips: spending.roundTrips,
                seconds: spending.seconds
            )
        )
    }

    /// The facts; nil where nothing on the other side speaks TLS, so that there are none.
    private func result(_ outcome: SurveyOutcome) -> CiphersResult? {
        guard outcome.reachability == .tls else { return nil }
        return CiphersResult(versions: outcome.versions.map(VersionSupport.init), notes: outcome.notes)
    }

    private func status(_ outcome: SurveyOutcome, _ spending: ProbeSpending) -> RunStatus {
        let target = reach.target.input
        switch outcome.reachability {
        case .tls: break
        case .notTLS(let prefix):
            let opening = StreamOpening(prefix)
            return RunStatus(
                exit: .noSession,
                kind: "not-tls",
                reason: "\(target) does not speak TLS on this port: it answered with \(opening.name)",
                hint: "check the port; TLS is usually on 443"
            )
        case .silent:
            return RunStatus(
                exit: .incomplete,
                kind: "incomplete:timeout",
                reason: "\(target) accepts connections and says nothing",
                hint: "perhaps it waits for another protocol; --probe-timeout waits longer"
            )
        case .closed:
            return RunStatus(
                exit: .noSession,
                kind: "closed",
                reason: "\(target) closes every connection without a word",
                hint: "perhaps it wants a server name: try --sni NAME"
            )
        case .reset:
            return RunStatus(
                exit: .noSession,
                kind: "reset",
                reason: "\(target) resets every connection without a word",
                hint: "a firewall, or a server that wants a server name: try --sni NAME"
            )
        case .unreachable(let error):
            return RunStatus(unreachable: error, target: reach.target)
        case .notAsked(let reason):
            return RunStatus(
                exit: .incomplete,
                kind: "incomplete:\(reason.rawValue)",
                reason: "\(target) had not answered a single hello when \(reason.clause)",
                hint: reason == .connectionLimit ? "raise --max-connections" : "raise --timeout"
            )
        }
        let open = outcome.versions.filter { $0.verdict.id == "inconclusive" || !$0.isComplete }
        guard !open.isEmpty else {
            // A version that was asked for by name and is refused is an answer; a server that refuses all of them is not
            // one that anybody can talk to.
            guard filter == .everything, outcome.versions.allSatisfy({ $0.verdict == .rejected }) else { return .ok }
            return RunStatus(
                exit: .noSession,
                kind: "no-version",
                reason: "\(target) refuses every version from TLS 1.0 to TLS 1.3",
                hint:
                    "perhaps it wants a name: try --sni NAME; 'sechan connect \(target)' shows the alert that it refuses with"
            )
        }
        let why = spending.stopped?.rawValue ?? spending.slowdowns.first?.rawValue ?? "unanswered"
        return RunStatus(
            exit: .incomplete,
            kind: "incomplete:\(why)",
            reason: "not all is known of \(open.map(\.version.id).joined(separator: ", "))"
                + (spending.stopped.map { ": \($0.text)" } ?? ""),
            hint: spending.stopped == .connectionLimit
                ? "raise --max-connections"
                : "try again with --concurrency 1, --probe-timeout 15s or a longer --timeout"
        )
    }
}

extension VersionSupport {
    fileprivate init(_ outcome: VersionOutcome) {
        let said = [outcome.verdict.reason].compactMap { $0 } + outcome.notes
        self.init(
            version: outcome.version.id,
            verdict: outcome.verdict.id,
            reason: said.isEmpty ? nil : said.joined(separator: "; "),
            order: outcome.order?.rawValue,
            suites: outcome.suites.map { found in
                SuiteSupport(
                    suite: SuiteDescription(found.suite),
                    group: found.group?.name,
                    groupBits: found.groupBits
                )
            },
            complete: outcome.isComplete
        )
    }
}

extension StopReason {
    /// The reason as the end of a sentence.
    fileprivate var clause: String {
        switch self {
        case .connectionLimit: "the limit on connections was reached"
        case .deadline: "the time was up"
        case .cancelled: "it was stopped"
        }
    }
}
