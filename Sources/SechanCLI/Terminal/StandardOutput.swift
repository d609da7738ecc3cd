import Dispatch
import Glibc
import Synchronization

/// Standard output for those who must not block: a reader that has stopped holds up a thread kept for that, and no task.
///
/// Writes come out whole and in the order in which they were asked for.
struct StandardOutput: Sendable {
    private let queue = DispatchQueue(label: "sechan.standard-output")
    private let descriptor: Int32
    /// Whether a write never waits for a reader: nobody reads what goes to a file or to nowhere.
    private let hasNoReader: Bool

    /// Writes to a descriptor, which stays open as long as the process runs.
    init(descriptor: Int32 = STDOUT_FILENO) {
        self.descriptor = descriptor
        var status = stat()
        let kind = fstat(descriptor, &status) == 0 ? status.st_mode & S_IFMT : 0
        hasNoReader = kind == S_IFREG || kind == S_IFCHR && !Streams.isTerminal(descriptor)
    }

    /// Returns once everything is written.
    ///
    /// - Throws: `Streams.WriteError`; `CancellationError` if the task was cancelled first. What had been begun by then is
    ///   still written as the reader goes on, the rest is not.
    func write(_ bytes: [UInt8]) async throws {
        guard !hasNoReader else {
            try Task.checkCancellation()
            return try Streams.write(bytes, to: descriptor)
        }
        let pending = PendingWrite()
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                pending.wait(continuation)
                queue.async { [descriptor] in
                    guard !pending.isOver else { return }
                    do throws(Streams.WriteError) {
                        try Streams.write(bytes, to: descriptor)
                        pending.end(nil)
                    } catch {
                        pending.end(error)
                    }
                }
            }
        } onCancel: {
            pending.end(CancellationError())
        }
    }

    /// Returns once all of the text is written.
    ///
    /// - Throws: as ``write(_:)``.
    func write(_ text: String) async throws {
        try await write(Array(text.utf8))
    }
}

/// The end of one write, told once to the one who waits for it.
private final class PendingWrite: Sendable {
    private enum State {
        case new
        case awaited(CheckedContinuation<Void, any Error>)
        case over((any Error)?)
    }

    private let state = Mutex(State.new)

    var isOver: Bool {
        state.withLock { state in
            if case .over = state { true } else { false }
        }
    }

    func wait(_ continuation: CheckedContinuation<Void, any Error>) {
        let early = state.withLock { state -> State? in
            if case .over = state { return state }
            state = .awaited(continuation)
            return nil
        }
        guard case .over(let error)? = early else { return }
        Self.resume(continuation, error)
    }

    func end(_ error: (any Error)?) {
        let continuation = state.withLock { state -> CheckedContinuation<Void, any Error>? in
            switch state {
            case .over: return nil
            case .new:
                state = .over(error)
                return nil
            case .awaited(let continuation):
                state = .over(error)
                return continuation
            }
        }
        if let continuation { Self.resume(continuation, error) }
    }

    private static func resume(_ continuation: CheckedContinuation<Void, any Error>, _ error: (any Error)?) {
        if let error {
            continuation.resume(throwing: error)
        } else {
            continuation.resume()
        }
    }
}
