import Synchronization

/// Asks a server, once, to stop in order: it stops listening, and the sessions that stand may come to their end.
public final class Drain: Sendable {
    private enum State {
        case open(waiting: [CheckedContinuation<Void, Never>])
        case begun
    }

    private let state = Mutex(State.open(waiting: []))

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
        let waiting = state.withLock { state -> [CheckedContinuation<Void, Never>]? in
            guard case .open(let waiting) = state else { return nil }
            state = .begun
            return waiting
        }
        for continuation in waiting ?? [] { continuation.resume() }
        return waiting != nil
    }

    /// Returns once the server was asked. The end of the server counts as asking, so that nobody waits for ever.
    func wait() async {
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                guard case .open(let waiting) = state else { return true }
                state = .open(waiting: waiting + [continuation])
                return false
            }
            if isOver { continuation.resume() }
        }
    }
}
