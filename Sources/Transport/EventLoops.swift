import NIOCore
import NIOPosix

/// The one event loop of the process.
///
/// Made when the first socket or timer needs it, so a run that never touches the network starts no thread. One thread is
/// enough: what it does per connection is a system call and a copy. It's never shut down; the process's end does that for free.
enum EventLoops {
    static let shared: any EventLoop = MultiThreadedEventLoopGroup(numberOfThreads: 1).next()
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
