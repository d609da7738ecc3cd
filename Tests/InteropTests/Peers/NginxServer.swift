/// nginx with a configuration of its own in a temporary directory, in the foreground, one process, no root needed.
struct NginxServer: Peer {
    let port: Int
    private let process: ChildProcess
    private let directory: TemporaryDirectory
    var log: String { process.stderr }

    /// - Parameters:
    ///   - protocols: as in nginx's `ssl_protocols`.
    ///   - ciphers: as in nginx's `ssl_ciphers`; nginx's own default when nil.
    ///   - prefersOwnOrder: nginx's `ssl_prefer_server_ciphers`.
    ///   - directives: more lines for the `server` block.
    init(
        identities: [TestPKI.Entity],
        protocols: String = "TLSv1.2 TLSv1.3",
        ciphers: String? = nil,
        prefersOwnOrder: Bool = true,
        directives: [String] = []
    ) async throws {
        let directory = try TemporaryDirectory()
        self.directory = directory
        let executable = try Tool.nginx.path()
        var lines = ["ssl_protocols \(protocols);", "ssl_prefer_server_ciphers \(prefersOwnOrder ? "on" : "off");"]
        for identity in identities {
            lines += ["ssl_certificate \(identity.certificate);", "ssl_certificate_key \(identity.key);"]
        }
        if let ciphers { lines.append("ssl_ciphers \(ciphers);") }
        lines += directives

        (process, port) = try await startingOnFreePort { port in
            let configuration = directory.file("nginx.conf")
            try directory.write(Self.configuration(port: port, server: lines, in: directory), to: "nginx.conf")
            return try ChildProcess(executable, ["-e", "stderr", "-p", directory.path, "-c", configuration])
        }
    }

    func stop() async { await process.stop() }

    private static func configuration(port: Int, server: [String], in directory: TemporaryDirectory) -> String {
        """
        daemon off;
        master_process off;
        pid \(directory.file("nginx.pid"));
        error_log stderr info;
        events { worker_connections 256; }
        http {
            access_log off;
            client_body_temp_path \(directory.file("body"));
            proxy_temp_path \(directory.file("proxy"));
            fastcgi_temp_path \(directory.file("fastcgi"));
            uwsgi_temp_path \(directory.file("uwsgi"));
            scgi_temp_path \(directory.file("scgi"));
            server {
                listen 127.0.0.1:\(port) ssl;
                server_name localhost;
                \(server.joined(separator: "\n        "))
                location / { return 200 "$ssl_protocol $ssl_cipher\\n"; }
            }
        }
        """
    }
}
