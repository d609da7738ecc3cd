import Testing

extension Interop {
    /// `sechan inspect` of several targets in one run.
    @Suite("inspect many", .tags(.binary))
    struct InspectManyTests {
        @Test("Several targets are told in order, each with its own status, and the run has the worst")
        func several() async throws {
            let pki = try await TestPKI.shared()
            let server = try await OpenSSLServer(identities: [pki.ecdsa], service: .www)
            try await withPeer(server) { peer in
                let closed = try LoopbackSocket.freePort()
                let arguments = ["--ca", pki.authority.certificate, "--skip", "survey,chains,checks"]
                let run = try await Sechan.run(
                    ["inspect"] + arguments
                        + [peer.namedTarget, "localhost:\(closed)", pki.rsa.certificate, "--format", "json"]
                )
                #expect(run.status == 3, "\(run.transcript)")
                let json = try JSONValue(parsing: run.stdout)
                let exits = json["targets"].array.map { $0["status"]["exit"].int }
                #expect(exits == [0, 3, 0], "\(run.transcript)")
                let kinds = json["targets"].array.map { $0["result"]["kind"].string }
                #expect(kinds == ["server", nil, "file"], "\(run.transcript)")
            }
        }

        @Test("A list's lines have options of their own, and reports name the line")
        func list() async throws {
            let pki = try await TestPKI.shared()
            let directory = try TemporaryDirectory()
            let server = try await OpenSSLServer(identities: [pki.wrongName], service: .www)
            try await withPeer(server) { peer in
                let list = try directory.write(
                    """
                    # two of one
                    \(peer.namedTarget) --verify-name wrong.example

                    \(peer.namedTarget)
                    """,
                    to: "targets.txt"
                )
                let sarif = directory.file("tls.sarif")
                let run = try await Sechan.run(
                    ["inspect", "--targets", list, "--ca", pki.authority.certificate, "--skip", "survey,chains,checks"]
                        + ["--format", "ndjson", "--report", "sarif:\(sarif)"]
                )
                #expect(run.status == 5, "\(run.transcript)")
                let lines = try run.stdout.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
                #expect(lines.map { $0["status"]["exit"].int } == [0, 5], "\(run.transcript)")
                let results = try JSONValue(parsing: directory.text("tls.sarif"))["runs"][0]["results"].array
                let mismatch = results.filter { $0["ruleId"].string == "certificate.name-mismatch" }
                let places = mismatch.map { $0["locations"][0]["physicalLocation"]["region"]["startLine"].int }
                #expect(places == [4], "\(run.transcript)\n\(directory.text("tls.sarif"))")
            }
        }

        @Test("A list that can't be used is 2, with its line, and nothing is sent")
        func badLists() async throws {
            let directory = try TemporaryDirectory()
            for (text, words) in [
                ("# nothing\n", "names no target"), ("localhost --no-such-option\n", "line 1 of "),
                ("localhost\nlocalhost --format json\n", "line 2 of "), ("localhost:0\n", "line 1 of "),
            ] {
                let list = try directory.write(text, to: "list")
                let run = try await Sechan.run(["inspect", "--targets", list])
                #expect(run.status == 2, "\(run.transcript)")
                #expect(run.stderr.contains(words), "\(run.transcript)")
            }
            let both = try await Sechan.run(["inspect", "--targets", directory.file("list"), "localhost"])
            #expect(both.status == 2, "\(both.transcript)")
        }

        @Test("A target of many whose file can't be used is told, and the others are inspected")
        func oneBad() async throws {
            let pki = try await TestPKI.shared()
            let directory = try TemporaryDirectory()
            let text = try directory.write("good morning\n", to: "text.pem")
            let run = try await Sechan.run(
                ["inspect", "--ca", pki.authority.certificate, "--format", "json", text, pki.rsa.certificate]
            )
            #expect(run.status == 2, "\(run.transcript)")
            let exits = try JSONValue(parsing: run.stdout)["targets"].array.map { $0["status"]["exit"].int }
            #expect(exits == [2, 0], "\(run.transcript)")
        }
    }
}
