/// tlslite-ng: SSL 3.0 to TLS 1.3 in plain Python, strict about what may stand in a hello, with ML-KEM groups.
enum TLSLiteServer {
    /// - Parameters:
    ///   - versions: in sechan's spelling, without gaps.
    ///   - options: of tlslite_server.py.
    static func start(
        rsa: TestPKI.Entity,
        ecdsa: TestPKI.Entity? = nil,
        versions: [String] = ["ssl3", "tls1.0", "tls1.1", "tls1.2", "tls1.3"],
        options: [String] = []
    ) async throws -> ScriptServer {
        var arguments = [ScriptServer.path("tlslite_server.py"), rsa.certificate, rsa.key]
        if let ecdsa { arguments += ["--ecdsa", ecdsa.certificate, ecdsa.key] }
        arguments += ["--versions", versions.joined(separator: ",")] + options
        return try await ScriptServer(ProjectPaths.python(), arguments)
    }
}
