import Certificates
import Probing
import SecureChannel
import TLSParameters
import Transport

/// `inspect TARGET`: everything worth knowing of a server: a session, a survey by our own hellos, the certificates that
/// others get, and what all that shows to be wrong.
public struct InspectOperation: Sendable {
    private let opening: Opening
    private let settings: InspectSettings
    private let dns: DNSInquiry?

    /// Prepares the sessions; files are read, nothing is sent.
    ///
    /// - Throws: `RequestProblem` for anything that can't work.
    public init(
        channel: ChannelRequest,
        settings: InspectSettings,
        recordsBytes: Bool
    ) throws(RequestProblem) {
        var channel = channel
        channel.verb = .inspect
        self.settings = settings
        // A bad certificate is what one inspects a server for: it must not end the handshake.
        opening = try Opening(channel, recordsBytes: recordsBytes) { credential in
            if credential.verification == .automatic { credential.verification = .manual }
            // Nor must a missing extension that is a finding.
            credential.connectsToLegacyServers = true
        }
        dns = try Self.dns(channel, settings)
        guard settings.allAddresses else { return }
        if let proxy = channel.reach.proxy {
            throw RequestProblem(
                reason: "--all-addresses has no effect through \(proxy), which looks the name up itself",
                hint: "leave one of the two out"
            )
        }
    }

    private static func dns(
        _ channel: ChannelRequest,
        _ settings: InspectSettings
    ) throws(RequestProblem) -> DNSInquiry? {
        guard let settings = settings.dns else { return nil }
        // A name in its A-labels (RFC 5890); an address has no records of these kinds.
        guard let host = channel.target.impliedServerName, let port = channel.target.port else {
            throw RequestProblem(
                reason: "--dns has no effect on \(channel.target.input), which is no name",
                hint: "write the name that people use, and the address with --connect-to"
            )
        }
        let labels = host.lowercased().split(separator: ".")
        guard labels.last != "localhost" else {
            throw RequestProblem(
                reason: "--dns has no effect on \(host), which resolvers answer for without asking anybody (RFC 6761)",
                hint: "write the name that people use, and the address with --connect-to"
            )
        }
        let isMail = channel.reach.starttls == .named(.smtp)
        return DNSInquiry(lookup: try settings.lookup(), host: host, port: port, isMail: isMail)
    }

    /// Dials, shakes hands, asks, and reports. `watcher` is told how far the survey is.
    public func run(watcher: SurveyProgress.Watcher? = nil) async -> Report<InspectResult> {
        let now = Timestamp.now
        let start = ContinuousClock.now
        let deadline = Deadline.after(opening.request.limits.timeout)
        async let records = dns?.run(deadline: deadline)
        var visit = await ServerVisit(opening: opening, settings: settings, deadline: deadline).run(watcher: watcher)
        var findings = findings(visit, now: now)
        var spent = visit.spent
        var result = result(visit, now: now)
        findings += result?.assessmentFindings ?? []
        if let dns, let records = await records {
            let chain = visit.attempt.session.map { ConnectResult.certificates($0.context.attributes) } ?? []
            let (facts, more) = dns.facts(records, chain: chain)
            result?.dns = facts
            findings += more
        }
        if settings.allAddresses, let address = visit.attempt.address {
            let comparison = AddressComparison(opening: opening, settings: settings, deadline: deadline)
            let others = await comparison.run(first: address, visit)
            result?.addresses = others.addresses
            findings += others.findings
            visit.checks.outcomes += others.checks
            spent.add(others.spent)
        }
        let falseLeads = FalseLeads(visit.attempt.session?.context.attributes)
        findings = falseLeads.removed(from: findings).merged()
        visit.checks.outcomes += falseLeads.checks
        if settings.parts.contains(.checks) {
            let checks = outcomes(visit, findings, result?.dns)
            result?.checks = checks
        }
        spent.seconds = start.duration(to: .now).seconds
        return Report(
            tool: .current,
            verb: .inspect,
            target: opening.target(visit.attempt),
            startedAt: Timestamp.text(now),
            status: visit.status,
            result: result,
            findings: findings,
            events: visit.attempt.session?.context.legs ?? [],
            spent: spent
        )
    }

    // With --at-time the days that are left are counted from then, as the chain is judged for then.
    private func moment(_ now: Int64) -> Int64 { opening.request.validation.time ?? now }

    private func findings(_ visit: ServerVisit.Outcome, now: Int64) -> [Finding] {
        let attributes = visit.attempt.session?.context.attributes
        // What the survey says holds for all that the server speaks, so it has the say where both speak.
        return visit.surveyFindings + ConnectionFindings.all(attributes, now: moment(now)) + visit.attempt.findings
            + visit.chains.findings + visit.checks.findings
    }

    private func result(_ visit: ServerVisit.Outcome, now: Int64) -> InspectResult? {
        let attributes = visit.attempt.session?.context.attributes
        guard attributes != nil || visit.survey != nil else { return nil }
        var result = InspectResult(
            kind: .server,
            dial: visit.attempt.dial,
            attributes: attributes,
            chain: attributes.map(ConnectResult.certificates) ?? [],
            validation: attributes?.peer.validation,
            now: moment(now)
        )
        result.survey = visit.survey
        result.chains = visit.chains.chains
        result.http = visit.checks.http
        if settings.parts.contains(.clients), let survey = visit.survey {
            result.clients = ClientSimulation(survey: survey).clients
        }
        return result
    }

    private func outcomes(_ visit: ServerVisit.Outcome, _ findings: [Finding], _ dns: DNSFacts?) -> [CheckOutcome] {
        let ledger = CheckLedger(
            survey: visit.survey,
            attributes: visit.attempt.session?.context.attributes,
            isSurveyUnanswered: visit.isSurveyUnanswered,
            usesSTARTTLS: opening.request.reach.starttls != nil,
            comparesAddresses: settings.allAddresses,
            dns: dns
        )
        return ledger.outcomes(findings: findings, run: visit.checks)
    }
}
