/// `Oracles/hello_fingerprints.py`: passes one connection on and says what its hellos looked like.
struct FingerprintOracle: Peer {
    /// Where a client connects instead of to the server.
    let port: Int
    private let process: ChildProcess

    /// - Parameter server: the port of the server on 127.0.0.1.
    init(before server: Int) async throws {
        process = try ChildProcess(
            ProjectPaths.python(),
            [ProjectPaths.oracle("hello_fingerprints.py"), String(server)]
        )
        try await process.waitForOutput { $0.stdout.contains("\n") }
        guard let port = Int(process.stdout.prefix(while: \.isNumber)) else {
            throw InteropError("the oracle named no port: \(process.stdout)")
        }
        self.port = port
    }

    var log: String { process.stdout + process.stderr }

    func stop() async { await process.stop() }

    /// What it saw, once the connection has ended.
    func fingerprints() async throws -> JSONValue {
        let ending = try await process.wait(timeout: .seconds(20))
        let run = try Finished(process, ending).succeeded()
        return try JSONValue(parsing: String(run.stdout.drop { $0 != "{" }))
    }
}
