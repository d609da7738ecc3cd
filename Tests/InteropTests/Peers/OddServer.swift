/// `odd_server.py`: misbehaves in one way, and what it would accept is known.
enum OddServer {
    /// What every mode begins with: version → suites, in the server's order.
    static let suites: [String: [String]] = [
        "tls1.0": ["0xC013", "0x002F"],
        "tls1.2": ["0xC030", "0xC02F", "0x009D", "0x002F"],
        "tls1.3": ["0x1302", "0x1301"],
    ]
    /// The same without TLS 1.3.
    static let suitesBefore13 = suites.filter { $0.key != "tls1.3" }

    /// - Parameter mode: a mode of odd_server.py, with its number after a blank where it has one.
    static func start(_ mode: String) async throws -> ScriptServer {
        let certificate = try await TestPKI.shared().rsa.certificate
        let arguments = mode.split(separator: " ").map(String.init) + ["--certificate", certificate]
        return try await ScriptServer(ProjectPaths.python(), [ScriptServer.path("odd_server.py")] + arguments)
    }
}
