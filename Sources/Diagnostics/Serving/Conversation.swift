import SecureChannel
import TLSParameters
import Transport

/// Data in and out of a session that stands. For one task at a time.
final class Conversation {
    /// What a wait for data came to.
    enum Incoming {
        case data([UInt8])
        case ended(ServeEnding.Session)
    }

    let session: Session
    /// Limit for one write.
    let timeout: Duration
    private var schedule: RenegotiationSchedule?
    /// Data that came while something else was waited for.
    private var waiting: [UInt8] = []

    init(session: Session, timeout: Duration, renegotiation: RenegotiationTrigger? = nil) {
        self.session = session
        self.timeout = timeout
        schedule = renegotiation.map { RenegotiationSchedule($0) }
    }

    /// The next data of the client, or how the session ended. Handshake messages on the way are answered, and don't count
    /// as data: a client can't stretch the deadline with them.
    ///
    /// - Parameter drain: ends the wait, as this side's doing, once it has begun; for a client that is owed nothing.
    func next(by deadline: Deadline, unless drain: Drain? = nil) async -> Incoming {
        if !waiting.isEmpty {
            defer { waiting = [] }
            return .data(waiting)
        }
        while true {
            if let end = await renewKeysIfDue() { return .ended(end) }
            let result = await session.unprotect(deadline: deadline)
            if result.signals.contains(.keyUpdate) { await answerKeyUpdate(deadline: deadline) }
            // What came with the end is delivered first; the context tells the end again.
            if !result.plaintext.isEmpty {
                schedule?.count(result.plaintext.count)
                return .data(result.plaintext)
            }
            if let end = Self.ending(result.status) { return .ended(end) }
            let wake = schedule?.wake ?? .never
            let limit = wake.sooner(of: deadline)
            let read =
                if let drain { await session.receive(deadline: limit, unless: drain) } else {
                    await session.receive(deadline: limit)
                }
            guard let end = read else { continue }
            if drain?.hasBegun == true, !Task.isCancelled, end.isCancelled { return .ended(.closedByServer) }
            if end == .timedOut, wake < deadline, !deadline.hasPassed { continue }
            return .ended(ServeEnding.Session(end, context: session.context))
        }
    }

    /// Updates our keys at once if the client asked for it. RFC 8446 §4.6.3 lets that wait until the next data, which is
    /// when libssl does it; a client that tests key updates would wait for ever at a server that has nothing to say.
    private func answerKeyUpdate(deadline: Deadline) async {
        guard session.context.isAskedForKeyUpdate else { return }
        // Refused once the channel is closed; then there is nothing to answer either.
        guard let token = try? session.context.updateKeys(requestPeer: false) else { return }
        await session.send(token, deadline: deadline)
    }

    /// Sends data; nil if all of it went out.
    func send(_ bytes: [UInt8]) async -> ServeEnding.Session? {
        do throws(ContextFailure) {
            let token = try session.context.protect(bytes)
            schedule?.count(bytes.count)
            if token.isEmpty, !bytes.isEmpty { return await finishRenegotiation() }
            guard let error = await session.send(token, deadline: .after(timeout)) else {
                // A client that takes everything at once must not keep the thread from the others.
                await Task.yield()
                return nil
            }
            return error.kind == .timedOut ? .idle : error.kind == .reset ? .reset : .transport(error)
        } catch {
            return error.kind == .closed ? .closedByClient : .failed(error)
        }
    }

    /// Reads on until the handshake that holds our data back is over, and the data went out with it; nil then. NSS's client
    /// asks for pages between its hello and its Finished, and who closes behind the answer must have sent it.
    private func finishRenegotiation() async -> ServeEnding.Session? {
        let deadline = Deadline.after(timeout)
        while waiting.count < Self.waitingLimit {
            let result = await session.unprotect(deadline: deadline)
            waiting += result.plaintext
            if let end = Self.ending(result.status) { return end }
            if result.signals.contains(.completed) { return nil }
            if let end = await session.receive(deadline: deadline) {
                return ServeEnding.Session(end, context: session.context)
            }
        }
        return .failed(ContextFailure(.protocolError, "a renegotiation that does not end"))
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

    /// Reads everything until the client is done.
    func discard(idle: Duration) async -> ServeEnding.Session {
        while true {
            if case .ended(let end) = await next(by: .after(idle)) { return end }
        }
    }

    /// How a session ended, if this status says so.
    private static func ending(_ status: ContextStatus) -> ServeEnding.Session? {
        switch status {
        case .contextExpired: .closedByClient
        case .failed(let failure): .failed(failure)
        default: nil
        }
    }
}

// MARK: - New keys, and who the client is

extension Conversation {
    /// Asks for a new handshake, or for new keys in TLS 1.3, if it is time for that.
    private func renewKeysIfDue() async -> ServeEnding.Session? {
        guard schedule?.isDue() == true else { return nil }
        do throws(ContextFailure) {
            let isModern = session.context.version == .tls13
            let token =
                isModern
                ? try session.context.updateKeys(requestPeer: true) : try session.context.renegotiate(.full)
            await session.send(token, deadline: .after(timeout))
            return nil
        } catch {
            // Refused because the last one is still under way, or because the channel is closed, which the next read tells.
            return error.kind == .unsupported || error.kind == .closed ? nil : .failed(error)
        }
    }

    /// How the client took it to be asked for its certificate while the session stands.
    enum LateAnswer: Hashable {
        /// It sent one, or said that it has none.
        case answered
        /// It can't be asked: its hello did not offer post-handshake authentication.
        case impossible
        /// It didn't answer in time.
        case none
    }

    /// Data that is kept while an answer is waited for.
    private static let waitingLimit = 1 << 20

    /// Asks for the client's certificate on the standing channel and waits for the answer; data that comes meanwhile is
    /// kept for ``next(by:)``.
    func requestCertificate(by deadline: Deadline) async -> (answer: LateAnswer, end: ServeEnding.Session?) {
        do throws(ContextFailure) {
            let token = try session.context.requestClientCertificate(required: false)
            await session.send(token, deadline: deadline)
        } catch {
            return error.kind == .unsupported ? (.impossible, nil) : (.none, .failed(error))
        }
        var hasAnswered = false
        while waiting.count < Self.waitingLimit {
            let result = await session.unprotect(deadline: deadline)
            waiting += result.plaintext
            hasAnswered = hasAnswered || result.signals.contains(.certificate) || result.signals.contains(.completed)
            if let end = Self.ending(result.status) { return (hasAnswered ? .answered : .none, end) }
            if hasAnswered {
                let client = session.context.attributes.clientAuthentication
                // The proof follows the certificate.
                if client.proved || client.certificatesSent ?? 0 == 0 { return (.answered, nil) }
            }
            switch await session.receive(deadline: deadline) {
            case nil: continue
            case .timedOut?: return (.none, nil)
            case .some(let end): return (.none, ServeEnding.Session(end, context: session.context))
            }
        }
        return (.none, nil)
    }
}

extension Session.StreamEnd {
    /// Whether it is that nobody waits any longer, and the stream stands as before.
    fileprivate var isCancelled: Bool {
        if case .failed(let error) = self { return error.kind == .cancelled }
        return false
    }
}
