import Testing

extension Interop {
    /// Policies against servers set up by them, and the same servers with one thing wrong.
    @Suite("policies", .tags(.binary))
    struct PolicyTests {
        private static let intermediate = [
            "ssl_ecdh_curve X25519:prime256v1:secp384r1;",
            "add_header Strict-Transport-Security \"max-age=63072000\" always;", "ssl_session_tickets off;",
        ]
        private static let suites = """
            ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:\
            ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305
            """

        /// What is known of a server from `ciphers`, judged by a policy: the rules' verdicts by id.
        private func verdicts(
            _ policy: String,
            protocols: String,
            ciphers: String = suites,
            directives: [String] = intermediate,
            _ identity: TestPKI.Entity
        ) async throws -> (verdicts: [String: String], report: Report) {
            let server = try await NginxServer(
                identities: [identity],
                protocols: protocols,
                ciphers: ciphers,
                prefersOwnOrder: false,
                directives: directives
            )
            let directory = try TemporaryDirectory()
            let saved = directory.file("survey.json")
            try await withPeer(server) { peer in
                let with = "groups,signatures,extensions,tolerance"
                let survey = try await Sechan.report("ciphers", ["--with", with, peer.namedTarget])
                #expect(survey.exit == 0, survey.transcript)
                try directory.write(survey.run.stdout, to: "survey.json")
            }
            // The server is gone: what follows is judged from the file alone.
            let report = try await Sechan.report("inspect", ["--policy", policy, saved])
            try await report.expectValid()
            var found: [String: String] = [:]
            for rule in report.result["judgement"]["rules"].array {
                found[rule["id"].string ?? ""] = rule["verdict"].string
            }
            return (found, report)
        }

        @Test("nginx as Mozilla's intermediate wants it")
        func intermediate() async throws {
            let pki = try await TestPKI.shared()
            let (found, report) = try await verdicts("mozilla-intermediate", protocols: "TLSv1.2 TLSv1.3", pki.ecdsa)
            for id in [
                "versions", "suites", "tls13-suites", "groups", "ecdh-bits", "certificate-keys", "certificate-curves",
                "certificate-lifetime",
            ] {
                #expect(found[id] == "met", "\(id): \(found[id] ?? "missing")\n\(report.run.transcript)")
            }
            #expect(!found.values.contains("violated"), report.transcript)
            // A survey has no answer over HTTP.
            #expect(found["hsts-age"] == "undetermined")
            #expect(report.exit == 6 && report.kind == "incomplete:policy", report.transcript)
        }

        @Test("nginx as Mozilla's modern wants it, and with TLS 1.2 beside it")
        func modern() async throws {
            let pki = try await TestPKI.shared()
            let (good, report) = try await verdicts("mozilla-modern", protocols: "TLSv1.3", pki.ecdsa)
            for id in ["versions", "tls13-suites", "groups"] {
                #expect(good[id] == "met", report.transcript)
            }
            #expect(!good.values.contains("violated"), report.transcript)
            let (bad, violation) = try await verdicts("mozilla-modern", protocols: "TLSv1.2 TLSv1.3", pki.ecdsa)
            #expect(bad["versions"] == "violated")
            #expect(violation.exit == 1 && violation.kind == "policy", violation.transcript)
        }

        @Test("nginx with one thing wrong", arguments: ["versions", "suites", "groups", "certificate-keys"])
        func violating(rule: String) async throws {
            let pki = try await TestPKI.shared()
            let policy = rule == "certificate-keys" ? "mozilla-modern" : "mozilla-intermediate"
            let (found, report) = try await verdicts(
                policy,
                protocols: rule == "versions" ? "TLSv1.1 TLSv1.2 TLSv1.3" : "TLSv1.2 TLSv1.3",
                ciphers: rule == "versions"
                    ? "ALL:@SECLEVEL=0" : rule == "suites" ? Self.suites + ":ECDHE-ECDSA-AES128-SHA256" : Self.suites,
                directives: rule == "groups" ? [] : Self.intermediate,
                rule == "certificate-keys" ? pki.rsa : pki.ecdsa
            )
            #expect(found[rule] == "violated", "\(found)\n\(report.run.transcript)")
            #expect(report.exit == 1, report.transcript)
        }

        @Test("A policy file, a waiver, and Mozilla's JSON")
        func files() async throws {
            let pki = try await TestPKI.shared()
            let directory = try TemporaryDirectory()
            let certificate = pki.ecdsa.certificate
            try directory.write("[[rule]]\nid = \"certificate-remaining\"\nminimum = \"10d\"\n", to: "ours.toml")
            try directory.write("[[rule]]\nid = \"certificate-keys\"\nallowed = [\"RSA\"]\n", to: "rsa.toml")
            try directory.write("[[rule]]\nid = \"certificate-keys\"\nalowed = [\"RSA\"]\n", to: "bad.toml")
            let waiver = "[[waiver]]\nid = \"certificate-*\"\nreason = \"known\"\nuntil = "
            try directory.write(waiver + "2099-01-01\n", to: "waivers.toml")
            try directory.write(waiver + "2020-01-01\n", to: "expired.toml")
            let trust = ["--ca", pki.authority.certificate]
            func run(_ arguments: [String]) async throws -> Finished {
                try await Sechan.run(["inspect"] + trust + arguments + [certificate])
            }
            func expect(_ status: Int32, _ arguments: [String]) async throws {
                let run = try await run(arguments)
                #expect(run.status == status, "\(run.transcript)")
            }
            try await expect(0, ["--policy", directory.file("ours.toml")])
            let violated = try await run(["--policy", directory.file("rsa.toml")])
            #expect(violated.status == 1 && violated.stderr.contains("certificate-keys"), "\(violated.transcript)")
            let wrong = try await run(["--policy", directory.file("bad.toml")])
            #expect(wrong.status == 2, "\(wrong.transcript)")
            #expect(wrong.stderr.contains("bad.toml, line 3: a rule has no 'alowed'"), "\(wrong.transcript)")
            #expect(wrong.stderr.contains("did you mean 'allowed'?"), "\(wrong.transcript)")
            let waived = ["--policy", directory.file("rsa.toml"), "--waivers"]
            try await expect(0, waived + [directory.file("waivers.toml")])
            try await expect(1, waived + [directory.file("expired.toml")])
            try await expect(2, ["--policy", "mozila-modern"])
            try await expect(0, ["--expect", "days-left>=10"])
            try await expect(1, ["--expect", "days-left>=1000"])
            try await expect(0, ["--expect", "days-left>=1000", "--exit-zero"])
            try await expect(6, ["--expect", "tls1.3=supported"])
        }

        @Test("The list of policies is standard output, and the list alone")
        func list() async throws {
            let run = try await Sechan.run(["inspect", "--policy", "list"])
            #expect(run.status == 0 && run.stderr.isEmpty, "\(run.transcript)")
            for name in [
                "mozilla-modern", "mozilla-intermediate", "mozilla-old", "rfc9325", "nist-800-52r2", "bsi-tr-02102-2",
                "ncsc-nl", "pci-dss", "ssllabs",
            ] {
                #expect(run.stdout.contains(name))
            }
        }

        @Test("A baseline: nothing differs, then a rule breaks")
        func baseline() async throws {
            let pki = try await TestPKI.shared()
            let directory = try TemporaryDirectory()
            let old = directory.file("old.json")
            let trust = ["--ca", pki.authority.certificate]
            let first = try await Sechan.run(["inspect"] + trust + ["--save", old, pki.ecdsa.certificate])
            #expect(first.status == 0, "\(first.transcript)")
            let same = try await Sechan.report("inspect", trust + ["--baseline", old, pki.ecdsa.certificate])
            #expect(same.exit == 0 && same.result["comparison"]["differences"].array.isEmpty, same.transcript)
            // Without its authority the same certificate is not trusted any more.
            let worse = try await Sechan.report(
                "inspect",
                ["--no-system-trust", "--baseline", old, pki.ecdsa.certificate]
            )
            #expect(
                worse.exit == 5,
                "a certificate that isn't accepted comes before a regression\n\(worse.run.transcript)"
            )
            let subjects = worse.result["comparison"]["differences"].array.filter { $0["regression"] == .bool(true) }
            #expect(subjects.contains { $0["subject"].string == "validation" }, worse.transcript)
        }

        @Test("What was not looked for is not taken for absent")
        func skipped() async throws {
            let pki = try await TestPKI.shared()
            let server = try await OpenSSLServer(identities: [pki.ecdsa], service: .www)
            try await withPeer(server) { peer in
                // On such a port it isn't known to be a web server, and with --skip it isn't asked.
                for arguments in [[peer.namedTarget], ["--skip", "http", "https://\(peer.namedTarget)/"]] {
                    let report = try await Sechan.report(
                        "inspect",
                        ["--ca", pki.authority.certificate, "--skip", "survey,chains,clients"]
                            + ["--expect", "finding:http.no-hsts=absent"] + arguments
                    )
                    #expect(report.exit == 6, report.transcript)
                }
            }
        }
    }
}
