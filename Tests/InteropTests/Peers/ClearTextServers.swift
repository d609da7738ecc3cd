import Foundation

/// Real servers, beside those for mail, whose protocols go over to TLS.
enum ClearTextServers {
    static func vsftpd() async throws -> ConfiguredServer {
        let executable = try Tool.vsftpd.path()
        return try await ConfiguredServer { place, port in
            let file = try place.directory.write(
                """
                listen=YES
                listen_address=127.0.0.1
                listen_port=\(port)
                background=NO
                run_as_launching_user=YES
                ssl_enable=YES
                rsa_cert_file=\(place.certificate)
                rsa_private_key_file=\(place.key)
                anonymous_enable=YES
                secure_chroot_dir=\(try place.makeDirectory("empty"))
                seccomp_sandbox=NO

                """,
                to: "vsftpd.conf"
            )
            return ConfiguredServer.Launch(executable: executable, arguments: [file])
        }
    }

    static func slapd() async throws -> ConfiguredServer {
        let executable = try Tool.slapd.path()
        return try await ConfiguredServer { place, port in
            let file = try place.directory.write(
                """
                include /etc/ldap/schema/core.schema
                pidfile \(place.directory.file("pid"))
                TLSCertificateFile \(place.certificate)
                TLSCertificateKeyFile \(place.key)
                TLSVerifyClient never
                database ldif
                directory \(try place.makeDirectory("database"))
                suffix "dc=example,dc=com"

                """,
                to: "slapd.conf"
            )
            return ConfiguredServer.Launch(
                executable: executable,
                arguments: ["-d", "0", "-f", file, "-h", "ldap://127.0.0.1:\(port)"]
            )
        }
    }

    /// Prosody, its port for clients or for servers.
    static func prosody(forServers: Bool) async throws -> ConfiguredServer {
        let executable = try Tool.prosody.path()
        return try await ConfiguredServer { place, port in
            let file = try place.directory.write(
                """
                run_as_root = true
                pidfile = "\(place.directory.file("pid"))"
                data_path = "\(try place.makeDirectory("data"))"
                interfaces = { "127.0.0.1" }
                c2s_ports = { \(forServers ? "" : "\(port)") }
                s2s_ports = { \(forServers ? "\(port)" : "") }
                admin_socket = "\(place.directory.file("socket"))"
                modules_enabled = { "tls", "saslauth", "dialback" }
                c2s_require_encryption = true
                s2s_require_encryption = true
                log = { info = "\(place.directory.file("log"))" }
                VirtualHost "localhost"
                ssl = { certificate = "\(place.certificate)", key = "\(place.key)" }

                """,
                to: "prosody.cfg.lua"
            )
            return ConfiguredServer.Launch(executable: executable, arguments: ["-F", "--config", file], logFile: "log")
        }
    }

    static func inspircd() async throws -> ConfiguredServer {
        let executable = try Tool.inspircd.path()
        return try await ConfiguredServer { place, port in
            let file = try place.directory.write(
                """
                <server name="irc.localhost" description="test" id="97K" network="test">
                <admin name="test" nick="test" email="test@localhost">
                <bind address="127.0.0.1" port="\(port)" type="clients">
                <module name="ssl_gnutls">
                <module name="starttls">
                <sslprofile name="Clients" provider="gnutls" certfile="\(place.certificate)" keyfile="\(place.key)">
                <starttls sslprofile="Clients">
                <connect allow="*" timeout="60" resolvehostnames="no" useident="no" localmax="1000" globalmax="1000">
                <pid file="\(place.directory.file("pid"))">
                <options prefixquit="Quit: ">

                """,
                to: "inspircd.conf"
            )
            let asRoot = geteuid() == 0 ? ["--runasroot"] : []
            return ConfiguredServer.Launch(
                executable: executable,
                arguments: ["--config", file, "--nofork", "--nolog"] + asRoot
            )
        }
    }

    static func postgres() async throws -> ConfiguredServer {
        let executable = try Tool.newestPostgres()
        let makeDatabase: @Sendable (ConfiguredServer.Place) async throws -> Void = { place in
            let initdb = URL(fileURLWithPath: executable).deletingLastPathComponent().path + "/initdb"
            let database = place.directory.file("database")
            let (program, arguments) = try place.command(initdb, ["-D", database, "-A", "trust", "-N", "-U", "tester"])
            try await Finished.running(program, arguments).succeeded()
        }
        return try await ConfiguredServer(ownedByAccount: true, prepare: makeDatabase) { place, port in
            let settings = [
                "ssl=on", "ssl_cert_file=\(place.certificate)", "ssl_key_file=\(place.key)",
                "listen_addresses=127.0.0.1", "port=\(port)", "unix_socket_directories=",
            ]
            return ConfiguredServer.Launch(
                executable: executable,
                arguments: ["-D", place.directory.file("database"), "-F"] + settings.flatMap { ["-c", $0] }
            )
        }
    }

    /// MariaDB with an empty database: nobody is to log in.
    static func mariadb() async throws -> ConfiguredServer {
        let executable = try Tool.mariadbd.path()
        return try await ConfiguredServer(ownedByAccount: true) { place, port in
            ConfiguredServer.Launch(
                executable: executable,
                arguments: [
                    "--no-defaults", "--datadir=\(try place.makeDirectory("database"))",
                    "--tmpdir=\(try place.makeDirectory("temporary"))", "--skip-grant-tables",
                    "--bind-address=127.0.0.1", "--port=\(port)", "--socket=\(place.directory.file("socket"))",
                    "--pid-file=\(place.directory.file("pid"))", "--ssl-cert=\(place.certificate)",
                    "--ssl-key=\(place.key)", "--innodb-log-file-size=4M",
                ]
            )
        }
    }

    static func xrdp() async throws -> ConfiguredServer {
        let executable = try Tool.xrdp.path()
        return try await ConfiguredServer { place, port in
            let file = try place.directory.write(
                """
                [Globals]
                ini_version=1
                fork=true
                port=tcp://127.0.0.1:\(port)
                security_layer=negotiate
                certificate=\(place.certificate)
                key_file=\(place.key)
                ssl_protocols=TLSv1.2, TLSv1.3
                [Logging]
                LogFile=\(place.directory.file("log"))
                LogLevel=INFO
                EnableSyslog=false
                [Xorg]
                name=Xorg
                lib=libxup.so

                """,
                to: "xrdp.ini"
            )
            return ConfiguredServer.Launch(
                executable: executable,
                arguments: ["--nodaemon", "-c", file],
                logFile: "log"
            )
        }
    }

    /// OpenVPN without a network device, which takes one client at a time, and wants a certificate of it.
    static func openvpn() async throws -> ConfiguredServer {
        let executable = try Tool.openvpn.path()
        // A connection just to see whether it listens would be that one client.
        return try await ConfiguredServer(greeting: "Listening for incoming TCP connection") { place, port in
            ConfiguredServer.Launch(
                executable: executable,
                arguments: [
                    "--dev", "null", "--proto", "tcp-server", "--local", "127.0.0.1", "--lport", "\(port)",
                    "--tls-server", "--ca", place.authority, "--cert", place.certificate, "--key", place.key,
                    "--dh", "none", "--ifconfig-noexec", "--route-noexec",
                ]
            )
        }
    }
}

extension Tool {
    static let dovecot = Tool(name: "dovecot", package: "dovecot-core")
    static let vsftpd = Tool(name: "vsftpd", package: "vsftpd")
    static let slapd = Tool(name: "slapd", package: "slapd")
    static let prosody = Tool(name: "prosody", package: "prosody")
    static let inspircd = Tool(name: "inspircd", package: "inspircd")
    static let mariadbd = Tool(name: "mariadbd", package: "mariadb-server-core")
    static let xrdp = Tool(name: "xrdp", package: "xrdp")
    static let openvpn = Tool(name: "openvpn", package: "openvpn")
    static let prlimit = Tool(name: "prlimit", package: "util-linux")
    static let setpriv = Tool(name: "setpriv", package: "util-linux")
    static let tinyproxy = Tool(name: "tinyproxy", package: "tinyproxy-bin")
    static let microsocks = Tool(name: "microsocks", package: "microsocks")

    /// PostgreSQL's server, which Debian keeps in a directory for each version.
    static func newestPostgres() throws -> String {
        let root = "/usr/lib/postgresql"
        let versions = ((try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []).compactMap(Int.init)
            .sorted()
        for version in versions.reversed() {
            let path = "\(root)/\(version)/bin/postgres"
            if FileManager.default.isExecutableFile(atPath: path) { return path }
        }
        throw InteropError("postgres was not found: run scripts/install-test-needs, or install Debian's postgresql")
    }
}
