import Diagnostics
import Glibc
import Synchronization

/// Relays standard input to the peer and the peer's bytes to standard output.
///
/// On a terminal a peer's control characters are shown, not obeyed; in a pipe its bytes arrive as they are.
final class StandardRelay: RelayEnds {
    /// False if standard output belongs to a report in another format.
    let showsData: Bool
    private let input = StandardInput()
    private let output: StandardOutput
    private let toTerminal: Bool
    private let text = Mutex(TerminalText())

    init(showsData: Bool, output: StandardOutput, toTerminal: Bool = Streams.isTerminal(STDOUT_FILENO)) {
        self.showsData = showsData
        self.output = output
        self.toTerminal = toTerminal
    }

    func nextInput() async -> [UInt8]? {
        await input.next()
    }

    func deliver(_ bytes: [UInt8]) async throws {
        guard showsData else { return }
        guard toTerminal else { return try await output.write(bytes) }
        try await output.write(text.withLock { $0.take(bytes) })
    }

    /// Writes what waits for its other half, which won't come now.
    func finish() async throws {
        let rest = text.withLock { $0.end() }
        if !rest.isEmpty { try await output.write(rest) }
    }
}
