import Testing

extension Interop {
    /// `sechan connect --engine classic` with everybody's servers.
    @Suite("classic engine, servers", .tags(.binary))
    struct ClassicServersTests {
        struct Case: Sendable, CustomTestStringConvertible {
            var peer: ClassicPeer
            var version: String
            var testDescription: String { "\(peer.rawValue), \(version)" }

            static let all: [Case] = ClassicPeer.allCases.flatMap { peer in
                peer.versions.map { Case(peer: peer, version: $0) }
            }
        }

        /// Fewer suites than these would mean that a server did not start with all of them.
        private static let fewest: [ClassicPeer: Int] = [.jsse: 40, .tlslite: 15, .nss: 15, .gnutls: 25, .openssl: 50]

        @Test("Every suite that both have completes", arguments: Case.all)
        func suites(_ item: Case) async throws {
            try await withPeer(AnyPeer(try await item.peer.start(item.version))) { peer in
                let survey = try await Sechan.report("ciphers", ["--protocol", item.version, peer.target])
                let rows = survey.result["versions"].array.flatMap { $0["suites"].array }
                let suites = rows.compactMap { $0["name"].string }.filter { ClassicPeer.isInEngine($0) }
                #expect(suites.count >= Self.fewest[item.peer] ?? 0, survey.transcript)
                try await sideBySide(suites) { suite in
                    let report = try await Sechan.report(
                        "connect",
                        ClassicPeer.options(item.version, [suite]) + ["--get", "/", peer.target]
                    )
                    #expect(report.exit == 0, report.transcript)
                    let channel = report.result["attributes"]["protocol"]
                    #expect(channel["version"].string == item.version, report.transcript)
                    #expect(report.result["attributes"]["close"]["closeNotifySent"].bool == true, report.transcript)
                }
            }
        }

        /// What comes of a renegotiation and of a resumption.
        private static func expected(_ item: Case) -> (renegotiation: String, resumption: String) {
            switch (item.peer, item.version) {
            // tlslite-ng has no renegotiation.
            case (.tlslite, _), (.openssl, _): ("refused-by-alert", "honoured")
            // JSSE resumes nothing in SSL 3.0.
            case (.jsse, "ssl3"): ("honoured", "full-handshake")
            default: ("honoured", "honoured")
            }
        }

        @Test("Sessions are renegotiated and resumed", arguments: Case.all)
        func renegotiates(_ item: Case) async throws {
            let expected = Self.expected(item)
            try await withPeer(AnyPeer(try await item.peer.start(item.version))) { peer in
                let options = ClassicPeer.options(item.version, ["TLS_RSA_WITH_AES_128_CBC_SHA"])
                let report = try await Sechan.report("renegotiate", options + ["--count", "2", peer.target])
                #expect(report.exit == 0, "\(report.run.transcript)\(peer.log)")
                // What a client without RFC 5746 gets is the server's own business.
                let answers = Dictionary(grouping: report.result["attempts"].array) { $0["action"].string ?? "" }
                    .mapValues { $0.map { $0["answer"].string } }
                let renegotiations = try #require(answers["renegotiation"], report.transcript)
                #expect(renegotiations.allSatisfy { $0 == expected.renegotiation }, report.transcript)
                // tlslite-ng forgets sessions that end without close_notify, and NSS files one only after its Finished, so
                // that who loses the connection at once may be back before: the last attempt is one after a clean close.
                let resumptions = try #require(answers["resumption"], report.transcript)
                let isForgetful = [.tlslite, .nss].contains(item.peer)
                let counted = isForgetful ? resumptions.suffix(1) : resumptions[...]
                #expect(counted.allSatisfy { $0 == expected.resumption }, report.transcript)
            }
        }

        /// One suite of each kind of cipher: none, a stream, blocks of 8 and of 16 bytes, and an AEAD; and how much goes with it.
        private static func loads(_ item: Case) -> [(suites: [String], count: Int)] {
            let (none, aes) = ("TLS_RSA_WITH_NULL_SHA", "TLS_RSA_WITH_AES_256_CBC_SHA")
            let (stream, short) = ("TLS_RSA_WITH_RC4_128_SHA", "TLS_RSA_WITH_3DES_EDE_CBC_SHA")
            let aead = item.version == "tls1.2" ? ["TLS_RSA_WITH_AES_128_GCM_SHA256"] : []
            switch item.peer {
            case .openssl: return [([none, aes] + aead, 1 << 20)]
            // What is written in Python takes its time, with 3DES a second for 4 KiB.
            case .tlslite: return [([none, stream], 1 << 20), ([aes] + aead, 1 << 17), ([short], 1 << 15)]
            default: return [([none, stream, short, aes] + aead, 1 << 20)]
            }
        }

        @Test("A megabyte goes there and comes back", arguments: Case.all.filter { $0.peer != .nss })
        func data(_ item: Case) async throws {
            let echo = EchoPeer(implementation: item.peer == .openssl ? .openssl : .jsse, version: item.version)
            for load in Self.loads(item) {
                let bytes = EchoPeer.data(load.count)
                let request = echo.request(for: bytes)
                try await withPeer(AnyPeer(try await item.peer.start(item.version, echo: request.count))) { peer in
                    for suite in load.suites {
                        let target = ClassicPeer.options(item.version, [suite]) + [peer.target]
                        // gnutls-serv is the one that does not end the session when it had its bytes.
                        let (run, output) =
                            item.peer == .gnutls
                            ? try await Self.talk(request, target) : try await Self.send(request, target)
                        #expect(run.status == 0, "\(suite): \(run.stderr)\(peer.log)")
                        let isSame = output == echo.answer(to: bytes)
                        #expect(isSame, "\(suite): other bytes came back")
                    }
                }
            }
        }

        /// Sends it all, and goes on to the server's close_notify.
        private static func send(_ bytes: [UInt8], _ target: [String]) async throws -> (Finished, [UInt8]) {
            let directory = try TemporaryDirectory()
            let file = try directory.write(bytes, to: "request")
            let report = directory.file("report.json")
            let process = try Sechan.start(
                ["connect", "--send", file, "--answer-timeout", "30s", "--format", "json", "-o", report] + target
            )
            let run = Finished(process, try await process.wait(timeout: .seconds(60)))
            let json = try JSONValue(parsing: directory.text("report.json"))
            #expect(json["result"]["relay"]["ending"].string == "close-notify", "\(run.stderr)")
            return (run, process.stdoutBytes)
        }

        /// Sends it all, and closes when as much came back.
        private static func talk(_ bytes: [UInt8], _ target: [String]) async throws -> (Finished, [UInt8]) {
            let directory = try TemporaryDirectory()
            let process = try Sechan.start(
                ["connect", "--answer-timeout", "200ms", "--format", "json", "-o", directory.file("report.json")]
                    + target,
                input: .open
            )
            try process.write(bytes)
            try await process.waitForOutput { $0.stdoutBytes.count >= bytes.count }
            process.closeInput()
            return (Finished(process, try await process.wait(timeout: .seconds(60))), process.stdoutBytes)
        }
    }
}
