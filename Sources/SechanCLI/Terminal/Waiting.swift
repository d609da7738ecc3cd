import Diagnostics
import Glibc
import Synchronization

/// Runs what may take a while: a signal ends it early, and whoever watches a terminal hears that it is still at it.
enum Waiting {
    /// How long a run may be silent.
    private static let patience = Duration.seconds(2)

    /// Runs an operation that SIGINT, SIGTERM and SIGHUP cancel; `target` is named if it takes long.
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

    /// The same for a survey, which says how far it is: a terminal sees one line that is written over, and that is gone at
    /// the end.
    static func watch<Value: Sendable>(
        for target: String,
        _ survey: @escaping @Sendable (@escaping SurveyProgress.Watcher) async -> Value
    ) async -> (value: Value, signal: Int32?) {
        let line = ProgressLine(columns: Streams.columns(of: STDERR_FILENO))
        let latest = Latest()
        let ticker = Task {
            let start = ContinuousClock.now
            // Runs that end before that show nothing: a line that flashes tells nobody anything.
            var pause = Duration.milliseconds(400)
            while line.isVisible, (try? await Task.sleep(for: pause)) != nil {
                let seconds = start.duration(to: .now).components.seconds
                line.show(latest.progress.withLock { $0 }.line(for: target, seconds: seconds))
                pause = .milliseconds(200)
            }
        }
        defer {
            ticker.cancel()
            line.clear()
        }
        return await Interruption.watch {
            await survey { progress in latest.progress.withLock { $0 = progress } }
        }
    }

    /// The same for many targets: the line says how many are done.
    static func watch<Value: Sendable>(
        count: Int,
        _ operation: @escaping @Sendable (@escaping @Sendable (Int) -> Void) async -> Value
    ) async -> (value: Value, signal: Int32?) {
        let line = ProgressLine(columns: Streams.columns(of: STDERR_FILENO))
        defer { line.clear() }
        return await Interruption.watch {
            await operation { done in
                line.show("\(done) of \(count) targets; Ctrl-C stops and shows what is known")
            }
        }
    }

    /// What a survey said last.
    private final class Latest: Sendable {
        let progress = Mutex(SurveyProgress())
    }

    /// A line on a terminal, unless it is cancelled in time.
    static func notice(for target: String) -> Task<Void, Never> {
        Task {
            guard Streams.isTerminal(STDERR_FILENO), (try? await Task.sleep(for: patience)) != nil else { return }
            Streams.note("sechan: waiting for \(target); Ctrl-C stops and shows what is known")
        }
    }
}
