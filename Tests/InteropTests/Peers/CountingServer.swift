/// `counting_server.py`: refuses every hello with an alert, and says how many connections there were, in all and at once.
struct CountingServer: Peer {
    private let script: ScriptServer
    var port: Int { script.port }
    var log: String { script.log }

    static func start() async throws -> CountingServer {
        let path = ScriptServer.path("counting_server.py")
        return CountingServer(script: try await ScriptServer(ProjectPaths.python(), [path]))
    }

    func stop() async { await script.stop() }

    /// The connections so far.
    var total: Int { counts.count }
    /// The most that were open at once.
    var peak: Int { counts.max() ?? 0 }

    /// How many were open after each was accepted, itself included.
    private var counts: [Int] {
        log.split(separator: "\n").filter { $0.hasPrefix("ACCEPTED ") }
            .compactMap { $0.split(separator: " ").last.flatMap { Int($0) } }
    }
}
