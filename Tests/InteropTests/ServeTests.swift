import Testing

extension Interop {
    /// `sechan serve` with real clients.
    @Suite("serve", .tags(.binary))
    struct ServeTests {
        /// A server with the RSA and the ECDSA certificate of the test CA.
        private func server(_ pki: TestPKI, _ options: [String] = []) async throws -> SechanServer {
            try await SechanServer(
                [
                    "--cert", pki.rsa.certificate, "--key", pki.rsa.key,
                    "--cert", pki.ecdsa.certificate, "--key", pki.ecdsa.key,
                ] + options
            )
        }

        @Test("With no options it serves a certificate of its own making", .tags(.curl, .openssl))
        func withNoOptions() async throws {
            try await withPeer(try await SechanServer()) { server in
                let page = try await CurlClient.get(port: server.port)
                #expect(page.status == 0, "\(page.transcript)\(server.log)")
                #expect(page.stdout.contains("TLS 1.3"), "\(page.transcript)")
                let untrusted = try await OpenSSLClient.connect(port: server.port, input: "")
                #expect(untrusted.status == 0, "\(untrusted.transcript)")
                #expect(
                    untrusted.stdout.contains("self-signed") || untrusted.stdout.contains("self signed"),
                    "\(untrusted.transcript)"
                )
                // The fingerprint that it prints is the certificate's.
                let certificate = try Self.firstPEM(in: untrusted.stdout)
                let fingerprint = try await Tool.openssl.run(
                    ["x509", "-noout", "-fingerprint", "-sha256"],
                    input: .bytes(Array(certificate.utf8))
                ).succeeded().stdout.split(separator: "=")[1].filter(\.isHexDigit).lowercased()
                let printed = server.output.lowercased().replacing(":", with: "").replacing(" ", with: "")
                #expect(printed.contains(fingerprint), "\(fingerprint)\n\(server.output)")
            }
        }

        private static func firstPEM(in text: String) throws -> String {
            let begin = "-----BEGIN CERTIFICATE-----"
            let end = "-----END CERTIFICATE-----"
            guard let start = text.ranges(of: begin).first, let stop = text.ranges(of: end).first else {
                throw InteropError("no certificate in:\n\(text)")
            }
            return String(text[start.lowerBound..<stop.upperBound]) + "\n"
        }

        @Test("curl trusts it, at both versions, and may ask for JSON", .tags(.curl), arguments: ["1.2", "1.3"])
        func curl(version: String) async throws {
            let pki = try await TestPKI.shared()
            try await withPeer(try await server(pki)) { server in
                let options = ["--tlsv\(version)", "--tls-max", version]
                let page = try await CurlClient.get(
                    port: server.port,
                    authority: pki.authority.certificate,
                    options: options
                )
                #expect(page.status == 0, "\(page.transcript)\(server.log)")
                #expect(page.stdout.contains("TLS \(version)"), "\(page.transcript)")
                let json = try await CurlClient.get(
                    "/?format=json",
                    port: server.port,
                    authority: pki.authority.certificate,
                    options: options
                )
                #expect(json.status == 0, "\(json.transcript)")
                #expect(json.stdout.contains("\"tls\(version)\""), "\(json.transcript)")
                _ = try JSONValue(parsing: json.stdout)
            }
        }

        @Test(
            "s_client verifies it with either certificate",
            .tags(.openssl),
            arguments: [
                ["-tls1_2", "-cipher", "ECDHE-RSA-AES128-GCM-SHA256"],
                ["-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-GCM-SHA256"],
                ["-tls1_3"],
            ]
        )
        func openssl(options: [String]) async throws {
            let pki = try await TestPKI.shared()
            try await withPeer(try await server(pki)) { server in
                let run = try await OpenSSLClient.connect(
                    port: server.port,
                    authority: pki.authority.certificate,
                    input: "GET / HTTP/1.0\r\n\r\n",
                    options: options + ["-ign_eof"]
                )
                #expect(run.status == 0, "\(run.transcript)\(server.log)")
                #expect(run.stdout.contains("Verify return code: 0"), "\(run.transcript)")
                #expect(run.stdout.contains("HTTP/1."), "\(run.transcript)")
            }
        }

        @Test(
            "gnutls-cli verifies it, and gets its words back from --echo",
            .tags(.gnutls),
            arguments: ["TLS1.2", "TLS1.3"]
        )
        func gnutls(version: String) async throws {
            let pki = try await TestPKI.shared()
            try await withPeer(try await server(pki, ["--echo"])) { server in
                let run = try await GnuTLSClient.connect(
                    port: server.port,
                    authority: pki.authority.certificate,
                    priority: "NORMAL:-VERS-ALL:+VERS-\(version)",
                    input: "good morning\n"
                )
                #expect(run.status == 0, "\(run.transcript)\(server.log)")
                #expect(run.stdout.contains("good morning"), "\(run.transcript)")
            }
        }

        @Test("TLS 1.0 needs --legacy, and has it then", .tags(.openssl))
        func legacy() async throws {
            let pki = try await TestPKI.shared()
            let client = ["-tls1", "-cipher", "DEFAULT@SECLEVEL=0"]
            try await withPeer(try await server(pki)) { server in
                let run = try await OpenSSLClient.connect(port: server.port, options: client)
                #expect(run.status != 0, "\(run.transcript)")
            }
            try await withPeer(try await server(pki, ["--legacy", "--protocol", "tls1.0-tls1.3"])) { server in
                let run = try await OpenSSLClient.connect(
                    port: server.port,
                    authority: pki.authority.certificate,
                    options: client
                )
                #expect(run.status == 0, "\(run.transcript)\(server.log)")
            }
        }

        @Test(
            "A client's certificate is asked for, checked and required",
            .tags(.openssl),
            arguments: ["-tls1_2", "-tls1_3"]
        )
        func clientCertificate(version: String) async throws {
            let pki = try await TestPKI.shared()
            let options = ["--client-auth", "require", "--client-ca", pki.authority.certificate]
            try await withPeer(try await server(pki, options)) { server in
                let request = "GET / HTTP/1.0\r\n\r\n"
                let with = try await OpenSSLClient.connect(
                    port: server.port,
                    authority: pki.authority.certificate,
                    input: request,
                    options: [version, "-ign_eof", "-cert", pki.client.certificate, "-key", pki.client.key]
                )
                #expect(with.stdout.contains("HTTP/1."), "\(with.transcript)\(server.log)")
                let without = try await OpenSSLClient.connect(
                    port: server.port,
                    authority: pki.authority.certificate,
                    input: request,
                    options: [version, "-ign_eof"]
                )
                #expect(!without.stdout.contains("HTTP/1."), "\(without.transcript)")
                #expect(without.stderr.contains("alert"), "\(without.transcript)")
            }
        }

        @Test("Many clients at once, one of them silent", .tags(.curl))
        func manyClients() async throws {
            let pki = try await TestPKI.shared()
            try await withPeer(try await server(pki)) { server in
                #expect(LoopbackSocket.accepts(port: server.port))
                try await withThrowingTaskGroup(of: Finished.self) { group in
                    for _ in 0..<12 {
                        group.addTask {
                            try await CurlClient.get(port: server.port, authority: pki.authority.certificate)
                        }
                    }
                    for try await page in group {
                        #expect(page.status == 0, "\(page.transcript)\(server.log)")
                    }
                }
            }
        }

        @Test("What is no TLS doesn't harm it", .tags(.curl))
        func plainClient() async throws {
            let pki = try await TestPKI.shared()
            try await withPeer(try await server(pki)) { server in
                _ = try await Tool.curl.run([
                    "--silent", "--noproxy", "*", "--max-time", "5", "http://127.0.0.1:\(server.port)/",
                ])
                let page = try await CurlClient.get(port: server.port, authority: pki.authority.certificate)
                #expect(page.status == 0, "\(page.transcript)\(server.log)")
            }
        }

        @Test("An interrupt ends it with 130")
        func interrupted() async throws {
            let server = try await SechanServer()
            let run = try await server.interrupt()
            #expect(run.ending == .exited(130), "\(run.transcript)")
        }

        @Test("sechan gets along with itself", arguments: ["connect", "inspect", "renegotiate", "shutdown", "ciphers"])
        func itself(verb: String) async throws {
            let pki = try await TestPKI.shared()
            try await withPeer(try await server(pki)) { server in
                let trust = verb == "ciphers" ? [] : ["--ca", pki.authority.certificate]
                let report = try await Sechan.report(verb, trust + [server.namedTarget])
                #expect(report.exit == 0, "\(report.run.transcript)\(server.log)")
                try await report.expectValid()
            }
        }

        @Test("A taken port, a missing file and a foreign address are 2, before anything listens")
        func badRequests() async throws {
            let taken = try SilentServer()
            let requests = [
                ["--listen", taken.target], ["--listen", "192.0.2.1:4433"], ["--cert", "/nonexistent/cert.pem"],
            ]
            for request in requests {
                let run = try await Sechan.run(["serve"] + request, timeout: .seconds(10))
                #expect(run.status == 2, "\(run.transcript)")
                #expect(run.stderr.hasPrefix("sechan: "), "\(run.transcript)")
            }
            await taken.stop()
        }
    }
}
