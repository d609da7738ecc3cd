import Foundation
import Glibc
import Synchronization

/// One child process with its output in files of its own, started with `posix_spawn` and reaped by us.
///
/// Output goes to files and not to pipes, so that nothing blocks when nobody reads, and so that a server's log can be looked
/// at while it runs. The process is signalled only while it is ours and unreaped, so that a recycled process id is never hit.
final class ChildProcess: Sendable {
    /// Where the child's standard input comes from.
    enum Input: Sendable {
        /// Nothing: end of file at once.
        case none
        /// These bytes, then end of file.
        case bytes([UInt8])
        /// A pipe that stays open until the process ends or `closeInput()`; `write(_:)` feeds it.
        case open
        /// A terminal of its own (80 × 24), on which standard output and standard error are, too. `write(_:)` types.
        case terminal
    }

    /// How a process ended.
    enum Ending: Sendable, Equatable {
        case exited(Int32)
        case signalled(Int32)
    }

    private struct State {
        var ending: Ending?
        var inputDescriptor: Int32?
    }

    /// The process id; valid for signals only as long as `ending` is nil.
    let processID: pid_t
    /// The command as one would type it, for messages.
    let commandLine: String
    private let directory: TemporaryDirectory
    private let isTerminal: Bool
    private let state: Mutex<State>

    /// Starts `executable` with `arguments`, without the executable's own name among them.
    init(
        _ executable: String,
        _ arguments: [String],
        input: Input = .none,
        environment: [String: String] = ChildProcess.plainEnvironment
    ) throws {
        directory = try TemporaryDirectory()
        commandLine = ([executable] + arguments).joined(separator: " ")
        let stdoutPath = directory.file("stdout")
        let stderrPath = directory.file("stderr")

        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }

        // Whatever the test process does about signals, the child starts with the defaults.
        var flags = Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK)
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigaddset(&signals, SIGPIPE)
        sigaddset(&signals, SIGHUP)
        posix_spawnattr_setsigdefault(&attributes, &signals)

        var keptDescriptor: Int32?
        var descriptorToClose: Int32?
        defer { if let descriptorToClose { Glibc.close(descriptorToClose) } }

        switch input {
        case .none:
            posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        case .bytes(let bytes):
            try directory.write(bytes, to: "stdin")
            posix_spawn_file_actions_addopen(&actions, 0, directory.file("stdin"), O_RDONLY, 0)
        case .open:
            var ends: [Int32] = [-1, -1]
            guard pipe(&ends) == 0 else { throw InteropError("pipe: \(errno)") }
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
            posix_spawn_file_actions_adddup2(&actions, ends[0], 0)
            descriptorToClose = ends[0]
            keptDescriptor = ends[1]
        case .terminal:
            let (terminal, name) = try Self.openTerminal()
            keptDescriptor = terminal
            // In a new session the first terminal that is opened becomes the controlling one.
            flags |= 0x80  // POSIX_SPAWN_SETSID
            posix_spawn_file_actions_addopen(&actions, 0, name, O_RDWR, 0)
        }
        if case .terminal = input {
            isTerminal = true
            posix_spawn_file_actions_adddup2(&actions, 0, 1)
            posix_spawn_file_actions_adddup2(&actions, 0, 2)
        } else {
            isTerminal = false
            let mode = O_WRONLY | O_CREAT | O_TRUNC | O_APPEND
            posix_spawn_file_actions_addopen(&actions, 1, stdoutPath, mode, 0o600)
            posix_spawn_file_actions_addopen(&actions, 2, stderrPath, mode, 0o600)
        }
        posix_spawnattr_setflags(&attributes, flags)

        var argv: [UnsafeMutablePointer<CChar>?] = ([executable] + arguments).map { strdup($0) } + [nil]
        var envp: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for pointer in argv + envp { free(pointer) } }
        var child: pid_t = 0
        let failure = posix_spawn(&child, executable, &actions, &attributes, &argv, &envp)
        guard failure == 0 else {
            if let keptDescriptor { Glibc.close(keptDescriptor) }
            throw InteropError("\(executable): \(String(cString: strerror(failure)))")
        }
        processID = child
        state = Mutex(State(ending: nil, inputDescriptor: keptDescriptor))
        if isTerminal, let keptDescriptor { Self.copyTerminal(keptDescriptor, to: stdoutPath) }
    }

    deinit {
        killAndReap()
        closeInput()
    }

    /// How it ended, or nil while it runs.
    var ending: Ending? {
        state.withLock { state in
            if let ending = state.ending { return ending }
            var status: Int32 = 0
            guard waitpid(processID, &status, WNOHANG) == processID else { return nil }
            state.ending = Self.ending(status)
            return state.ending
        }
    }

    /// What it has written to standard output so far; on a terminal, to either.
    var stdout: String { directory.text("stdout") }
    /// What it has written to standard error so far.
    var stderr: String { directory.text("stderr") }
    /// Standard output as bytes.
    var stdoutBytes: [UInt8] { directory.bytes("stdout") }

    /// Waits until the process ends; kills it and throws when that takes longer than `timeout`.
    @discardableResult
    func wait(timeout: Duration) async throws -> Ending {
        let deadline = ContinuousClock.now + timeout
        var pause = Duration.milliseconds(2)
        while true {
            if let ending {
                return ending
            }
            guard ContinuousClock.now < deadline else {
                killAndReap()
                throw InteropError("still running after \(timeout): \(commandLine)\n\(stdout)\n\(stderr)")
            }
            try await Task.sleep(for: pause)
            pause = min(pause * 2, .milliseconds(20))
        }
    }

    /// Waits until `condition` holds for what the process has written; throws when it ends or `timeout` passes before that.
    func waitForOutput(timeout: Duration = .seconds(30), _ condition: (ChildProcess) -> Bool) async throws {
        let deadline = ContinuousClock.now + timeout
        while !condition(self) {
            if let ending {
                // What it wrote last may still be on its way.
                for _ in 0..<100 {
                    if condition(self) { return }
                    try await Task.sleep(for: .milliseconds(10))
                }
                throw InteropError("\(ending) too early: \(commandLine)\n\(stdout)\n\(stderr)")
            }
            guard ContinuousClock.now < deadline else {
                throw InteropError("not ready after \(timeout): \(commandLine)\n\(stdout)\n\(stderr)")
            }
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    /// Writes to the child's input, all of it; only after `.open` or `.terminal`.
    func write(_ bytes: [UInt8]) throws {
        guard let descriptor = state.withLock({ $0.inputDescriptor }) else { throw InteropError("input is closed") }
        // A child that is gone must show as EPIPE here and not end the tests: the signal goes to the writing thread.
        var pipeSignal = sigset_t()
        var before = sigset_t()
        sigemptyset(&pipeSignal)
        sigaddset(&pipeSignal, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &pipeSignal, &before)
        defer {
            var atOnce = timespec(tv_sec: 0, tv_nsec: 0)
            sigtimedwait(&pipeSignal, nil, &atOnce)
            pthread_sigmask(SIG_SETMASK, &before, nil)
        }
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard written > 0 else {
                throw InteropError("writing to \(commandLine): \(String(cString: strerror(errno)))")
            }
            rest = rest.dropFirst(written)
        }
    }

    /// The child's terminal, to look at when the child is gone. Only after `.terminal`.
    func keepTerminal() throws -> KeptTerminal {
        guard isTerminal, let descriptor = state.withLock({ $0.inputDescriptor }) else {
            throw InteropError("there is no terminal")
        }
        return KeptTerminal(descriptor: dup(descriptor))
    }

    /// A terminal that stays open.
    final class KeptTerminal: Sendable {
        private let descriptor: Int32

        init(descriptor: Int32) { self.descriptor = descriptor }

        deinit { Glibc.close(descriptor) }

        /// The character beside Enter that ends a line; 0 for none.
        var lineEnd: UInt8 {
            var settings = termios()
            guard tcgetattr(descriptor, &settings) == 0 else { return 0xff }
            return withUnsafeBytes(of: &settings.c_cc) { $0[Int(VEOL)] }
        }
    }

    /// Ends the child's input; a second call does nothing.
    func closeInput() {
        let descriptor = state.withLock { state in
            defer { state.inputDescriptor = nil }
            return state.inputDescriptor
        }
        if let descriptor { Glibc.close(descriptor) }
    }

    /// Sends a signal, unless the process has ended.
    func send(signal number: Int32) {
        state.withLock { state in
            if state.ending == nil { _ = kill(processID, number) }
        }
    }

    /// Asks the process to end, and makes it end when it hasn't after two seconds.
    func stop() async {
        send(signal: SIGTERM)
        let deadline = ContinuousClock.now + .seconds(2)
        while ending == nil, ContinuousClock.now < deadline {
            try? await Task.sleep(for: .milliseconds(5))
        }
        killAndReap()
        closeInput()
    }

    private func killAndReap() {
        state.withLock { state in
            guard state.ending == nil else { return }
            _ = kill(processID, SIGKILL)
            var status: Int32 = 0
            while waitpid(processID, &status, 0) == -1, errno == EINTR {}
            state.ending = Self.ending(status)
        }
    }

    private static func ending(_ status: Int32) -> Ending {
        let signal = status & 0x7F
        return signal == 0 ? .exited((status >> 8) & 0xFF) : .signalled(signal)
    }

    /// A new pseudo-terminal: our end, and the name of the child's. What `posix_openpt` does, which Glibc's module hides.
    private static func openTerminal() throws -> (descriptor: Int32, name: String) {
        let setLock: UInt = 0x4004_5431  // TIOCSPTLCK
        let getNumber: UInt = 0x8004_5430  // TIOCGPTN
        var locked: Int32 = 0
        var number: UInt32 = 0
        let descriptor = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        guard descriptor >= 0, ioctl(descriptor, setLock, &locked) == 0, ioctl(descriptor, getNumber, &number) == 0
        else {
            throw InteropError("no pseudo-terminal: \(String(cString: strerror(errno)))")
        }
        var size = winsize(ws_row: 24, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(descriptor, UInt(TIOCSWINSZ), &size)
        return (descriptor, "/dev/pts/\(number)")
    }

    /// Copies what appears on the terminal to a file until the last process on it is gone.
    private static func copyTerminal(_ terminal: Int32, to path: String) {
        let reader = dup(terminal)
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0o600)
        Thread.detachNewThread {
            var buffer = [UInt8](repeating: 0, count: 4096)
            while true {
                let count = Glibc.read(reader, &buffer, buffer.count)
                // EIO is how Linux says that the other end is closed.
                guard count > 0 else { break }
                _ = Glibc.write(file, buffer, count)
            }
            Glibc.close(reader)
            Glibc.close(file)
        }
    }
}

extension ChildProcess {
    /// An environment in which nothing of the user's leaks in: a search path, a home, and plain English.
    static let plainEnvironment: [String: String] = {
        var environment = ["LC_ALL": "C.UTF-8", "PATH": Tool.searchPath.joined(separator: ":")]
        for name in ["HOME", "TMPDIR"] {
            environment[name] = ProcessInfo.processInfo.environment[name]
        }
        return environment
    }()
}
