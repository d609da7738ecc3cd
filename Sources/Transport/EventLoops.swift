import NIOCore
import NIOPosix

/// The one event loop of the process.
///
/// Made when the first socket or timer needs it, so a run that never touches the network starts no thread. One thread is
/// enough: what it does per connection is a system call and a copy. It's never shut down; the process's end does that for free.
enum EventLoops {
    static let shared: any EventLoop = MultiThreadedEventLoopGroup(numberOfThreads: 1).next()
}

/// Runs tasks on the event loop's thread, where a task that waits for its connection is called as soon as something comes, and
/// what it writes is out when the call returns: no other thread is woken for either.
///
/// For many connections that do little each. Tasks on it share one processor, so whoever has much to do without waiting
/// yields now and then (`Task.yield()`).
public final class EventLoopExecutor: TaskExecutor {
    /// The one of the process.
    public static let shared = EventLoopExecutor()

    private init() {}

    /// Takes a task's next piece of work.
    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        EventLoops.shared.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}

extension EventLoop {
    /// Runs `body` on this loop: at once when already there, which spares a trip through the loop's queue.
    func perform(_ body: @escaping @Sendable () -> Void) {
        if inEventLoop { body() } else { execute(body) }
    }
}

extension Deadline {
    /// The time left in NIO's terms.
    var timeLeft: TimeAmount { TimeAmount(remaining) }
}
