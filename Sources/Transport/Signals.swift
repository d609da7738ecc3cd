import Glibc
import Synchronization

/// The process's signals.
public enum Signals {
    /// Makes a write to a closed pipe or socket an error (EPIPE) instead of the process's end.
    public static func ignoreSIGPIPE() {
        _ = signal(SIGPIPE, SIG_IGN)
    }

    /// The signals of `numbers` as they arrive.
    ///
    /// The first of each number is delivered here, so that the program can write what it knows; the second of the same number
    /// ends the process at once with status 128+n. A signal that the process was started to ignore (`nohup`, a shell's
    /// background job) stays ignored. The handlers stay installed for the life of the process. Call once: a later call takes
    /// the signals over from the earlier stream. Numbers outside 1…64 are left out. Without descriptors for the pipe inside,
    /// the stream ends at once and signals keep their effect.
    public static func stream(_ numbers: [Int32]) -> AsyncStream<Int32> {
        let (stream, continuation) = AsyncStream.makeStream(of: Int32.self)
        guard let source = openPipe() else {
            continuation.finish()
            return stream
        }
        guard startThread({ forward(from: source, to: continuation) }) == 0 else {
            continuation.finish()
            return stream
        }
        for number in numbers where (1...64).contains(number) { install(number) }
        return stream
    }

    /// Reads signal numbers from the pipe for ever.
    ///
    /// A thread of its own, blocked in read(2): signals must get through when the event loop and every task are busy.
    private static func forward(from source: Int32, to continuation: AsyncStream<Int32>.Continuation) {
        var number: UInt8 = 0
        while true {
            let count = read(source, &number, 1)
            if count == 1 {
                continuation.yield(Int32(number))
            } else if count == 0 || errno != EINTR {
                return continuation.finish()
            }
        }
    }

    /// Makes the pipe the handler writes to and returns its reading end.
    private static func openPipe() -> Int32? {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return nil }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        // The handler must not block, however many signals come in before the thread runs.
        _ = fcntl(ends[1], F_SETFL, O_NONBLOCK)
        handlerPipe.store(ends[1], ordering: .releasing)
        // Touched here so that its lazy initialisation, which locks, isn't left to the handler.
        _ = signalsSeen.load(ordering: .relaxed)
        return ends[0]
    }

    private static func install(_ number: Int32) {
        var old = sigaction()
        guard sigaction(number, nil, &old) == 0 else { return }
        // SIG_IGN is the address 1, which has no Swift spelling to compare with.
        guard unsafeBitCast(old.__sigaction_handler.sa_handler, to: Int.self) != 1 else { return }
        var new = sigaction()
        new.__sigaction_handler.sa_handler = handle
        new.sa_flags = SA_RESTART
        sigemptyset(&new.sa_mask)
        _ = sigaction(number, &new, nil)
    }
}

/// The writing end of the pipe, -1 before there is one.
private let handlerPipe = Atomic<Int32>(-1)
/// One bit per signal number (1…64) that was seen.
private let signalsSeen = Atomic<UInt64>(0)

/// The handler. Calls async-signal-safe functions only (signal-safety(7)): atomics, tcsetattr(3), write(2), _exit(2);
/// `errno` is kept.
private func handle(_ number: Int32) {
    let saved = errno
    let bit = UInt64(1) &<< UInt64(truncatingIfNeeded: number &- 1)
    if signalsSeen.bitwiseOr(bit, ordering: .relaxed).oldValue & bit != 0 {
        restoreTerminal()
        _exit(128 &+ number)
    }
    var byte = UInt8(truncatingIfNeeded: number)
    _ = write(handlerPipe.load(ordering: .acquiring), &byte, 1)
    errno = saved
}
