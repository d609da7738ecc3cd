import SecureChannel
import Transport

/// Updates the keys of a standing session (RFC 8446 §4.6.3): ours alone, then ours with a request for the peer's.
///
/// A peer that could not follow would fail on whatever comes after, and one that is asked for its own need not answer before
/// it has data to send: so the peer is given something to answer where that is known, and the close is part of the experiment.
struct KeyUpdates {
    let session: Session
    let count: Int
    let answerTimeout: Duration
    let deadline: Deadline
    /// The number of the connection.
    let connection: Int
    /// Something that makes the peer send data, such as an HTTP request; nil where nothing of the kind is known.
    let incentive: [UInt8]?

    /// Most peers answer lazily: a wait of this length tells the prompt ones.
    private static let promptness = Duration.milliseconds(300)

    /// The rows of one run, and when each was asked.
    private struct Rows {
        var attempts: [RenegotiationAttempt] = []
        var asked: [Double] = []

        /// Settles what is still open, from `index` on.
        mutating func settle(
            _ action: RenegotiationAttempt.Action? = nil,
            _ answer: RenegotiationAttempt.Answer,
            _ detail: String?,
            at now: Double
        ) {
            for index in attempts.indices where attempts[index].answer == .unconfirmed && attempts[index].detail == nil
            {
                guard action == nil || attempts[index].action == action else { continue }
                attempts[index].answer = answer
                attempts[index].detail = detail
                attempts[index].seconds = answer == .silence || answer == .notTried ? nil : now - asked[index]
            }
        }

        /// Settles the requests that the peer's own updates answer: one may stand for several (RFC 8446 §4.6.3).
        mutating func settle(requests answers: Int, _ detail: String?, at now: Double) {
            var left = answers
            for index in attempts.indices where attempts[index].action == .keyUpdateRequested {
                guard attempts[index].answer == .unconfirmed, attempts[index].detail == nil else {
                    left -= 1
                    continue
                }
                attempts[index].answer = .honoured
                attempts[index].detail = left > 0 ? detail : "one update may answer several requests"
                attempts[index].seconds = now - asked[index]
                left -= 1
            }
        }
    }

    /// A row an update.
    func run() async -> [RenegotiationAttempt] {
        var rows = Rows()
        var isPrompt = true
        for requested in [false, true] {
            for number in 1...count {
                let before = updates
                if let failure = await send(requested, number, &rows) {
                    rows.settle(nil, failure.0, failure.1, at: session.seconds)
                    return rows.attempts
                }
                guard requested, isPrompt else { continue }
                let reply = await session.reply(until: .keyUpdate, by: soon(Self.promptness))
                if case .ended(.timedOut) = reply {
                    isPrompt = false
                } else if case .signal = reply {
                    rows.settle(.keyUpdate, .honoured, nil, at: session.seconds)
                    rows.settle(requests: updates - before, nil, at: session.seconds)
                } else {
                    settle(reply, closing: false, &rows)
                    return rows.attempts
                }
            }
        }
        if !isPrompt { await wait(&rows) }
        return rows.attempts
    }

    /// The peer's own updates so far.
    private var updates: Int { session.context.attributes.security.keyUpdatesReceived }

    private func soon(_ limit: Duration) -> Deadline { deadline.sooner(of: .after(limit)) }

    private func send(
        _ requested: Bool,
        _ number: Int,
        _ rows: inout Rows
    ) async -> (RenegotiationAttempt.Answer, String?)? {
        rows.asked.append(session.seconds)
        rows.attempts.append(
            RenegotiationAttempt(
                action: requested ? .keyUpdateRequested : .keyUpdate,
                version: session.versionID,
                connection: connection,
                sent: "KeyUpdate (\(requested ? "requested" : "not requested")\(number > 1 ? ", \(number)" : ""))",
                answer: .unconfirmed
            )
        )
        do throws(ContextFailure) {
            let token = try session.context.updateKeys(requestPeer: requested)
            guard let error = await session.send(token, deadline: deadline) else { return nil }
            return (error.answer, error.detail)
        } catch {
            return (.notTried, error.text)
        }
    }

    /// Gives a lazy peer something to answer, then closes, and settles what is left.
    private func wait(_ rows: inout Rows) async {
        let before = updates
        var reply = PeerReply.ended(.timedOut)
        var closing = false
        if let incentive, let token = try? session.context.protect(incentive) {
            await session.send(token, deadline: deadline)
            reply = await session.reply(until: .keyUpdate, by: soon(answerTimeout), endsWithData: true)
        }
        if case .ended(.timedOut) = reply {
            closing = true
            _ = await session.sendCloseNotify(deadline: deadline)
            reply = await session.reply(until: .keyUpdate, by: soon(answerTimeout))
        }
        guard case .signal = reply else { return settle(reply, closing: closing, &rows) }
        rows.settle(.keyUpdate, .honoured, nil, at: session.seconds)
        rows.settle(requests: updates - before, "with the next data", at: session.seconds)
    }

    private func settle(_ reply: PeerReply, closing: Bool, _ rows: inout Rows) {
        let now = session.seconds
        switch reply {
        // TLS 1.3 knows no renegotiation that could be refused.
        case .refused, .signal: break
        case .data:
            // An answer to what was sent under the new keys, in records under the peer's old ones.
            rows.settle(.keyUpdate, .honoured, nil, at: now)
            rows.settle(nil, .ignored, "it sent data under its old keys", at: now)
        case .failed: rows.settle(nil, reply.answer.0, reply.answer.1, at: now)
        case .closeNotify where closing:
            // It read our close_notify under the new keys. Its own are due with its next data, and it sent none.
            rows.settle(.keyUpdate, .honoured, nil, at: now)
            rows.settle(nil, .unconfirmed, "it had no data to send with them", at: now)
        case .closeNotify: rows.settle(nil, .unconfirmed, "it closed by itself", at: now)
        case .ended(.finished) where closing:
            rows.settle(nil, .unconfirmed, "it ended without close_notify", at: now)
        case .ended(let end): rows.settle(nil, end.answer, nil, at: now)
        }
    }
}
