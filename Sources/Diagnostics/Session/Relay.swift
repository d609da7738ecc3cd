import SecureChannel
import Transport

/// Carries data both ways through a standing session until either side ends it.
///
/// Neither direction waits for the other: a peer that says all it has before it listens stops at full buffers, and whoever
/// finishes a write before reading on would wait for it for ever.
struct Relay {
    /// What came of it.
    struct Outcome {
        var ending: RelaySummary.Ending
        /// Data of the user's that was written to the stream.
        var bytesSent = 0
        /// Data of the user's that was taken from them and never got out.
        var bytesUnsent = 0
        var bytesReceived = 0
        var failure: ContextFailure?
        /// Why the user's side could not take data; nil if it has just gone, as the reader of a pipe may.
        var outputProblem: RequestProblem?
        /// Whether the user wants the session resumed on a new connection.
        var resumes = false
    }

    let session: Session
    let ends: any RelayEnds
    let limits: RelayLimits
    /// How long the session may last after the end of input, and how long one piece of input may wait to be written.
    let patience: Duration
    /// How long to go on once there is nothing to win: a peer that has gone may have said why, and one that doesn't read
    /// may still take the alert.
    private static let lastWords = Duration.seconds(1)

    /// Relays to the end. Neither side is read faster than the other takes it.
    func run() async -> Outcome {
        let mailbox = Mailbox<RelayEvent>()
        let (tokens, output) = AsyncStream.makeStream(of: RelayToken.self)
        let (turns, turn) = AsyncStream.makeStream(of: Void.self)
        var state = State(output: output, turn: turn)
        var outcome = Outcome(ending: .endOfInput)
        let producers = RelayProducers(mailbox: mailbox, stream: session.stream, ends: ends).start(tokens, turns)
        defer {
            mailbox.close()
            for producer in producers { producer.cancel() }
        }
        outcome.ending = await withTaskCancellationHandler {
            // What came with the end of the handshake is there already.
            if let ending = await deliver(&state, &outcome) { return ending }
            return await loop(mailbox, &state, &outcome)
        } onCancel: {
            // Not by closing the box: what is on its way out is still waited for.
            Task { await mailbox.put(.cancelled) }
        }
        await flush(mailbox, &state, &outcome)
        outcome.bytesUnsent = state.bytesTaken - outcome.bytesSent
        return outcome
    }

    struct State {
        let output: AsyncStream<RelayToken>.Continuation
        let turn: AsyncStream<Void>.Continuation
        /// When data last went either way. Only data counts: a peer can make tickets, key updates and halves of records
        /// for ever.
        var lastActivity = ContinuousClock.now
        /// Since when there is no more input; nil while there may be.
        var inputEnded: ContinuousClock.Instant?
        /// Data taken from the user.
        var bytesTaken = 0
        /// Since when data that was taken from the user waits to be written; nil if none does.
        var inputWaits: ContinuousClock.Instant?
        /// How much of it the context holds back, because a handshake is in the way, and the count of data sent by which
        /// to know that it has come out.
        var held = 0
        var heldUntil = 0
        /// Since when nothing can be written any longer; nil while it can.
        var outputFailed: ContinuousClock.Instant?
        /// Whether the user has closed this end's direction.
        var isShut = false
        /// Which signals of the peer the user waits for.
        var awaited: Set<RenegotiationSignal> = [.helloRequest]
    }

    private func loop(
        _ mailbox: Mailbox<RelayEvent>,
        _ state: inout State,
        _ outcome: inout Outcome
    ) async -> RelaySummary.Ending {
        while let event = await mailbox.next() {
            switch event {
            case .input(.data?) where state.isShut:
                await ends.show(.note("not sent: this end has said close_notify"))
                state.turn.yield()
            case .input(.data(let bytes)?):
                do throws(ContextFailure) {
                    try take(bytes, &state)
                } catch {
                    outcome.failure = error
                    return .failed
                }
            case .input(.command(let command)?):
                if let ending = await obey(command, &state, &outcome) { return ending }
                state.turn.yield()
            case .input(nil):
                state.inputEnded = .now
                state.lastActivity = .now
                // Nothing was asked, so no answer is to be waited for.
                if outcome.bytesSent == 0, !session.sentEarlyData, !limits.hold { return .endOfInput }
            case .written(let token, let error):
                note(token, error, &state, &outcome)
            case .stream(.timedOut), .drained: continue
            case .stream(let read):
                if let end = session.take(read) { return ending(of: end) }
                if let ending = await deliver(&state, &outcome) { return ending }
            case .tick:
                if let ending = overdue(state) { return ending }
            case .cancelled: return .interrupted
            }
        }
        return .interrupted
    }

    /// Protects what the user gave. They are asked for more once it is written: data that a handshake holds back must not
    /// pile up behind it.
    private func take(_ bytes: [UInt8], _ state: inout State) throws(ContextFailure) {
        state.lastActivity = .now
        state.inputWaits = .now
        state.bytesTaken += bytes.count
        let token = try session.context.protect(bytes)
        if token.isEmpty {
            state.held = bytes.count
            state.heldUntil = session.context.attributes.transport.plaintextSent + bytes.count
        } else {
            state.output.yield(RelayToken(bytes: token, input: bytes.count))
        }
    }

    /// Notes that a token was written, or couldn't be.
    private func note(
        _ token: RelayToken,
        _ error: TransportError?,
        _ state: inout State,
        _ outcome: inout Outcome
    ) {
        guard error == nil else {
            state.outputFailed = .now
            return
        }
        session.wrote(token.bytes.count)
        guard token.input > 0 else { return }
        outcome.bytesSent += token.input
        state.lastActivity = .now
        state.inputWaits = nil
        state.turn.yield()
    }

    /// How the relay ends because of time, if it does.
    private func overdue(_ state: State) -> RelaySummary.Ending? {
        let now = ContinuousClock.now
        if let since = state.outputFailed, now - since >= Self.lastWords { return .reset }
        let silence = now - state.lastActivity
        if let ended = state.inputEnded, !limits.hold {
            if silence >= limits.answer { return .endOfInput }
            if now - ended >= patience { return .deadline }
        }
        guard let idle = limits.idle else { return nil }
        if silence >= idle { return .idle }
        // A peer that talks on and takes nothing is not silent, and would be waited for as long as it likes.
        if let since = state.inputWaits, now - since >= patience { return .deadline }
        return nil
    }

    /// Unprotects what has arrived and gives it to the user; says how the session ended, if it did.
    private func deliver(_ state: inout State, _ outcome: inout Outcome) async -> RelaySummary.Ending? {
        let result = session.unprotected()
        if !result.token.isEmpty {
            var input = 0
            if state.held > 0, session.context.attributes.transport.plaintextSent >= state.heldUntil {
                swap(&input, &state.held)
            }
            state.output.yield(RelayToken(bytes: result.token, input: input))
        }
        if !result.plaintext.isEmpty {
            outcome.bytesReceived += result.plaintext.count
            let start = ContinuousClock.now
            do {
                try await ends.deliver(result.plaintext)
            } catch {
                outcome.outputProblem = error as? RequestProblem
                return Task.isCancelled ? .interrupted : .outputClosed
            }
            state.lastActivity = .now
            // What the user takes to read is not the peer's time.
            let waited = start.duration(to: state.lastActivity)
            state.inputEnded = state.inputEnded?.advanced(by: waited)
            state.inputWaits = state.inputWaits?.advanced(by: waited)
        }
        await tell(of: result.signals, &state)
        switch result.status {
        case .contextExpired: return .closeNotify
        case .failed(let failure):
            outcome.failure = failure
            return .failed
        default: return ends.isAnswered && !limits.hold ? .answered : nil
        }
    }

    /// Lets what is queued get out, such as the alert that says why the session failed; not for long.
    private func flush(_ mailbox: Mailbox<RelayEvent>, _ state: inout State, _ outcome: inout Outcome) async {
        state.output.finish()
        let start = ContinuousClock.now
        while state.outputFailed == nil, let event = await mailbox.next() {
            switch event {
            case .written(let token, let error): note(token, error, &state, &outcome)
            case .drained: return
            case .tick: if ContinuousClock.now - start >= Self.lastWords { return }
            default: continue
            }
        }
    }

    private func ending(of end: Session.StreamEnd) -> RelaySummary.Ending {
        switch end {
        case .finished:
            switch session.context.transportEnded() {
            case .clean: .closeNotify
            case .unmarked: .unmarked
            case .truncated, .duringHandshake, .afterFailure: .truncated
            }
        case .reset, .failed: .reset
        case .timedOut: .deadline
        }
    }
}
