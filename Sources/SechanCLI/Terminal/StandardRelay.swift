import Diagnostics
import Dispatch
import Glibc
import TLSParameters

/// Relays standard input to the peer and the peer's bytes to standard output.
///
/// On a terminal a peer's control characters are shown, not obeyed; in a pipe its bytes arrive as they are.
struct StandardRelay: RelayEnds {
    /// False if standard output belongs to a report in another format.
    let showsData: Bool
    private let queue = DispatchQueue(label: "sechan.standard-input")
    private let toTerminal = Streams.isTerminal(STDOUT_FILENO)

    init(showsData: Bool) {
        self.showsData = showsData
    }

    /// Reads at most 16 KiB, one TLS record's worth. The read blocks a thread of its own, never a task's.
    func nextInput() async -> [UInt8]? {
        await withCheckedContinuation { continuation in
            queue.async {
                var buffer = [UInt8](repeating: 0, count: 16_384)
                while true {
                    let count = read(STDIN_FILENO, &buffer, buffer.count)
                    if count > 0 {
                        continuation.resume(returning: Array(buffer[..<count]))
                        return
                    }
                    if count < 0, errno == EINTR { continue }
                    continuation.resume(returning: nil)
                    return
                }
            }
        }
    }

    func deliver(_ bytes: [UInt8]) async throws {
        guard showsData else { return }
        guard toTerminal else {
            try Streams.write(bytes, to: STDOUT_FILENO)
            return
        }
        // Line ends stay line ends; everything else that could steer a terminal is escaped.
        var text = ""
        for line in bytes.split(separator: 0x0a, omittingEmptySubsequences: false) {
            if !text.isEmpty || line.startIndex != bytes.startIndex { text += "\n" }
            text += PeerText(bytes: Array(line.last == 0x0d ? line.dropLast() : line)).encoded(for: .terminal)
        }
        try Streams.write(text, to: STDOUT_FILENO)
    }
}
