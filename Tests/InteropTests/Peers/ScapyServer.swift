/// Scapy's TLS automaton, which is here for SSL 2.0: it lists all seven kinds. One client at a time.
enum ScapyServer {
    static func start(_ identity: TestPKI.Entity) async throws -> ScriptServer {
        try await ScriptServer(
            ProjectPaths.python(),
            [ScriptServer.path("scapy_server.py"), identity.certificate, identity.key]
        )
    }
}
