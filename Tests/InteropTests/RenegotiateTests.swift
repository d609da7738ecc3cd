import Testing

extension Interop {
    /// `sechan renegotiate` with real servers, and with real clients.
    @Suite("renegotiate", .tags(.binary))
    struct RenegotiateTests {
        private static let honoured = ["renegotiation: honoured", "renegotiation: honoured", "renegotiation: honoured"]
        private static let refused = ["renegotiation: refused-by-alert"]
        /// None renegotiates with a client that does not indicate RFC 5746, and each goes on to resume its session.
        private static let withoutIndication = [
            "insecure-renegotiation: refused-by-alert", "resumption: honoured",
        ]
        private static let updated = ["key-update: honoured", "key-update: honoured", "key-update: honoured"]

        private static func requested(_ answer: String) -> [String] {
            [String](repeating: "key-update-requested: \(answer)", count: 3)
        }

        /// What each server is known to do, action by action.
        private static let expected: [LivePeer: [String]] = [
            .opensslTLS10: refused + withoutIndication,
            .opensslTLS12: refused + withoutIndication,
            // libssl sends the update that it owes when it reads the next request.
            .opensslTLS13: updated + requested("honoured") + ["resumption: honoured"],
            .nginxTLS12: refused + withoutIndication,
            .nginxTLS13: updated + requested("honoured") + ["resumption: honoured"],
            .gnutlsTLS12: honoured + withoutIndication,
            .gnutlsTLS13: updated + requested("unconfirmed") + ["resumption: honoured"],
            .jsseTLS12: honoured + withoutIndication,
            .jsseTLS13: updated + requested("honoured") + ["resumption: honoured"],
            .apacheTLS12: refused + withoutIndication,
            .apacheTLS13: updated + requested("honoured") + ["resumption: honoured"],
            .nssTLS12: honoured + withoutIndication,
            // NSS answers once, and then again with its next data only.
            .nssTLS13: updated + ["key-update-requested: honoured"] + requested("unconfirmed").dropLast()
                + ["resumption: honoured"],
        ]

        /// `renegotiation: refused-by-alert` and so on, in the report's order.
        private static func answers(_ report: Report) -> [String] {
            report.result["attempts"].array.map { attempt in
                "\(attempt["action"].string ?? "?"): \(attempt["answer"].string ?? "?")"
            }
        }

        @Test("Every server can be asked", arguments: LivePeer.allCases)
        func everyServer(kind: LivePeer) async throws {
            let pki = try await TestPKI.shared()
            try await withPeer(AnyPeer(try await kind.start())) { peer in
                let arguments = ["--ca", pki.authority.certificate] + kind.options + [peer.namedTarget]
                let report = try await Sechan.report("renegotiate", arguments)
                #expect(report.exit == 0, "\(report.run.transcript)\(peer.log)")
                try await report.expectValid()
                #expect(Self.answers(report) == Self.expected[kind], "\(report.run.transcript)\(peer.log)")
                if kind.version != "tls1.3" {
                    #expect(report.result["indication"]["extension"].string == "supported", report.transcript)
                    #expect(report.result["indication"]["signallingSuite"].string == "supported", report.transcript)
                }
                let text = try await Sechan.run(["renegotiate"] + arguments)
                #expect(text.status == 0, "\(text.transcript)")
            }
        }

        @Test("A server that allows it and one that doesn't look different", .tags(.openssl))
        func allowedAndNot() async throws {
            let pki = try await TestPKI.shared()
            for (options, expected, verdict) in [
                (["-client_renegotiation"], "renegotiation: honoured", "unlimited"),
                (["-no_renegotiation"], "renegotiation: refused-by-alert", "refused"),
            ] {
                let server = try await OpenSSLServer(identities: [pki.rsa], options: ["-tls1_2"] + options)
                try await withPeer(server) { peer in
                    let report = try await Sechan.report(
                        "renegotiate",
                        ["--ca", pki.authority.certificate, "--count", "5", peer.namedTarget]
                    )
                    #expect(report.exit == 0, "\(report.run.transcript)\(peer.log)")
                    #expect(Self.answers(report).first == expected, "\(report.run.transcript)\(peer.log)")
                    #expect(report.result["secureRenegotiation"].bool == true)
                    #expect(report.result["verdict"]["kind"].string == verdict, report.transcript)
                }
            }
        }

        @Test("Suites change in between", .tags(.openssl))
        func changedSuites() async throws {
            let pki = try await TestPKI.shared()
            let server = try await OpenSSLServer(identities: [pki.rsa], options: ["-tls1_2", "-client_renegotiation"])
            try await withPeer(server) { peer in
                let report = try await Sechan.report(
                    "renegotiate",
                    [
                        "--ca", pki.authority.certificate, "--ciphers", "ECDHE-RSA-AES128-GCM-SHA256",
                        "--change-ciphers", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "--count", "1", peer.namedTarget,
                    ]
                )
                #expect(report.exit == 0, "\(report.run.transcript)\(peer.log)")
                let suite = report.result["changes"].array.first { $0["attribute"].string == "suite" }
                #expect(suite?["before"].string == "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", report.transcript)
                #expect(suite?["after"].string == "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", report.transcript)
            }
        }

        /// GnuTLS can be told to have no RFC 5746, and to renegotiate all the same.
        @Test("Renegotiation without RFC 5746 is really tried", .tags(.gnutls))
        func insecure() async throws {
            let pki = try await TestPKI.shared()
            let server = try await GnuTLSServer(
                identities: [pki.rsa],
                priority: "NORMAL:-VERS-ALL:+VERS-TLS1.2:%DISABLE_SAFE_RENEGOTIATION"
            )
            try await withPeer(server) { peer in
                let report = try await Sechan.report(
                    "renegotiate",
                    ["--ca", pki.authority.certificate, peer.namedTarget]
                )
                #expect(report.result["secureRenegotiation"].bool == false, "\(report.run.transcript)\(peer.log)")
                #expect(report.result["indication"]["extension"].string == "rejected", report.transcript)
                #expect(report.result["indication"]["signallingSuite"].string == "rejected", report.transcript)
                let findings = report.json["findings"].array.compactMap { $0["id"].string }
                #expect(findings.contains("renegotiation.insecure"), report.transcript)
                let wasHonoured = Self.answers(report).first == "renegotiation: honoured"
                #expect(wasHonoured == findings.contains("renegotiation.unprotected"), report.transcript)
                #expect((report.result["verdict"]["kind"].string == "insecure") == wasHonoured, report.transcript)
            }
        }

        @Test("Lost connections are resumed in every way", .tags(.openssl))
        func reconnects() async throws {
            let pki = try await TestPKI.shared()
            try await withPeer(try await OpenSSLServer(identities: [pki.rsa], service: .www)) { peer in
                let report = try await Sechan.report(
                    "renegotiate",
                    ["--ca", pki.authority.certificate, "--reconnect", "3", "--rate", "50", "--count", "1"]
                        + ["-4", peer.namedTarget]
                )
                #expect(report.exit == 0, "\(report.run.transcript)\(peer.log)")
                try await report.expectValid()
                let rows = report.result["attempts"].array.filter { $0["action"].string == "resumption" }
                let honoured = rows.filter { $0["answer"].string == "honoured" }.compactMap { $0["detail"].string }
                #expect(honoured.count { $0 == "psk" } == 3, "\(report.run.transcript)\(peer.log)")
                #expect(honoured.count { $0 == "ticket" } == 3, "\(report.run.transcript)\(peer.log)")
                #expect(rows.contains { $0["detail"].string?.contains("session-id") == true }, report.transcript)
            }
        }

        // MARK: Our end is the server

        @Test("s_client renegotiates when asked, and shows its certificate", .tags(.openssl))
        func asksSClient() async throws {
            let pki = try await TestPKI.shared()
            let (json, transcript) = try await AskingServer.ask(["--protocol", "tls1.2"]) { port in
                _ = try await OpenSSLClient.connect(
                    port: port,
                    input: "GET / HTTP/1.0\r\n\r\n",
                    options: ["-ign_eof", "-cert", pki.client.certificate, "-key", pki.client.key]
                )
            }
            #expect(
                AskingServer.rows(json) == [
                    "hello-request: honoured", "hello-request: honoured", "hello-request: honoured",
                    "client-certificate: honoured",
                ],
                transcript
            )
            #expect(json["result"]["attempts"].array.last?["detail"].string == "shows a certificate", transcript)
        }

        @Test("s_client refuses when told to", .tags(.openssl))
        func asksSClientThatRefuses() async throws {
            let (json, transcript) = try await AskingServer.ask(["--protocol", "tls1.2"]) { port in
                _ = try await OpenSSLClient.connect(port: port, options: ["-ign_eof", "-no_renegotiation"])
            }
            #expect(AskingServer.rows(json).first == "hello-request: refused-by-alert", transcript)
            #expect(json["result"]["verdict"]["kind"].string == "refused", transcript)
        }

        @Test("s_client shows its certificate after a TLS 1.3 handshake", .tags(.openssl))
        func asksSClientAfterTheHandshake() async throws {
            let pki = try await TestPKI.shared()
            let (json, transcript) = try await AskingServer.ask(["--protocol", "tls1.3", "--count", "1"]) { port in
                _ = try await OpenSSLClient.connect(
                    port: port,
                    input: "GET / HTTP/1.0\r\n\r\n",
                    options: [
                        "-ign_eof", "-enable_pha", "-cert", pki.client.certificate, "-key", pki.client.key,
                    ]
                )
            }
            #expect(AskingServer.rows(json).first == "post-handshake-authentication: honoured", transcript)
            #expect(AskingServer.rows(json).contains("key-update: honoured"), transcript)
        }

        @Test("curl renegotiates in the middle of a request")
        func asksCurl() async throws {
            let (json, transcript) = try await AskingServer.ask(["--protocol", "tls1.2", "--count", "2"]) { port in
                let run = try await Tool.curl.run(["-sk", "--max-time", "20", "https://127.0.0.1:\(port)/"])
                #expect(run.stdout == "done\n", "\(run.transcript)")
            }
            #expect(
                AskingServer.rows(json).prefix(2) == ["hello-request: honoured", "hello-request: honoured"],
                transcript
            )
            #expect(json["result"]["attempts"].array.last?["detail"].string == "it shows no certificate", transcript)
        }

        @Test("gnutls-cli renegotiates when asked", .tags(.gnutls))
        func asksGnuTLS() async throws {
            let (json, transcript) = try await AskingServer.ask(["--protocol", "tls1.2", "--count", "1"]) { port in
                // At the end of its input it would leave before it is asked.
                let client = try ChildProcess(
                    Tool.gnutlsCli.path(),
                    ["--port=\(port)", "--insecure", "127.0.0.1"],
                    input: .open
                )
                try client.write(Array("GET / HTTP/1.0\r\n\r\n".utf8))
                try await client.wait(timeout: .seconds(60))
                #expect(client.stdout.contains("done"), "\(client.stdout)\(client.stderr)")
            }
            #expect(AskingServer.rows(json).first == "hello-request: honoured", transcript)
        }
    }
}
