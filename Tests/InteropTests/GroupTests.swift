import Testing

extension Interop {
    /// Groups, signature schemes and application protocols: what `sechan ciphers --with …` says is what an oracle finds that
    /// asks for one at a time.
    @Suite("groups and signatures", .tags(.binary))
    struct GroupTests {
        private func compare(
            _ server: some Peer,
            groups minimum: Int = 1,
            sourceLocation: SourceLocation = #_sourceLocation
        ) async throws {
            let oracle = try await ChoiceOracle(port: server.port)
            // An oracle that finds nothing would agree with a sechan that finds nothing.
            #expect(oracle.groups.count >= minimum, sourceLocation: sourceLocation)
            let report = try await Sechan.report(
                "ciphers",
                [server.target, "--with", "groups,signatures,extensions"],
                sourceLocation: sourceLocation
            )
            try await report.expectValid(sourceLocation: sourceLocation)
            func supported(_ list: String, _ matches: (JSONValue) -> Bool) -> Set<String> {
                Set(
                    report.result[list].array.filter { matches($0) && $0["verdict"].string == "supported" }
                        .compactMap { $0["codePoint"].string }
                )
            }
            func expectEqual(_ found: Set<String>, _ truth: Set<String>, _ what: String) {
                let comment: Comment = "\(what)\n\(report.run.transcript)"
                #expect(found.subtracting(truth) == [], comment, sourceLocation: sourceLocation)
                #expect(truth.subtracting(found) == [], comment, sourceLocation: sourceLocation)
            }
            expectEqual(supported("groups") { $0["version"].string == "tls1.3" }, oracle.groups, "groups of TLS 1.3")
            // Brainpool's numbers for TLS 1.3 (RFC 8734) are nobody's business in TLS 1.2, where tlslite-ng takes them.
            let newer: Set<String> = ["0x001F", "0x0020", "0x0021"]
            for family in ["ECDHE RSA", "DHE RSA", "ECDHE anon", "DHE anon"] {
                expectEqual(
                    supported("groups") { $0["version"].string == "tls1.2" && $0["family"].string == family },
                    oracle.olderGroups[family, default: []].subtracting(newer),
                    "groups of TLS 1.2 with \(family)"
                )
            }
            // A server with a P-256 key may want P-256 in the hello whatever it does the key exchange with.
            let ecdsa = supported("groups") { $0["version"].string == "tls1.2" && $0["family"].string == "ECDHE ECDSA" }
            #expect(
                ecdsa.isSuperset(of: oracle.olderGroups["ECDHE ECDSA", default: []]),
                sourceLocation: sourceLocation
            )
            expectEqual(
                supported("signatureSchemes") { $0["version"].string == "tls1.2" },
                oracle.signatures,
                "signature schemes of TLS 1.2"
            )
            expectEqual(
                Set(report.result["applicationProtocols"].array.compactMap(\.string)),
                oracle.protocols,
                "application protocols"
            )
        }

        @Test("OpenSSL 3.5 with everything, ML-KEM too", .tags(.node))
        func node() async throws {
            let pki = try await TestPKI.shared()
            let server = try await NodeServer.start(
                identities: [pki.rsa, pki.ecdsa],
                groups: NodeServer.everyGroup,
                ciphers: "ALL:@SECLEVEL=0",
                alpn: ["h2", "http/1.1"]
            )
            try await withPeer(server) { try await compare($0, groups: 14) }
        }

        @Test("tlslite-ng with everything, hybrids too", .tags(.tlslite))
        func tlslite() async throws {
            let pki = try await TestPKI.shared()
            let server = try await TLSLiteServer.start(
                rsa: pki.rsa,
                ecdsa: pki.ecdsa,
                versions: ["tls1.2", "tls1.3"],
                options: ["--alpn", "http/1.1"]
            )
            try await withPeer(server) { try await compare($0, groups: 14) }
        }

        @Test("s_server", .tags(.openssl))
        func openssl() async throws {
            let pki = try await TestPKI.shared()
            let server = try await OpenSSLServer(identities: [pki.rsa, pki.ecdsa], options: ["-alpn", "http/1.1,h2"])
            try await withPeer(server) { try await compare($0, groups: 9) }
        }

        @Test("s_server with three groups and three schemes", .tags(.openssl))
        func fewGroups() async throws {
            let pki = try await TestPKI.shared()
            let server = try await OpenSSLServer(
                identities: [pki.rsa, pki.ecdsa],
                options: ["-groups", "P-384:X25519:ffdhe3072", "-sigalgs", "RSA-PSS+SHA256:RSA+SHA384:ECDSA+SHA256"]
            )
            try await withPeer(server) { try await compare($0, groups: 3) }
        }

        @Test("nginx", .tags(.nginx))
        func nginx() async throws {
            let pki = try await TestPKI.shared()
            let server = try await NginxServer(
                identities: [pki.rsa, pki.ecdsa],
                directives: ["ssl_ecdh_curve X25519:prime256v1:secp521r1;"]
            )
            try await withPeer(server) { try await compare($0, groups: 3) }
        }

        @Test("gnutls-serv", .tags(.gnutls))
        func gnutls() async throws {
            let pki = try await TestPKI.shared()
            let server = try await GnuTLSServer(identities: [pki.rsa, pki.ecdsa], priority: GnuTLSServer.everything)
            try await withPeer(server) { try await compare($0, groups: 8) }
        }

        @Test("NSS", .tags(.nss))
        func nss() async throws {
            let pki = try await TestPKI.shared()
            let server = try await NSSServer(rsa: pki.rsa, ecdsa: pki.ecdsa, versions: "tls1.0:tls1.3", options: ["-Q"])
            try await withPeer(server) { try await compare($0, groups: 9) }
        }

        @Test("JSSE", .tags(.jsse))
        func jsse() async throws {
            let pki = try await TestPKI.shared()
            try await withPeer(try await JSSEServer(identities: [pki.rsa, pki.ecdsa])) {
                try await compare($0, groups: 5)
            }
        }

        @Test(
            "Where the empty key_share is refused, or no share is ever asked for",
            .tags(.odd),
            arguments: ["no-empty-share", "no-retry"]
        )
        func byShare(mode: String) async throws {
            try await withPeer(try await OddServer.start(mode)) { server in
                let report = try await Sechan.report("ciphers", [server.target, "--with", "groups"])
                let groups = report.result["groups"].array.filter { $0["version"].string == "tls1.3" }
                let supported = groups.filter { $0["verdict"].string == "supported" }.compactMap {
                    $0["codePoint"].string
                }
                #expect(Set(supported) == ["0x11EC", "0x001D", "0x0017"], report.transcript)
                #expect(supported.first == "0x11EC", report.transcript)
            }
        }
    }
}
