import Foundation
import Testing

extension Interop {
    /// `sechan connect` with real servers.
    @Suite("connect", .tags(.binary))
    struct ConnectTests {
        @Test("A session stands and the chain is trusted", arguments: LivePeer.allCases)
        func stands(kind: LivePeer) async throws {
            let pki = try await TestPKI.shared()
            try await withPeer(AnyPeer(try await kind.start())) { peer in
                let arguments = ["--ca", pki.authority.certificate] + kind.options + [peer.namedTarget]
                let report = try await Sechan.report("connect", arguments)
                #expect(report.exit == 0, "\(report.run.transcript)\(peer.log)")
                #expect(report.kind == "ok", report.transcript)
                try await report.expectValid()
                let text = try await Sechan.run(["connect"] + arguments)
                #expect(text.status == 0, "\(text.transcript)")
            }
        }

        @Test(
            "What goes in comes out: a request is relayed and its answer read to the end",
            arguments: [
                LivePeer.opensslTLS12, .opensslTLS13, .nginxTLS12, .nginxTLS13, .gnutlsTLS13, .jsseTLS12, .jsseTLS13,
            ]
        )
        func relays(kind: LivePeer) async throws {
            let pki = try await TestPKI.shared()
            try await withPeer(AnyPeer(try await kind.start())) { peer in
                let run = try await Sechan.run(
                    ["connect", "--ca", pki.authority.certificate, peer.namedTarget],
                    input: .bytes(Array("GET / HTTP/1.0\r\n\r\n".utf8))
                )
                #expect(run.status == 0, "\(run.transcript)\(peer.log)")
                #expect(run.stdout.contains("HTTP/1."), "\(run.transcript)")
            }
        }

        /// A certificate that must not be accepted, and what is wrong with it.
        enum Flaw: String, CaseIterable, Sendable {
            case expired
            case wrongName = "name-mismatch"
            case selfSigned = "self-signed"
            case unknownIssuer = "unknown-issuer"

            func entity(_ pki: TestPKI) -> TestPKI.Entity {
                switch self {
                case .expired: pki.expired
                case .wrongName: pki.wrongName
                case .selfSigned: pki.selfSigned
                case .unknownIssuer: pki.rsa
                }
            }
        }

        @Test("A bad certificate is refused with 5 and its reason", arguments: ["-tls1_2", "-tls1_3"], Flaw.allCases)
        func refusesCertificate(version: String, flaw: Flaw) async throws {
            let pki = try await TestPKI.shared()
            let trust = flaw == .unknownIssuer ? [] : ["--ca", pki.authority.certificate]
            let server = try await OpenSSLServer(identities: [flaw.entity(pki)], service: .www, options: [version])
            try await withPeer(server) { peer in
                let report = try await Sechan.report("connect", trust + [peer.namedTarget])
                #expect(report.exit == 5, report.transcript)
                #expect(report.kind == "verify:\(flaw.rawValue)", report.transcript)
                try await report.expectValid()
                let unverified = try await Sechan.report("connect", ["--verify", "none", peer.namedTarget])
                #expect(unverified.exit == 0, unverified.transcript)
                let text = try await Sechan.run(["connect"] + trust + [peer.namedTarget])
                #expect(text.status == 5, "\(text.transcript)")
                #expect(text.stderr.contains("sechan: hint: "), "\(text.transcript)")
            }
        }

        @Test("No common version is an alert and 4")
        func alert() async throws {
            let pki = try await TestPKI.shared()
            let server = try await OpenSSLServer(identities: [pki.rsa], options: ["-tls1_3"])
            try await withPeer(server) { peer in
                let report = try await Sechan.report(
                    "connect",
                    ["--ca", pki.authority.certificate, "--protocol", "tls1.2", peer.namedTarget]
                )
                #expect(report.exit == 4, report.transcript)
                #expect(report.kind == "alert:protocol_version", report.transcript)
                try await report.expectValid()
            }
        }

        @Test("No common suite is an alert and 4")
        func noCommonSuite() async throws {
            let pki = try await TestPKI.shared()
            let server = try await OpenSSLServer(
                identities: [pki.rsa],
                cipher: "ECDHE-RSA-AES128-GCM-SHA256",
                options: ["-tls1_2"]
            )
            try await withPeer(server) { peer in
                let report = try await Sechan.report(
                    "connect",
                    ["--protocol", "tls1.2", "--ciphers", "ECDHE-RSA-AES256-GCM-SHA384", peer.namedTarget]
                )
                #expect(report.exit == 4, report.transcript)
                #expect(report.kind == "alert:handshake_failure", report.transcript)
                try await report.expectValid()
            }
        }

        @Test(
            "A server that wants a certificate gets one, and refuses when it doesn't",
            arguments: ["-tls1_2", "-tls1_3"]
        )
        func clientCertificate(version: String) async throws {
            let pki = try await TestPKI.shared()
            let server = try await OpenSSLServer(
                identities: [pki.ecdsa],
                service: .www,
                options: [version, "-Verify", "1", "-CAfile", pki.authority.certificate, "-verify_return_error"]
            )
            try await withPeer(server) { peer in
                let trust = ["--ca", pki.authority.certificate]
                let with = try await Sechan.report(
                    "connect",
                    trust + ["--cert", pki.client.certificate, "--key", pki.client.key, peer.namedTarget]
                )
                #expect(with.exit == 0, "\(with.run.transcript)\(peer.log)")
                let without = try await Sechan.report("connect", trust + [peer.namedTarget])
                #expect(without.exit == 4, without.transcript)
                #expect(without.kind?.hasPrefix("alert:") == true, without.transcript)
                try await without.expectValid()
            }
        }

        @Test("On a terminal it says who it talks to, and ends when told to")
        func terminal() async throws {
            let pki = try await TestPKI.shared()
            try await withPeer(AnyPeer(try await LivePeer.opensslTLS13.start())) { peer in
                let process = try Sechan.start(
                    ["connect", "--ca", pki.authority.certificate, peer.namedTarget],
                    input: .terminal,
                    environment: ["TERM": "xterm-256color"]
                )
                try await process.waitForOutput { $0.stdout.contains("TLS 1.3") }
                try process.write([0x04])
                let run = Finished(process, try await process.wait(timeout: .seconds(10)))
                #expect(run.status == 0, "\(run.transcript)")
            }
        }

        @Test("On a terminal Ctrl-] opens a command line", .tags(.openssl))
        func commands() async throws {
            let pki = try await TestPKI.shared()
            let server = try await OpenSSLServer(identities: [pki.rsa], service: .reverse, options: ["-tls1_3"])
            try await withPeer(server) { peer in
                let process = try Sechan.start(
                    ["connect", "--ca", pki.authority.certificate, peer.namedTarget],
                    input: .terminal,
                    environment: ["TERM": "dumb"]
                )
                func type(_ text: String, until wanted: String) async throws {
                    try process.write(Array(text.utf8))
                    try await process.waitForOutput { $0.stdout.contains(wanted) }
                }
                try await process.waitForOutput { $0.stdout.contains("Ctrl-] opens a command line") }
                // A command is none before the key.
                try await type("quit\n", until: "tiuq")
                // The key is heard of before the line ends.
                try await type("\u{1d}", until: "sechan> ")
                try await type("keyupdate\n", until: "new keys from here on")
                try await type("once\n", until: "the peer has new keys, too")
                try await type("\u{1d}renegotiate\n", until: "TLS 1.3 has no renegotiation")
                try await type("\u{1d}c\n", until: "SPKI pin")
                try await type("\u{1d}re\n", until: "may be renegotiate or resume")
                try await type("\u{1d}resume\n", until: "connected again, and resumed by psk")
                try await type("again\n", until: "niaga")
                try await type("\u{1d}q\n", until: "us, on request, with close_notify")
                let run = Finished(process, try await process.wait(timeout: .seconds(20)))
                #expect(run.status == 0, "\(run.transcript)")
            }
        }

        @Test(
            "The terminal is left as it was, whatever ends the program",
            .tags(.openssl),
            arguments: [1, 2, 3, 6, 15]
        )
        func terminalIsRestored(signal: Int) async throws {
            let pki = try await TestPKI.shared()
            let server = try await OpenSSLServer(identities: [pki.rsa], service: .reverse)
            try await withPeer(server) { peer in
                let process = try Sechan.start(
                    ["connect", "--ca", pki.authority.certificate, peer.namedTarget],
                    input: .terminal,
                    environment: ["TERM": "dumb", "SWIFT_BACKTRACE": "enable=no"]
                )
                try await process.waitForOutput { $0.stdout.contains("Ctrl-] opens a command line") }
                let terminal = try process.keepTerminal()
                #expect(terminal.lineEnd == 0x1d)
                process.send(signal: Int32(signal))
                let run = Finished(process, try await process.wait(timeout: .seconds(20)))
                #expect(run.status == 128 + Int32(signal), "\(run.transcript)")
                #expect(terminal.lineEnd == 0, "\(run.transcript)")
            }
        }

        @Test("Without a terminal nothing is a command", .tags(.openssl))
        func noCommands() async throws {
            let pki = try await TestPKI.shared()
            let server = try await OpenSSLServer(identities: [pki.rsa], service: .reverse, options: ["-tls1_3"])
            try await withPeer(server) { peer in
                let run = try await Sechan.run(
                    ["connect", "-q", "--ca", pki.authority.certificate, peer.namedTarget],
                    input: .bytes(Array("\u{1d}quit\nQ\nR\nCLOSE\n".utf8))
                )
                #expect(run.status == 0, "\(run.transcript)")
                #expect(run.stdout == "tiuq\u{1d}\nQ\nR\n", "\(run.transcript)")
            }
        }

        @Test("--bind chooses the address to come from", .tags(.nginx))
        func bind() async throws {
            let pki = try await TestPKI.shared()
            let server = try await NginxServer(
                identities: [pki.rsa],
                directives: ["location = /from { return 200 $remote_addr; }"]
            )
            try await withPeer(server) { peer in
                let run = try await Sechan.run([
                    "connect", "-q", "--ca", pki.authority.certificate, "--bind", "127.0.0.7", "--get", "/from",
                    peer.namedTarget,
                ])
                #expect(run.status == 0, "\(run.transcript)")
                #expect(run.stdout.hasSuffix("127.0.0.7"), "\(run.transcript)")
                let survey = try await Sechan.run(["ciphers", "--bind", "127.0.0.7", peer.target])
                #expect(survey.status == 0, "\(survey.transcript)")
            }
        }

        @Test("--certs-out writes what the server sent, also when it is refused", .tags(.openssl))
        func certificatesOut() async throws {
            let pki = try await TestPKI.shared()
            let directory = try TemporaryDirectory()
            let server = try await OpenSSLServer(
                identities: [pki.rsa],
                service: .www,
                options: ["-cert_chain", pki.authority.certificate]
            )
            try await withPeer(server) { peer in
                let file = directory.file("chain.pem")
                let run = try await Sechan.run(["connect", "-q", "--certs-out", file, peer.namedTarget])
                #expect(run.status == 5, "\(run.transcript)")
                let text = directory.text("chain.pem")
                #expect(text.components(separatedBy: "-----BEGIN CERTIFICATE-----").count == 3, "\(text)")
                let name = try await Tool.openssl.run(["x509", "-in", file, "-noout", "-subject"])
                #expect(name.stdout.contains("sechan test rsa"), "\(name.transcript)")
            }
        }

        @Test("--verify manual shows every check by itself", .tags(.openssl))
        func checks() async throws {
            let pki = try await TestPKI.shared()
            let server = try await OpenSSLServer(identities: [pki.expired], service: .www)
            try await withPeer(server) { peer in
                let run = try await Sechan.run([
                    "connect", "--verify", "manual", "--ca", pki.authority.certificate, peer.namedTarget,
                ])
                #expect(run.status == 5, "\(run.transcript)")
                let lines = run.stdout.split(separator: "\n")
                func says(_ label: String, _ word: String) -> Bool {
                    lines.contains { $0.hasPrefix("  \(label) ") && $0.contains(word) }
                }
                #expect(says("trusted root", "passed"), "\(run.transcript)")
                #expect(says("validity", "failed"), "\(run.transcript)")
                #expect(says("name", "passed"), "\(run.transcript)")
            }
        }

        @Test("A Unix-domain socket is a target, too", .tags(.openssl))
        func unixSocket() async throws {
            let pki = try await TestPKI.shared()
            let directory = try TemporaryDirectory()
            let path = directory.file("socket")
            // s_server gives up on a path of more than 31 characters, so it gets a relative one.
            let server = try ChildProcess(
                "/bin/sh",
                [
                    "-c", "cd \"$1\" && exec \"$2\" s_server -unix socket -cert \"$3\" -key \"$4\" -www", "sh",
                    directory.path, Tool.openssl.path(), pki.rsa.certificate, pki.rsa.key,
                ],
                input: .open
            )
            try await server.waitForOutput { $0.stdout.contains("ACCEPT") }
            let arguments = ["--ca", pki.authority.certificate, "--verify-name", "localhost", "unix:\(path)"]
            let report = try await Sechan.report("connect", arguments)
            #expect(report.exit == 0, report.transcript)
            await server.stop()
        }

        @Test("--connect-to dials elsewhere, and the name stays the target's", .tags(.nginx))
        func connectTo() async throws {
            let pki = try await TestPKI.shared()
            try await withPeer(try await NginxServer(identities: [pki.wrongName])) { peer in
                let report = try await Sechan.report(
                    "connect",
                    ["--ca", pki.authority.certificate, "--connect-to", peer.target, "wrong.example"]
                )
                #expect(report.exit == 0, report.transcript)
            }
        }

        @Test("--trace shows the legs, --hex their bytes, and neither changes the outcome")
        func trace() async throws {
            let pki = try await TestPKI.shared()
            try await withPeer(AnyPeer(try await LivePeer.opensslTLS12.start())) { peer in
                let arguments = ["connect", "--ca", pki.authority.certificate, "--trace", "--hex", peer.namedTarget]
                let run = try await Sechan.run(arguments)
                #expect(run.status == 0, "\(run.transcript)")
                for message in ["ClientHello", "ServerHello", "Certificate", "ServerHelloDone"] {
                    #expect(
                        run.stdout.lowercased().replacing("_", with: "").contains(message.lowercased()),
                        "\(message)\n\(run.transcript)"
                    )
                }
                #expect(run.stdout.contains("16 03 01"), "\(run.transcript)")
            }
        }
    }
}
