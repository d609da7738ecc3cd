import Testing

extension Interop {
    /// Whose order decides, on servers that were told.
    @Suite("cipher order", .tags(.binary))
    struct OrderTests {
        /// The suites of a server's "modern" configuration, in an order that no library has by itself.
        private static let modern = [
            ("ECDHE-RSA-AES256-GCM-SHA384", "0xC030"), ("ECDHE-ECDSA-AES128-GCM-SHA256", "0xC02B"),
            ("ECDHE-RSA-CHACHA20-POLY1305", "0xCCA8"), ("ECDHE-ECDSA-AES256-GCM-SHA384", "0xC02C"),
            ("ECDHE-RSA-AES128-GCM-SHA256", "0xC02F"), ("ECDHE-ECDSA-CHACHA20-POLY1305", "0xCCA9"),
        ]
        private static let names = modern.map(\.0).joined(separator: ":")
        private static let codePoints = modern.map(\.1)

        private func survey(_ server: some Peer) async throws -> SurveyReport {
            let report = try await Sechan.report("ciphers", [server.target])
            try await report.expectValid()
            return SurveyReport(report)
        }

        @Test("nginx, modern, in the server's order", .tags(.nginx))
        func serverOrder() async throws {
            let pki = try await TestPKI.shared()
            try await withPeer(try await NginxServer(identities: [pki.rsa, pki.ecdsa], ciphers: Self.names)) { server in
                for _ in 0..<5 {
                    let survey = try await survey(server)
                    survey.expectExactly([
                        "tls1.2": Self.codePoints, "tls1.3": ["0x1302", "0x1303", "0x1301"],
                    ])
                    #expect(survey.versions["tls1.2"]?.order == "server", survey.report.transcript)
                    #expect(survey.versions["tls1.3"]?.order == "server", survey.report.transcript)
                }
            }
        }

        @Test("nginx, modern, in the client's order", .tags(.nginx))
        func clientOrder() async throws {
            let pki = try await TestPKI.shared()
            let server = try await NginxServer(
                identities: [pki.rsa, pki.ecdsa],
                ciphers: Self.names,
                prefersOwnOrder: false
            )
            try await withPeer(server) { server in
                let survey = try await survey(server)
                #expect(Set(survey.versions["tls1.2"]?.suites ?? []) == Set(Self.codePoints), survey.report.transcript)
                #expect(survey.versions["tls1.2"]?.order == "client", survey.report.transcript)
                #expect(survey.versions["tls1.3"]?.order == "client", survey.report.transcript)
            }
        }

        @Test("s_server that puts ChaCha20 first for who wants it", .tags(.openssl))
        func chaCha() async throws {
            let pki = try await TestPKI.shared()
            let server = try await OpenSSLServer(
                identities: [pki.rsa, pki.ecdsa],
                cipher: Self.names,
                options: ["-serverpref", "-prioritize_chacha"]
            )
            try await withPeer(server) { server in
                let survey = try await survey(server)
                #expect(survey.versions["tls1.2"]?.suites == Self.codePoints, survey.report.transcript)
                #expect(survey.versions["tls1.2"]?.order == "server-unless-chacha", survey.report.transcript)
                #expect(survey.versions["tls1.3"]?.order == "server-unless-chacha", survey.report.transcript)
            }
        }

        @Test("RSA and ECDSA leaves are told apart, suite by suite", .tags(.nginx))
        func leaves() async throws {
            let pki = try await TestPKI.shared()
            try await withPeer(try await NginxServer(identities: [pki.rsa, pki.ecdsa], ciphers: Self.names)) { server in
                let report = try await Sechan.report("ciphers", [server.target])
                let keys = report.result["certificates"].array.map { $0["key"].string }
                for version in report.result["versions"].array where version["version"] == .string("tls1.2") {
                    for suite in version["suites"].array {
                        let expected = suite["openssl"].string?.contains("ECDSA") == true ? "EC" : "RSA"
                        guard let index = suite["certificate"].int, keys.indices.contains(index) else {
                            Issue.record(report.transcript)
                            continue
                        }
                        #expect(keys[index] == expected, report.transcript)
                    }
                }
                #expect(keys.count == 2, report.transcript)
            }
        }
    }
}
