import NIOCore
import NIOPosix
import Synchronization

/// The one event loop of the process.
///
/// Made when the first socket or timer needs it, so a run that never touches the network starts no thread. One thread is
/// enough: what it does per connection is a system call and a copy. It's never shut down; the process's end does that for free.
enum EventLoops {
    static let shared: any EventLoop = adopted.withLock { $0 } ?? MultiThreadedEventLoopGroup(numberOfThreads: 1).next()

    /// The loop that ``Runtime`` made of the main thread, if it did.
    private static let adopted = Mutex<(any EventLoop)?>(nil)

    /// Makes `loop` the shared one, unless there is one already.
    static func adopt(_ loop: any EventLoop) {
        adopted.withLock { $0 = loop }
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
