import SecureChannel
import TLSParameters
import Transport

/// What ended a wait for a peer that was asked to change a standing session.
enum PeerReply {
    /// The message that was waited for.
    case signal
    /// Data, where that was to end the wait.
    case data
    /// The peer refuses by a warning, and the session goes on.
    case refused
    /// The session has failed.
    case failed(ContextFailure)
    /// close_notify.
    case closeNotify
    /// The transport ended, or time was up.
    case ended(Session.StreamEnd)

    /// How it counts where the signal is what was asked for, and what there is to say of it.
    var answer: (RenegotiationAttempt.Answer, String?) {
        switch self {
        case .signal, .data: return (.honoured, nil)
        case .refused: return (.refusedByAlert, "no_renegotiation")
        case .failed(let failure):
            guard let alert = failure.alertReceived else { return (.broken, failure.text) }
            return (.refusedByAlert, alert.description.name)
        case .closeNotify: return (.closed, "close_notify")
        case .ended(let end): return (end.answer, nil)
        }
    }
}

extension Session.StreamEnd {
    /// How the end of a stream counts as an answer.
    var answer: RenegotiationAttempt.Answer {
        switch self {
        case .finished: .closed
        case .failed(let error) where error.kind == .cancelled: .silence
        case .reset, .failed: .reset
        case .timedOut: .silence
        }
    }
}

extension TransportError {
    /// How a write that failed counts as an answer.
    var answer: RenegotiationAttempt.Answer {
        switch kind {
        case .reset: .reset
        case .timedOut, .cancelled: .silence
        default: .closed
        }
    }
}

extension Session {
    /// Reads until a signal arrives, the session fails or ends, or time is up. Data ends the wait too, if it `endsWithData`;
    /// otherwise it is counted in `data`.
    func reply(
        until wanted: RenegotiationSignal,
        by deadline: Deadline,
        endsWithData: Bool = false,
        data: inout Int
    ) async -> PeerReply {
        while !deadline.hasPassed {
            if let end = await receive(deadline: deadline) {
                if case .finished = end { _ = context.transportEnded() }
                return .ended(end)
            }
            let result = await unprotect(deadline: deadline)
            data += result.plaintext.count
            if result.signals.contains(wanted) { return .signal }
            if result.signals.contains(.refused) { return .refused }
            if endsWithData, !result.plaintext.isEmpty { return .data }
            switch result.status {
            case .failed(let failure): return .failed(failure)
            case .contextExpired: return .closeNotify
            default: break
            }
        }
        return .ended(.timedOut)
    }

    /// The same where nobody asks how much data there was.
    func reply(
        until wanted: RenegotiationSignal,
        by deadline: Deadline,
        endsWithData: Bool = false
    ) async -> PeerReply {
        var data = 0
        return await reply(until: wanted, by: deadline, endsWithData: endsWithData, data: &data)
    }

    /// The version, as reports write it.
    var versionID: String? { context.attributes.version?.id }
}
