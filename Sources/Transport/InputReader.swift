import Glibc
import Synchronization

/// Reads a descriptor that may block, such as standard input, without blocking anything else.
///
/// A thread of its own, started by the first read, reads ahead by 64 KiB at most. It ends with the input; one that waits for a
/// terminal nobody types at ends with the process.
public final class InputReader: Sendable {
    private let descriptor: Int32
    private let buffer = InboundBuffer()
    private let isStarted = Atomic(false)
    private let room = Semaphore()

    /// A reader of `descriptor`, which stays open as long as this and the process use it.
    public init(descriptor: Int32 = 0) {
        self.descriptor = descriptor
    }

    /// What has come in (1 byte to 64 KiB), `end` at the end of the input, `failed` when it can't be read, or `timedOut`.
    ///
    /// As ``ByteStream/read(deadline:)``: one read at a time, the end is sticky, a deadline loses nothing.
    public func read(deadline: Deadline) async -> ReadOutcome {
        if !isStarted.exchange(true, ordering: .relaxed) { start() }
        return await buffer.read(deadline: deadline)
    }

    private func start() {
        buffer.whenRoom { [room] in room.signal() }
        let status = startThread { [descriptor, buffer, room] in
            Self.pump(descriptor, into: buffer, room)
        }
        if status != 0 { buffer.finish(.failed(TransportError(errno: status, endpoint: nil))) }
    }

    /// Moves bytes until the input ends. Blocks.
    private static func pump(_ descriptor: Int32, into buffer: InboundBuffer, _ room: Semaphore) {
        var scratch = [UInt8](repeating: 0, count: 32_768)
        while true {
            let count = Glibc.read(descriptor, &scratch, scratch.count)
            let number = errno
            if count > 0 {
                if !buffer.append(scratch.prefix(count)) { room.wait() }
            } else if count == 0 {
                return buffer.finish(.end)
            } else if number == EAGAIN {
                // Somebody who shares the terminal or pipe has made it non-blocking.
                var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
                _ = Glibc.poll(&poll, 1, -1)
            } else if number != EINTR {
                return buffer.finish(.failed(TransportError(errno: number, endpoint: nil)))
            }
        }
    }
}

/// A POSIX semaphore.
///
/// SAFETY: `sem_post` and `sem_wait` may be called from any thread; the memory stays put until the last reference is gone.
private final class Semaphore: @unchecked Sendable {
    private let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

    init() { sem_init(semaphore, 0, 0) }

    deinit {
        sem_destroy(semaphore)
        semaphore.deallocate()
    }

    func signal() { sem_post(semaphore) }

    func wait() {
        while sem_wait(semaphore) != 0 && errno == EINTR {}
    }
}
