import Testing

extension Interop {
    /// `sechan ciphers TARGET` lists exactly what one connection a suite finds: nothing missing, nothing made up.
    @Suite("ciphers", .tags(.binary))
    struct CiphersTests {
        /// Asks the oracle and sechan about the same server and compares.
        private func compare(
            _ peer: some Peer,
            expecting minimum: [String: Int],
            in versions: [String] = SuiteOracle.versions,
            options: [String] = [],
            sourceLocation: SourceLocation = #_sourceLocation
        ) async throws {
            let oracle = try await SuiteOracle.accepted(port: peer.port, versions: versions)
            for (version, count) in minimum {
                // An oracle that finds nothing would agree with a sechan that finds nothing.
                #expect(
                    oracle[version, default: []].count >= count,
                    "\(version) at the oracle",
                    sourceLocation: sourceLocation
                )
            }
            let report = try await Sechan.report(
                "ciphers",
                [peer.target] + options,
                timeout: .seconds(120),
                sourceLocation: sourceLocation
            )
            #expect(report.exit == 0, report.transcript, sourceLocation: sourceLocation)
            try await report.expectValid(sourceLocation: sourceLocation)
            let found = Self.suites(in: report)
            for version in versions {
                let expected = oracle[version, default: []]
                let listed = found[version, default: []]
                #expect(
                    listed.subtracting(expected) == [],
                    "\(version): not accepted by the peer",
                    sourceLocation: sourceLocation
                )
                #expect(
                    expected.subtracting(listed) == [],
                    "\(version): not found by sechan",
                    sourceLocation: sourceLocation
                )
            }
            for version in report.result["versions"].array where versions.contains(version["version"].string ?? "") {
                let codePoints = version["suites"].array.compactMap { $0["codePoint"].string }
                #expect(
                    codePoints.count == Set(codePoints).count,
                    "\(version["version"]): twice",
                    sourceLocation: sourceLocation
                )
                let verdict = codePoints.isEmpty ? "rejected" : "supported"
                #expect(version["verdict"].string == verdict, report.transcript, sourceLocation: sourceLocation)
            }
        }

        private static func suites(in report: Report) -> [String: Set<String>] {
            var suites: [String: Set<String>] = [:]
            for version in report.result["versions"].array {
                guard let name = version["version"].string else { continue }
                suites[name] = Set(version["suites"].array.compactMap { $0["codePoint"].string })
            }
            return suites
        }

        @Test("nginx with TLS 1.2 and 1.3", .tags(.nginx))
        func nginx() async throws {
            let pki = try await TestPKI.shared()
            try await withPeer(try await NginxServer(identities: [pki.rsa, pki.ecdsa])) { server in
                try await compare(server, expecting: ["tls1.2": 10, "tls1.3": 3])
            }
        }

        @Test("s_server with everything: RSA, ECDSA, PSK, anonymous, NULL", .tags(.openssl))
        func openssl() async throws {
            let pki = try await TestPKI.shared()
            let server = try await OpenSSLServer(
                identities: [pki.rsa, pki.ecdsa],
                cipher: OpenSSLServer.everyCipher,
                cipherSuites: OpenSSLServer.everyCipherSuite,
                psk: true
            )
            try await withPeer(server) { server in
                try await compare(server, expecting: ["tls1.0": 50, "tls1.1": 50, "tls1.2": 130, "tls1.3": 5])
            }
        }

        @Test("s_server with a DSA certificate", .tags(.openssl))
        func dsa() async throws {
            let pki = try await TestPKI.shared()
            let server = try await OpenSSLServer(identities: [pki.dsa], cipher: OpenSSLServer.everyCipher)
            try await withPeer(server) { server in
                try await compare(server, expecting: ["tls1.0": 4, "tls1.2": 12])
            }
        }

        @Test("s_server with no certificate at all, PSK only", .tags(.openssl))
        func presharedKeyOnly() async throws {
            let server = try await OpenSSLServer(
                identities: [],
                cipher: "PSK:@SECLEVEL=0",
                psk: true,
                options: ["-tls1_2"]
            )
            try await withPeer(server) { server in
                try await compare(server, expecting: ["tls1.2": 10])
            }
        }

        @Test("s_server with one version", .tags(.openssl), arguments: ["-tls1", "-tls1_1", "-tls1_2", "-tls1_3"])
        func oneVersion(option: String) async throws {
            let pki = try await TestPKI.shared()
            let server = try await OpenSSLServer(
                identities: [pki.rsa],
                cipher: "DEFAULT@SECLEVEL=0",
                options: [option]
            )
            let version = option.replacing("-tls1_", with: "tls1.").replacing("-tls1", with: "tls1.0")
            try await withPeer(server) { server in
                try await compare(server, expecting: [version: 3])
            }
        }

        @Test("gnutls-serv with everything", .tags(.gnutls), arguments: [true, false])
        func gnutls(withTLS13: Bool) async throws {
            let pki = try await TestPKI.shared()
            let priority = withTLS13 ? GnuTLSServer.everything : GnuTLSServer.everythingWithNULL
            try await withPeer(try await GnuTLSServer(identities: [pki.rsa, pki.ecdsa], priority: priority)) { server in
                try await compare(server, expecting: ["tls1.0": 10, "tls1.2": 30, "tls1.3": withTLS13 ? 3 : 0])
            }
        }

        @Test("JSSE with everything", .tags(.jsse))
        func jsse() async throws {
            let pki = try await TestPKI.shared()
            try await withPeer(try await JSSEServer(identities: [pki.rsa, pki.ecdsa])) { server in
                try await compare(
                    server,
                    expecting: ["ssl3": 40, "tls1.0": 40, "tls1.1": 40, "tls1.2": 70, "tls1.3": 3],
                    in: SuiteOracle.everyVersion
                )
            }
        }

        @Test("NSS with everything", .tags(.nss), arguments: ["ssl3:tls1.2", "tls1.0:tls1.3"])
        func nss(range: String) async throws {
            let pki = try await TestPKI.shared()
            let server = try await NSSServer(rsa: pki.rsa, ecdsa: pki.ecdsa, versions: range)
            try await withPeer(server) { server in
                try await compare(
                    server,
                    expecting: ["tls1.0": 32, "tls1.1": 32, "tls1.2": 52].merging(
                        range == "ssl3:tls1.2" ? ["ssl3": 17] : ["tls1.3": 3]
                    ) { $1 },
                    in: SuiteOracle.everyVersion
                )
            }
        }

        @Test("NSS that does DHE only with groups of RFC 7919", .tags(.nss))
        func nssWithNamedGroups() async throws {
            let pki = try await TestPKI.shared()
            let server = try await NSSServer(
                rsa: pki.rsa,
                ecdsa: pki.ecdsa,
                versions: "tls1.0:tls1.3",
                options: ["-H", "2"]
            )
            try await withPeer(server) { server in
                try await compare(server, expecting: ["tls1.2": 40, "tls1.3": 3])
            }
        }

        @Test("tlslite-ng with everything", .tags(.tlslite))
        func tlslite() async throws {
            let pki = try await TestPKI.shared()
            try await withPeer(try await TLSLiteServer.start(rsa: pki.rsa, ecdsa: pki.ecdsa)) { server in
                try await compare(
                    server,
                    expecting: ["ssl3": 15, "tls1.0": 15, "tls1.1": 15, "tls1.2": 50, "tls1.3": 5],
                    in: SuiteOracle.everyVersion
                )
            }
        }

        @Test("OpenSSL 3.5 with everything", .tags(.node))
        func node() async throws {
            let pki = try await TestPKI.shared()
            let server = try await NodeServer.start(
                identities: [pki.rsa, pki.ecdsa],
                groups: NodeServer.everyGroup,
                ciphers: "ALL:eNULL:aNULL:@SECLEVEL=0",
                minVersion: "TLSv1"
            )
            try await withPeer(server) { server in
                try await compare(server, expecting: ["tls1.0": 15, "tls1.2": 50, "tls1.3": 3])
            }
        }

        @Test("A server that speaks SSL 2.0 and nothing else", .tags(.odd))
        func ssl2Alone() async throws {
            try await withPeer(try await OddServer.start("ssl2")) { server in
                try await compare(server, expecting: ["ssl2": 4], in: SuiteOracle.everyVersion)
            }
        }

        @Test("All seven kinds of SSL 2.0, on scapy", .tags(.scapy))
        func scapy() async throws {
            let pki = try await TestPKI.shared()
            try await withPeer(try await ScapyServer.start(pki.rsa)) { server in
                try await compare(server, expecting: ["ssl2": 7], in: ["ssl2"], options: ["--protocol", "ssl2"])
            }
        }
    }
}
