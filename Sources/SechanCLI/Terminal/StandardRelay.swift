import Diagnostics
import Glibc
import Synchronization

/// Relays standard input to the peer and the peer's bytes to standard output.
///
/// On a terminal a peer's control characters are shown, not obeyed; in a pipe its bytes arrive as they are. Only what is
/// typed on a terminal can be a command.
final class StandardRelay: RelayEnds {
    private struct Typing {
        var scanner: EscapeScanner
        var pieces: [EscapeScanner.Piece] = []
    }

    /// False if standard output belongs to a report in another format.
    let showsData: Bool
    private let input = StandardInput()
    private let output: StandardOutput
    private let toTerminal: Bool
    private let text = Mutex(TerminalText())
    private let prompt: SessionPrompt?
    private let escape: UInt8?
    private let typing: Mutex<Typing?>
    private let key = Mutex<EscapeKey?>(nil)

    /// - Parameters:
    ///   - escape: the character that opens the command line; nil where there is none.
    ///   - prompt: the command line.
    init(
        showsData: Bool,
        output: StandardOutput,
        toTerminal: Bool = Streams.isTerminal(STDOUT_FILENO),
        escape: UInt8? = nil,
        prompt: SessionPrompt? = nil
    ) {
        self.showsData = showsData
        self.output = output
        self.toTerminal = toTerminal
        self.escape = escape
        self.prompt = prompt
        typing = Mutex(escape.map { Typing(scanner: EscapeScanner(escape: $0)) })
    }

    /// Makes the escape character heard of as soon as it is typed.
    func listen() {
        guard let escape else { return }
        key.withLock { $0 = EscapeKey(escape) }
    }

    /// Leaves the terminal as it was.
    func stopListening() {
        key.withLock { key in
            key?.restore()
            key = nil
        }
    }

    func nextInput() async -> RelayInput? {
        while true {
            while let piece = nextPiece() {
                switch piece {
                case .data(let bytes): return .data(bytes)
                case .opened: prompt?.open()
                case .line(let line):
                    if let command = prompt?.command(line) { return .command(command) }
                }
            }
            guard let bytes = await input.next() else { return nil }
            let isTyped = typing.withLock { typing in
                guard var scanner = typing?.scanner else { return false }
                typing?.pieces = scanner.take(bytes)
                typing?.scanner = scanner
                return true
            }
            if !isTyped { return .data(bytes) }
        }
    }

    private func nextPiece() -> EscapeScanner.Piece? {
        typing.withLock { typing in
            guard typing?.pieces.isEmpty == false else { return nil }
            return typing?.pieces.removeFirst()
        }
    }

    func deliver(_ bytes: [UInt8]) async throws {
        guard showsData else { return }
        do {
            guard toTerminal else { return try await output.write(bytes) }
            try await output.write(text.withLock { $0.take(bytes) })
        } catch let failure as Streams.WriteError where !failure.isBrokenPipe {
            throw failure.problem
        }
    }

    func show(_ answer: SessionAnswer) async {
        prompt?.show(answer)
    }

    /// Writes what waits for its other half, which won't come now.
    func finish() async throws {
        let rest = text.withLock { $0.end() }
        if !rest.isEmpty { try await output.write(rest) }
    }
}
