import Foundation

/// `closing_server.py`: Python's `ssl`, with a way to end connections that the test chooses.
enum ClosingServer {
    /// Starts it; `version` is Python's name, such as `TLSv1_2`.
    static func start(_ way: String, _ identity: TestPKI.Entity, version: String? = nil) async throws -> ScriptServer {
        try await ScriptServer(
            ProjectPaths.python(),
            [ScriptServer.path("closing_server.py"), way, identity.certificate, identity.key]
                + (version.map { [$0] } ?? [])
        )
    }
}
