import Probing
import SecureChannel
import TLSParameters
import Transport

/// Runs what needs connections of its own: key reuse, sessions and HTTP, and if they are allowed the intrusive checks.
struct CheckRunner {
    /// Which checks are wanted.
    struct Choice: Hashable, Sendable {
        /// What no well-behaved client does.
        var intrusive = false
        /// An HTTP request, and port 80's answer.
        var http = true
    }

    let opening: Opening
    /// What the server speaks; nil if that was not asked.
    let survey: CiphersResult?
    let probe: ProbeSettings
    let choice: Choice
    /// Whether clients that send no server name get another certificate; nil if that is not known.
    let hasAnotherSite: Bool?
    /// The addresses that sessions go to; empty for the target's own.
    let addresses: [SocketEndpoint]
    /// Connections for hellos of our own.
    let connect: ProbeRunner.Connect

    /// All of them; what isn't run is left to ``CheckLedger``.
    func run(deadline: Deadline) async -> CheckRun {
        var run = CheckRun()
        if opening.request.reach.starttls != nil { run.found(NegotiationFindings.strippable) }
        // One that serves few connections at a time is asked one question after the other.
        if probe.concurrency > 1 {
            async let keys = keys(deadline)
            async let redirect = redirect(deadline)
            run.add(await sessions(deadline))
            run.add(await keys)
            let (port80, place) = await redirect
            run.add(port80)
            run.http?.redirect = place
        } else {
            run.add(await sessions(deadline))
            run.add(await keys(deadline))
            let (port80, place) = await redirect(deadline)
            run.add(port80)
            run.http?.redirect = place
        }
        if choice.intrusive { run.add(await intrusive(deadline)) }
        return run
    }

    private func sessions(_ deadline: Deadline) async -> CheckRun {
        await SessionChecks(
            opening: opening,
            httpObstacle: httpObstacle,
            hasAnotherSite: hasAnotherSite,
            answerTimeout: min(probe.probeTimeout, .seconds(3)),
            addresses: addresses,
            deadline: deadline
        ).run()
    }

    private func keys(_ deadline: Deadline) async -> CheckRun {
        guard let survey else { return unsurveyed(["key-exchange.dh-reuse", "key-exchange.ecdh-reuse"]) }
        return await KeyReuseCheck(
            survey: survey,
            serverName: opening.request.reach.serverName,
            connect: connect,
            budget: budget(deadline)
        ).run()
    }

    private func unsurveyed(_ ids: [String]) -> CheckRun {
        var run = CheckRun()
        run.settle(ids, .undetermined, "the server's versions and suites are not known")
        return run
    }

    private func redirect(_ deadline: Deadline) async -> (CheckRun, PeerText?) {
        let reach = opening.request.reach
        if let obstacle = httpObstacle ?? RedirectCheck.obstacle(reach) {
            var run = CheckRun()
            run.settle("http.no-redirect", Self.verdict(of: obstacle), obstacle)
            return (run, nil)
        }
        let (run, place) = await RedirectCheck(reach: reach, timeout: probe.probeTimeout).run(deadline: deadline)
        return (run, place)
    }

    private static let unwanted = "it was not asked for"
    private static let unknown = "the target is not known to be a web server (https:// says that it is)"

    /// What becomes of a check that an obstacle keeps from being run: a server that may well be one of the web was not looked
    /// at, while one for mail has nothing to look for.
    static func verdict(of obstacle: String) -> CheckOutcome.Verdict {
        [unwanted, unknown].contains(obstacle) ? .notRun : .notApplicable
    }

    /// Why the target is not asked over HTTP; nil if it is.
    private var httpObstacle: String? {
        guard choice.http else { return Self.unwanted }
        let reach = opening.request.reach
        if reach.starttls != nil { return "the target is no web server" }
        if let scheme = reach.target.scheme { return scheme.name == "https" ? nil : "the target is no web server" }
        return reach.target.port == 443 ? nil : Self.unknown
    }

    private func budget(_ deadline: Deadline) -> ProbeBudget {
        ProbeBudget(
            concurrency: probe.concurrency,
            maxConnections: probe.maxConnections,
            connectTimeout: opening.request.reach.limits.connectTimeout,
            probeTimeout: probe.probeTimeout,
            targetTimeout: deadline.remaining,
            delay: probe.delay,
            rate: probe.rate
        )
    }

    // MARK: Intrusive

    private func pipelining(_ deadline: Deadline) async -> CheckRun {
        guard opening.request.reach.starttls != nil else { return CheckRun() }
        return await PipeliningCheck(
            opening: opening,
            addresses: addresses,
            answerTimeout: min(probe.probeTimeout, .seconds(3)),
            deadline: deadline
        ).run()
    }

    private func intrusive(_ deadline: Deadline) async -> CheckRun {
        var run = await pipelining(deadline)
        guard let survey else {
            run.add(unsurveyed(VulnerabilityChecks.ids + PaddingCheck.ids + RenegotiationCheck.ids))
            return run
        }
        let checks = VulnerabilityChecks(
            survey: survey,
            serverName: opening.request.reach.serverName,
            connect: connect,
            budget: budget(deadline)
        )
        run.add(await checks.run())
        run.add(
            await PaddingCheck(
                opening: opening,
                survey: survey,
                speaksHTTP: httpObstacle == nil || httpObstacle == Self.unwanted,
                concurrency: probe.concurrency,
                addresses: addresses,
                answerTimeout: min(probe.probeTimeout, .seconds(3)),
                deadline: deadline
            ).run()
        )
        let classic = survey.versions.filter { ["tls1.0", "tls1.1", "tls1.2"].contains($0.version) }
        if !classic.isEmpty, classic.allSatisfy({ $0.verdict == "rejected" }) {
            run.settle(
                ["attack.ticketbleed"] + RenegotiationCheck.ids,
                .notApplicable,
                "the server speaks nothing between SSL 3.0 and TLS 1.3"
            )
            return run
        }
        let (renegotiation, saved) = await RenegotiationCheck(
            opening: opening,
            addresses: addresses,
            deadline: deadline
        ).run()
        run.add(renegotiation)
        if let saved {
            run.add(await checks.ticketbleed(saved))
        } else {
            run.settle("attack.ticketbleed", .undetermined, "no session before TLS 1.3 stood that could be resumed")
        }
        return run
    }
}
