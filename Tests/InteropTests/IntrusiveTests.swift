import Testing

extension Interop {
    /// `sechan inspect --intrusive` of servers that have what it looks for, that haven't, and that don't say.
    @Suite("intrusive checks", .tags(.binary))
    struct IntrusiveTests {
        private static let attacks = [
            "attack.heartbleed", "attack.ccs-injection", "attack.robot", "attack.ticketbleed",
        ]

        /// What a server of that manner is said to be: verdicts and reasons by id.
        private func inspect(_ manner: LeakyRelay.Manner, serial: Bool = false) async throws -> Report {
            let pki = try await TestPKI.shared()
            let healthy = try await NginxServer(
                identities: [pki.rsa],
                protocols: "TLSv1.2",
                ciphers: "ECDHE-RSA-AES128-GCM-SHA256:AES128-SHA"
            )
            return try await withPeer(healthy) { healthy in
                let relay = try await LeakyRelay.start(before: healthy.port, manner, key: pki.rsa.key, serial: serial)
                return try await withPeer(relay) { relay in
                    let report = try await Sechan.report(
                        "inspect",
                        ["--ca", pki.authority.certificate, "--intrusive", "--protocol", "tls1.2"]
                            + ["--skip", "chains,http", "--probe-timeout", "2s", relay.namedTarget],
                        timeout: .seconds(90)
                    )
                    #expect(report.exit == 0, report.transcript)
                    try await report.expectValid()
                    // It is still there, and well.
                    let after = try await Sechan.report(
                        "connect",
                        ["--ca", pki.authority.certificate, "--answer-timeout", "200ms", relay.namedTarget]
                    )
                    #expect(after.exit == 0, after.transcript)
                    return report
                }
            }
        }

        private func verdicts(_ report: Report) -> [String: String] {
            var verdicts: [String: String] = [:]
            for check in report.result["checks"].array {
                guard let id = check["id"].string, Self.attacks.contains(id) else { continue }
                verdicts[id] = check["verdict"].string
                #expect(check["intrusive"].bool == true, report.transcript)
            }
            return verdicts
        }

        private func findings(_ report: Report) -> Set<String> {
            Set(report.json["findings"].array.compactMap { $0["id"].string }).intersection(Self.attacks)
        }

        private static func all(_ verdict: String) -> [String: String] {
            Dictionary(uniqueKeysWithValues: attacks.map { ($0, verdict) })
        }

        @Test(
            "A server that has everything is found out, also if it serves one client after the other",
            arguments: [false, true]
        )
        func vulnerable(serial: Bool) async throws {
            let report = try await inspect(.vulnerable, serial: serial)
            #expect(verdicts(report) == Self.all("found"), report.transcript)
            #expect(findings(report) == Set(Self.attacks), report.transcript)
        }

        @Test("A server that is well is cleared")
        func healthy() async throws {
            let report = try await inspect(.healthy)
            #expect(verdicts(report) == Self.all("absent"), report.transcript)
            #expect(findings(report) == [], report.transcript)
        }

        @Test("A server that falls silent at every attack is not cleared")
        func silent() async throws {
            let report = try await inspect(.silent)
            #expect(verdicts(report) == Self.all("not-determined"), report.transcript)
            #expect(findings(report) == [], report.transcript)
        }

        @Test("Without --intrusive none of it is sent")
        func unasked() async throws {
            let pki = try await TestPKI.shared()
            let server = try await NginxServer(identities: [pki.rsa], protocols: "TLSv1.2")
            try await withPeer(server) { server in
                let report = try await Sechan.report(
                    "inspect",
                    ["--ca", pki.authority.certificate, "--skip", "survey,chains,http", server.namedTarget]
                )
                #expect(verdicts(report) == Self.all("not-run"), report.transcript)
            }
        }
    }
}
