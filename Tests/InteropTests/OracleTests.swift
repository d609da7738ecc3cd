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
    }
}
