import SecureChannel
import TLSParameters
import Transport

/// Loses connections the hard way and dials again with the session that was on them.
struct Reconnection {
    let opening: Opening
    /// How often.
    let rounds: Int
    /// Where to; empty for the first address that answers, every time. The session is one of the first.
    let addresses: [SocketEndpoint]
    /// The least time between the starts of two connections.
    let spacing: Duration
    /// What is sent as early data where a session allows it; nil for nothing.
    var request: [UInt8]?
    let deadline: Deadline

    /// The rows, and what they cost.
    struct Outcome {
        var rows: [RenegotiationAttempt] = []
        var spent = Spending()
        /// How many connections were made before, and in the end.
        var connections: Int

        mutating func add(_ row: RenegotiationAttempt) { rows.append(row) }
    }

    /// A connection that is reset once it has given a session, then one after the other that offers what the one before gave.
    /// `before`: connections made so far.
    func run(after before: Int) async -> Outcome {
        var outcome = Outcome(connections: before)
        guard let saved = await lose(cleanly: false, &outcome) else { return outcome }
        await run(resuming: saved, &outcome)
        return outcome
    }

    /// The same with the session of a connection that is lost already; nil if it gave none.
    func run(resuming saved: SavedSession?, after before: Int) async -> Outcome {
        var outcome = Outcome(connections: before)
        if let saved {
            await run(resuming: saved, &outcome)
        } else {
            outcome.add(row(before, .notTried, "the server gave no session to resume"))
        }
        return outcome
    }

    private func run(resuming saved: SavedSession, _ outcome: inout Outcome) async {
        var saved = saved
        for round in 0..<rounds {
            if round > 0 || rounds > 1 { try? await Task.sleep(for: min(spacing, deadline.remaining)) }
            let again = await resume(saved, at: addresses.isEmpty ? [] : [addresses[round % addresses.count]], &outcome)
            // A ticket of TLS 1.3 is for one use (RFC 8446 §C.4), and an older session may be given a new one.
            if let again { saved = again }
            if Task.isCancelled || deadline.hasPassed { return }
        }
        await contrast(&outcome)
        if saved.version == .tls13, let request { await sendEarly(request, saved, &outcome) }
    }

    /// One more, which sends a request along with its hello (RFC 8446 §2.3). Asking for a page twice does no harm.
    private func sendEarly(_ request: [UInt8], _ saved: SavedSession, _ outcome: inout Outcome) async {
        func row(
            _ answer: RenegotiationAttempt.Answer,
            _ detail: String?,
            _ attributes: ConnectionAttributes? = nil
        ) -> RenegotiationAttempt {
            RenegotiationAttempt(
                action: .earlyData,
                version: saved.version.id,
                connection: outcome.connections,
                sent: "a request with the hello",
                answer: answer,
                detail: detail,
                seconds: attributes?.transport.handshakeSeconds
            )
        }
        let speaksHTTP = saved.applicationProtocol.map { $0.encoded(for: .json).hasPrefix("http/1.") } ?? true
        guard speaksHTTP, saved.maximumEarlyData >= request.count else {
            let reason =
                saved.maximumEarlyData == 0
                ? "its tickets allow none"
                : speaksHTTP ? "its tickets allow less" : "the session is for another protocol"
            outcome.add(row(.notTried, reason))
            return
        }
        outcome.connections += 1
        let attempt = await opening.attempt(
            resuming: saved,
            earlyData: request,
            to: Array(addresses.prefix(1)),
            deadline: deadline
        )
        outcome.spent.add(attempt.session?.spending ?? Spending(connections: 1))
        guard let session = attempt.session else { return outcome.add(row(.notTried, attempt.status.reason)) }
        let attributes = session.context.attributes
        if attempt.isEstablished { _ = await session.sendCloseNotify(deadline: .after(.seconds(2))) }
        await session.stream.close()
        guard attempt.isEstablished else {
            let (answer, detail) = Self.answer(attempt, attributes, saved)
            return outcome.add(row(answer, detail, attributes))
        }
        switch attributes.session.earlyData?.status {
        case .accepted?: outcome.add(row(.honoured, nil, attributes))
        case .rejected?:
            let detail =
                attributes.session.resumed ? "the session was resumed without it" : "the session was not resumed"
            outcome.add(row(.rejected, detail, attributes))
        default: outcome.add(row(.notTried, "libssl did not send it", attributes))
        }
    }

    /// A server that keeps sessions itself may drop one whose connection broke: then one that was closed is for comparison.
    private func contrast(_ outcome: inout Outcome) async {
        guard let last = outcome.rows.last, last.answer == .fullHandshake, last.detail?.contains("session-id") == true,
            let saved = await lose(cleanly: true, &outcome)
        else { return }
        _ = await resume(saved, at: Array(addresses.prefix(1)), &outcome, cleanly: true)
    }

    /// A session of a connection that is gone; nil with a row that says why there is none.
    private func lose(cleanly: Bool, _ outcome: inout Outcome) async -> SavedSession? {
        outcome.connections += 1
        let lost = await opening.attempt(to: Array(addresses.prefix(1)), deadline: deadline)
        guard let session = lost.session, lost.isEstablished else {
            await lost.session?.stream.close()
            outcome.spent.add(lost.session?.spending ?? Spending(connections: 1))
            outcome.add(row(outcome.connections, .notTried, lost.status.reason, at: lost.address))
            return nil
        }
        let saved = await session.sessionToSave(deadline: deadline)
        if cleanly {
            _ = await session.sendCloseNotify(deadline: .after(.seconds(2)))
            _ = await session.reply(until: .completed, by: deadline.sooner(of: .after(.seconds(1))))
            await session.stream.close()
        } else {
            await session.stream.abort()
        }
        outcome.spent.add(session.spending)
        if saved == nil {
            outcome.add(
                row(outcome.connections, .notTried, "the server gave no session to resume", at: lost.address)
            )
        }
        return saved
    }

    /// One connection that offers a session; what it gave to resume later, if it stood.
    private func resume(
        _ saved: SavedSession,
        at place: [SocketEndpoint],
        _ outcome: inout Outcome,
        cleanly: Bool = false
    ) async -> SavedSession? {
        outcome.connections += 1
        let again = await opening.attempt(resuming: saved, to: place, deadline: deadline)
        guard let session = again.session else {
            outcome.add(row(outcome.connections, .notTried, again.status.reason, at: place.first))
            return nil
        }
        let attributes = session.context.attributes
        let next = again.isEstablished ? await session.sessionToSave(deadline: deadline) : nil
        if again.isEstablished { _ = await session.sendCloseNotify(deadline: .after(.seconds(2))) }
        await session.stream.close()
        outcome.spent.add(session.spending)
        var (answer, detail) = Self.answer(again, attributes, saved)
        if cleanly { detail = (detail.map { "\($0), " } ?? "") + "after a clean close" }
        outcome.add(row(outcome.connections, answer, detail, at: again.address, attributes, again.isEstablished))
        return next
    }

    private static func answer(
        _ again: Opening.Attempt,
        _ attributes: ConnectionAttributes,
        _ saved: SavedSession
    ) -> (RenegotiationAttempt.Answer, String?) {
        guard again.isEstablished else {
            switch again.outcome {
            case .failed(let failure)?:
                guard let alert = failure.alertReceived else { return (.notTried, failure.text) }
                return (.refusedByAlert, alert.description.name)
            case .ended(let end)?: return (end.answer, again.status.reason)
            default: return (.notTried, again.status.reason)
            }
        }
        guard attributes.session.resumed || attributes.session.offered else {
            return (.notTried, "libssl did not offer the session again")
        }
        return attributes.session.resumed
            ? (.honoured, attributes.session.mechanism?.rawValue ?? saved.mechanism.rawValue)
            : (.fullHandshake, "offered by \(saved.mechanism.rawValue)")
    }

    private func row(
        _ connection: Int,
        _ answer: RenegotiationAttempt.Answer,
        _ detail: String?,
        at address: SocketEndpoint? = nil,
        _ attributes: ConnectionAttributes? = nil,
        _ stands: Bool = false
    ) -> RenegotiationAttempt {
        let transport = stands ? attributes?.transport : nil
        return RenegotiationAttempt(
            action: .resumption,
            version: attributes?.version?.id,
            connection: connection,
            address: address.map { "\($0)" },
            sent: "a new connection that offers the lost one's session",
            answer: answer,
            detail: detail,
            seconds: transport?.handshakeSeconds,
            roundTrips: transport?.roundTrips,
            bytes: transport.map { $0.handshakeBytesSent + $0.handshakeBytesReceived }
        )
    }
}

extension Session {
    /// The newest session that can be resumed. In TLS 1.3 tickets come after the handshake, usually right behind it.
    func sessionToSave(deadline: Deadline) async -> SavedSession? {
        let patience = deadline.sooner(of: .after(.seconds(1)))
        _ = await unprotect(deadline: patience)
        while context.sessions.isEmpty, !patience.hasPassed {
            guard await receive(deadline: patience) == nil else { break }
            _ = await unprotect(deadline: patience)
        }
        return context.sessions.last { $0.isResumable }
    }
}
