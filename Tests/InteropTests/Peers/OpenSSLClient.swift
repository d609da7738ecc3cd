/// `openssl s_client`: one connection, ended when its input ends.
enum OpenSSLClient {
    /// Connects, sends `input`, and returns what it wrote; the exit status is 0 when the handshake stood.
    static func connect(
        port: Int,
        authority: String? = nil,
        serverName: String = "localhost",
        input: String = "",
        options: [String] = [],
        timeout: Duration = .seconds(20)
    ) async throws -> Finished {
        var arguments = ["s_client", "-connect", "127.0.0.1:\(port)", "-servername", serverName]
        if let authority {
            arguments += ["-CAfile", authority, "-verify_return_error", "-verify_hostname", serverName]
        }
        return try await Tool.openssl.run(arguments + options, input: .bytes(Array(input.utf8)), timeout: timeout)
    }
}
