import Testing

extension Interop {
    /// The peers without sechan: a broken fixture must show here and not as a fault of ours.
    @Suite("Peers", .tags(.fixtures))
    struct PeerTests {
        @Test("s_server and s_client", .tags(.openssl), arguments: ["-tls1", "-tls1_1", "-tls1_2", "-tls1_3"])
        func openssl(version: String) async throws {
            let pki = try await TestPKI.shared()
            let server = try await OpenSSLServer(
                identities: [pki.rsa, pki.ecdsa],
                cipher: OpenSSLServer.everyCipher,
                service: .www
            )
            try await withPeer(server) { server in
                let run = try await OpenSSLClient.connect(
                    port: server.port,
                    authority: pki.authority.certificate,
                    input: "GET / HTTP/1.0\r\n\r\n",
                    options: [version, "-cipher", "DEFAULT@SECLEVEL=0", "-ign_eof"]
                )
                #expect(run.status == 0, "\(run.transcript)\(server.log)")
                #expect(run.stdout.contains("Verify return code: 0"), "\(run.transcript)")
            }
        }

        @Test("nginx and curl", .tags(.nginx, .curl), arguments: ["--tls-max 1.2", "--tlsv1.3"])
        func nginx(version: String) async throws {
            let pki = try await TestPKI.shared()
            try await withPeer(try await NginxServer(identities: [pki.rsa, pki.ecdsa])) { server in
                let options = version.split(separator: " ").map(String.init)
                let run = try await CurlClient.get(
                    port: server.port,
                    authority: pki.authority.certificate,
                    options: options
                )
                #expect(run.status == 0, "\(run.transcript)\(server.log)")
                #expect(run.stdout.hasPrefix(version == "--tlsv1.3" ? "TLSv1.3 " : "TLSv1.2 "), "\(run.transcript)")
            }
        }

        @Test("gnutls-serv and gnutls-cli", .tags(.gnutls), arguments: ["TLS1.0", "TLS1.1", "TLS1.2", "TLS1.3"])
        func gnutls(version: String) async throws {
            let pki = try await TestPKI.shared()
            let server = try await GnuTLSServer(
                identities: [pki.rsa, pki.ecdsa],
                priority: GnuTLSServer.everything,
                echo: true
            )
            try await withPeer(server) { server in
                let run = try await GnuTLSClient.connect(
                    port: server.port,
                    authority: pki.authority.certificate,
                    priority: "NORMAL:-VERS-ALL:+VERS-\(version):%VERIFY_ALLOW_SIGN_WITH_SHA1",
                    input: "good morning\n"
                )
                #expect(run.status == 0, "\(run.transcript)\(server.log)")
                #expect(run.stdout.contains("(\(version)"), "\(run.transcript)")
                #expect(run.stdout.contains("good morning"), "\(run.transcript)")
            }
        }

        @Test("JSSE and s_client, every version and the opened suites", .tags(.jsse, .openssl))
        func jsse() async throws {
            let pki = try await TestPKI.shared()
            try await withPeer(try await JSSEServer(identities: [pki.rsa, pki.ecdsa])) { server in
                let attempts = [
                    (
                        ["-tls1", "-cipher", "ECDHE-RSA-AES128-SHA@SECLEVEL=0"],
                        "TLSv1 TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA"
                    ),
                    (["-tls1_1", "-cipher", "AES256-SHA@SECLEVEL=0"], "TLSv1.1 TLS_RSA_WITH_AES_256_CBC_SHA"),
                    (["-tls1_2", "-cipher", "NULL-SHA256@SECLEVEL=0"], "TLSv1.2 TLS_RSA_WITH_NULL_SHA256"),
                    (["-tls1_2", "-cipher", "ADH-AES128-SHA@SECLEVEL=0"], "TLSv1.2 TLS_DH_anon_WITH_AES_128_CBC_SHA"),
                    (
                        ["-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-GCM-SHA256"],
                        "TLSv1.2 TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"
                    ),
                    (["-tls1_3"], "TLSv1.3 TLS_AES_256_GCM_SHA384"),
                ]
                for (options, answer) in attempts {
                    let run = try await OpenSSLClient.connect(
                        port: server.port,
                        input: "GET / HTTP/1.0\r\n\r\n",
                        options: options + ["-quiet", "-ign_eof"]
                    )
                    #expect(run.status == 0, "\(run.transcript)\(server.log)")
                    #expect(run.stdout.hasSuffix("\r\n\r\n\(answer)\n"), "\(run.transcript)")
                }
            }
        }

        @Test("A refused port, a silent one and a plain one are what they claim")
        func plainSockets() async throws {
            let refused = try RefusedPort()
            try await withPeer(refused) { #expect(!LoopbackSocket.accepts(port: $0.port)) }
            let silent = try SilentServer()
            try await withPeer(silent) { #expect(LoopbackSocket.accepts(port: $0.port)) }
            try await withPeer(try PlainServer()) { server in
                let run = try await Tool.curl.run(["--silent", "--noproxy", "*", "http://127.0.0.1:\(server.port)/"])
                #expect(run.stdout == "Bad Request\n", "\(run.transcript)")
            }
        }

        @Test("A program on a terminal sees one, and what is typed reaches it")
        func terminal() async throws {
            let process = try ChildProcess(
                "/bin/sh",
                ["-c", "test -t 0 && test -t 1 && stty size && read line && echo got $line"],
                input: .terminal
            )
            try await process.waitForOutput { $0.stdout.contains("24 80") }
            try process.write(Array("hello\n".utf8))
            try await process.waitForOutput { $0.stdout.contains("got hello") }
            #expect(try await process.wait(timeout: .seconds(5)) == .exited(0))
        }
    }
}
