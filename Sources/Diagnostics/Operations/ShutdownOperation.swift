import SecureChannel
import TLSParameters
import Transport

/// `shutdown`: how a connection to a peer ends.
public struct ShutdownOperation: Sendable {
    private let opening: Opening
    /// The same without TLS 1.3; nil if nothing older is offered.
    private let older: Opening?
    private let mode: ClosingMode
    private let alert: ChosenAlert?
    private let answerTimeout: Duration

    /// Prepares the session; files are read, nothing is sent.
    ///
    /// - Throws: `RequestProblem` for anything that can't work.
    public init(
        channel: ChannelRequest,
        mode: ClosingMode = .bidirectional,
        alert: ChosenAlert? = nil,
        answerTimeout: Duration,
        recordsBytes: Bool
    ) throws(RequestProblem) {
        var channel = channel
        channel.verb = .shutdown
        opening = try Opening(channel, recordsBytes: recordsBytes) { $0.choosesAlerts = alert != nil }
        let offered = opening.credential.credential.protocols
        older =
            alert == nil && offered.contains(.tls13) && offered.contains { $0 < .tls13 }
            ? try opening.withoutTLS13() : nil
        self.mode = mode
        self.alert = alert
        guard alert == nil || mode == .bidirectional else {
            throw RequestProblem(
                reason: "--alert and --mode \(mode.rawValue) are two ways to end one session",
                hint: "leave one of them out"
            )
        }
        guard alert == nil || offered != [.ssl2] else {
            throw RequestProblem(
                reason: "--alert has no effect: SSL 2.0 has no alerts",
                hint: "leave it out, or offer a newer version with --protocol"
            )
        }
        self.answerTimeout = answerTimeout
        guard mode == .half, channel.target.httpRequest == nil else { return }
        throw RequestProblem(
            reason: "--mode half needs something to ask the server for",
            hint: "write the target as https://host/path"
        )
    }

    /// One session that is ended and watched, and what a report needs of it once it is gone.
    private struct Ended {
        var close: ShutdownResult.Close?
        var attempt: Opening.Attempt
        var attributes: ConnectionAttributes?
        var legs: [Leg] = []
        var spent = Spending()
        var saved: SavedSession?
    }

    /// Dials, shakes hands, ends the session as asked, and watches; the same in an older version where the server speaks both.
    public func run() async -> Report<ShutdownResult> {
        let startedAt = Timestamp.text(Timestamp.now)
        let before = Inventory.now
        let deadline = Deadline.after(opening.request.limits.timeout)
        let first = await end(opening, withFIN: mode == .sendOnly, deadline: deadline)
        guard let close = first.close, let attributes = first.attributes else {
            return report(startedAt, first, first.attempt.status, nil, first.spent)
        }
        var closes = [close]
        var spent = first.spent
        for (way, withFIN) in others(attributes) where !deadline.hasPassed && !Task.isCancelled {
            let next = await end(way, withFIN: withFIN, deadline: deadline)
            spent.add(next.spent)
            if let close = next.close { closes.append(close) }
        }
        var resumed: RenegotiationAttempt?
        if mode == .abort {
            let outcome = await Reconnection(
                opening: opening,
                rounds: 1,
                addresses: [],
                spacing: .zero,
                deadline: deadline
            )
            .run(resuming: first.saved, after: 1)
            resumed = outcome.rows.first
            spent.add(outcome.spent)
        }
        let result = ShutdownResult(
            closes: closes,
            afterAbort: resumed,
            cleanup: before.cleanup(after: .now),
            attributes: attributes
        )
        return report(startedAt, first, status(first.attempt.status, result), result, spent)
    }

    /// What else is watched: a half close with a FIN, and the versions before TLS 1.3.
    private func others(_ first: ConnectionAttributes) -> [(Opening, withFIN: Bool)] {
        var others: [(Opening, withFIN: Bool)] = mode == .half ? [(opening, true)] : []
        guard mode != .abort, first.version == .tls13, let older else { return others }
        others.append((older, mode == .sendOnly))
        if mode == .half { others.append((older, true)) }
        return others
    }

    /// One session. Nothing of it is left when this returns, but for the values.
    private func end(_ opening: Opening, withFIN: Bool, deadline: Deadline) async -> Ended {
        var attempt = await opening.attempt(deadline: deadline)
        guard let session = attempt.session else { return Ended(attempt: attempt, spent: Spending(connections: 1)) }
        attempt.session = nil
        guard attempt.isEstablished else {
            await session.stream.close()
            return Ended(
                attempt: attempt,
                attributes: session.context.attributes,
                legs: session.context.legs,
                spent: session.spending
            )
        }
        let saved = mode == .abort ? await session.sessionToSave(deadline: deadline) : nil
        var watch = ClosingWatch(
            session: session,
            plan: ClosingWatch.Plan(
                mode: mode,
                request: mode == .abort ? nil : opening.request.target.httpRequest(session.context.attributes),
                sendsFIN: withFIN,
                answerTimeout: answerTimeout,
                alert: alert
            )
        )
        await watch.run(deadline: deadline)
        await session.stream.close()
        return Ended(
            close: watch.close,
            attempt: attempt,
            attributes: session.context.attributes,
            legs: session.context.legs,
            spent: session.spending,
            saved: saved
        )
    }

    private func report(
        _ startedAt: String,
        _ ended: Ended,
        _ status: RunStatus,
        _ result: ShutdownResult?,
        _ spent: Spending
    ) -> Report<ShutdownResult> {
        Report(
            tool: .current,
            verb: .shutdown,
            target: opening.target(ended.attempt),
            startedAt: startedAt,
            status: status,
            result: result,
            findings: ConnectionFindings.all(ended.attributes) + (result.map(ClosureFindings.all) ?? [])
                + ended.attempt.findings,
            events: ended.legs,
            spent: spent
        )
    }

    /// Silence is the one answer that leaves the question open.
    private func status(_ soFar: RunStatus, _ result: ShutdownResult) -> RunStatus {
        // What a peer makes of an alert, silence among it, is what was asked.
        guard soFar.exit == .ok, alert == nil, result.close.answer == .nothing else { return soFar }
        return RunStatus(
            exit: .incomplete,
            kind: "incomplete:no-close",
            reason: "\(opening.request.target.input) did not close within \(Int(answerTimeout.seconds)) s",
            hint: "--answer-timeout waits longer"
        )
    }
}

extension Target {
    /// The request, unless the session is for another protocol than HTTP/1.
    fileprivate func httpRequest(_ attributes: ConnectionAttributes) -> [UInt8]? {
        guard let alpn = attributes.names.alpn else { return httpRequest }
        return alpn.encoded(for: .json).hasPrefix("http/1.") ? httpRequest : nil
    }
}
