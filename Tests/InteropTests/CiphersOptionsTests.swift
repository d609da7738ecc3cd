import Testing

extension Interop {
    /// What `sechan ciphers` makes of its options, at a server of one suite.
    @Suite("ciphers' options", .tags(.binary, .openssl))
    struct CiphersOptionsTests {
        private func withServer(_ body: (OpenSSLServer) async throws -> Void) async throws {
            let pki = try await TestPKI.shared()
            let options = ["-tls1_2", "-cipher", "ECDHE-RSA-AES128-GCM-SHA256"]
            try await withPeer(try await OpenSSLServer(identities: [pki.rsa], options: options)) { server in
                try await body(server)
            }
        }

        @Test("Evidence is hellos and what they were answered with")
        func evidence() async throws {
            try await withServer { server in
                let report = try await Sechan.report("ciphers", [server.target, "--evidence"])
                let evidence = report.result["evidence"].array
                #expect(!evidence.isEmpty, report.transcript)
                for entry in evidence {
                    let sent = entry["sent"].string ?? ""
                    // A ClientHello in a record, or one in the format of SSL 2.0, whose third byte is its type.
                    #expect(
                        sent.hasPrefix("1603") || sent.hasPrefix("80") && sent.dropFirst(4).hasPrefix("01"),
                        "\(sent)"
                    )
                    let received = entry["received"].string ?? ""
                    switch entry["observation"].string {
                    case "server-hello": #expect(received.hasPrefix("1603") && received.dropFirst(10).hasPrefix("02"))
                    case "alert": #expect(received.hasPrefix("1503"))
                    default: break
                    }
                }
                #expect(evidence.contains { $0["observation"].string == "server-hello" }, report.transcript)
                // What is claimed of the suite is what the entry says.
                let version = report.result["versions"].array.first { $0["version"].string == "tls1.2" } ?? .null
                let id = version["suites"].array.first?["evidence"].int
                let entry = evidence.last { $0["id"].int == id } ?? .null
                #expect(entry["asked"].string?.hasPrefix("tls1.2, ") == true, report.transcript)
                let suite = "tls1.2, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"
                #expect(entry["answered"].string?.hasPrefix(suite) == true, report.transcript)
                try await report.expectValid()
                let text = try await Sechan.run(["ciphers", server.target, "--evidence"])
                #expect(text.stdout.contains("server-hello: \(suite)"), "\(text.transcript)")
            }
        }

        @Test("A suite that the list doesn't allow fails the run and is named")
        func expectation() async throws {
            let suite = "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"
            let directory = try TemporaryDirectory()
            let right = try directory.write("\(suite)\n", to: "right")
            let wrong = try directory.write("TLS_AES_128_GCM_SHA256\n", to: "wrong")
            try await withServer { server in
                let passed = try await Sechan.run(["ciphers", server.target, "--expect", right])
                #expect(passed.status == 0, "\(passed.transcript)")
                let failed = try await Sechan.run(["ciphers", server.target, "--expect", wrong])
                #expect(failed.status == 1, "\(failed.transcript)")
                #expect(failed.transcript.contains("the server accepts \(suite) in tls1.2, which"))
            }
        }

        @Test("testssl.sh's lines are CSV of seven columns")
        func testsslCSV() async throws {
            try await withServer { server in
                let run = try await Sechan.run(["ciphers", server.target, "--format", "testssl-csv"])
                let script = """
                    import csv, sys
                    rows = list(csv.reader(sys.stdin))
                    assert rows[0] == ["id", "fqdn/ip", "port", "severity", "finding", "cve", "cwe"], rows[0]
                    assert all(len(row) == 7 for row in rows), rows
                    ids = [row[0] for row in rows[1:]]
                    assert {"SSLv2", "SSLv3", "TLS1", "TLS1_1", "TLS1_2", "TLS1_3"} <= set(ids), ids
                    severity = {row[0]: row[3] for row in rows}
                    assert severity["TLS1_2"] == "OK" and severity["SSLv3"] == "OK", severity
                    """
                let check = try await Finished.running(
                    ProjectPaths.python(),
                    ["-c", script],
                    input: .bytes(Array(run.stdout.utf8))
                )
                #expect(check.status == 0, "\(check.transcript)\n\(run.transcript)")
            }
        }

        // MARK: Which versions

        @Test("Only the versions that are asked for are asked")
        func only() async throws {
            try await withServer { server in
                let report = try await Sechan.report("ciphers", [server.target, "--only", "tls1.1-tls1.2"])
                #expect(report.exit == 0, report.transcript)
                #expect(report.result["versions"].array.map(\.["version"].string) == ["tls1.1", "tls1.2"])
                // A version that was named and isn't there is an answer.
                let refused = try await Sechan.report("ciphers", [server.target, "--only", "tls1.3"])
                #expect(refused.exit == 0, refused.transcript)
                #expect(refused.result["versions"].array.map(\.["verdict"].string) == ["rejected"])
            }
        }

        @Test("Filters ask for SSL 2.0 where it has what they want", .tags(.odd))
        func ssl2Kinds() async throws {
            func asked(_ options: [String]) async throws -> (names: [String?]?, verdict: String?) {
                try await withPeer(try await OddServer.start("ssl2")) { server in
                    let report = try await Sechan.report("ciphers", [server.target] + options)
                    #expect(report.exit == 0, report.transcript)
                    let version = report.result["versions"].array.first { $0["version"].string == "ssl2" }
                    return (version?["suites"].array.map { $0["name"].string }, version?["verdict"].string)
                }
            }
            let weak = try await asked(["--max-strength", "112"])
            #expect(weak.verdict == "supported" && weak.names?.contains("SSL_CK_DES_192_EDE3_CBC_WITH_MD5") == true)
            #expect(weak.names?.contains("SSL_CK_RC4_128_WITH_MD5") == false)
            #expect(try await asked(["--match", "RC4", "--only", "ssl2"]).names?.isEmpty == false)
            #expect(try await asked(["--match", "IDEA"]).verdict == "none-accepted")
            try await withServer { server in
                let report = try await Sechan.report("ciphers", [server.target, "--match", "CHACHA20"])
                #expect(!report.result["versions"].array.contains { $0["version"].string == "ssl2" })
            }
        }

        // MARK: How hard

        @Test("No more connections than allowed, and what was left out is said")
        func maxConnections() async throws {
            try await withServer { server in
                let report = try await Sechan.report("ciphers", [server.target, "--max-connections", "3"])
                #expect(report.exit == 6, report.transcript)
                #expect(report.kind == "incomplete:connection-limit", report.transcript)
                #expect((report.json["spent"]["connections"].int ?? 99) <= 3, report.transcript)
                // What was never asked was never refused.
                #expect(!report.run.stdout.contains("refused when"), report.transcript)
                let verdicts = report.result["versions"].array.map { $0["verdict"].string }
                #expect(verdicts.contains("inconclusive"), report.transcript)
                let run = try await Sechan.run(["ciphers", server.target, "--max-connections", "3"])
                #expect(run.status == 6, "\(run.transcript)")
                #expect(run.stderr.contains("--max-connections"), "\(run.transcript)")
            }
        }

        /// What a server that counts connections saw of a survey of it.
        private func counted(_ options: [String]) async throws -> (peak: Int, total: Int, report: Report) {
            var seen: (Int, Int, Report)?
            try await withPeer(try await CountingServer.start()) { server in
                let report = try await Sechan.report("ciphers", [server.target] + options)
                #expect(report.kind == "no-version", report.transcript)
                #expect(report.json["spent"]["connections"].int == server.total, report.transcript)
                seen = (server.peak, server.total, report)
            }
            return try #require(seen)
        }

        @Test("One connection at once is one", arguments: [["--polite"], ["--concurrency", "1"]])
        func polite(_ options: [String]) async throws {
            let seen = try await counted(options)
            #expect(seen.total > 3 && seen.peak == 1, seen.report.transcript)
        }

        @Test("So many connections at once, and no more")
        func concurrency() async throws {
            let few = try await counted(["--concurrency", "2"])
            #expect(few.peak == 2, few.report.transcript)
            let many = try await counted([])
            #expect((3...8).contains(many.peak), many.report.transcript)
        }

        @Test("Connections keep their distance", arguments: [["--delay", "100ms"], ["--rate", "10"]])
        func distance(_ options: [String]) async throws {
            let seen = try await counted(options)
            guard case .number(let seconds) = seen.report.json["spent"]["seconds"] else {
                throw InteropError("no time was spent: \(seen.report.run.transcript)")
            }
            #expect(seconds >= Double(seen.total - 1) * 0.1, seen.report.transcript)
        }
    }
}
