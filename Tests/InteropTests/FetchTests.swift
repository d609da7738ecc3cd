import Testing

extension Interop {
    /// `--fetch`: others are asked whether a server's certificate is revoked.
    @Suite("fetch", .tags(.binary))
    struct FetchTests {
        private func withAuthority(_ body: (AskedAuthority) async throws -> Void) async throws {
            let authority = try await AskedAuthority()
            do {
                try await body(authority)
                await authority.stop()
            } catch {
                await authority.stop()
                throw error
            }
        }

        private func options(_ authority: AskedAuthority, _ more: [String] = []) -> [String] {
            ["--ca", authority.root.certificate, "--revocation", "end", "--fetch"] + more
        }

        private func revocation(_ report: Report) -> JSONValue {
            report.result["attributes"]["peer"]["validation"]["revocation"]
        }

        @Test("openssl ocsp is asked in the middle of the handshake, and believed", arguments: ["-tls1_2", "-tls1_3"])
        func responder(version: String) async throws {
            try await withAuthority { authority in
                for isRevoked in [false, true] {
                    let leaf = try await authority.leaf(revoked: isRevoked, ocsp: "/ocsp", list: "/list")
                    try await withPeer(try await OpenSSLServer(identities: [leaf], options: [version])) { peer in
                        let report = try await Sechan.report(
                            "connect",
                            options(authority, ["--trace", peer.namedTarget])
                        )
                        #expect(report.kind == (isRevoked ? "verify:revoked" : "ok"), report.transcript)
                        try await report.expectValid()
                        let found = revocation(report)
                        #expect(found["certificates"][0]["source"].string == "ocsp", report.transcript)
                        #expect(
                            found["certificates"][0]["status"].string == (isRevoked ? "revoked" : "good"),
                            report.transcript
                        )
                        #expect(found["fetched"].array.count == 1, report.transcript)
                        #expect(found["fetched"][0]["answer"]["isUsable"] == .bool(true), report.transcript)
                        #expect(report.json["spent"]["connections"].int == 2, report.transcript)
                        let statuses = report.json["events"].array.compactMap { $0["status"].string }
                        #expect(statuses.contains("awaits-revocation"), report.transcript)
                        // A bad verdict ends the handshake with the alert that fits.
                        let alert = report.result["attributes"]["close"]["alertsSent"][0]["name"].string
                        #expect(!isRevoked || alert == "certificate_revoked", report.transcript)
                        let text = try await Sechan.run(["connect"] + options(authority, [peer.namedTarget]))
                        #expect(text.stdout.contains("asked by OCSP"), "\(text.transcript)")
                        #expect(text.status == (isRevoked ? 5 : 0), "\(text.transcript)")
                    }
                }
                #expect(authority.asked.allSatisfy { $0 == "POST /ocsp" }, "\(authority.asked)")
                #expect(authority.asked.count == 4)
            }
        }

        @Test("A list is fetched where there is no responder", arguments: ["-tls1_2", "-tls1_3"])
        func list(version: String) async throws {
            try await withAuthority { authority in
                for isRevoked in [false, true] {
                    let leaf = try await authority.leaf(revoked: isRevoked, list: "/list")
                    try await withPeer(try await OpenSSLServer(identities: [leaf], options: [version])) { peer in
                        let report = try await Sechan.report("connect", options(authority, [peer.namedTarget]))
                        #expect(report.kind == (isRevoked ? "verify:revoked" : "ok"), report.transcript)
                        #expect(revocation(report)["certificates"][0]["source"].string == "crl", report.transcript)
                        #expect(revocation(report)["fetched"][0]["kind"].string == "crl", report.transcript)
                        try await report.expectValid()
                    }
                }
                #expect(authority.asked == ["GET /list", "GET /list"])
            }
        }

        @Test(
            "No answer is never a good one",
            arguments: [
                "/redirect", "/missing", "/junk", "/endless", "/silent", "/cut", "https://127.0.0.1/", "ldap://x",
            ]
        )
        func noAnswer(place: String) async throws {
            try await withAuthority { authority in
                let leaf = try await authority.leaf(ocsp: place, list: place)
                try await withPeer(try await OpenSSLServer(identities: [leaf])) { peer in
                    let limits = ["--timeout", "8s", peer.namedTarget]
                    let report = try await Sechan.report("connect", options(authority, limits))
                    #expect(report.kind == "verify:crl-unavailable", report.transcript)
                    #expect(revocation(report)["certificates"][0]["status"].string == "unknown", report.transcript)
                    let fetched = revocation(report)["fetched"].array
                    #expect(fetched.map { $0["kind"].string } == ["ocsp", "crl"], report.transcript)
                    #expect(fetched.allSatisfy { $0["problem"].string != nil }, report.transcript)
                    #expect(report.run.stderr.contains("--ignore-revocation-offline"), report.transcript)
                    try await report.expectValid()
                    let pass = try await Sechan.report(
                        "connect",
                        options(authority, ["--ignore-revocation-offline"] + limits)
                    )
                    #expect(pass.kind == "ok", pass.transcript)
                    #expect(revocation(pass)["certificates"][0]["status"].string == "unknown", pass.transcript)
                }
                // Where it was led is never gone to.
                #expect(!authority.asked.contains { $0.hasSuffix("/list") || $0.hasSuffix("/ocsp") })
            }
        }

        @Test("A list stands in for a responder that is silent about it")
        func secondPlace() async throws {
            try await withAuthority { authority in
                let leaf = try await authority.leaf(revoked: true, ocsp: "/missing", list: "/list")
                try await withPeer(try await OpenSSLServer(identities: [leaf])) { peer in
                    let report = try await Sechan.report("connect", options(authority, [peer.namedTarget]))
                    #expect(report.kind == "verify:revoked", report.transcript)
                    #expect(authority.asked == ["POST /missing", "GET /list"])
                }
            }
        }

        @Test("Nobody is asked without need")
        func restraint() async throws {
            try await withAuthority { authority in
                let leaf = try await authority.leaf(ocsp: "/ocsp", list: "/list")
                try await withPeer(try await OpenSSLServer(identities: [leaf])) { peer in
                    let trust = ["--ca", authority.root.certificate]
                    let plain = try await Sechan.report(
                        "connect",
                        trust + ["--revocation", "end", peer.namedTarget]
                    )
                    #expect(plain.kind == "verify:crl-unavailable", plain.transcript)
                    #expect(plain.run.stderr.contains("--fetch"), plain.transcript)
                    // The chain isn't trusted, or is another's: the addresses in it are nobody's word.
                    let untrusted = try await Sechan.report(
                        "connect",
                        ["--revocation", "end", "--fetch", peer.namedTarget]
                    )
                    #expect(untrusted.exit == 5, untrusted.transcript)
                    let misnamed = try await Sechan.report(
                        "connect",
                        options(authority, ["--verify-name", "other.example", peer.namedTarget])
                    )
                    #expect(misnamed.kind == "verify:name-mismatch" || misnamed.exit == 5, misnamed.transcript)
                    let idle = try await Sechan.run(["connect", "--fetch"] + trust + [peer.namedTarget])
                    #expect(idle.status == 2, "\(idle.transcript)")
                    #expect(authority.asked == [])
                }
            }
        }

        @Test("Every verb that judges asks", arguments: ["inspect", "renegotiate", "shutdown"])
        func verbs(verb: String) async throws {
            try await withAuthority { authority in
                let leaf = try await authority.leaf(revoked: true, ocsp: "/ocsp")
                try await withPeer(try await OpenSSLServer(identities: [leaf], service: .www)) { peer in
                    let report = try await Sechan.report(verb, options(authority, [peer.namedTarget]))
                    #expect(report.kind == "verify:revoked", report.transcript)
                    #expect(authority.asked.contains("POST /ocsp"))
                    try await report.expectValid()
                }
            }
        }

        @Test("A file of certificates is asked about too")
        func file() async throws {
            try await withAuthority { authority in
                let leaf = try await authority.leaf(revoked: true, ocsp: "/ocsp")
                let report = try await Sechan.report("inspect", options(authority, [leaf.certificate]))
                #expect(report.kind == "verify:revoked", report.transcript)
                #expect(report.json["spent"]["connections"].int == 1, report.transcript)
                #expect(authority.asked == ["POST /ocsp"])
                try await report.expectValid()
            }
        }

        @Test("A session that is resumed is judged anew")
        func resumed() async throws {
            try await withAuthority { authority in
                let leaf = try await authority.leaf(ocsp: "/ocsp")
                let directory = try TemporaryDirectory()
                let session = directory.file("session")
                try await withPeer(try await OpenSSLServer(identities: [leaf])) { peer in
                    let first = try await Sechan.report(
                        "connect",
                        options(authority, ["--session-out", session, peer.namedTarget])
                    )
                    #expect(first.kind == "ok", first.transcript)
                    let second = try await Sechan.report(
                        "connect",
                        options(authority, ["--session-in", session, peer.namedTarget])
                    )
                    #expect(second.kind == "ok", second.transcript)
                    #expect(second.result["attributes"]["session"]["resumed"] == .bool(true), second.transcript)
                    #expect(revocation(second)["fetched"][0]["answer"]["status"].string == "good", second.transcript)
                }
                #expect(authority.asked == ["POST /ocsp", "POST /ocsp"])
            }
        }
    }
}
