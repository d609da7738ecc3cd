/// Scapy's TLS automaton, which is here for SSL 2.0: it lists all seven kinds. One client at a time.
enum ScapyServer {
    /// Starts it on a free port.
    ///
    /// - Parameters:
    ///   - onlySSL2: whether it hangs up on hellos of TLS.
    ///   - echo: whether it sends back what comes, and "goodbye" in the end.
    static func start(
        _ identity: TestPKI.Entity,
        onlySSL2: Bool = false,
        echo: Bool = false
    ) async throws -> ScriptServer {
        try await ScriptServer(
            ProjectPaths.python(),
            [ScriptServer.path("scapy_server.py"), identity.certificate, identity.key] + (onlySSL2 ? ["ssl2"] : [])
                + (echo ? ["echo"] : [])
        )
    }
}
