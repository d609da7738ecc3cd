import Diagnostics
import Glibc

/// The process's own streams. Everything that this program writes goes through here.
enum Streams {
    /// Why bytes could not be written.
    struct WriteError: Error {
        var number: Int32
        /// Where they should have gone: `standard output`, or a file's name in quotes.
        var place: String

        /// What it is, in a line; a file's name may hold anything.
        var problem: RequestProblem {
            RequestProblem(reason: "can't write to \(place): \(String(cString: strerror(number)))")
        }

        /// True if the reader of a pipe has gone, which ends output but is nobody's fault.
        var isBrokenPipe: Bool { number == EPIPE }
    }

    /// Fills those of the three standard streams that the process was started without. Otherwise the first file or socket
    /// that is opened becomes standard input or output, and would be relayed to a peer or written over. Reading gives the
    /// end of input, writing fails as on a closed stream.
    static func fillClosed() {
        // The lowest free descriptor is the one that `open` gives.
        for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) == -1 {
            _ = open("/dev/null", O_RDONLY)
        }
    }

    /// Writes all of the text to a descriptor, however often that takes.
    static func write(
        _ text: String,
        to descriptor: Int32,
        called place: String = "standard output"
    ) throws(WriteError) {
        try write(Array(text.utf8), to: descriptor, called: place)
    }

    /// Writes all of the bytes to a descriptor, however often that takes.
    static func write(
        _ bytes: [UInt8],
        to descriptor: Int32,
        called place: String = "standard output"
    ) throws(WriteError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno == EAGAIN {
                // Somebody set the terminal non-blocking; wait until it takes more.
                var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = poll(&waiting, 1, -1)
            } else if errno != EINTR {
                throw WriteError(number: errno, place: place)
            }
        }
    }

    /// Writes `sechan: message`, and the hint on a line of its own, to standard error; errors have nowhere to go.
    static func complain(_ message: String, hint: String? = nil) {
        var text = "sechan: \(message)\n"
        if let hint { text += "sechan: hint: \(hint)\n" }
        try? write(text, to: STDERR_FILENO)
    }

    /// Writes a line to standard error.
    static func note(_ line: String) {
        try? write(line + "\n", to: STDERR_FILENO)
    }

    /// Writes to standard error without ending the line.
    static func draw(_ text: String) {
        try? write(text, to: STDERR_FILENO)
    }

    /// Where whoever sits at the terminal reads: standard error, or the terminal itself where that goes elsewhere.
    static var terminal: Int32 {
        if isTerminal(STDERR_FILENO) { return STDERR_FILENO }
        let descriptor = open("/dev/tty", O_WRONLY | O_CLOEXEC | O_NOCTTY)
        return descriptor >= 0 ? descriptor : STDERR_FILENO
    }

    /// True if the descriptor is a terminal.
    static func isTerminal(_ descriptor: Int32) -> Bool {
        isatty(descriptor) == 1
    }

    /// The columns of the terminal behind the descriptor; nil if it is none or doesn't say.
    static func columns(of descriptor: Int32) -> Int? {
        var size = winsize()
        guard isTerminal(descriptor), ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
            return nil
        }
        return Int(size.ws_col)
    }
}
