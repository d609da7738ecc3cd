import Testing

extension Interop {
    /// The oracle held against what peers say of themselves, so that sechan is not compared with a mistake.
    @Suite("Oracle", .tags(.fixtures))
    struct OracleTests {
        /// libssl's own list for a version, certificates and pre-shared key given, as code points.
        private func listed(_ version: String, _ cipher: String) async throws -> Set<String> {
            let run = try await Tool.openssl.run([
                "ciphers", "-s", "-V", "-psk", version, "-ciphersuites", OpenSSLServer.everyCipherSuite, cipher,
            ]).succeeded()
            return Set(
                run.stdout.split(separator: "\n").map { line in
                    "0x" + line.split(separator: " ")[0].replacing("0x", with: "").replacing(",", with: "")
                }
            )
        }

        @Test("finds on s_server what `openssl ciphers` lists, but for DSS", .tags(.openssl))
        func openssl() async throws {
            let pki = try await TestPKI.shared()
            let server = try await OpenSSLServer(
                identities: [pki.rsa, pki.ecdsa],
                cipher: OpenSSLServer.everyCipher,
                cipherSuites: OpenSSLServer.everyCipherSuite,
                psk: true
            )
            try await withPeer(server) { server in
                let accepted = try await SuiteOracle.accepted(port: server.port)
                let withoutDSS = OpenSSLServer.everyCipher.replacing("@", with: "!aDSS:@")
                #expect(try await accepted["tls1.0"] == listed("-tls1", withoutDSS))
                #expect(try await accepted["tls1.1"] == listed("-tls1_1", withoutDSS))
                #expect(try await accepted["tls1.2"] == listed("-tls1_2", withoutDSS))
                #expect(try await accepted["tls1.3"] == listed("-tls1_3", withoutDSS))
                #expect(accepted["tls1.2"]?.isSuperset(of: ["0x0000", "0x008C", "0xC019"]) == false)
                #expect(accepted["tls1.2"]?.isSuperset(of: ["0x0001", "0x008C", "0xC019"]) == true)
            }
        }

        @Test("finds the groups, schemes and protocols that s_server was started with", .tags(.openssl))
        func choices() async throws {
            let pki = try await TestPKI.shared()
            let server = try await OpenSSLServer(
                identities: [pki.rsa, pki.ecdsa],
                options: [
                    "-groups", "P-384:X25519:ffdhe3072", "-sigalgs", "RSA-PSS+SHA256:RSA+SHA384:ECDSA+SHA256",
                    "-alpn", "h2,imap", "-cipher", "DEFAULT:aECDH:@SECLEVEL=0",
                ]
            )
            try await withPeer(server) { server in
                let oracle = try await ChoiceOracle(port: server.port)
                #expect(oracle.groups == ["0x0018", "0x001D", "0x0101"])
                #expect(oracle.retryGroups == oracle.groups)
                #expect(oracle.olderGroups["ECDHE RSA"] == ["0x0018", "0x001D"])
                #expect(oracle.signatures == ["0x0804", "0x0501", "0x0403"])
                #expect(oracle.protocols == ["h2", "imap"])
            }
        }

        @Test("finds every group of an OpenSSL that has ML-KEM", .tags(.node))
        func postQuantumGroups() async throws {
            let pki = try await TestPKI.shared()
            let server = try await NodeServer.start(
                identities: [pki.rsa, pki.ecdsa],
                groups: NodeServer.everyGroup,
                alpn: ["h2", "http/1.1"]
            )
            try await withPeer(server) { server in
                let oracle = try await ChoiceOracle(port: server.port)
                #expect(
                    oracle.groups == [
                        "0x0017", "0x0018", "0x0019", "0x001D", "0x001E", "0x001F", "0x0100", "0x0101", "0x0200",
                        "0x0201",
                        "0x0202", "0x11EB", "0x11EC", "0x11ED",
                    ]
                )
                #expect(oracle.protocols == ["h2", "http/1.1"])
            }
        }

        @Test("finds all seven kinds of SSL 2.0", .tags(.scapy))
        func ssl2() async throws {
            let pki = try await TestPKI.shared()
            try await withPeer(try await ScapyServer.start(pki.rsa)) { server in
                let accepted = try await SuiteOracle.accepted(port: server.port, versions: ["ssl2"])
                #expect(
                    accepted["ssl2"]
                        == ["0x010080", "0x020080", "0x030080", "0x040080", "0x050080", "0x060040", "0x0700C0"]
                )
            }
        }

        @Test("finds on NSS what it was started with", .tags(.nss), arguments: ["ssl3:tls1.2", "tls1.0:tls1.3"])
        func nss(versions: String) async throws {
            let pki = try await TestPKI.shared()
            let server = try await NSSServer(rsa: pki.rsa, ecdsa: pki.ecdsa, versions: versions)
            try await withPeer(server) { server in
                let accepted = try await SuiteOracle.accepted(
                    port: server.port,
                    versions: ["ssl2", "ssl3", "tls1.2", "tls1.3"]
                )
                let started = Set(NSSServer.everySuite.split(separator: ":").map { "0x\($0)" })
                let newest: Set<String> = ["0x1301", "0x1302", "0x1303"]
                // Without DSS, without ECDH's third kind of certificate, and ECDH_ECDSA only with a key for it.
                #expect(accepted["tls1.2"].map(started.isSuperset) == true)
                #expect(accepted["tls1.2"]?.count == 52)
                #expect(accepted["ssl2"] == [])
                #expect(accepted["ssl3"]?.count == (versions == "ssl3:tls1.2" ? 17 : 0))
                #expect(accepted["tls1.3"] == (versions == "ssl3:tls1.2" ? [] : newest))
            }
        }

        @Test("finds on tlslite-ng what it was started with", .tags(.tlslite))
        func tlslite() async throws {
            let pki = try await TestPKI.shared()
            let server = try await TLSLiteServer.start(
                rsa: pki.rsa,
                versions: ["ssl3", "tls1.0"],
                options: ["--groups", "secp256r1,secp384r1,ffdhe2048"]
            )
            try await withPeer(server) { server in
                let accepted = try await SuiteOracle.accepted(
                    port: server.port,
                    versions: ["ssl2", "ssl3", "tls1.0", "tls1.1"]
                )
                // RC4, 3DES, AES with SHA-1, and MD5 and NULL, by RSA, DHE and ECDHE.
                #expect(
                    accepted["ssl3"]?.isSuperset(of: ["0x0001", "0x0005", "0x000A", "0x0016", "0x002F", "0x0039"])
                        == true
                )
                #expect(accepted["tls1.0"]?.isSuperset(of: ["0x0005", "0x0035", "0xC013"]) == true)
                #expect(accepted["tls1.1"] == [])
                #expect(accepted["ssl2"] == [])
            }
        }
    }
}
