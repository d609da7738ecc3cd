import Testing

extension Interop {
    /// `sechan serve --engine classic` with everybody's clients.
    @Suite("classic engine, clients", .tags(.binary))
    struct ClassicClientsTests {
        @Test("JSSE tries every suite, renegotiates and comes back", arguments: ["ssl3", "tls1.0", "tls1.1", "tls1.2"])
        func jsse(_ version: String) async throws {
            let names = try await ClassicPeer.javaClient(["0"]).stdout.split(separator: "\n").map(String.init).filter {
                name in
                // TLS 1.3 names neither a key exchange nor RSA.
                ClassicPeer.isInEngine(name) && !name.hasPrefix("TLS_AES")
                    && (version == "tls1.2" || !["SHA256", "SHA384"].contains { name.hasSuffix($0) })
                    && !(version == "tls1.1" && name.contains("EXPORT"))
                    && !(version == "tls1.2" && (name.contains("EXPORT") || name.contains("WITH_DES_")))
            }
            #expect(names.count >= 40, "\(names)")
            let suites = names.map { $0.hasPrefix("SSL_") ? "TLS_" + $0.dropFirst(4) : $0 }
            try await withPeer(try await SechanServer.classic(version, suites, ["--echo"])) { server in
                // Much with one suite of each kind of cipher, a little with all.
                let kinds = names.filter { name in
                    [
                        "_RSA_WITH_NULL_SHA", "L_RSA_WITH_RC4_128_MD5", "L_RSA_WITH_3DES_EDE_CBC_SHA",
                        "S_RSA_WITH_AES_256_CBC_SHA", "S_RSA_WITH_AES_128_GCM_SHA256",
                    ].contains { name.hasSuffix($0) }
                }
                for (tried, count) in [(names, 2_000), (kinds, 1 << 20)] {
                    let run = try await ClassicPeer.javaClient([
                        "\(server.port)", ClassicPeer.java(version), "\(count)", tried.joined(separator: ","),
                    ])
                    // JSSE resumes nothing in SSL 3.0.
                    let resumed = version == "ssl3" ? "no" : "yes"
                    let expected = tried.map {
                        "\($0) version=\(ClassicPeer.java(version)) echo=same renegotiated=yes resumed=\(resumed)"
                    }
                    #expect(run.stdout.split(separator: "\n").map(String.init) == expected, "\(run.transcript)")
                }
                try await server.expectClean(2 * (names.count + kinds.count))
            }
        }

        @Test("tlslite-ng tries every suite and comes back", arguments: ["ssl3", "tls1.0", "tls1.1", "tls1.2"])
        func tlslite(_ version: String) async throws {
            let ciphers = ["NULL", "RC4_128", "3DES_EDE_CBC", "AES_128_CBC", "AES_256_CBC"]
            var suites = ["TLS_RSA_WITH_RC4_128_MD5", "TLS_RSA_WITH_NULL_MD5"]
            for exchange in ["RSA", "ECDHE_RSA", "ECDHE_ECDSA"] {
                suites += ciphers.map { "TLS_\(exchange)_WITH_\($0)_SHA" }
            }
            suites += ["3DES_EDE_CBC", "AES_128_CBC", "AES_256_CBC"].map { "TLS_DHE_RSA_WITH_\($0)_SHA" }
            if version == "tls1.2" {
                for exchange in ["RSA", "DHE_RSA", "ECDHE_RSA", "ECDHE_ECDSA"] {
                    suites += ["TLS_\(exchange)_WITH_AES_128_GCM_SHA256", "TLS_\(exchange)_WITH_AES_256_GCM_SHA384"]
                    suites.append("TLS_\(exchange)_WITH_AES_128_CBC_SHA256")
                }
            }
            try await withPeer(try await SechanServer.classic(version, suites, ["--echo"])) { server in
                // Much with what it has a fast implementation of.
                let fast = ["TLS_RSA_WITH_NULL_SHA", "TLS_RSA_WITH_RC4_128_SHA"]
                let slow = ["TLS_RSA_WITH_AES_256_CBC_SHA", "TLS_RSA_WITH_AES_128_GCM_SHA256"].filter(suites.contains)
                for (tried, count) in [(suites, 5_000), (fast, 1 << 20), (slow, 1 << 17)] {
                    let run = try await Finished.running(
                        ProjectPaths.python(),
                        [
                            ScriptServer.path("classic_client.py"), "\(server.port)", version, "\(count)",
                            tried.joined(separator: ","),
                        ],
                        timeout: .seconds(120)
                    )
                    let number = version == "ssl3" ? "3.0" : "3.\((Int(version.suffix(1)) ?? 0) + 1)"
                    let expected = tried.map { "\($0) version=\(number) echo=same closed=both resumed=yes" }
                    #expect(run.stdout.split(separator: "\n").map(String.init) == expected, "\(run.transcript)")
                }
                try await server.expectClean(2 * (suites.count + fast.count + slow.count))
            }
        }
    }
}
