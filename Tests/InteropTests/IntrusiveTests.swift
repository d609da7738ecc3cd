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

        private static let records = ["attack.poodle-tls", "attack.padding-oracle", "attack.mac-unchecked"]

        @Test(
            "A server that takes records that are wrong, or tells why it doesn't, is found out",
            arguments: [
                (PaddingServer.Manner.healthy, ["absent", "absent", "absent"]),
                (.uncheckedPadding, ["found", "absent", "absent"]),
                (.uncheckedMAC, ["absent", "absent", "found"]),
                (.oracle, ["absent", "found", "absent"]),
                (.closingOracle, ["absent", "found", "absent"]),
                (.silent, ["not-determined", "not-determined", "not-determined"]),
                (.leaving, ["not-determined", "not-determined", "not-determined"]),
                (.hangingUp, ["not-determined", "not-determined", "not-determined"]),
            ]
        )
        func padding(manner: PaddingServer.Manner, expected: [String]) async throws {
            let pki = try await TestPKI.shared()
            try await withPeer(try await PaddingServer.start(manner, pki.rsa)) { peer in
                // A server of the web shows by its answer that it took a record, any other by its goodbye.
                let ways = manner == .uncheckedPadding ? ["", "https://"] : [""]
                for target in ways.map({ $0 + peer.namedTarget }) {
                    let report = try await Sechan.report(
                        "inspect",
                        ["--ca", pki.authority.certificate, "--intrusive", "--protocol", "tls1.2"]
                            + ["--skip", "chains,http", "--probe-timeout", "1s", target],
                        timeout: .seconds(90)
                    )
                    try await report.expectValid()
                    let verdicts = Self.records.map { id in
                        report.result["checks"].array.first { $0["id"].string == id }?["verdict"].string
                    }
                    #expect(verdicts == expected, report.transcript)
                    let found = Self.records.filter(report.findingIDs.contains)
                    #expect(found == zip(Self.records, expected).filter { $0.1 == "found" }.map(\.0), report.transcript)
                }
            }
        }

        /// Sends a command behind the request for TLS, and what is said of the server.
        private func pipeline(_ peer: some Peer, _ name: String) async throws -> (verdict: String?, report: Report) {
            let pki = try await TestPKI.shared()
            let report = try await Sechan.report(
                "inspect",
                ["--ca", pki.authority.certificate, "--intrusive", "--skip", "survey,chains,http"]
                    + ["\(name)://\(peer.namedTarget)"]
            )
            try await report.expectValid()
            let check = report.result["checks"].array.first { $0["id"].string == "starttls.command-injection" }
            return (check?["verdict"].string, report)
        }

        @Test("A server that carries out inside TLS what came before it is found", arguments: ["smtp", "imap", "pop3"])
        func commandInjection(name: String) async throws {
            for (behaviour, verdict) in [("keep", "found"), ("forget", "absent"), ("normal", "absent")] {
                if behaviour == "normal", name != "smtp" { continue }
                try await withPeer(try await OwnSTARTTLSServer.start(name, behaviour)) { peer in
                    let outcome = try await pipeline(peer, name)
                    #expect(outcome.verdict == verdict, "\(behaviour)\n\(outcome.report.run.transcript)\(peer.log)")
                    let isFound = outcome.report.findingIDs.contains("starttls.command-injection")
                    #expect(isFound == (verdict == "found"), outcome.report.transcript)
                }
            }
        }

        @Test(
            "Real servers forget what came before TLS",
            arguments: [
                STARTTLSPeer.postfix, .aiosmtpdSMTP, .aiosmtpdLMTP, .dovecotSubmission, .dovecotLMTP, .dovecotIMAP,
                .dovecotPOP3, .dovecotSieve, .vsftpd,
            ]
        )
        func forgetful(kind: STARTTLSPeer) async throws {
            try await withPeer(AnyPeer(try await kind.start())) { peer in
                let outcome = try await pipeline(peer, kind.name)
                #expect(outcome.verdict == "absent", "\(outcome.report.run.transcript)\(peer.log)")
            }
        }
    }
}
