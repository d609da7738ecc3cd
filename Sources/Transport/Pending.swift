import NIOCore
import Synchronization

/// A value that one task waits for and that anyone may supply; the first to do so wins.
final class Pending<Value: Sendable>: Sendable {
    /// Whoever moves it on from `awaited` resumes the continuation, once: the check for that would cost more than all the rest.
    private enum State {
        case empty
        case awaited(UnsafeContinuation<Value, Never>)
        case full(Value)
        case done
    }

    private let state = Mutex<State>(.empty)

    /// Supplies the value. False when somebody was faster.
    @discardableResult
    func fulfil(_ value: Value) -> Bool {
        let (isFirst, continuation) = state.withLock { state -> (Bool, UnsafeContinuation<Value, Never>?) in
            switch state {
            case .empty:
                state = .full(value)
                return (true, nil)
            case .awaited(let continuation):
                state = .done
                return (true, continuation)
            case .full, .done:
                return (false, nil)
            }
        }
        continuation?.resume(returning: value)
        return isFirst
    }

    /// Waits for the value; if the waiting task is cancelled first, `cancelled` is the value.
    ///
    /// May be called once.
    func value(ifCancelled cancelled: Value) async -> Value {
        await withTaskCancellationHandler {
            await value()
        } onCancel: {
            fulfil(cancelled)
        }
    }

    /// Waits for the value, at most until `deadline`; after that `late` is the value.
    ///
    /// May be called once.
    func value(by deadline: Deadline, late: Value, ifCancelled cancelled: Value) async -> Value {
        guard deadline != .never else { return await value(ifCancelled: cancelled) }
        let timer = EventLoops.shared.scheduleTask(in: deadline.timeLeft) { [weak self] in
            _ = self?.fulfil(late)
        }
        defer { timer.cancel() }
        return await value(ifCancelled: cancelled)
    }

    /// Waits for the value, cancelled or not.
    ///
    /// May be called once.
    func value() async -> Value {
        await withUnsafeContinuation { continuation in
            let ready = state.withLock { state -> Value? in
                guard case .full(let value) = state else {
                    state = .awaited(continuation)
                    return nil
                }
                state = .done
                return value
            }
            if let ready { continuation.resume(returning: ready) }
        }
    }
}
