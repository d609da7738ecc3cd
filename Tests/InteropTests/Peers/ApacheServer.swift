import Foundation

/// Apache's httpd with mod_ssl and a configuration of its own in a temporary directory, in the foreground, one process.
struct ApacheServer: Peer {
    /// Where Debian keeps the modules.
    private static let modules = "/usr/lib/apache2/modules"

    let port: Int
    private let process: ChildProcess
    private let directory: TemporaryDirectory
    var log: String { process.stderr + directory.text("error.log") }

    /// - Parameters:
    ///   - protocols: as in mod_ssl's `SSLProtocol`.
    ///   - files: what it serves, by name.
    ///   - remembersSessions: keeps sessions by their id, and gives no tickets.
    ///   - directives: more lines for the server.
    init(
        identity: TestPKI.Entity,
        protocols: String = "all",
        files: [String: [UInt8]] = [:],
        remembersSessions: Bool = false,
        directives: [String] = []
    ) async throws {
        let directory = try TemporaryDirectory()
        self.directory = directory
        let executable = try Tool.apache.path()
        try FileManager.default.createDirectory(atPath: directory.file("www"), withIntermediateDirectories: false)
        for (name, bytes) in files { try directory.write(bytes, to: "www/\(name)") }
        // Apache gives up root for this user, who then reads the files.
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: directory.path)
        let lines = [
            "SSLEngine on", "SSLProtocol \(protocols)", "SSLCipherSuite DEFAULT@SECLEVEL=0",
            "SSLCertificateFile \(identity.certificate)", "SSLCertificateKeyFile \(identity.key)",
        ]
        (process, port) = try await startingOnFreePort { port in
            let cache =
                remembersSessions
                ? [
                    "LoadModule socache_shmcb_module \(Self.modules)/mod_socache_shmcb.so",
                    "SSLSessionCache shmcb:\(directory.file("cache"))(512000)", "SSLSessionTickets off",
                ] : ["SSLSessionCache none"]
            let configuration = Self.configuration(
                port: port,
                global: cache,
                server: lines + directives,
                in: directory
            )
            try directory.write(configuration, to: "apache.conf")
            return try ChildProcess(executable, ["-X", "-d", directory.path, "-f", directory.file("apache.conf")])
        }
    }

    func stop() async { await process.stop() }

    private static func configuration(
        port: Int,
        global: [String],
        server: [String],
        in directory: TemporaryDirectory
    ) -> String {
        """
        LoadModule mpm_event_module \(modules)/mod_mpm_event.so
        LoadModule authz_core_module \(modules)/mod_authz_core.so
        LoadModule ssl_module \(modules)/mod_ssl.so
        ServerName localhost
        Listen 127.0.0.1:\(port)
        User nobody
        Group nogroup
        PidFile \(directory.file("apache.pid"))
        DefaultRuntimeDir \(directory.path)
        ErrorLog \(directory.file("error.log"))
        Mutex pthread
        \(global.joined(separator: "\n"))
        DocumentRoot \(directory.file("www"))
        <Directory \(directory.file("www"))>
            Require all granted
        </Directory>
        <VirtualHost *:\(port)>
            \(server.joined(separator: "\n    "))
        </VirtualHost>
        """
    }
}
