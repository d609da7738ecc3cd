/// `gnutls-cli`: one connection, ended when its input ends.
enum GnuTLSClient {
    /// Connects, sends `input`, and returns what it wrote; the exit status is 0 when the handshake stood and the chain was good.
    static func connect(
        port: Int,
        authority: String? = nil,
        serverName: String = "localhost",
        priority: String? = nil,
        input: String = "",
        options: [String] = [],
        timeout: Duration = .seconds(20)
    ) async throws -> Finished {
        var arguments = ["--port=\(port)", "--verify-hostname=\(serverName)", "--sni-hostname=\(serverName)"]
        arguments.append(authority.map { "--x509cafile=\($0)" } ?? "--insecure")
        if let priority { arguments.append("--priority=\(priority)") }
        arguments += options + ["127.0.0.1"]
        return try await Tool.gnutlsCli.run(arguments, input: .bytes(Array(input.utf8)), timeout: timeout)
    }
}
