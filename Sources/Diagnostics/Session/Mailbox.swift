import Synchronization

/// Hands values from several producers to one consumer, one at a time: a producer waits until its value was taken.
///
/// That is the back pressure of a relay: standard input is not read faster than the peer takes it.
final class Mailbox<Value: Sendable>: Sendable {
    private struct State {
        var waiting: [(value: Value, taken: CheckedContinuation<Void, Never>)] = []
        var consumer: CheckedContinuation<Value?, Never>?
        var isClosed = false
    }

    private let state = Mutex(State())

    /// Gives a value and waits until the consumer took it, or the box was closed.
    func put(_ value: Value) async {
        await withCheckedContinuation { taken in
            let consumer = state.withLock { state -> CheckedContinuation<Value?, Never>?? in
                if state.isClosed { return .some(nil) }
                if let consumer = state.consumer {
                    state.consumer = nil
                    return consumer
                }
                state.waiting.append((value, taken))
                return .none
            }
            guard let consumer else { return }
            consumer?.resume(returning: value)
            taken.resume()
        }
    }

    /// Takes the oldest value; waits for one; nil once the box is closed.
    func next() async -> Value? {
        await withCheckedContinuation { consumer in
            let found = state.withLock { state -> (Value?, CheckedContinuation<Void, Never>?)? in
                if state.isClosed { return (nil, nil) }
                guard !state.waiting.isEmpty else {
                    state.consumer = consumer
                    return nil
                }
                let first = state.waiting.removeFirst()
                return (first.value, first.taken)
            }
            guard let (value, taken) = found else { return }
            taken?.resume()
            consumer.resume(returning: value)
        }
    }

    /// Ends it: everybody who waits goes on.
    func close() {
        let (waiting, consumer) = state.withLock { state in
            defer {
                state.waiting = []
                state.consumer = nil
                state.isClosed = true
            }
            return (state.waiting, state.consumer)
        }
        for entry in waiting { entry.taken.resume() }
        consumer?.resume(returning: nil)
    }
}
