import Diagnostics
import Glibc

/// Runs what may take a while: a signal ends it early, and whoever watches a terminal hears that it is still at it.
enum Waiting {
    /// How long a run may be silent.
    private static let patience = Duration.seconds(2)

    /// Runs an operation that SIGINT and SIGTERM cancel; `target` is named if it takes long.
    ///
    /// - Returns: what the operation returned, and the number of the signal that cut it short, if one did.
    static func watch<Value: Sendable>(
        for target: String,
        _ operation: @escaping @Sendable () async -> Value
    ) async -> (value: Value, signal: Int32?) {
        let notice = notice(for: target)
        defer { notice.cancel() }
        return await Interruption.watch(operation)
    }

    /// A line on a terminal, unless it is cancelled in time.
    static func notice(for target: String) -> Task<Void, Never> {
        Task {
            guard Streams.isTerminal(STDERR_FILENO), (try? await Task.sleep(for: patience)) != nil else { return }
            Streams.note("sechan: waiting for \(target); Ctrl-C stops and shows what is known")
        }
    }
}
