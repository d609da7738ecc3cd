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
