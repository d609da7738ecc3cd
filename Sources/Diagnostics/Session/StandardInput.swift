import Glibc
import Transport

/// The process's standard input, read without blocking a task: a file, a pipe or a terminal.
public struct StandardInput: Sendable {
    private let reader = InputReader()

    /// Reads nothing yet.
    public init() {}

    /// What has come in, at most 64 KiB; nil at the end, and where standard input is closed or can't be read.
    ///
    /// One call at a time. A cancelled call returns nil, and loses nothing.
    public func next() async -> [UInt8]? {
        guard case .bytes(let bytes) = await reader.read(deadline: .never) else { return nil }
        return bytes
    }
}

/// A key on the terminal behind standard input that is heard of as soon as it is typed, and not with the end of its line.
///
/// However the process ends, the terminal is left as it was.
public final class EscapeKey: Sendable {
    private let settings: TerminalSettings?

    /// Makes this character one; no change where standard input is no terminal of ours.
    public init(_ character: UInt8) {
        settings = TerminalSettings(descriptor: STDIN_FILENO, lineEnd: character)
    }

    /// Gives the terminal back its own settings.
    public func restore() {
        settings?.restore()
    }
}
