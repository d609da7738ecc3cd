/// curl: one HTTP request over TLS.
enum CurlClient {
    /// Fetches `path` from `https://localhost:port`, always by 127.0.0.1 and never by a proxy.
    static func get(
        _ path: String = "/",
        port: Int,
        authority: String? = nil,
        options: [String] = [],
        timeout: Duration = .seconds(20)
    ) async throws -> Finished {
        var arguments = ["--silent", "--show-error", "--noproxy", "*", "--resolve", "localhost:\(port):127.0.0.1"]
        arguments += authority.map { ["--cacert", $0] } ?? ["--insecure"]
        return try await Tool.curl.run(arguments + options + ["https://localhost:\(port)\(path)"], timeout: timeout)
    }
}
