/// `leaky_relay.py`: stands before a healthy server and gives it the faults that intrusive checks look for.
enum LeakyRelay {
    /// What it makes of messages that only an attack sends.
    enum Manner: String, Sendable {
        case healthy
        case vulnerable
        case silent
    }

    /// - Parameters:
    ///   - port: the server's.
    ///   - key: the file with the server's RSA key.
    ///   - serial: whether one client is served after the other.
    static func start(
        before port: Int,
        _ manner: Manner,
        key: String,
        serial: Bool = false
    ) async throws -> ScriptServer {
        try await ScriptServer(
            ProjectPaths.python(),
            [ScriptServer.path("leaky_relay.py"), "\(port)", manner.rawValue, "--key", key]
                + (serial ? ["--serial"] : [])
        )
    }
}
