import Glibc
import NIOCore
import NIOPosix

/// Where asynchronous code runs.
///
/// By default that's the concurrency library's thread pool, with the event loop on a thread beside it: every read costs two
/// changes of thread, and the first one the start of the pool. A program that mostly waits for the network is better off on
/// the event loop's own thread.
public enum Runtime {
    /// Runs tasks on the event loop's thread, for `withTaskExecutorPreference(_:)`.
    ///
    /// What blocks there blocks every connection and every deadline; let it run elsewhere.
    public static let executor: any TaskExecutor = EventLoopExecutor()

    /// Turns the calling thread into the event loop, runs `body` on it and ends the process with the status it returns.
    ///
    /// For the main thread of a command-line tool, before anything else of this module is used: a run needs no second thread
    /// then. Used later, the existing event loop goes on and `body` runs on that.
    public static func run(_ body: @escaping @Sendable () async -> Int32) -> Never {
        MultiThreadedEventLoopGroup.withCurrentThreadAsEventLoop { loop in
            EventLoops.adopt(loop)
            Task(executorPreference: executor) {
                exit(await body())
            }
        }
        // The loop ends when somebody shuts it down, and nobody does.
        exit(EXIT_FAILURE)
    }
}

/// The event loop as a task executor.
private final class EventLoopExecutor: TaskExecutor {
    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        EventLoops.shared.execute {
            job.runSynchronously(on: self.asUnownedTaskExecutor())
        }
    }
}
