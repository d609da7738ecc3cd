import Synchronization

/// Asks a server, once, to stop in order: it stops listening, and the sessions that stand may come to their end.
public final class Drain: Sendable {
    private enum State {
        case open(actions: [Int: @Sendable () -> Void], next: Int)
        case begun
    }

    private let state = Mutex(State.open(actions: [:], next: 0))

    /// A server that goes on.
    public init() {}

    /// Whether the server was asked.
    public var hasBegun: Bool {
        state.withLock { state in
            if case .begun = state { true } else { false }
        }
    }

    /// Asks the server; false if it was asked before.
    @discardableResult
    public func begin() -> Bool {
        let actions = state.withLock { state -> [Int: @Sendable () -> Void]? in
            guard case .open(let actions, _) = state else { return nil }
            state = .begun
            return actions
        }
        for action in (actions ?? [:]).values { action() }
        return actions != nil
    }

    /// Returns once the server was asked. The end of the server counts as asking, so that nobody waits for ever.
    func wait() async {
        await withCheckedContinuation { continuation in _ = onBegin { continuation.resume() } }
    }

    /// Does something that waits, and cancels it once the server is asked.
    func cancelling<Result: Sendable>(_ work: @escaping @Sendable () async -> Result) async -> Result {
        let task = Task { await work() }
        let number = onBegin { task.cancel() }
        defer { if let number { forget(number) } }
        return await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            task.cancel()
        }
    }

    /// Has something done when the server is asked, or at once if it was; a number to ``forget(_:)`` it by.
    private func onBegin(_ action: @escaping @Sendable () -> Void) -> Int? {
        let number = state.withLock { state -> Int? in
            guard case .open(var actions, let next) = state else { return nil }
            actions[next] = action
            state = .open(actions: actions, next: next + 1)
            return next
        }
        if number == nil { action() }
        return number
    }

    private func forget(_ number: Int) {
        state.withLock { state in
            guard case .open(var actions, let next) = state else { return }
            actions[number] = nil
            state = .open(actions: actions, next: next)
        }
    }
}
