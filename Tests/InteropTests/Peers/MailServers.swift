import Glibc

/// Dovecot, with one of its protocols alone.
enum DovecotServer {
    /// `login` is the service that answers, `listener` its name for the port.
    static func start(protocol name: String, service: String, listener: String) async throws -> ConfiguredServer {
        let executable = try Tool.dovecot.path()
        return try await ConfiguredServer { place, port in
            let account = place.account?.name ?? "nobody"
            // Its processes for mail run as that account and still have to get there.
            chmod(place.directory.path, 0o755)
            // Without parameters for DH the server breaks off handshakes that choose it.
            let parameters = place.directory.file("dh.pem")
            try await Tool.openssl.run([
                "genpkey", "-genparam", "-algorithm", "DH", "-pkeyopt", "group:ffdhe2048", "-out", parameters,
            ]).succeeded()
            let mail = try place.makeDirectory("mail")
            if geteuid() == 0, let nobody = getpwnam(account)?.pointee { chown(mail, nobody.pw_uid, nobody.pw_gid) }
            let configuration = """
                base_dir = \(try place.makeDirectory("run"))
                state_dir = \(try place.makeDirectory("state"))
                log_path = \(place.directory.file("log"))
                protocols = \(name)
                listen = 127.0.0.1
                ssl = yes
                ssl_cert = <\(place.certificate)
                ssl_key = <\(place.key)
                ssl_dh = <\(parameters)
                default_internal_user = \(account)
                default_internal_group = nogroup
                default_login_user = \(account)
                default_process_limit = 200
                mail_location = maildir:\(mail)
                submission_relay_host = 127.0.0.1
                hostname = localhost
                service \(service) {
                  chroot =
                  inet_listener \(listener) {
                    port = \(port)
                  }
                \(listener == "imap" || listener == "pop3" ? "  inet_listener \(listener)s {\n    port = 0\n  }" : "")
                }
                service anvil {
                  chroot =
                }
                passdb {
                  driver = static
                  args = nopassword=y
                }
                userdb {
                  driver = static
                  args = uid=\(account) gid=nogroup home=\(mail)
                }

                """
            let file = try place.directory.write(configuration, to: "dovecot.conf")
            return ConfiguredServer.Launch(executable: executable, arguments: ["-F", "-c", file], logFile: "log")
        }
    }
}

/// aiosmtpd, a mail server in Python, as SMTP or LMTP.
enum AiosmtpdServer {
    static func start(_ kind: String) async throws -> ScriptServer {
        let pki = try await TestPKI.shared()
        return try await ScriptServer(
            ProjectPaths.python(),
            [ScriptServer.path("aiosmtpd_server.py"), kind, pki.rsa.certificate, pki.rsa.key]
        )
    }
}

/// Servers of our own that begin in the clear, and misbehave if told to; see starttls_server.py.
enum OwnSTARTTLSServer {
    static func start(_ name: String, _ behaviour: String = "normal") async throws -> ScriptServer {
        let pki = try await TestPKI.shared()
        return try await ScriptServer(
            ProjectPaths.python(),
            [ScriptServer.path("starttls_server.py"), name, behaviour, pki.rsa.certificate, pki.rsa.key]
        )
    }
}
