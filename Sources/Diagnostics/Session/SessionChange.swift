import SecureChannel
import TLSParameters
import Transport

/// Asks a peer to change a session that stands, and watches what it does.
struct SessionChange {
    let session: Session
    let answerTimeout: Duration
    let deadline: Deadline
    /// Something that makes the peer send data, such as an HTTP request; nil where nothing of the kind is known.
    let incentive: [UInt8]?

    /// What ended a wait for the peer.
    private enum Answer {
        case signals
        case data
        case failed(ContextFailure)
        case closeNotify
        case ended(Session.StreamEnd)
    }

    /// A new handshake at the client's request (RFC 5246 §7.4.1.2; not in TLS 1.3).
    func renegotiate() async -> RenegotiationAttempt {
        let start = session.seconds
        func attempt(_ answer: RenegotiationAttempt.Answer, _ detail: String? = nil) -> RenegotiationAttempt {
            RenegotiationAttempt(
                action: .renegotiation,
                sent: "ClientHello",
                answer: answer,
                detail: detail,
                seconds: answer == .silence || answer == .notTried ? nil : session.seconds - start
            )
        }
        do throws(ContextFailure) {
            if let error = await session.send(try session.context.renegotiate(.full), deadline: deadline) {
                return attempt(error.kind == .reset ? .reset : .closed, error.detail)
            }
        } catch {
            return attempt(.notTried, error.text)
        }
        switch await answer(until: .completed, within: answerTimeout) {
        case .signals, .data: return attempt(.honoured)
        case .failed(let failure):
            // An alert that ended the handshake is the peer's refusal; anything else broke on our side of the wire.
            guard let alert = failure.alertReceived else { return attempt(.closed, failure.text) }
            return attempt(.refusedByAlert, alert.description.name)
        case .closeNotify: return attempt(.closed, "close_notify")
        case .ended(let end): return attempt(Self.answer(to: end))
        }
    }

    /// New keys for our direction, then for both (RFC 8446 §4.6.3). A peer that could not follow would fail on whatever
    /// comes after, and one that is asked for its own need not answer before it has data to send: so the peer is given
    /// something to answer where that is known, and the close is part of the experiment.
    func updateKeys() async -> [RenegotiationAttempt] {
        var asked = session.seconds
        var attempts = [
            RenegotiationAttempt(action: .keyUpdate, sent: "KeyUpdate (not requested)", answer: .unconfirmed),
            RenegotiationAttempt(action: .keyUpdateRequested, sent: "KeyUpdate (requested)", answer: .unconfirmed),
        ]
        func settle(_ answer: RenegotiationAttempt.Answer, _ detail: String?, from index: Int = 0) {
            for index in index..<attempts.count where attempts[index].answer == .unconfirmed {
                attempts[index].answer = answer
                attempts[index].detail = detail
                attempts[index].seconds = answer == .silence ? nil : session.seconds - asked
            }
        }
        do throws(ContextFailure) {
            for requested in [false, true] {
                let token = try session.context.updateKeys(requestPeer: requested)
                if let error = await session.send(token, deadline: deadline) {
                    settle(error.kind == .reset ? .reset : .closed, error.detail)
                    return attempts
                }
            }
        } catch {
            settle(.notTried, error.text)
            return attempts
        }
        // Most peers answer lazily: a short wait tells the prompt ones, a request and the close the others.
        var reply = await answer(until: .keyUpdate, within: .milliseconds(300))
        var lazily = false
        var closing = false
        if case .ended(.timedOut) = reply, let incentive, let token = try? session.context.protect(incentive) {
            lazily = true
            asked = session.seconds
            await session.send(token, deadline: deadline)
            reply = await answer(until: .keyUpdate, within: answerTimeout, endsWithData: true)
        }
        if case .ended(.timedOut) = reply {
            lazily = true
            closing = true
            asked = session.seconds
            _ = await session.sendCloseNotify(deadline: deadline)
            reply = await answer(until: .keyUpdate, within: answerTimeout)
        }
        switch reply {
        case .signals: settle(.honoured, lazily ? "with the next data" : nil)
        case .data:
            // An answer to what was sent under the new keys, in records under the peer's old ones.
            attempts[0].answer = .honoured
            attempts[0].seconds = session.seconds - asked
            settle(.ignored, "it sent data under its old keys", from: 1)
        case .failed(let failure):
            settle(.refusedByAlert, failure.alertReceived.map(\.description.name) ?? failure.text)
        case .closeNotify where closing:
            // It read our close_notify under the new keys. Its own are due with its next data, and it sent none.
            attempts[0].answer = .honoured
            attempts[0].seconds = session.seconds - asked
            settle(.unconfirmed, "it had no data to send with them", from: 1)
        case .closeNotify: settle(.unconfirmed, "it closed by itself")
        case .ended(.finished) where closing: settle(.unconfirmed, "it ended without close_notify")
        case .ended(let end): settle(Self.answer(to: end), nil)
        }
        return attempts
    }

    /// Reads until a signal arrives, the session fails or ends, or time is up.
    /// Data ends the wait too, if it `endsWithData`.
    private func answer(
        until wanted: RenegotiationSignal,
        within limit: Duration,
        endsWithData: Bool = false
    ) async -> Answer {
        let deadline = deadline.sooner(of: .after(limit))
        while !deadline.hasPassed {
            if let end = await session.receive(deadline: deadline) {
                if case .finished = end { _ = session.context.transportEnded() }
                return .ended(end)
            }
            let result = await session.unprotect(deadline: deadline)
            if result.signals.contains(wanted) { return .signals }
            if endsWithData, !result.plaintext.isEmpty { return .data }
            switch result.status {
            case .failed(let failure): return .failed(failure)
            case .contextExpired: return .closeNotify
            default: break
            }
        }
        return .ended(.timedOut)
    }

    /// How the end of a stream counts as an answer.
    static func answer(to end: Session.StreamEnd) -> RenegotiationAttempt.Answer {
        switch end {
        case .finished: .closed
        case .failed(let error) where error.kind == .cancelled: .silence
        case .reset, .failed: .reset
        case .timedOut: .silence
        }
    }
}
