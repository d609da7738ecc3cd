import Certificates
import SecureChannel
import TLSParameters
import TLSWire
import Transport

/// A connection with a security context on it: carries tokens between the two, and knows how either ended.
///
/// For one task at a time. The context never waits, so all waiting is for the stream.
final class Session {
    /// How the transport ended, seen from here.
    enum StreamEnd: Sendable, Hashable {
        /// FIN.
        case finished
        /// RST.
        case reset
        /// Nothing came in time; the stream itself still stands.
        case timedOut
        /// Anything else.
        indirect case failed(TransportError)
    }

    /// What a handshake came to.
    enum HandshakeOutcome: Sendable {
        /// The channel stands.
        case established
        /// The context gave up: an alert, a bad certificate, a protocol error, no TLS.
        indirect case failed(ContextFailure)
        /// The transport ended first.
        case ended(StreamEnd)
    }

    let stream: any ByteStream
    let context: any SecurityContext
    /// Looks for a certificate when the peer asks for one; nil shows none.
    private let chooser: IdentityChooser?
    /// Asks others whether the peer's certificates are revoked; nil asks nobody.
    private let fetcher: RevocationFetcher?
    /// What that cost.
    private var spentOnFetching = Spending()
    /// Whether what the context sends of its own accord waits for the next thing to be sent, or for the next wait. One packet
    /// for both is one less to wake the peer for.
    private let joinsWrites: Bool
    /// What waits for that.
    private var held: [UInt8] = []
    /// Bytes that arrived and were not consumed yet.
    private var input: [UInt8] = []
    /// Data that came before anybody asked for it, see ``verdict(deadline:)``.
    private var early: [UInt8] = []
    /// How long the first byte may be waited for; nil for as long as anything.
    var silence: Duration?
    /// Called once, with the first byte that comes.
    var heard: (@Sendable () -> Void)?
    /// Bytes read from the stream.
    private(set) var received = 0
    /// How many reads they took.
    private(set) var reads = 0
    /// Bytes written to the stream.
    private(set) var sent = 0
    /// Round trips waited for: a read after a write.
    private(set) var roundTrips = 0
    /// Round trips that the connection had cost before the session: TCP's own, and a STARTTLS dialogue's.
    private let roundTripsBefore: Int
    private var wroteSinceRead = false
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant

    init(
        stream: any ByteStream,
        context: any SecurityContext,
        chooser: IdentityChooser? = nil,
        fetcher: RevocationFetcher? = nil,
        roundTripsBefore: Int = 1,
        joinsWrites: Bool = false
    ) {
        self.stream = stream
        self.context = context
        self.chooser = chooser
        self.fetcher = fetcher
        self.roundTripsBefore = roundTripsBefore
        self.joinsWrites = joinsWrites
        start = clock.now
    }

    /// Whether data went out with the hello and was taken, which may be answered like any other.
    var sentEarlyData: Bool {
        context.role == .client && context.attributes.session.earlyData?.status == .accepted
    }

    /// Seconds since the session began.
    var seconds: Double {
        start.duration(to: clock.now).seconds
    }

    /// The first handshake, to its end.
    func handshake(deadline: Deadline) async -> HandshakeOutcome {
        var step = context.step(&input)
        while true {
            // The peer has said something behind its last message, which may call for an answer.
            if joinsWrites, case .established = step.status, !input.isEmpty {
                held = step.token
                return .established
            }
            // A peer that has sent an alert may have gone already: what it sent is worth more than the failed write.
            let writeError = await send(step.token, deadline: deadline)
            switch step.status {
            case .established, .renegotiate, .contextExpired:
                // Without our last words there is no session for the peer, and data would only break what there is.
                if let writeError, [.timedOut, .cancelled].contains(writeError.kind) {
                    return .ended(writeError.kind == .timedOut ? .timedOut : .failed(writeError))
                }
                return .established
            case .failed(let failure):
                return .failed(failure)
            case .incompleteCredentials(let issuers):
                answerRequest(issuers)
                step = context.step(&input)
                continue
            case .awaitsRevocation(let questions):
                let (fetched, spent) = await fetcher?.fetch(questions, deadline: deadline) ?? ([], Spending())
                spentOnFetching.add(spent)
                context.answer(with: fetched)
                step = context.step(&input)
                continue
            case .continueNeeded, .incompleteMessage:
                break
            }
            let patience = reads == 0 ? silence : nil
            switch await receive(deadline: patience.map { deadline.sooner(of: .after($0)) } ?? deadline) {
            case .some(let end):
                if case .finished = end { _ = context.transportEnded() }
                return .ended(writeError.map { .failed($0) } ?? end)
            case nil:
                step = context.step(&input)
            }
        }
    }

    /// Answers a server that asks for a certificate, where there is something to choose from.
    @inline(never)
    private func answerRequest(_ issuers: [DistinguishedName]) {
        guard let chooser else { return }
        let asked = context.attributes.clientAuthentication.signatureSchemes
        let schemes = asked.compactMap { SignatureScheme(named: $0.codePoint) }
        let (identity, choice) = chooser.choose(.init(issuers: issuers, schemes: schemes), now: Timestamp.now)
        context.answer(with: identity, choice)
    }

    /// What becomes of a handshake in which the server asked for a certificate. In TLS 1.3 the client is done before the
    /// server has judged its answer, and hears of a refusal only if it reads on (RFC 8446 §4.4.2.4).
    ///
    /// Anything that a server sends after the handshake shows that it went on; so does silence until the deadline, for
    /// want of a better sign.
    func verdict(deadline: Deadline) async -> HandshakeOutcome {
        while true {
            let result = await unprotect(deadline: deadline)
            early = result.plaintext
            if case .failed(let failure) = result.status { return .failed(failure) }
            if case .contextExpired = result.status { return .established }
            if !result.plaintext.isEmpty || !result.signals.isEmpty { return .established }
            switch await receive(deadline: deadline) {
            case nil: continue
            case .timedOut?: return .established
            case .failed(let error)? where error.kind == .cancelled: return .established
            case .some(let end):
                if case .finished = end { _ = context.transportEnded() }
                return .ended(end)
            }
        }
    }

    /// Waits until the context has a session to resume later: in TLS 1.3 they come after the handshake, usually right behind
    /// it. Data that comes meanwhile is kept; an end of the session or the stream is met again by the next read.
    func awaitSession(deadline: Deadline) async {
        while context.sessions.isEmpty {
            let result = await unprotect(deadline: deadline)
            early = result.plaintext
            switch result.status {
            case .failed, .contextExpired: return
            default: break
            }
            guard context.sessions.isEmpty, await receive(deadline: deadline) == nil else { return }
        }
    }

    /// Waits for bytes from the peer; nil once some arrived, otherwise how the stream ended.
    func receive(deadline: Deadline) async -> StreamEnd? {
        if !held.isEmpty { await send([], deadline: deadline) }
        noteWait()
        return take(await stream.read(deadline: deadline))
    }

    /// Waits likewise, but not once a server is asked to stop: the wait fails as cancelled then.
    func receive(deadline: Deadline, unless drain: Drain) async -> StreamEnd? {
        if !held.isEmpty { await send([], deadline: deadline) }
        noteWait()
        let stream = stream
        return take(await drain.cancelling { await stream.read(deadline: deadline) })
    }

    private func noteWait() {
        guard wroteSinceRead else { return }
        roundTrips += 1
        wroteSinceRead = false
    }

    /// Takes what a read of the stream came to, wherever that read was made.
    func take(_ outcome: ReadOutcome) -> StreamEnd? {
        switch outcome {
        case .bytes(let bytes):
            if let heard {
                heard()
                self.heard = nil
            }
            received += bytes.count
            reads += 1
            if input.isEmpty {
                input = bytes
            } else {
                input += bytes
            }
            return nil
        case .end: return .finished
        case .reset: return .reset
        case .timedOut: return .timedOut
        case .failed(let error): return .failed(error)
        }
    }

    /// What waits to be sent, in front of a token.
    func joined(_ token: [UInt8]) -> [UInt8] {
        guard !held.isEmpty else { return token }
        defer { held = [] }
        return held + token
    }

    /// Writes the last token there is, and closes the connection.
    func close(after token: [UInt8], deadline: Deadline) async {
        let token = joined(token)
        guard !token.isEmpty else { return await stream.close() }
        // A failure is nobody's concern any more.
        guard (try? await stream.close(after: token, deadline: deadline)) != nil else { return }
        wrote(token.count)
    }

    /// Writes a token; nothing if it is empty.
    @discardableResult
    func send(_ token: [UInt8], deadline: Deadline) async -> TransportError? {
        let token = joined(token)
        guard !token.isEmpty else { return nil }
        do throws(TransportError) {
            try await stream.write(token, deadline: deadline)
            wrote(token.count)
            return nil
        } catch {
            return error
        }
    }

    /// Counts bytes that were written to the stream.
    func wrote(_ count: Int) {
        sent += count
        wroteSinceRead = true
    }

    /// Unprotects what arrived, and sends what that calls for.
    func unprotect(deadline: Deadline) async -> UnprotectResult {
        let result = unprotected()
        if joinsWrites {
            held += result.token
        } else {
            await send(result.token, deadline: deadline)
        }
        return result
    }

    /// Unprotects what arrived; the token is the caller's to send, and to count.
    ///
    /// A server that asks for a certificate in a renegotiation waits for an answer, so it gets one, if only that there is
    /// none.
    func unprotected() -> UnprotectResult {
        var result = context.unprotect(&input)
        if case .incompleteCredentials(let issuers) = result.status {
            answerRequest(issuers)
            let rest = context.unprotect(&input)
            result.status = rest.status
            result.token += rest.token
            result.plaintext += rest.plaintext
            result.signals += rest.signals
        }
        if !early.isEmpty {
            result.plaintext = early + result.plaintext
            early = []
        }
        return result
    }

    /// The record that has begun to arrive and isn't whole: how many bytes of it are there, and how many it has; nil between
    /// two records.
    var cutRecord: (there: Int, of: Int)? {
        guard !input.isEmpty else { return nil }
        guard input.count >= TLSRecord.headerLength else { return (input.count, TLSRecord.headerLength) }
        let length = TLSRecord.headerLength + (Int(input[3]) << 8 | Int(input[4]))
        return length > input.count ? (input.count, length) : nil
    }

    /// Throws away what arrived and was not consumed, as after a close_notify, and says how many bytes that is.
    func discardInput() -> Int {
        defer { input = [] }
        return input.count
    }

    /// Sends our close_notify, if there is a channel to close; also from a task that was cancelled, which can't write.
    func sendCloseNotify(deadline: Deadline) async -> TransportError? {
        let token = context.shutDown()
        guard Task.isCancelled, !token.isEmpty else { return await send(token, deadline: deadline) }
        let stream = stream
        let error = await Task { () -> TransportError? in
            do throws(TransportError) {
                try await stream.write(token, deadline: deadline.sooner(of: .after(.seconds(1))))
                return nil
            } catch {
                return error
            }
        }.value
        if error == nil { wrote(token.count) }
        return error
    }

    /// What the session cost, its connection included, and what was asked of others for it.
    var spending: Spending {
        var spent = Spending(
            connections: 1,
            bytesSent: sent,
            bytesReceived: received,
            roundTrips: roundTrips + roundTripsBefore,
            seconds: seconds
        )
        spent.add(spentOnFetching)
        return spent
    }
}

extension Duration {
    /// The duration as a number of seconds.
    var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}
