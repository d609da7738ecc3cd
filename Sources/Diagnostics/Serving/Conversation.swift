import SecureChannel
import Transport

/// Data in and out of a session that stands.
struct Conversation {
    /// What a wait for data came to.
    enum Incoming {
        case data([UInt8])
        case ended(ServeEnding.Session)
    }

    let session: Session
    /// Limit for one write.
    let timeout: Duration

    /// The next data of the client, or how the session ended. Handshake messages on the way are answered, and don't count
    /// as data: a client can't stretch the deadline with them.
    func next(by deadline: Deadline) async -> Incoming {
        while true {
            let result = await session.unprotect(deadline: deadline)
            if result.signals.contains(.keyUpdate) { await answerKeyUpdate(deadline: deadline) }
            // What came with the end is delivered first; the context tells the end again.
            if !result.plaintext.isEmpty { return .data(result.plaintext) }
            switch result.status {
            case .contextExpired: return .ended(.closedByClient)
            case .failed(let failure): return .ended(.failed(failure))
            default: break
            }
            if let end = await session.receive(deadline: deadline) {
                return .ended(ServeEnding.Session(end, context: session.context))
            }
        }
    }

    /// Updates our keys at once if the client asked for it. RFC 8446 §4.6.3 lets that wait until the next data, which is
    /// when libssl does it; a client that tests key updates would wait for ever at a server that has nothing to say.
    private func answerKeyUpdate(deadline: Deadline) async {
        let last = session.context.events.last { $0.kind == .keyUpdate && $0.direction == .received }
        guard last?.detail == "update_requested" else { return }
        // Refused once the channel is closed; then there is nothing to answer either.
        guard let token = try? session.context.updateKeys(requestPeer: false) else { return }
        await session.send(token, deadline: deadline)
    }

    /// Sends data; nil if all of it went out.
    func send(_ bytes: [UInt8]) async -> ServeEnding.Session? {
        do throws(ContextFailure) {
            let token = try session.context.protect(bytes)
            guard let error = await session.send(token, deadline: .after(timeout)) else { return nil }
            return error.kind == .timedOut ? .idle : error.kind == .reset ? .reset : .transport(error)
        } catch {
            return error.kind == .closed ? .closedByClient : .failed(error)
        }
    }

    /// Sends everything back until the client is done.
    func echo(idle: Duration) async -> ServeEnding.Session {
        while true {
            switch await next(by: .after(idle)) {
            case .data(let bytes):
                if let end = await send(bytes) { return end }
            case .ended(let end):
                return end
            }
        }
    }
}
