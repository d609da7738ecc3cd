import Foundation
import Testing

extension Interop {
    /// Whole sessions of SSL 2.0, in both roles, with scapy and with OpenSSL 1.0.2.
    @Suite("SSL 2.0: sessions", .tags(.binary))
    struct SSL2SessionTests {
        /// OpenSSL's name for each kind beside the draft's.
        static let kinds = [
            "RC4-MD5": "SSL_CK_RC4_128_WITH_MD5", "EXP-RC4-MD5": "SSL_CK_RC4_128_EXPORT40_WITH_MD5",
            "RC2-CBC-MD5": "SSL_CK_RC2_128_CBC_WITH_MD5", "EXP-RC2-CBC-MD5": "SSL_CK_RC2_128_CBC_EXPORT40_WITH_MD5",
            "DES-CBC-MD5": "SSL_CK_DES_64_CBC_WITH_MD5", "DES-CBC3-MD5": "SSL_CK_DES_192_EDE3_CBC_WITH_MD5",
        ]

        private static func openssl102(
            _ server: SechanServer,
            _ version: String,
            _ cipher: String,
            bytes: Int,
            identity: TestPKI.Entity? = nil
        ) async throws -> [Substring] {
            let files = identity.map { [$0.certificate, $0.key] } ?? []
            let run = try await Finished.running(
                ProjectPaths.python(),
                [ScriptServer.path("nassl_client.py"), "\(server.port)", version, cipher, "\(bytes)"] + files
            ).succeeded()
            return run.stdout.split(separator: "\n")
        }

        @Test("OpenSSL 1.0.2's client resumes and gets its data back", arguments: kinds.keys.sorted())
        func client(_ cipher: String) async throws {
            let pki = try await TestPKI.shared()
            let options = [
                "--echo", "--protocol", "ssl2", "--legacy", "--cert", pki.rsa.certificate, "--key", pki.rsa.key,
            ]
            try await withPeer(try await SechanServer(options)) { server in
                let names = try await Self.openssl102(server, "ssl2", cipher, bytes: 1 << 20)
                #expect(names == [Substring(cipher), Substring(cipher)])
                try await server.waitForOutput { $0.contains("resumed by session-id") }
                #expect(server.output.contains("SSL 2.0 \(Self.kinds[cipher] ?? "")"), "\(server.log)")
                #expect(server.log.components(separatedBy: "sechan: warning: SSL 2.0").count == 2, "\(server.log)")
            }
        }

        @Test("OpenSSL 1.0.2's client shows its certificate")
        func clientCertificate() async throws {
            let pki = try await TestPKI.shared()
            let options = [
                "--echo", "--protocol", "ssl2", "--legacy", "--cert", pki.rsa.certificate, "--key", pki.rsa.key,
                "--client-auth", "require", "--client-ca", pki.authority.certificate,
            ]
            try await withPeer(try await SechanServer(options)) { server in
                let names = try await Self.openssl102(
                    server,
                    "ssl2",
                    "DES-CBC3-MD5",
                    bytes: 10,
                    identity: pki.rsaClient
                )
                #expect(names == ["DES-CBC3-MD5", "DES-CBC3-MD5"])
            }
        }

        @Test("One server speaks SSL 2.0, 3.0 and TLS, a client each")
        func mixed() async throws {
            let pki = try await TestPKI.shared()
            let options = [
                "--echo", "--protocol", "ssl2,ssl3,tls1.2", "--legacy", "--cert", pki.rsa.certificate, "--key",
                pki.rsa.key,
            ]
            try await withPeer(try await SechanServer(options)) { server in
                #expect(try await Self.openssl102(server, "ssl2", "RC4-MD5", bytes: 1 << 20).first == "RC4-MD5")
                #expect(try await Self.openssl102(server, "ssl3", "RC4-SHA", bytes: 1 << 20).first == "RC4-SHA")
                let report = try await Sechan.report(
                    "connect",
                    ["--protocol", "tls1.2", "--verify", "none", "127.0.0.1:\(server.port)"]
                )
                #expect(report.exit == 0, report.transcript)
            }
        }

        @Test("connect gets a session of every kind from scapy", .tags(.scapy), arguments: kinds.values.sorted())
        func server(_ kind: String) async throws {
            let pki = try await TestPKI.shared()
            try await withPeer(try await ScapyServer.start(pki.rsa)) { peer in
                let report = try await Sechan.report(
                    "connect",
                    [
                        "--protocol", "ssl2", "--legacy", "--ciphers", kind, "--ca", pki.authority.certificate,
                        peer.namedTarget,
                    ]
                )
                #expect(report.exit == 0, report.transcript)
                let attributes = report.result["attributes"]
                #expect(attributes["protocol"]["version"].string == "ssl2", report.transcript)
                #expect(attributes["suite"]["name"].string == kind, report.transcript)
                #expect(attributes["keyExchange"]["method"].string == "RSA", report.transcript)
                #expect(attributes["peer"]["chain"].array.count == 1, report.transcript)
                try await report.expectValid()
            }
        }

        @Test("scapy sends a megabyte back", .tags(.scapy), arguments: kinds.values.sorted())
        func serverData(_ kind: String) async throws {
            let pki = try await TestPKI.shared()
            let data = EchoPeer.data(1 << 20)
            let directory = try TemporaryDirectory()
            let file = try directory.write(data, to: "request")
            try await withPeer(try await ScapyServer.start(pki.rsa, echo: true)) { peer in
                let options = ["--protocol", "ssl2", "--legacy", "--ciphers", kind, "--verify", "none"]
                let process = try Sechan.start(
                    ["connect", "--send", file, "--answer-timeout", "30s", "--format", "json"]
                        + ["-o", directory.file("report.json")] + options + [peer.target]
                )
                let ending = try await process.wait(timeout: .seconds(60))
                #expect(ending == .exited(0), "\(process.stderr)\(peer.log)")
                let isSame = process.stdoutBytes == data + Array("goodbye".utf8)
                #expect(isSame, "other bytes came back")
            }
        }

        @Test("scapy's client gets its data back with the kinds that it has right", .tags(.scapy))
        func scapyClient() async throws {
            let pki = try await TestPKI.shared()
            let options = [
                "--echo", "--protocol", "ssl2", "--legacy", "--cert", pki.rsa.certificate, "--key", pki.rsa.key,
                "--format", "ndjson",
            ]
            // RC4, 3DES and RC2; then RC4 and RC2 for export, of whose keys it sends the secret part only; then DES, whose
            // keys it makes as the draft has them, while servers make them as OpenSSL does.
            let (right, export, des) = (["010080", "0700c0", "030080"], ["020080", "040080"], "060040")
            try await withPeer(try await SechanServer(options)) { server in
                let run = try await Finished.running(
                    ProjectPaths.python(),
                    [ScriptServer.path("scapy_client.py"), "\(server.port)"]
                        + [(right + export + [des]).joined(separator: ",")]
                ).succeeded()
                let expected =
                    right.map { "\($0) 'good morning' 'and more of it'" } + (export + [des]).map { "\($0) nothing" }
                #expect(run.stdout.split(separator: "\n").map(String.init) == expected, "\(run.transcript)")
                let connections = try await server.connections(6)
                for connection in connections.prefix(3) {
                    #expect(connection["established"].bool == true, "\(connection)")
                }
                for connection in connections[3..<5] {
                    #expect(connection["outcome"].string == "refused", "\(connection)")
                }
                #expect(connections[5]["attributes"]["suite"]["keyDerivation"].string == "draft", "\(connections[5])")
            }
        }

        @Test("shutdown and renegotiate say what SSL 2.0 hasn't")
        func lacking() async throws {
            let pki = try await TestPKI.shared()
            let options = [
                "--echo", "--protocol", "ssl2", "--legacy", "--cert", pki.rsa.certificate, "--key", pki.rsa.key,
            ]
            try await withPeer(try await SechanServer(options)) { server in
                let target = ["--protocol", "ssl2", "--legacy", "--verify", "none", "127.0.0.1:\(server.port)"]
                let closing = try await Sechan.run(["shutdown"] + target)
                #expect(closing.status == 0, "\(closing.transcript)")
                #expect(closing.stdout.contains("can't be seen: SSL 2.0 has no close_notify"), "\(closing.transcript)")
                let again = try await Sechan.run(["renegotiate"] + target)
                #expect(again.stdout.contains("SSL 2.0 has no renegotiation"), "\(again.transcript)")
                #expect(again.stdout.contains("resumes a lost session by session-id"), "\(again.transcript)")
            }
        }

        @Test("Kinds by code point, and what is none")
        func kindNames() async throws {
            let none = try await Sechan.run(["connect", "--protocol", "ssl2", "--ciphers", "AES128-SHA", "127.0.0.1:1"])
            #expect(none.status == 2)
            #expect(none.stderr.contains("'AES128-SHA' is no cipher kind of SSL 2.0"), "\(none.transcript)")
            let other = try await Sechan.run(["connect", "--ciphers", "SSL_CK_RC4_128_WITH_MD5", "127.0.0.1:1"])
            #expect(other.status == 2)
            #expect(other.stderr.contains("--protocol ssl2"), "\(other.transcript)")
            let lacking = try await Sechan.run([
                "connect", "--protocol", "ssl2", "--ciphers", "0x050080", "127.0.0.1:1",
            ])
            #expect(lacking.status == 2)
            #expect(lacking.stderr.contains("SSL_CK_IDEA_128_CBC_WITH_MD5"), "\(lacking.transcript)")
        }
    }
}
