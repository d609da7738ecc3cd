import Foundation

/// A server that is a script of ours: it chooses a port of 127.0.0.1, prints `LISTENING port`, and serves until its standard
/// input ends.
struct ScriptServer: Peer {
    let port: Int
    private let process: ChildProcess
    var log: String { process.stdout + process.stderr }

    /// Starts `interpreter` with `arguments` and waits until it listens.
    init(_ interpreter: String, _ arguments: [String]) async throws {
        process = try ChildProcess(interpreter, arguments, input: .open)
        try await process.waitForOutput(timeout: .seconds(60)) { Self.port(in: $0.stdout) != nil }
        guard let port = Self.port(in: process.stdout) else { throw InteropError("\(process.commandLine): no port") }
        self.port = port
    }

    func stop() async { await process.stop() }

    /// A script in this directory.
    static func path(_ name: String) -> String {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(name).path
    }

    /// "LISTENING 40123" → 40123.
    private static func port(in text: String) -> Int? {
        guard text.contains("\n") else { return nil }
        return text.split(separator: "\n").first { $0.hasPrefix("LISTENING ") }.flatMap { Int($0.dropFirst(10)) }
    }
}
