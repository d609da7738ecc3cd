import Testing

extension Interop {
    /// Extensions, tolerance and downgrades, on servers of which it's known what they were started with.
    @Suite("extensions and tolerance", .tags(.binary))
    struct FeatureTests {
        /// What a survey says of features: id → verdicts, one for each version that it was asked for in.
        private struct Features {
            let report: Report
            let verdicts: [String: Set<String>]
            let findings: Set<String>

            init(_ server: some Peer, _ options: [String] = []) async throws {
                report = try await Sechan.report(
                    "ciphers",
                    [server.target, "--with", "extensions,tolerance"] + options
                )
                try await report.expectValid()
                var verdicts: [String: Set<String>] = [:]
                for feature in report.result["features"].array {
                    verdicts[feature["id"].string ?? "", default: []].insert(feature["verdict"].string ?? "")
                }
                self.verdicts = verdicts
                findings = Set(report.json["findings"].array.compactMap { $0["id"].string })
            }

            func expect(
                supported: [String] = [],
                rejected: [String] = [],
                sourceLocation: SourceLocation = #_sourceLocation
            ) {
                for (ids, verdict) in [(supported, "supported"), (rejected, "rejected")] {
                    for id in ids {
                        #expect(
                            verdicts[id] == [verdict],
                            "\(id)\n\(report.run.transcript)",
                            sourceLocation: sourceLocation
                        )
                    }
                }
            }
        }

        private static let tolerance = [
            "tolerates-grease", "tolerates-unknown-extension", "tolerates-hello-255", "tolerates-hello-256",
            "tolerates-hello-512", "tolerates-hello-1500", "tolerates-split-hello", "tolerates-long-suite-list",
            "tolerates-newer-version", "tolerates-unknown-version",
        ]

        @Test("s_server has what OpenSSL has, and bears everything", .tags(.openssl))
        func openssl() async throws {
            let pki = try await TestPKI.shared()
            let server = try await OpenSSLServer(identities: [pki.rsa], cipher: "DEFAULT@SECLEVEL=0")
            try await withPeer(server) { server in
                let features = try await Features(server)
                features.expect(
                    supported: [
                        "extended-master-secret", "encrypt-then-mac", "renegotiation-info", "renegotiation-scsv",
                        "session-ticket", "session-id", "max-fragment-length", "fallback-scsv", "downgrade-sentinel",
                    ] + Self.tolerance,
                    rejected: ["record-size-limit", "heartbeat", "compression", "alpn", "pct1.0"]
                )
                #expect(features.report.exit == 0, features.report.transcript)
            }
        }

        @Test("s_server without tickets", .tags(.openssl))
        func withoutTickets() async throws {
            let pki = try await TestPKI.shared()
            let server = try await OpenSSLServer(identities: [pki.rsa], options: ["-no_ticket", "-alpn", "h2"])
            try await withPeer(server) { server in
                try await Features(server).expect(supported: ["session-id", "alpn"], rejected: ["session-ticket"])
            }
        }

        @Test(
            "tlslite-ng, with and without binding sessions to their handshakes",
            .tags(.tlslite),
            arguments: [true, false]
        )
        func tlslite(binding: Bool) async throws {
            let pki = try await TestPKI.shared()
            let without = ["--without-extended-master-secret", "--without-encrypt-then-mac"]
            let server = try await TLSLiteServer.start(
                rsa: pki.rsa,
                versions: ["tls1.2"],
                options: binding ? [] : without
            )
            try await withPeer(server) { server in
                let features = try await Features(server)
                let bound = ["extended-master-secret", "encrypt-then-mac"]
                features.expect(
                    supported: ["record-size-limit", "heartbeat"] + Self.tolerance + (binding ? bound : []),
                    rejected: ["session-ticket", "compression"] + (binding ? [] : bound)
                )
                #expect(features.findings.contains("session.no-extended-master-secret") == !binding)
            }
        }

        @Test("An intolerance of newer versions is found", .tags(.odd))
        func newerVersion() async throws {
            try await withPeer(try await OddServer.start("intolerant-legacy")) { server in
                let features = try await Features(server)
                features.expect(
                    supported: Self.tolerance.filter { $0 != "tolerates-newer-version" },
                    rejected: ["tolerates-newer-version", "fallback-scsv", "downgrade-sentinel"]
                )
                #expect(features.findings.contains("intolerance.version"), features.report.transcript)
            }
        }

        @Test("An intolerance of long hellos is found", .tags(.odd), arguments: ["close-long 511", "reset-long 511"])
        func longHello(mode: String) async throws {
            try await withPeer(try await OddServer.start(mode)) { server in
                let features = try await Features(server)
                features.expect(
                    supported: ["tolerates-hello-255", "tolerates-hello-256", "tolerates-newer-version"],
                    rejected: ["tolerates-hello-512", "tolerates-hello-1500", "tolerates-split-hello"]
                )
                #expect(features.findings.contains("intolerance.hello-size"), features.report.transcript)
            }
        }

        @Test("PCT 1.0 is found and named", .tags(.odd))
        func pct() async throws {
            try await withPeer(try await OddServer.start("pct")) { server in
                let features = try await Features(server)
                features.expect(supported: ["pct1.0"] + Self.tolerance)
                #expect(features.findings.contains("protocol.pct"), features.report.transcript)
            }
        }
    }
}
