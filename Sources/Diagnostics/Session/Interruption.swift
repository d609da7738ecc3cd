import Glibc
import Transport

/// What becomes of a run when a signal asks it to stop: it ends early and still says what it knows.
public enum Interruption {
    /// Makes a vanished reader an error of the write, not the end of the process. Call once, before anything else.
    public static func ignoreBrokenPipes() {
        Signals.ignoreSIGPIPE()
    }

    /// Runs a server that SIGTERM asks to stop in order. SIGINT, SIGHUP, and any second signal cancel it; one of the same number
    /// ends the process at once.
    ///
    /// - Parameter asked: called when SIGTERM came.
    /// - Returns: what the operation returned, and the number of the first signal, if one came.
    public static func watch<Value: Sendable>(
        draining drain: Drain,
        asked: @escaping @Sendable () -> Void,
        _ operation: @escaping @Sendable () async -> Value
    ) async -> (value: Value, signal: Int32?) {
        let signals = Signals.stream([SIGINT, SIGTERM, SIGHUP])
        let work = Task { await operation() }
        let watcher = Task { () -> Int32? in
            var first: Int32?
            for await signal in signals {
                if signal == SIGTERM, first == nil {
                    first = signal
                    drain.begin()
                    asked()
                } else {
                    work.cancel()
                    return first ?? signal
                }
            }
            return first
        }
        let value = await work.value
        watcher.cancel()
        return (value, await watcher.value)
    }

    /// Runs an operation that SIGINT, SIGTERM and SIGHUP cancel.
    ///
    /// - Returns: what the operation returned, whole or cut short, and the number of the signal that cut it, if one did.
    public static func watch<Value: Sendable>(
        _ operation: @escaping @Sendable () async -> Value
    ) async -> (value: Value, signal: Int32?) {
        // Before the operation begins, so that no signal finds it at work unwatched.
        let signals = Signals.stream([SIGINT, SIGTERM, SIGHUP])
        let work = Task { await operation() }
        let watcher = Task { () -> Int32? in
            for await signal in signals {
                work.cancel()
                return signal
            }
            return nil
        }
        let value = await work.value
        watcher.cancel()
        // A signal that came while the operation was ending has been seen by the watcher; one that came later has not.
        return (value, work.isCancelled ? await watcher.value : nil)
    }
}
