import Testing

extension Interop {
    /// `--starttls` and the schemes with servers that begin in the clear.
    @Suite("STARTTLS", .tags(.binary))
    struct STARTTLSTests {
        @Test("Every protocol has a peer")
        func covered() {
            #expect(Set(STARTTLSPeer.allCases.map(\.name)).count == 18)
        }

        @Test("A session stands, and the report tells how it came about", arguments: STARTTLSPeer.allCases)
        func stands(kind: STARTTLSPeer) async throws {
            let pki = try await TestPKI.shared()
            try await withPeer(AnyPeer(try await kind.start())) { peer in
                if kind.isKnownToOpenSSL {
                    // The fixture itself: another client comes as far.
                    let other = try await Tool.openssl.run(
                        [
                            "s_client", "-starttls", kind.name, "-connect", peer.namedTarget, "-xmpphost", "localhost",
                            "-CAfile", pki.authority.certificate, "-verify_return_error",
                        ],
                        timeout: .seconds(20)
                    )
                    #expect(other.stdout.contains("Verify return code: 0"), "\(other.transcript)\(peer.log)")
                }
                let options = ["--ca", pki.authority.certificate, "--answer-timeout", "200ms"] + kind.options(pki)
                let report = try await Sechan.report("connect", options + ["\(kind.name)://\(peer.namedTarget)"])
                #expect(report.exit == 0, "\(report.run.transcript)\(peer.log)")
                #expect(report.json["target"]["starttls"] == .string(kind.name))
                #expect(report.json["target"]["via"] == .null)
                let dialogue = report.result["dial"]["starttls"]
                #expect(dialogue["protocol"] == .string(kind.name), report.transcript)
                #expect(!dialogue["transcript"].array.isEmpty, report.transcript)
                #expect(!report.json["findings"].array.contains { $0["id"] == .string("starttls.injection") })
                // TCP's own, the dialogue's, and TLS's.
                let before = dialogue["roundTrips"].int ?? 0
                #expect(before >= 1, report.transcript)
                #expect((report.json["spent"]["roundTrips"].int ?? 0) >= before + 2, report.transcript)
                try await report.expectValid()
            }
        }

        @Test(
            "auto tells a protocol by its greeting on any port",
            arguments: STARTTLSPeer.allCases.filter(\.greets)
        )
        func automatic(kind: STARTTLSPeer) async throws {
            try await withPeer(AnyPeer(try await kind.start())) { peer in
                let report = try await Sechan.report(
                    "inspect",
                    ["--verify", "none", "--starttls", "auto", peer.namedTarget]
                )
                #expect(report.exit == 0, "\(report.run.transcript)\(peer.log)")
                #expect(report.json["target"]["starttls"] == .string(kind.name), report.transcript)
            }
        }

        @Test(
            "Every probe of ciphers negotiates anew, and finds what the server has",
            arguments: [
                STARTTLSPeer.aiosmtpdSMTP, .dovecotIMAP, .postgres, .mariadb, .xrdp, .ownTDS, .ownVNC, .ownOpenVPN,
            ]
        )
        func ciphers(kind: STARTTLSPeer) async throws {
            try await withPeer(AnyPeer(try await kind.start())) { peer in
                let report = try await Sechan.report("ciphers", ["\(kind.name)://\(peer.namedTarget)"])
                #expect(report.exit == 0, "\(report.run.transcript)\(peer.log)")
                let versions = report.result["versions"].array
                for version in ["tls1.2", "tls1.3"] {
                    let found = versions.first { $0["version"] == .string(version) }
                    #expect(found?["verdict"] == .string("supported"), report.transcript)
                    #expect((found?["suites"].array.count ?? 0) >= 3, report.transcript)
                }
                try await report.expectValid()
            }
        }

        @Test("The other verbs go the same way", arguments: ["renegotiate", "shutdown"])
        func others(verb: String) async throws {
            let pki = try await TestPKI.shared()
            try await withPeer(try await OwnSTARTTLSServer.start("smtp")) { peer in
                let report = try await Sechan.report(
                    verb,
                    ["--ca", pki.authority.certificate, "smtp://\(peer.namedTarget)"]
                )
                #expect(report.exit == 0, "\(report.run.transcript)\(peer.log)")
                #expect(report.json["target"]["starttls"] == .string("smtp"))
            }
        }

        @Test(
            "A refusal is 4, with the server's words made harmless",
            arguments: ["smtp", "nntp", "telnet", "mssql", "vnc"]
        )
        func refusals(name: String) async throws {
            try await withPeer(try await OwnSTARTTLSServer.start(name, "refuse")) { peer in
                for verb in ["connect", "ciphers"] {
                    let report = try await Sechan.report(verb, ["\(name)://\(peer.namedTarget)"])
                    #expect(report.exit == 4, "\(report.run.transcript)\(peer.log)")
                    #expect(report.kind == "starttls:refused", report.transcript)
                    try await report.expectValid()
                    if name == "smtp" {
                        let reason = report.json["status"]["reason"].string ?? ""
                        #expect(reason.contains("454 4.7.0 TLS not available \\u{1B}[31mtoday"), report.transcript)
                        #expect(!report.run.stdout.contains("\u{1B}"))
                    }
                }
            }
        }

        @Test("A server that is busy has not refused", arguments: ["connect", "ciphers"])
        func busy(verb: String) async throws {
            try await withPeer(try await OwnSTARTTLSServer.start("busy")) { peer in
                let report = try await Sechan.report(verb, ["smtp://\(peer.namedTarget)"])
                #expect(report.exit == 6, "\(report.run.transcript)\(peer.log)")
                #expect(report.kind == "busy", report.transcript)
                #expect(report.json["status"]["reason"].string?.contains("421 4.7.0") == true, report.transcript)
            }
        }

        @Test("A greeting that takes its time is waited for, beyond any limit for connecting")
        func slow() async throws {
            let pki = try await TestPKI.shared()
            try await withPeer(try await OwnSTARTTLSServer.start("smtp", "slow")) { peer in
                let limits = ["--ca", pki.authority.certificate, "--connect-timeout", "1s"]
                let report = try await Sechan.report("connect", limits + ["smtp://\(peer.namedTarget)"])
                #expect(report.exit == 0, "\(report.run.transcript)\(peer.log)")
                let late = try await Sechan.report(
                    "connect",
                    limits + ["--timeout", "2s", "smtp://\(peer.namedTarget)"]
                )
                #expect(late.exit == 6, late.transcript)
                #expect(late.kind == "incomplete:timeout", late.transcript)
            }
        }

        @Test(
            "Bytes behind the go-ahead are a finding, and no part of TLS",
            arguments: ["smtp", "nntp", "telnet", "vnc", "mssql"]
        )
        func injection(name: String) async throws {
            let pki = try await TestPKI.shared()
            try await withPeer(try await OwnSTARTTLSServer.start(name, "inject")) { peer in
                for verb in ["inspect", "ciphers"] {
                    let trust = verb == "ciphers" ? [] : ["--ca", pki.authority.certificate]
                    let report = try await Sechan.report(verb, trust + ["\(name)://\(peer.namedTarget)"])
                    #expect(report.exit == 0, "\(report.run.transcript)\(peer.log)")
                    let finding = report.json["findings"].array.first { $0["id"] == .string("starttls.injection") }
                    #expect(finding?["severity"] == .string("high"), report.transcript)
                    try await report.expectValid()
                }
            }
        }

        @Test("Another protocol, or TLS at once, is named as what it is")
        func wrongProtocol() async throws {
            let pki = try await TestPKI.shared()
            let server = try await OpenSSLServer(identities: [pki.rsa], service: .www)
            try await withPeer(server) { peer in
                let report = try await Sechan.report("connect", ["--starttls", "ldap", peer.namedTarget])
                #expect(report.exit == 4, report.transcript)
                #expect(report.kind == "starttls:failed", report.transcript)
            }
            try await withPeer(try PlainServer(greeting: "* OK IMAP4rev1 ready\r\n")) { peer in
                let report = try await Sechan.report("connect", ["--starttls", "smtp", peer.target])
                #expect(report.kind == "starttls:failed", report.transcript)
                #expect(report.json["status"]["reason"].string?.contains("* OK IMAP4rev1 ready") == true)
            }
        }
    }
}
