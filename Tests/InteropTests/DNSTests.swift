import Testing

extension Interop {
    /// `inspect --dns` with a resolver and a signed zone of our own.
    @Suite("DNS", .tags(.binary))
    struct DNSTests {
        /// Runs inspect of a server that is called `www.sechan.example`, with `records` in its zone.
        private func inspect(
            _ pki: TestPKI,
            _ records: (Int) async throws -> [String],
            anchored: Bool = true,
            spoiling spoilt: (String, String) = ("", ""),
            _ check: (Report) async throws -> Void
        ) async throws {
            let server = try await OpenSSLServer(identities: [pki.ecdsa], service: .www)
            try await withPeer(server) { server in
                let zone = try await SignedZone(records: records(server.port), spoiling: spoilt)
                try await withPeer(zone) { zone in
                    let report = try await Sechan.report(
                        "inspect",
                        ["--ca", pki.authority.certificate, "--no-name-check", "--skip", "survey,chains,checks,http"]
                            + ["--connect-to", server.target, "--dns", "--resolver", "127.0.0.1@\(zone.port)"]
                            + ["--dns-anchor", anchored ? zone.anchor : "/dev/null"]
                            + ["www.sechan.example:\(server.port)"]
                    )
                    try await report.expectValid()
                    try await check(report)
                }
            }
        }

        private static func authority(_ port: Int) -> [String] { ["www IN CAA 0 issue \"ca.example\""] }

        private func key(_ pki: TestPKI) async throws -> String {
            let shell = Tool(name: "sh", package: "dash")
            let command =
                "openssl x509 -in '\(pki.ecdsa.certificate)' -noout -pubkey | openssl pkey -pubin -outform DER | sha256sum"
            return String(try await shell.run(["-c", command]).succeeded().stdout.prefix(64))
        }

        private func records(_ report: Report) -> [String: JSONValue] {
            var found: [String: JSONValue] = [:]
            for records in report.result["dns"]["records"].array { found[records["kind"].string ?? ""] = records }
            return found
        }

        private func findings(_ report: Report) -> [String] {
            report.json["findings"].array.compactMap { $0["id"].string }.filter { $0.hasPrefix("dns.") }
        }

        @Test("A signed zone's records are secure, and a TLSA record that fits is said to")
        func secure() async throws {
            let pki = try await TestPKI.shared()
            let key = try await key(pki)
            try await inspect(pki) { port in
                [
                    "@ IN CAA 0 issue \"ca.example\"", "_\(port)._tcp.www IN TLSA 3 1 1 \(key)",
                    "_\(port)._tcp.www IN TLSA 3 1 1 \(String(repeating: "00", count: 32))",
                    "_\(port)._https.www IN TYPE65 \\# 10 00010000010003026832",
                ]
            } _: { report in
                let records = records(report)
                #expect(records["TLSA"]?["security"].string == "secure", report.transcript)
                let fits = report.result["dns"]["tlsaMatches"].array.compactMap(\.bool)
                #expect(fits.count == 2 && fits.contains(true) && fits.contains(false), report.transcript)
                // The closest name that has any is the parent.
                #expect(records["CAA"]?["name"].string == "sechan.example", report.transcript)
                #expect(records["CAA"]?["records"][0].string == "0 issue \"ca.example\"", report.transcript)
                #expect(records["HTTPS"]?["records"][0].string == "1 . alpn=h2", report.transcript)
                #expect(findings(report) == [], report.transcript)
            }
        }

        @Test("A TLSA record of another key, and no CAA record, are findings")
        func mismatch() async throws {
            let pki = try await TestPKI.shared()
            try await inspect(pki) { port in
                ["_\(port)._tcp.www IN TLSA 3 1 1 \(String(repeating: "00", count: 32))"]
            } _: { report in
                #expect(Set(findings(report)) == ["dns.tlsa-mismatch", "dns.no-caa"], report.transcript)
                let severities = report.json["findings"].array.filter { $0["id"].string == "dns.tlsa-mismatch" }
                #expect(severities.first?["severity"].string == "high", report.transcript)
            }
        }

        @Test("Records whose signature doesn't fit are bogus")
        func bogus() async throws {
            let pki = try await TestPKI.shared()
            try await inspect(
                pki,
                Self.authority,
                spoiling: ("ca.example", "ca.evil")
            ) { report in
                #expect(records(report)["CAA"]?["security"].string == "bogus", report.transcript)
                #expect(findings(report).contains("dns.bogus"), report.transcript)
            }
        }

        @Test("Without a trust anchor nothing is called secure or bogus")
        func unanchored() async throws {
            let pki = try await TestPKI.shared()
            try await inspect(pki, Self.authority, anchored: false) { report in
                #expect(records(report)["CAA"]?["security"].string == "insecure", report.transcript)
                #expect(findings(report) == [], report.transcript)
            }
        }

        @Test("A TLSA record in a zone that isn't signed is ignored, and that is a finding", arguments: [false, true])
        func insecureAssociation(anchored: Bool) async throws {
            let pki = try await TestPKI.shared()
            let key = try await key(pki)
            let records = { (port: Int) in Self.authority(port) + ["_\(port)._tcp.www IN TLSA 3 1 1 \(key)"] }
            try await inspect(pki, records, anchored: anchored) { report in
                #expect(findings(report) == (anchored ? [] : ["dns.tlsa-insecure"]), report.transcript)
            }
        }

        @Test("A resolver that doesn't answer leaves everything open, and nothing is claimed")
        func silence() async throws {
            let pki = try await TestPKI.shared()
            let server = try await OpenSSLServer(identities: [pki.ecdsa], service: .www)
            try await withPeer(server) { server in
                let report = try await Sechan.report(
                    "inspect",
                    ["--ca", pki.authority.certificate, "--no-name-check", "--skip", "survey,chains,checks,http"]
                        + ["--connect-to", server.target, "--timeout", "4s", "--dns"]
                        + ["--resolver", "127.0.0.1@\(LoopbackSocket.freePort())", "www.sechan.example:\(server.port)"]
                )
                let verdicts = Set(report.result["dns"]["records"].array.compactMap { $0["verdict"].string })
                #expect(verdicts == ["not-determined"], report.transcript)
                #expect(findings(report) == [], report.transcript)
            }
        }

        @Test(
            "What can't work is said before anything is sent",
            arguments: [
                ["--resolver", "192.0.2.53", "localhost"],
                ["--dns", "--resolver", "ns.example", "a.example"],
                ["--dns", "--dns-anchor", "/nowhere/root.key", "a.example"],
                ["--dns", "127.0.0.1"], ["--dns", "localhost"], ["--dns", "www.localhost:8443"],
            ]
        )
        func badOptions(arguments: [String]) async throws {
            let run = try await Sechan.run(["inspect"] + arguments)
            #expect(run.status == 2, "\(run.transcript)")
            #expect(run.stderr.contains("sechan: hint: "), "\(run.transcript)")
        }
    }
}
