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

        /// What comes of a renegotiation and of a resumption; tlslite-ng has no renegotiation.
        private static func expected(_ item: Case) -> (renegotiation: String, resumption: String)? {
            switch (item.peer, item.version) {
            case (.tlslite, _): nil
            case (.openssl, _): ("refused-by-alert", "honoured")
            // JSSE resumes nothing in SSL 3.0.
            case (.jsse, "ssl3"): ("honoured", "full-handshake")
            default: ("honoured", "honoured")
            }
        }

        @Test("Sessions are renegotiated and resumed", arguments: Case.all.filter { expected($0) != nil })
        func renegotiates(_ item: Case) async throws {
            let expected = try #require(Self.expected(item))
            try await withPeer(AnyPeer(try await item.peer.start(item.version))) { peer in
                let options = ClassicPeer.options(item.version, ["TLS_RSA_WITH_AES_128_CBC_SHA"])
                let report = try await Sechan.report("renegotiate", options + ["--count", "2", peer.target])
                #expect(report.exit == 0, "\(report.run.transcript)\(peer.log)")
                // What a client without RFC 5746 gets is the server's own business.
                for attempt in report.result["attempts"].array
                where attempt["action"].string != "insecure-renegotiation" {
                    let wanted =
                        attempt["action"].string == "renegotiation" ? expected.renegotiation : expected.resumption
                    #expect(attempt["answer"].string == wanted, report.transcript)
                }
                #expect(report.result["attempts"].array.count >= 2, report.transcript)
            }
        }

        /// One suite of each kind of cipher: none, a stream, blocks of 8 and of 16 bytes, and an AEAD.
        private static func kinds(_ item: Case) -> [String] {
            let old = ["TLS_RSA_WITH_RC4_128_SHA", "TLS_RSA_WITH_3DES_EDE_CBC_SHA"]
            return ["TLS_RSA_WITH_NULL_SHA", "TLS_RSA_WITH_AES_256_CBC_SHA"]
                + (item.peer == .openssl ? [] : old)
                + (item.version == "tls1.2" ? ["TLS_RSA_WITH_AES_128_GCM_SHA256"] : [])
        }

        @Test(
            "A megabyte goes there and comes back",
            arguments: Case.all.filter { [.jsse, .tlslite, .openssl].contains($0.peer) }
        )
        func data(_ item: Case) async throws {
            // What is written in Python takes its time with 3DES.
            let bytes = EchoPeer.data(item.peer == .tlslite ? 1 << 15 : 1 << 20)
            let echo = EchoPeer(implementation: item.peer == .openssl ? .openssl : .jsse, version: item.version)
            let request = echo.request(for: bytes)
            let directory = try TemporaryDirectory()
            let file = try directory.write(request, to: "request")
            try await withPeer(AnyPeer(try await item.peer.start(item.version, echo: request.count))) { peer in
                for suite in Self.kinds(item) {
                    let report = directory.file("report.json")
                    let process = try Sechan.start(
                        ["connect", "--send", file, "--answer-timeout", "30s", "--format", "json", "-o", report]
                            + ClassicPeer.options(item.version, [suite]) + [peer.target]
                    )
                    let run = Finished(process, try await process.wait(timeout: .seconds(60)))
                    #expect(run.status == 0, "\(suite): \(run.stderr)\(peer.log)")
                    let isSame = process.stdoutBytes == echo.answer(to: bytes)
                    #expect(isSame, "\(suite): other bytes came back")
                    let json = try JSONValue(parsing: directory.text("report.json"))
                    #expect(json["result"]["relay"]["ending"].string == "close-notify", "\(suite): \(run.stderr)")
                }
            }
        }
    }
}
