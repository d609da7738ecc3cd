import SecureChannel
import Transport

/// Carries data both ways through a standing session until either side ends it.
///
/// Neither direction waits for the other: a peer that says all it has before it listens stops at full buffers, and whoever
/// finishes a write before reading on would wait for it for ever.
struct Relay {
    /// What can happen while a session stands.
    private enum Event: Sendable {
        /// The user gave bytes to send, or has no more.
        case input([UInt8]?)
        /// A read of the stream came to something.
        case stream(ReadOutcome)
        /// A token was written, or couldn't be.
        case written(Token, TransportError?)
        /// Time has passed.
        case tick
    }

    /// Bytes for the peer, and whether they are the user's: those are asked for more once these are out.
    private struct Token: Sendable {
        var bytes: [UInt8]
        var isInput: Bool
    }

    /// What came of it.
    struct Outcome {
        var ending: RelaySummary.Ending
        var bytesSent = 0
        var bytesReceived = 0
        var failure: ContextFailure?
    }

    let session: Session
    let ends: any RelayEnds
    let limits: RelayLimits
    let deadline: Deadline
    /// How long to read on once nothing can be written: a peer that has gone may have said why.
    private static let lastWords = Duration.seconds(1)

    init(session: Session, ends: any RelayEnds, limits: RelayLimits, deadline: Deadline) {
        self.session = session
        self.ends = ends
        self.limits = limits
        self.deadline = deadline
    }

    /// Relays to the end. Neither side is read faster than the other takes it.
    func run() async -> Outcome {
        let mailbox = Mailbox<Event>()
        let (tokens, output) = AsyncStream.makeStream(of: Token.self)
        let (turns, turn) = AsyncStream.makeStream(of: Void.self)
        var state = State(lastActivity: ContinuousClock.now, output: output, turn: turn)
        var outcome = Outcome(ending: .endOfInput)
        let producers = start(mailbox, tokens: tokens, turns: turns)
        defer {
            mailbox.close()
            for producer in producers { producer.cancel() }
        }
        // What came with the end of the handshake is there already.
        if let ending = await deliver(&state, &outcome) {
            outcome.ending = ending
            return outcome
        }
        outcome.ending = await withTaskCancellationHandler {
            await loop(mailbox, &state, &outcome)
        } onCancel: {
            mailbox.close()
        }
        return outcome
    }

    private struct State {
        var lastActivity: ContinuousClock.Instant
        let output: AsyncStream<Token>.Continuation
        let turn: AsyncStream<Void>.Continuation
        var inputEnded = false
        /// Since when nothing can be written any longer; nil while it can.
        var outputFailed: ContinuousClock.Instant?
    }

    private func loop(
        _ mailbox: Mailbox<Event>,
        _ state: inout State,
        _ outcome: inout Outcome
    ) async -> RelaySummary.Ending {
        while let event = await mailbox.next() {
            switch event {
            case .input(let bytes?):
                state.lastActivity = .now
                outcome.bytesSent += bytes.count
                do throws(ContextFailure) {
                    let token = try session.context.protect(bytes)
                    // Data that is held back during a handshake makes no token yet.
                    if token.isEmpty {
                        state.turn.yield()
                    } else {
                        state.output.yield(Token(bytes: token, isInput: true))
                    }
                } catch {
                    outcome.failure = error
                    return .failed
                }
            case .input(nil):
                state.inputEnded = true
                state.lastActivity = .now
                // Nothing was asked, so no answer is to be waited for.
                if outcome.bytesSent == 0, !limits.hold { return .endOfInput }
            case .written(let token, nil):
                session.wrote(token.bytes.count)
                state.lastActivity = .now
                if token.isInput { state.turn.yield() }
            case .written(_, _?):
                state.outputFailed = .now
            case .stream(let read):
                if case .timedOut = read { continue }
                state.lastActivity = .now
                if let end = session.take(read) { return ending(of: end) }
                if let ending = await deliver(&state, &outcome) { return ending }
            case .tick:
                if deadline.hasPassed { return .deadline }
                if let since = state.outputFailed, ContinuousClock.now - since >= Self.lastWords { return .reset }
                let silence = ContinuousClock.now - state.lastActivity
                if state.inputEnded, !limits.hold, silence >= limits.answer { return .endOfInput }
                if let idle = limits.idle, silence >= idle { return .idle }
            }
        }
        return .interrupted
    }

    /// Unprotects what has arrived and gives it to the user; says how the session ended, if it did.
    private func deliver(_ state: inout State, _ outcome: inout Outcome) async -> RelaySummary.Ending? {
        let result = session.unprotected()
        if !result.token.isEmpty { state.output.yield(Token(bytes: result.token, isInput: false)) }
        outcome.bytesReceived += result.plaintext.count
        if !result.plaintext.isEmpty {
            do {
                try await ends.deliver(result.plaintext)
            } catch {
                return .outputClosed
            }
        }
        switch result.status {
        case .contextExpired: return .closeNotify
        case .failed(let failure):
            outcome.failure = failure
            return .failed
        default: return nil
        }
    }

    private func ending(of end: Session.StreamEnd) -> RelaySummary.Ending {
        switch end {
        case .finished: session.context.transportEnded() == .clean ? .closeNotify : .truncated
        case .reset, .failed: .reset
        case .timedOut: .deadline
        }
    }

    private func start(
        _ mailbox: Mailbox<Event>,
        tokens: AsyncStream<Token>,
        turns: AsyncStream<Void>
    ) -> [Task<Void, Never>] {
        let stream = session.stream
        let ends = ends
        let deadline = deadline
        let input = Task {
            var turns = turns.makeAsyncIterator()
            while !Task.isCancelled {
                let bytes = await ends.nextInput()
                await mailbox.put(.input(bytes))
                guard bytes != nil, await turns.next() != nil else { return }
            }
        }
        let output = Task {
            for await token in tokens {
                do throws(TransportError) {
                    try await stream.write(token.bytes, deadline: deadline)
                    await mailbox.put(.written(token, nil))
                } catch {
                    await mailbox.put(.written(token, error))
                    return
                }
            }
        }
        let network = Task {
            while !Task.isCancelled {
                let outcome = await stream.read(deadline: .never)
                await mailbox.put(.stream(outcome))
                guard case .bytes = outcome else { return }
            }
        }
        let ticks = Task {
            while (try? await Task.sleep(for: .milliseconds(50))) != nil { await mailbox.put(.tick) }
        }
        return [input, output, network, ticks]
    }
}
