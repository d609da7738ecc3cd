import Testing

extension Interop {
    /// JA3, JA4 and JA3S are those of the bytes on the wire, as a program that isn't ours reads them.
    @Suite("fingerprints", .tags(.binary))
    struct FingerprintTests {
        private static let keys = ["ja3", "ja3Text", "ja4", "ja4Raw", "ja3s", "ja3sText"]

        private func compare(_ ours: JSONValue, _ theirs: JSONValue, _ keys: [String], _ transcript: String) {
            for key in keys {
                #expect(theirs[key].string != nil, "\(key) at the oracle")
                #expect(ours[key] == theirs[key], "\(key)\n\(transcript)")
            }
        }

        @Test("serve: the page that curl gets has curl's", .tags(.curl), arguments: [[], ["--tls-max", "1.2"]])
        func curl(options: [String]) async throws {
            try await withPeer(try await SechanServer()) { server in
                try await withPeer(try await FingerprintOracle(before: server.port)) { oracle in
                    let page = try await CurlClient.get("/?format=json", port: oracle.port, options: options)
                    let theirs = try await oracle.fingerprints()
                    let report = try JSONValue(parsing: page.stdout)
                    let ours = report["result"]["connection"]["attributes"]["fingerprints"]
                    compare(ours, theirs, Self.keys, page.transcript)
                    let ja4 = try #require(theirs["ja4"].string)
                    try await server.waitForOutput { $0.contains("JA4 \(ja4)") }
                }
            }
        }

        @Test(
            "serve: s_client, also when it is refused, and over records of 512 bytes",
            .tags(.openssl),
            arguments: [
                ["-tls1_3"], ["-tls1_2"], ["-tls1_1", "-cipher", "ALL:@SECLEVEL=0"],
                ["-alpn", "h2,http/1.1", "-sigalgs", "RSA+SHA256:ECDSA+SHA256", "-max_send_frag", "512"],
            ]
        )
        func openssl(options: [String]) async throws {
            try await withPeer(try await SechanServer(["--format", "json"])) { server in
                try await withPeer(try await FingerprintOracle(before: server.port)) { oracle in
                    let run = try await OpenSSLClient.connect(
                        port: oracle.port,
                        options: options
                    )
                    let theirs = try await oracle.fingerprints()
                    try await server.waitForOutput { $0.contains("\"event\":\"connection\"") }
                    let line = server.output.split(separator: "\n").first { $0.contains("\"event\":\"connection\"") }
                    let report = try JSONValue(parsing: String(try #require(line)))
                    let ours = report["result"]["connection"]["attributes"]["fingerprints"]
                    compare(ours, theirs, Array(Self.keys.prefix(4)), run.transcript)
                    #expect(ours["ja3s"] == theirs["ja3s"], "\(run.transcript)")
                }
            }
        }

        @Test("connect: our own hello and the server's answer", .tags(.openssl), arguments: ["-tls1_2", "-tls1_3"])
        func connect(version: String) async throws {
            let pki = try await TestPKI.shared()
            try await withPeer(try await OpenSSLServer(identities: [pki.rsa], options: [version])) { server in
                try await withPeer(try await FingerprintOracle(before: server.port)) { oracle in
                    let report = try await Sechan.report(
                        "connect",
                        ["--ca", pki.authority.certificate, oracle.namedTarget]
                    )
                    let theirs = try await oracle.fingerprints()
                    try await report.expectValid()
                    compare(report.result["attributes"]["fingerprints"], theirs, Self.keys, report.run.transcript)
                }
            }
        }
    }
}
