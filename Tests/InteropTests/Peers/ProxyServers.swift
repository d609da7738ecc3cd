/// Real proxies, with or without a password.
enum ProxyServers {
    /// What they want to see, if they want to see anything.
    static let name = "me"
    static let password = "s3cret"

    static func tinyproxy(password wanted: Bool) async throws -> ConfiguredServer {
        let executable = try Tool.tinyproxy.path()
        return try await ConfiguredServer { place, port in
            let file = try place.directory.write(
                """
                Port \(port)
                Listen 127.0.0.1
                Timeout 60
                LogLevel Info
                MaxClients 100
                \(wanted ? "BasicAuth \(name) \(password)" : "")

                """,
                to: "tinyproxy.conf"
            )
            return ConfiguredServer.Launch(executable: executable, arguments: ["-d", "-c", file])
        }
    }

    static func microsocks(password wanted: Bool) async throws -> ConfiguredServer {
        let executable = try Tool.microsocks.path()
        return try await ConfiguredServer { _, port in
            ConfiguredServer.Launch(
                executable: executable,
                arguments: ["-i", "127.0.0.1", "-p", "\(port)"] + (wanted ? ["-u", name, "-P", password] : [])
            )
        }
    }
}
