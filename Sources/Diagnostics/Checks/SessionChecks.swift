import SecureChannel
import TLSParameters
import Transport

/// What sessions show: how they end, whether they are resumed, and what an answer over HTTP says. Three connections.
struct SessionChecks {
    private static let closing = [
        "shutdown.no-close-notify", "shutdown.data-after-close-notify", "shutdown.body-cut-short", "key-update.flood",
    ]
    private static let tickets = ["ticket.long-lifetime", "ticket.shared-key", "ticket.early-data"]
    private static let resumption = "session.no-resumption"
    private static let acrossNames = "session.across-names"
    /// What a resumed session tells.
    private static let resumed = [resumption, acrossNames, "ticket.shared-key"]
    private static let web = [
        "http.no-hsts", "http.short-hsts", "http.weak-cookie", "http.compression", "http.server-name",
    ]
    /// The most of an answer's body that is read: what counts stands before it.
    private static let bodyLimit = 65_536

    let opening: Opening
    /// Why the target is no web server that could be asked; nil if it is one.
    let httpObstacle: String?
    /// Whether clients that send no server name get another certificate; nil if that is not known.
    let hasAnotherSite: Bool?
    let answerTimeout: Duration
    let addresses: [SocketEndpoint]
    let deadline: Deadline

    /// One session that is asked something and ended, and one that resumes it.
    func run() async -> CheckRun {
        var run = CheckRun()
        var way = opening
        if httpObstacle == nil, let web = try? opening.with({ $0.alpn = ["http/1.1"] }) { way = web }
        let attempt = await way.attempt(to: addresses, deadline: deadline)
        guard let session = attempt.session, attempt.isEstablished else {
            await attempt.session?.stream.close()
            run.spent.add(attempt.session?.spending ?? Spending(connections: 1))
            let reason = "no session stood: \(attempt.status.reason ?? attempt.status.kind)"
            run.settle(Self.closing + [Self.resumption, Self.acrossNames] + Self.tickets, .undetermined, reason)
            run.settle(Self.web, httpObstacle.map(CheckRunner.verdict) ?? .undetermined, httpObstacle ?? reason)
            return run
        }
        let heardInHandshake = session.received
        let request = request(session.context.attributes)
        // Before the end, after which nothing more comes.
        if request == nil { _ = await session.sessionToSave(deadline: deadline) }
        var watch = ClosingWatch(
            session: session,
            plan: ClosingWatch.Plan(
                mode: .bidirectional,
                request: request,
                sendsFIN: false,
                answerTimeout: answerTimeout,
                bodyLimit: Self.bodyLimit
            )
        )
        await watch.run(deadline: deadline)
        await session.stream.close()
        run.spent.add(session.spending)
        judge(watch.close, watch.answer, version: session.context.version, &run)
        judge(watch.answer, asked: request != nil, &run)
        let saidMore = session.received > heardInHandshake && watch.close.answer != .alert
        judge(session.context.attributes, saidMore: saidMore, &run)
        if let saved = session.context.sessions.last(where: \.isResumable) {
            await resume(way, saved, &run)
        } else {
            noSession(mayStillCome: session.context.attributes.version == .tls13 && !saidMore, &run)
        }
        return run
    }

    /// Floods of KeyUpdates come once the session stands, which the first one of a visit does not wait for.
    private func judge(_ attributes: ConnectionAttributes, saidMore: Bool, _ run: inout CheckRun) {
        let id = "key-update.flood"
        if let flood = HandshakeFindings.keyUpdateFlood(attributes) {
            run.found(flood)
        } else if attributes.version != .tls13 {
            run.settle(id, .notApplicable, "there are no key updates before TLS 1.3")
        } else {
            run.settle(id, saidMore ? .absent : .undetermined, saidMore ? nil : Self.silence)
        }
    }

    private static let silence = "the server said nothing after the handshake"

    /// What it means that there is nothing to resume: in TLS 1.3 tickets come when the server likes, so that one that has not
    /// said a word yet may still send them.
    private func noSession(mayStillCome: Bool, _ run: inout CheckRun) {
        if mayStillCome {
            run.settle(Self.tickets + [Self.resumption, Self.acrossNames], .undetermined, Self.silence)
        } else {
            run.settle(Self.tickets, .notApplicable, "no ticket came")
            run.settle(Self.acrossNames, .notApplicable, "no session came that could be resumed")
            run.found(TicketFindings.noResumption(evidence: "no session came that could be resumed"))
        }
    }

    // MARK: HTTP

    private func request(_ attributes: ConnectionAttributes) -> [UInt8]? {
        guard httpObstacle == nil else { return nil }
        if let alpn = attributes.names.alpn, !alpn.encoded(for: .json).hasPrefix("http/1.") { return nil }
        let target = opening.request.target
        return target.get(
            target.path,
            serverName: opening.request.reach.serverName,
            fields: ["Accept-Encoding: gzip, deflate, br"]
        )
    }

    private func judge(_ answer: HTTPAnswer?, asked: Bool, _ run: inout CheckRun) {
        guard asked, let answer else {
            let reason = httpObstacle ?? "the server does not take HTTP/1.1"
            return run.settle(Self.web, httpObstacle.map(CheckRunner.verdict) ?? .notApplicable, reason)
        }
        let facts = HTTPFacts(answer)
        run.http = facts
        guard facts.status != nil else {
            return run.settle(Self.web, .undetermined, "the server did not answer over HTTP")
        }
        let findings = HTTPFindings.all(facts)
        for finding in findings { run.found(finding) }
        let found = Set(findings.map(\.id))
        run.settle(Self.web.filter { !found.contains($0) }, .absent)
    }

    // MARK: The end

    private func judge(
        _ close: ShutdownResult.Close,
        _ answer: HTTPAnswer?,
        version: ProtocolVersion?,
        _ run: inout CheckRun
    ) {
        let isCutByUs = if case .broken? = answer?.progress { true } else { false }
        if version == .ssl2 {
            run.settle("shutdown.no-close-notify", .notApplicable, "SSL 2.0 has no close_notify")
        } else if close.truncation, !isCutByUs {
            run.found(ClosureFindings.noCloseNotify(evidence: close.answer.rawValue))
        } else {
            switch close.answer {
            case .closeNotifyThenFIN, .closeNotifyOnly: run.settle("shutdown.no-close-notify", .absent)
            case .alert:
                run.settle("shutdown.no-close-notify", .undetermined, "the server ended the session with an alert")
            default: run.settle("shutdown.no-close-notify", .undetermined, "the server did not end the session in time")
            }
        }
        let late = LateDataFindings.all(close.timeline)
        for finding in late { run.found(finding) }
        if late.isEmpty { run.settle("shutdown.data-after-close-notify", .absent) }
        switch (close.body?.complete, isCutByUs, close.body) {
        case (_, _, nil): run.settle("shutdown.body-cut-short", .notApplicable, "nothing was requested")
        case (_, true, _): run.settle("shutdown.body-cut-short", .notApplicable, "the answer was not read to its end")
        case (false?, _, let body?): run.found(ClosureFindings.cutShort(body))
        case (true?, _, _): run.settle("shutdown.body-cut-short", .absent)
        default: run.settle("shutdown.body-cut-short", .undetermined, "the answer's end was not seen")
        }
    }

    // MARK: Resumption

    private func resume(_ way: Opening, _ saved: SavedSession, _ run: inout CheckRun) async {
        if saved.ticketBytes > 0 {
            let findings = TicketFindings.all(saved)
            for finding in findings { run.found(finding) }
            let found = Set(findings.map(\.id))
            run.settle(["ticket.long-lifetime", "ticket.early-data"].filter { !found.contains($0) }, .absent)
        } else {
            run.settle(Self.tickets, .notApplicable, "no ticket came")
        }
        guard !deadline.hasPassed, !Task.isCancelled else {
            return run.settle(Self.resumed, .undetermined, "the time was up")
        }
        let attempt = await way.attempt(resuming: saved, to: addresses, deadline: deadline)
        guard let session = attempt.session, attempt.isEstablished else {
            await attempt.session?.stream.close()
            run.spent.add(attempt.session?.spending ?? Spending(connections: 1))
            let reason = "no second session stood: \(attempt.status.reason ?? attempt.status.kind)"
            return run.settle(Self.resumed, .undetermined, reason)
        }
        let attributes = session.context.attributes
        if attributes.session.resumed {
            run.settle(Self.resumption, .absent)
        } else if attributes.session.offered {
            run.found(TicketFindings.noResumption(evidence: "a session that was offered again was not resumed"))
        } else {
            run.settle(Self.resumption, .undetermined, "the session could not be offered again")
        }
        var newest = saved
        if saved.ticketBytes > 0 {
            let other = await session.sessionToSave(deadline: deadline.sooner(of: .after(.seconds(1))))
            judge(saved.ticket, other?.ticket ?? [], &run)
            newest = other ?? saved
        }
        _ = await session.sendCloseNotify(deadline: .after(.seconds(2)))
        await session.stream.close()
        run.spent.add(session.spending)
        if attributes.session.resumed {
            await resumeAcrossNames(way, newest, &run)
        } else {
            run.settle(Self.acrossNames, .notApplicable, "sessions are not resumed")
        }
    }

    /// A name that no server has (RFC 6761 §6.4).
    private static let otherName = "other-name.invalid"

    /// Offers a session of one name under another (RFC 6066 §3, RFC 8446 §4.6.1), for which another site answers: where a server
    /// has but one, a session is good for what it was made for.
    private func resumeAcrossNames(_ way: Opening, _ saved: SavedSession, _ run: inout CheckRun) async {
        guard let name = way.credential.credential.serverName,
            let other = try? way.with({ $0.serverName = Self.otherName })
        else { return run.settle(Self.acrossNames, .notApplicable, "no server name was sent") }
        switch hasAnotherSite {
        case nil:
            let reason = "it is not known what clients without server_name get"
            return run.settle(Self.acrossNames, .notRun, reason)
        case false?: return run.settle(Self.acrossNames, .notApplicable, "no other site is known to be there")
        case true?: break
        }
        guard !deadline.hasPassed, !Task.isCancelled else {
            return run.settle(Self.acrossNames, .undetermined, "the time was up")
        }
        let attempt = await other.attempt(resuming: saved, to: addresses, deadline: deadline)
        run.spent.add(attempt.session?.spending ?? Spending(connections: 1))
        let session = attempt.session?.context.attributes.session
        if attempt.isEstablished {
            _ = await attempt.session?.sendCloseNotify(deadline: .after(.seconds(2)))
        }
        await attempt.session?.stream.close()
        switch attempt.outcome {
        case .established? where session?.resumed == true:
            run.found(TicketFindings.acrossNames(from: name, to: Self.otherName))
        case .established? where session?.offered == true: run.settle(Self.acrossNames, .absent)
        case .established?:
            run.settle(Self.acrossNames, .undetermined, "the session could not be offered under another name")
        // Who refuses the name refuses the session with it.
        case .failed(let failure)? where failure.alertReceived != nil: run.settle(Self.acrossNames, .absent)
        default:
            let reason = "under another name no session stood: \(attempt.status.reason ?? attempt.status.kind)"
            run.settle(Self.acrossNames, .undetermined, reason)
        }
    }

    /// The name of the key comes first in what most libraries make (RFC 5077 §4).
    private func judge(_ one: [UInt8], _ other: [UInt8], _ run: inout CheckRun) {
        guard !other.isEmpty, one != other else {
            return run.settle("ticket.shared-key", .undetermined, "no second ticket came")
        }
        if one.count >= 64, other.count >= 64, one.prefix(16) == other.prefix(16) {
            run.found(TicketFindings.sharedKey)
        } else {
            run.settle("ticket.shared-key", .absent)
        }
    }
}
