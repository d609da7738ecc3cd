import SecureChannel
import Transport

/// Carries data both ways through a standing session until either side ends it.
struct Relay {
    /// What can happen while a session stands.
    private enum Event: Sendable {
        /// The user gave bytes to send, or has no more.
        case input([UInt8]?)
        /// A read of the stream came to something.
        case stream(ReadOutcome)
        /// Time has passed.
        case tick
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

    /// Relays to the end. Neither side is read faster than the other takes it.
    func run() async -> Outcome {
        let mailbox = Mailbox<Event>()
        // What came with the end of the handshake is there already.
        var state = State(lastActivity: ContinuousClock.now)
        var outcome = Outcome(ending: .endOfInput)
        if let ending = await deliver(&state, &outcome) {
            outcome.ending = ending
            return outcome
        }
        let producers = start(mailbox)
        defer {
            mailbox.close()
            for producer in producers { producer.cancel() }
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
        var inputEnded = false
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
                    if await session.send(token, deadline: deadline) != nil { return .reset }
                } catch {
                    outcome.failure = error
                    return .failed
                }
            case .input(nil):
                state.inputEnded = true
                state.lastActivity = .now
                // Nothing was asked, so no answer is to be waited for.
                if outcome.bytesSent == 0, !limits.hold { return .endOfInput }
            case .stream(let read):
                if case .timedOut = read { continue }
                state.lastActivity = .now
                if let end = session.take(read) { return ending(of: end, &outcome) }
                if let ending = await deliver(&state, &outcome) { return ending }
            case .tick:
                if deadline.hasPassed { return .deadline }
                let silence = ContinuousClock.now - state.lastActivity
                if state.inputEnded, !limits.hold, silence >= limits.answer { return .endOfInput }
                if let idle = limits.idle, silence >= idle { return .idle }
            }
        }
        return .interrupted
    }

    /// Unprotects what has arrived and gives it to the user; says how the session ended, if it did.
    private func deliver(_ state: inout State, _ outcome: inout Outcome) async -> RelaySummary.Ending? {
        let result = await session.unprotect(deadline: deadline)
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

    private func ending(of end: Session.StreamEnd, _ outcome: inout Outcome) -> RelaySummary.Ending {
        switch end {
        case .finished: session.context.transportEnded() == .clean ? .closeNotify : .truncated
        case .reset, .failed: .reset
        case .timedOut: .deadline
        }
    }

    private func start(_ mailbox: Mailbox<Event>) -> [Task<Void, Never>] {
        let stream = session.stream
        let ends = ends
        let input = Task {
            while !Task.isCancelled {
                let bytes = await ends.nextInput()
                await mailbox.put(.input(bytes))
                if bytes == nil { return }
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
        return [input, network, ticks]
    }
}
