import Foundation

/// `sechan serve`, the server under test.
struct SechanServer: Peer {
    let port: Int
    private let process: ChildProcess
    var log: String { process.stdout + process.stderr }
    /// How many descriptors it has open.
    var descriptors: Int {
        get throws {
            try FileManager.default.contentsOfDirectory(atPath: "/proc/\(process.processID)/fd").count
        }
    }
    /// What it wrote to standard output.
    var output: String { process.stdout }

    /// - Parameter options: more options of `serve`; it listens on a free port of 127.0.0.1.
    init(_ options: [String] = []) async throws {
        process = try Sechan.start(["serve", "--listen", "127.0.0.1:0"] + options)
        try await process.waitForOutput { Self.port(in: $0.stdout) != nil }
        guard let port = Self.port(in: process.stdout) else { throw InteropError("sechan serve named no port") }
        self.port = port
    }

    func stop() async { await process.stop() }

    /// Sends it a signal.
    func send(signal: Int32) { process.send(signal: signal) }

    /// Interrupts it as Ctrl-C does, or by another signal, and returns how it ended.
    func interrupt(by signal: Int32 = 2) async throws -> Finished {
        process.send(signal: signal)
        return try await end()
    }

    /// Waits for its end.
    func end() async throws -> Finished {
        let ending = try await process.wait(timeout: .seconds(30))
        return Finished(process, ending)
    }

    /// Waits until its output holds what is expected.
    func waitForOutput(_ condition: (String) -> Bool) async throws {
        try await process.waitForOutput(timeout: .seconds(30)) { condition($0.stdout) }
    }

    /// The port of the address that it says it listens on, as text or as JSON.
    private static func port(in text: String) -> Int? {
        for line in text.split(separator: "\n") {
            if let range = line.range(of: "127.0.0.1:") {
                if let port = Int(line[range.upperBound...].prefix(while: \.isNumber)), port > 0 { return port }
            }
        }
        return nil
    }
}
