import Foundation
import Testing

extension Interop {
    /// When there is no session: the reason in plain words, and a next command that works when it is pasted.
    @Suite("connect, reasons", .tags(.binary))
    struct ConnectHintTests {
        /// Runs `connect` in vain, and then the command that its hint ends with.
        ///
        /// - Parameter placeholders: what stands for the words in capitals.
        /// - Returns: both runs.
        private static func follow(
            _ arguments: [String],
            kind: String,
            reason: String,
            placeholders: [String: String] = [:],
            sourceLocation: SourceLocation = #_sourceLocation
        ) async throws -> Finished {
            let report = try await Sechan.report("connect", arguments, sourceLocation: sourceLocation)
            #expect(report.kind == kind, report.transcript, sourceLocation: sourceLocation)
            let said = report.json["status"]["reason"].string ?? ""
            #expect(said.contains(reason), report.transcript, sourceLocation: sourceLocation)
            try await report.expectValid(sourceLocation: sourceLocation)
            let hint = report.json["status"]["hint"].string ?? ""
            let command = try #require(Self.command(in: hint), report.transcript, sourceLocation: sourceLocation)
            var words = try await Self.words(of: command)
            words = words.map { placeholders[$0] ?? $0 }
            #expect(words.first == "sechan", sourceLocation: sourceLocation)
            let next = try await Sechan.run(Array(words.dropFirst()))
            #expect(next.status != 2, "\(hint)\n\(next.transcript)", sourceLocation: sourceLocation)
            return next
        }

        private static func command(in hint: String) -> String? {
            hint.range(of: "sechan ", options: .backwards).map { String(hint[$0.lowerBound...]) }
        }

        /// The words that a shell makes of a command.
        private static func words(of command: String) async throws -> [String] {
            let run = try await Finished.running("/bin/sh", ["-c", "printf '%s\\n' \(command)"]).succeeded()
            return run.stdout.split(separator: "\n").map(String.init)
        }

        private static func trust() async throws -> [String] {
            ["--ca", try await TestPKI.shared().authority.certificate]
        }

        @Test("Another version", arguments: [("-tls1_3", "tls1.2", "TLS 1.3"), ("-tls1_2", "tls1.3", "TLS 1.2")])
        func version(option: String, offered: String, spoken: String) async throws {
            let pki = try await TestPKI.shared()
            let server = try await OpenSSLServer(identities: [pki.rsa], service: .www, options: [option])
            try await withPeer(server) { peer in
                let next = try await Self.follow(
                    try await Self.trust() + ["--protocol", offered, peer.namedTarget],
                    kind: "alert:protocol_version",
                    reason: "it speaks only \(spoken), and"
                )
                #expect(next.status == 0, "\(next.transcript)")
            }
        }

        @Test("A version that a modern default refuses", .tags(.jsse))
        func oldVersion() async throws {
            let pki = try await TestPKI.shared()
            try await withPeer(try await JSSEServer(identities: [pki.rsa], protocols: ["TLSv1"])) { peer in
                let next = try await Self.follow(
                    try await Self.trust() + [peer.namedTarget],
                    kind: "alert:protocol_version",
                    reason: "it speaks only TLS 1.0"
                )
                #expect(next.status == 0, "\(next.transcript)")
            }
        }

        @Test("SSL 3.0 only", .tags(.nss))
        func ssl3() async throws {
            let pki = try await TestPKI.shared()
            let server = try await NSSServer(rsa: pki.rsa, ecdsa: pki.ecdsa, versions: "ssl3:ssl3")
            try await withPeer(server) { peer in
                let next = try await Self.follow(
                    try await Self.trust() + [peer.namedTarget],
                    kind: "alert:protocol_version",
                    reason: "it speaks only SSL 3.0, and TLS 1.3 and TLS 1.2 were offered"
                )
                #expect(next.status == 0, "\(next.transcript)")
                #expect(next.stdout.contains("SSL 3.0"), "\(next.transcript)")
            }
        }

        @Test("SSL 2.0 only", .tags(.scapy))
        func ssl2() async throws {
            let pki = try await TestPKI.shared()
            try await withPeer(try await ScapyServer.start(pki.rsa, onlySSL2: true)) { peer in
                let report = try await Sechan.report("connect", [peer.namedTarget])
                #expect(report.exit == 4, report.transcript)
                #expect(report.json["status"]["reason"].string?.contains("SSL 2.0") == true, report.transcript)
                // Who allows everything old gets there without being told how.
                let old = try await Sechan.report(
                    "connect",
                    ["--legacy", "--ca", pki.authority.certificate, peer.namedTarget]
                )
                #expect(old.exit == 0, old.transcript)
                #expect(old.result["attributes"]["protocol"]["version"].string == "ssl2", old.transcript)
                #expect(old.run.stderr.contains("warning: this session uses SSL 2.0"), old.transcript)
            }
        }

        @Test("Another suite")
        func suite() async throws {
            let pki = try await TestPKI.shared()
            let server = try await OpenSSLServer(
                identities: [pki.rsa],
                cipher: "ECDHE-RSA-AES128-GCM-SHA256",
                service: .www,
                options: ["-tls1_2"]
            )
            try await withPeer(server) { peer in
                let next = try await Self.follow(
                    try await Self.trust() + ["--ciphers", "ECDHE-RSA-AES256-GCM-SHA384", peer.namedTarget],
                    kind: "alert:handshake_failure",
                    reason: "it takes TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, which was not offered"
                )
                #expect(next.status == 0, "\(next.transcript)")
            }
        }

        @Test("Another group")
        func group() async throws {
            let pki = try await TestPKI.shared()
            let server = try await OpenSSLServer(
                identities: [pki.rsa],
                service: .www,
                options: ["-tls1_3", "-groups", "P-521"]
            )
            try await withPeer(server) { peer in
                let next = try await Self.follow(
                    try await Self.trust() + ["--groups", "x25519", peer.namedTarget],
                    kind: "alert:handshake_failure",
                    reason: "it wants the group secp521r1"
                )
                #expect(next.status == 0, "\(next.transcript)")
            }
        }

        @Test("A group that is too small for the security level")
        func smallGroup() async throws {
            let pki = try await TestPKI.shared()
            let directory = try TemporaryDirectory()
            let parameters = directory.file("dh.pem")
            try await Tool.openssl.run(["dhparam", "-out", parameters, "1024"]).succeeded()
            let server = try await OpenSSLServer(
                identities: [pki.rsa],
                cipher: "DHE-RSA-AES128-GCM-SHA256:@SECLEVEL=0",
                service: .www,
                options: ["-tls1_2", "-dhparam", parameters]
            )
            try await withPeer(server) { peer in
                let next = try await Self.follow(
                    try await Self.trust() + ["--protocol", "tls1.2", peer.namedTarget],
                    kind: "protocol-error",
                    reason: "the server's Diffie-Hellman group has 1024 bits, too few for security level 2"
                )
                #expect(next.status == 0, "\(next.transcript)")
            }
        }

        @Test("A pre-shared key")
        func presharedKey() async throws {
            let server = try await OpenSSLServer(identities: [], psk: true, options: ["-tls1_2"])
            try await withPeer(server) { peer in
                let report = try await Sechan.report("connect", [peer.namedTarget])
                #expect(report.exit == 4, report.transcript)
                let status = report.json["status"]
                #expect(status["reason"].string?.contains("it wants a pre-shared key") == true, report.transcript)
                #expect(status["hint"].string?.contains("--psk HEX --psk-identity NAME") == true, report.transcript)
            }
        }

        @Test("A client certificate", arguments: ["-tls1_2", "-tls1_3"])
        func clientCertificate(version: String) async throws {
            let pki = try await TestPKI.shared()
            let server = try await OpenSSLServer(
                identities: [pki.rsa],
                service: .www,
                options: [version, "-Verify", "1", "-CAfile", pki.authority.certificate, "-verify_return_error"]
            )
            try await withPeer(server) { peer in
                let report = try await Sechan.report("connect", try await Self.trust() + [peer.namedTarget])
                let status = report.json["status"]
                #expect(status["reason"].string?.hasSuffix("after asking for a certificate") == true, report.transcript)
                let hint = status["hint"].string ?? ""
                #expect(hint.contains("from CN=sechan test CA") || hint.contains("sechan test CA"), report.transcript)
                var words = try await Self.words(of: try #require(Self.command(in: hint)))
                for (option, file) in [("--cert", pki.client.certificate), ("--key", pki.client.key)] {
                    if let index = words.firstIndex(of: option) { words[index + 1] = file }
                }
                let next = try await Sechan.run(Array(words.dropFirst()))
                #expect(next.status == 0, "\(next.transcript)")
            }
        }

        @Test("A certificate that is not accepted")
        func certificate() async throws {
            let pki = try await TestPKI.shared()
            let expired = try await OpenSSLServer(identities: [pki.expired], service: .www)
            try await withPeer(expired) { peer in
                let next = try await Self.follow(
                    try await Self.trust() + [peer.namedTarget],
                    kind: "verify:expired",
                    reason: "the certificate has expired, on 20"
                )
                #expect(next.status == 0, "\(next.transcript)")
            }
            let wrong = try await OpenSSLServer(identities: [pki.wrongName], service: .www)
            try await withPeer(wrong) { peer in
                let next = try await Self.follow(
                    try await Self.trust() + [peer.namedTarget],
                    kind: "verify:name-mismatch",
                    reason: "the certificate is for other names: wrong.example"
                )
                #expect(next.status == 0, "\(next.transcript)")
            }
            let unknown = try await OpenSSLServer(identities: [pki.rsa], service: .www)
            try await withPeer(unknown) { peer in
                let next = try await Self.follow(
                    [peer.namedTarget],
                    kind: "verify:unknown-issuer",
                    reason: "the issuer's certificate is neither sent nor trusted: "
                )
                // --verify manual shows the session, and still does not accept the certificate.
                #expect(next.status == 5, "\(next.transcript)")
                #expect(next.stdout.contains("TLS 1.3"), "\(next.transcript)")
                let manual = try await Self.follow(
                    ["--verify", "manual", peer.namedTarget],
                    kind: "verify:unknown-issuer",
                    reason: "sechan test CA",
                    placeholders: ["FILE": pki.authority.certificate]
                )
                #expect(manual.status == 5 || manual.status == 0, "\(manual.transcript)")
            }
        }

        @Test(
            "Another protocol first",
            arguments: [
                (STARTTLSPeer.aiosmtpdSMTP, "an SMTP greeting"), (.dovecotIMAP, "an IMAP greeting"),
                (.dovecotPOP3, "a POP3 greeting"),
            ]
        )
        func startTLS(kind: STARTTLSPeer, greeting: String) async throws {
            try await withPeer(AnyPeer(try await kind.start())) { peer in
                let next = try await Self.follow(
                    ["--verify", "none", peer.namedTarget],
                    kind: "not-tls",
                    reason: "it answered with \(greeting)"
                )
                #expect(next.status == 0, "\(next.transcript)")
            }
        }
    }
}
