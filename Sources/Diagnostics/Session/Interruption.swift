import Glibc
import Transport

/// What becomes of a run when a signal asks it to stop: it ends early and still says what it knows.
public enum Interruption {
    /// Makes a vanished reader an error of the write, not the end of the process. Call once, before anything else.
    public static func ignoreBrokenPipes() {
        Signals.ignoreSIGPIPE()
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
