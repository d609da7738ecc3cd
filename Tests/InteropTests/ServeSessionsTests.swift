import Foundation
import Testing

extension Interop {
    /// Everybody's clients come back, ask for new keys, show their certificate late and leave; the server's account of it is
    /// held against what they were told to do.
    @Suite("serve: sessions of everybody's clients", .tags(.binary))
    struct ServeSessionsTests {
        private func withServer(
            _ options: [String],
            _ body: (SechanServer, String) async throws -> Void
        ) async throws {
            let directory = try TemporaryDirectory()
            let authority = directory.file("ca.pem")
            let server = try await SechanServer(["--ca-out", authority, "--format", "ndjson"] + options)
            try await withPeer(server) { try await body($0, authority) }
        }

        // MARK: Resumption

        struct Return: Sendable, CustomTestStringConvertible {
            var client: LifecycleClient
            var version: String
            var mechanism: String
            var withTickets = true
            var testDescription: String { "\(client.rawValue), \(version), \(mechanism)" }

            /// An echo server is enough for those that don't ask for a page.
            var server: [String] {
                (client == .node || client == .jsse ? ["--echo"] : [])
                    + (version < "tls1.2" ? ["--legacy", "--protocol", version] : [])
            }

            func comeTwice(_ port: Int, _ authority: String) async throws -> Finished {
                switch client {
                case .python:
                    return try await LifecycleClient.python(
                        port,
                        authority,
                        version,
                        [withTickets ? "resume" : "resume-without-tickets"]
                    )
                case .node: return try await LifecycleClient.node(port, authority, version, "resume")
                case .jsse: return try await LifecycleClient.java(port, authority, version, "resume")
                case .nss: return try await LifecycleClient.nss(port, authority, version, ["-L", "2"])
                case .gnutls:
                    return try await GnuTLSClient.connect(
                        port: port,
                        authority: authority,
                        priority: LifecycleClient.gnutlsPriority(version),
                        input: LifecycleClient.page,
                        options: ["--resume", "--waitresumption"]
                    )
                case .curl:
                    // One handle for both, and so one cache of sessions.
                    let url = "https://localhost:\(port)/"
                    let tls = ["--tlsv\(version.dropFirst(3))", "--tls-max", "\(version.dropFirst(3))"]
                    return try await CurlClient.get(
                        port: port,
                        authority: authority,
                        options: tls + ["--http1.0", "--header", "Connection: close", url]
                    )
                case .openssl:
                    let directory = try TemporaryDirectory()
                    let session = directory.file("session")
                    let options =
                        [LifecycleClient.opensslVersion(version), "-cipher", "DEFAULT@SECLEVEL=0", "-ign_eof"]
                        + (withTickets ? [] : ["-no_ticket"])
                    _ = try await OpenSSLClient.connect(
                        port: port,
                        input: LifecycleClient.page,
                        options: options + ["-sess_out", session]
                    )
                    return try await OpenSSLClient.connect(
                        port: port,
                        input: LifecycleClient.page,
                        options: options + ["-sess_in", session]
                    )
                }
            }
        }

        static let returns = [
            Return(client: .openssl, version: "tls1.0", mechanism: "ticket"),
            Return(client: .openssl, version: "tls1.0", mechanism: "session-id", withTickets: false),
            Return(client: .openssl, version: "tls1.1", mechanism: "ticket"),
            Return(client: .openssl, version: "tls1.1", mechanism: "session-id", withTickets: false),
            Return(client: .openssl, version: "tls1.2", mechanism: "session-id", withTickets: false),
            Return(client: .openssl, version: "tls1.3", mechanism: "psk", withTickets: false),
            Return(client: .python, version: "tls1.2", mechanism: "ticket"),
            Return(client: .python, version: "tls1.2", mechanism: "session-id", withTickets: false),
            Return(client: .python, version: "tls1.3", mechanism: "psk"),
            Return(client: .node, version: "tls1.2", mechanism: "ticket"),
            Return(client: .node, version: "tls1.3", mechanism: "psk"),
            Return(client: .jsse, version: "tls1.2", mechanism: "ticket"),
            Return(client: .jsse, version: "tls1.3", mechanism: "psk"),
            Return(client: .gnutls, version: "tls1.2", mechanism: "ticket"),
            Return(client: .gnutls, version: "tls1.3", mechanism: "psk"),
            // NSS has no tickets unless it is asked to.
            Return(client: .nss, version: "tls1.2", mechanism: "session-id"),
            Return(client: .nss, version: "tls1.3", mechanism: "psk"),
            // Nor has curl.
            Return(client: .curl, version: "tls1.2", mechanism: "session-id"),
            Return(client: .curl, version: "tls1.3", mechanism: "psk"),
        ]

        @Test("a client that comes back is known", arguments: returns)
        func resumes(_ kind: Return) async throws {
            try await withServer(kind.server) { server, authority in
                let run = try await kind.comeTwice(server.port, authority)
                #expect(run.status == 0, "\(run.transcript)\(server.log)")
                let sessions = try await server.connections(2).map { $0["attributes"]["session"] }
                #expect(sessions.first?["resumed"].bool == false, "\(run.transcript)\(server.log)")
                #expect(sessions.last?["resumed"].bool == true, "\(run.transcript)\(server.log)")
                #expect(sessions.last?["mechanism"].string == kind.mechanism, "\(run.transcript)\(server.log)")
            }
        }

        @Test("early data of NSS and GnuTLS is taken", arguments: [LifecycleClient.nss, .gnutls])
        func earlyData(client: LifecycleClient) async throws {
            try await withServer(["--early-data", "4096"]) { server, authority in
                let directory = try TemporaryDirectory()
                let data = try directory.write(LifecycleClient.page, to: "early")
                let run =
                    client == .nss
                    ? try await LifecycleClient.nss(server.port, authority, "tls1.3", ["-L", "2", "-Z"])
                    : try await GnuTLSClient.connect(
                        port: server.port,
                        authority: authority,
                        input: LifecycleClient.page,
                        options: ["--resume", "--waitresumption", "--earlydata=\(data)"]
                    )
                let session = try await server.connections(2).last?["attributes"]["session"]
                let early = session?["earlyData"]
                #expect(early?["status"].string == "accepted", "\(run.transcript)\(server.log)")
                // NSS may have the server's answer before its data is out.
                let count = early?["byteCount"].int ?? 0
                #expect(count == LifecycleClient.page.utf8.count || client == .nss && count == 0, "\(run.transcript)")
            }
        }

        // MARK: Changes

        /// libssl may give no new ticket when it renegotiates, and GnuTLS 3.7 takes that for an error if it had one before.
        private static let withoutTickets = ["--tickets", "0"]

        @Test(
            "a client that renegotiates or renews its keys is obeyed, and goes on",
            arguments: [
                (LifecycleClient.gnutls, "tls1.2"), (.gnutls, "tls1.3"), (.jsse, "tls1.2"), (.jsse, "tls1.3"),
                (.node, "tls1.2"), (.openssl, "tls1.2"), (.openssl, "tls1.3"),
            ]
        )
        func renews(client: LifecycleClient, version: String) async throws {
            let isModern = version == "tls1.3"
            var options = ["--echo"] + (isModern ? [] : ["--allow-client-renegotiation"])
            if client == .gnutls, !isModern { options += Self.withoutTickets }
            try await withServer(options) { server, authority in
                let run: Finished
                switch client {
                case .jsse: run = try await LifecycleClient.java(server.port, authority, version, "renew")
                case .node: run = try await LifecycleClient.node(server.port, authority, version, "renegotiate")
                case .gnutls: run = try await gnutlsCli(server.port, authority, version)
                default: run = try await sClient(server.port, version)
                }
                #expect(run.stdout.contains("good evening"), "\(run.transcript)\(server.log)")
                let connection = try #require(try await server.connections(1).first)
                let security = connection["attributes"]["security"]
                let count = security[isModern ? "keyUpdatesReceived" : "renegotiations"].int ?? 0
                #expect(count >= 1, "\(run.transcript)\(server.log)")
                #expect(connection["outcome"].string == "ok", "\(run.transcript)\(server.log)")
            }
        }

        /// Types the letters that s_client takes for commands, each at the start of what it reads.
        private func sClient(_ port: Int, _ version: String) async throws -> Finished {
            let process = try ChildProcess(
                Tool.openssl.path(),
                ["s_client", "-connect", "127.0.0.1:\(port)", LifecycleClient.opensslVersion(version)],
                input: .open
            )
            try process.write(Array("good morning\n".utf8))
            try await process.waitForOutput { $0.stdout.contains("\ngood morning") }
            for letter in version == "tls1.3" ? ["k", "K"] : ["R"] {
                let before = process.stdout.count + process.stderr.count
                try process.write(Array("\(letter)\n".utf8))
                try await process.waitForOutput { $0.stdout.count + $0.stderr.count > before }
            }
            // Renegotiation has to be over: data would get in its way.
            try await Task.sleep(for: .milliseconds(300))
            try process.write(Array("good evening\n".utf8))
            try await process.waitForOutput { $0.stdout.contains("good evening") }
            process.closeInput()
            return Finished(process, try await process.wait(timeout: .seconds(20)))
        }

        /// Types commands into gnutls-cli, each when the one before is done: what comes during a handshake breaks it.
        private func gnutlsCli(_ port: Int, _ authority: String, _ version: String) async throws -> Finished {
            let process = try ChildProcess(
                Tool.gnutlsCli.path(),
                [
                    "--port=\(port)", "--x509cafile=\(authority)", "--verify-hostname=localhost", "--inline-commands",
                    "--priority=\(LifecycleClient.gnutlsPriority(version))", "127.0.0.1",
                ],
                input: .open
            )
            let changes =
                version == "tls1.3"
                ? [("^rekey^", "Rekey was completed"), ("^rekey1^", "Rekey was completed")]
                : [("^renegotiate^", "ReHandshake was completed")]
            for (command, answer) in [("good morning", "\ngood morning")] + changes + [
                ("good evening", "\ngood evening")
            ] {
                let before = process.stdout.ranges(of: answer).count
                try process.write(Array("\(command)\n".utf8))
                try await process.waitForOutput { $0.stdout.ranges(of: answer).count > before }
            }
            process.closeInput()
            return Finished(process, try await process.wait(timeout: .seconds(20)))
        }

        @Test("a client that renegotiates without leave is refused", .tags(.gnutls))
        func refusesRenegotiation() async throws {
            try await withServer(["--echo"]) { server, authority in
                let run = try await GnuTLSClient.connect(
                    port: server.port,
                    authority: authority,
                    priority: LifecycleClient.gnutlsPriority("tls1.2"),
                    input: "good morning\n^renegotiate^\n",
                    options: ["--inline-commands"]
                )
                let connection = try #require(try await server.connections(1).first)
                #expect(connection["attributes"]["security"]["renegotiations"].int == 0, "\(run.transcript)")
                let alerts = connection["attributes"]["close"]["alertsSent"].array.compactMap { $0["name"].string }
                #expect(alerts.contains("no_renegotiation"), "\(run.transcript)\(server.log)")
            }
        }

        @Test(
            "a certificate is shown after the handshake, by renegotiation before TLS 1.3",
            arguments: [LifecycleClient.python, .nss, .gnutls],
            ["tls1.2", "tls1.3"]
        )
        func showsLate(client: LifecycleClient, version: String) async throws {
            let pki = try await TestPKI.shared()
            var options = ["--client-auth", "post-handshake", "--client-ca", pki.authority.certificate]
            if client == .gnutls, version == "tls1.2" { options += Self.withoutTickets }
            try await withServer(options) { server, authority in
                let run: Finished
                switch client {
                case .python:
                    run = try await LifecycleClient.python(
                        server.port,
                        authority,
                        version,
                        ["certificate", pki.client.certificate, pki.client.key]
                    )
                case .nss:
                    run = try await LifecycleClient.nss(server.port, authority, version, identity: pki.client, ["-E"])
                default: run = try await gnutlsLate(server.port, authority, version, pki.client)
                }
                #expect(run.stdout.contains("CN=sechan test client"), "\(run.transcript)\(server.log)")
                let attributes = try await server.connections(1).first?["attributes"]
                #expect(attributes?["clientAuthentication"]["proved"].bool == true, "\(run.transcript)\(server.log)")
                #expect(attributes?["security"]["renegotiations"].int == (version == "tls1.3" ? 0 : 1))
            }
        }

        /// gnutls-cli must not be at the end of its input before it was asked.
        private func gnutlsLate(
            _ port: Int,
            _ authority: String,
            _ version: String,
            _ identity: TestPKI.Entity
        ) async throws -> Finished {
            let process = try ChildProcess(
                Tool.gnutlsCli.path(),
                [
                    "--post-handshake-auth", "--x509certfile=\(identity.certificate)", "--x509keyfile=\(identity.key)",
                    "--port=\(port)", "--x509cafile=\(authority)", "--verify-hostname=localhost",
                    "--priority=\(LifecycleClient.gnutlsPriority(version))", "127.0.0.1",
                ],
                input: .open
            )
            try await process.waitForOutput { ($0.stdout + $0.stderr).contains("requested by the peer") }
            try process.write(Array(LifecycleClient.page.utf8))
            return Finished(process, try await process.wait(timeout: .seconds(20)))
        }

        // MARK: The end

        @Test(
            "how a client leaves is told",
            arguments: [LifecycleClient.python, .node],
            ["tls1.2", "tls1.3"]
        )
        func leaves(client: LifecycleClient, version: String) async throws {
            let ways = ["close-notify": "clean", "fin": "truncated", "reset": nil]
            for (way, ending) in ways where client == .python || way != "reset" {
                try await withServer(["--echo"]) { server, authority in
                    let run =
                        client == .python
                        ? try await LifecycleClient.python(server.port, authority, version, [way])
                        : try await LifecycleClient.node(server.port, authority, version, way)
                    #expect(run.status == 0, "\(run.transcript)")
                    let connection = try #require(try await server.connections(1).first)
                    let close = connection["attributes"]["close"]
                    #expect(close["ending"].string == ending, "\(run.transcript)\(server.log)")
                    #expect(close["closeNotifyReceived"].bool == (way == "close-notify"), "\(server.log)")
                    #expect(close["closeNotifySent"].bool == (way == "close-notify"), "\(server.log)")
                    #expect(connection["outcome"].string == (way == "close-notify" ? "ok" : ending ?? "reset"))
                }
            }
        }
    }
}
