import Foundation
import Testing

extension Interop {
    /// What bad input gets from each verb: a line that says what was wrong, a hint, status 2, and nothing sent.
    @Suite("bad input", .tags(.binary))
    struct BadInputTests {
        /// One mistake: the options that make it, what the complaint must say, and what the hint must.
        struct Mistake: Sendable {
            let options: [String]
            let says: String
            let hints: String
        }

        /// The files that mistakes are made with.
        struct Files: Sendable {
            let directory: TemporaryDirectory
            let pki: TestPKI
            let p12: String
            let locked: String
            let wrong: String
            let noise: String
            let empty: String

            init() async throws {
                let directory = try TemporaryDirectory()
                self.directory = directory
                pki = try await TestPKI.shared()
                p12 = directory.file("me.p12")
                locked = directory.file("locked.key")
                wrong = try directory.write("not this\n", to: "wrong")
                noise = try directory.write("no certificate\n", to: "noise.txt")
                empty = directory.file("empty")
                try FileManager.default.createDirectory(atPath: empty, withIntermediateDirectories: false)
                try await Tool.openssl.run([
                    "pkcs12", "-export", "-inkey", pki.client.key, "-in", pki.client.certificate, "-out", p12,
                    "-passout",
                    "pass:this",
                ]).succeeded()
                try await Tool.openssl.run([
                    "pkey", "-in", pki.client.key, "-aes256", "-passout", "pass:this", "-out", locked,
                ]).succeeded()
            }

            /// What every verb with a credential may be told wrong.
            var credentials: [Mistake] {
                let certificate = pki.client.certificate
                return [
                    Mistake(
                        options: ["--cert", "/nowhere/a.pem", "--key", pki.client.key],
                        says: "/nowhere/a.pem",
                        hints: "check the name"
                    ),
                    Mistake(
                        options: ["--cert", certificate, "--key", "/nowhere/a.key"],
                        says: "/nowhere/a.key",
                        hints: "check the name"
                    ),
                    Mistake(
                        options: ["--cert", certificate, "--key", pki.rsa.key],
                        says: "does not belong to the certificate",
                        hints: "--key FILE"
                    ),
                    Mistake(
                        options: ["--cert", certificate, "--key", locked, "--pass", "file:\(wrong)"],
                        says: "does not open the private key",
                        hints: "--pass"
                    ),
                    Mistake(
                        options: ["--p12", p12, "--pass", "file:\(wrong)"],
                        says: "does not open the PKCS#12 file",
                        hints: "--pass"
                    ),
                    Mistake(options: ["--cert", noise, "--key", pki.client.key], says: noise, hints: "certificates"),
                    Mistake(
                        options: ["--cert-dir", empty, "--subject", "x"],
                        says: "holds no certificates",
                        hints: "put"
                    ),
                ]
            }
        }

        /// What every verb with protocols may be told wrong.
        static let protocols = [
            Mistake(
                options: ["--ciphersuites", "TLS_AES_128_GCM_SHA265"],
                says: "'TLS_AES_128_GCM_SHA265' is not a suite",
                hints: "TLS_AES_128_GCM_SHA256"
            ),
            Mistake(
                options: ["--ciphers", "ECDHE-RSA-AES128-GCM-SHA265"],
                says: "is not a suite",
                hints: "ECDHE-RSA-AES128-GCM-SHA256"
            ),
            Mistake(options: ["--groups", "x25591"], says: "is not a group", hints: "x25519"),
            Mistake(
                options: ["--sigalgs", "rsa_pss_rsae_sha265"],
                says: "not a signature",
                hints: "rsa_pss_rsae_sha256"
            ),
            Mistake(options: ["--protocol", "tls1.3-tls1.2"], says: "runs backwards", hints: "tls1.2-tls1.3"),
            Mistake(options: ["--protocol", "tls1.4"], says: "tls1.4", hints: "tls1.3"),
            Mistake(
                options: ["--min-strength", "256", "--max-strength", "128"],
                says: "--min-strength 256 is above --max-strength 128",
                hints: "swap"
            ),
            Mistake(options: ["--disable", "cipher:AES265"], says: "AES265", hints: "AES-256"),
        ]

        private func expect(_ mistake: Mistake, from run: Finished) {
            #expect(run.status == 2, "\(run.transcript)")
            #expect(run.stdout == "", "\(run.transcript)")
            let lines = run.stderr.split(separator: "\n", omittingEmptySubsequences: false)
            #expect(lines.count == 3 && lines.last == "", "two lines and no more: \(run.transcript)")
            guard lines.count >= 2 else { return }
            #expect(lines[0].hasPrefix("sechan: ") && lines[0].contains(mistake.says), "\(run.transcript)")
            #expect(lines[1].hasPrefix("sechan: hint: ") && lines[1].contains(mistake.hints), "\(run.transcript)")
        }

        @Test("of a client", arguments: ["connect", "inspect", "renegotiate", "shutdown"])
        func clients(verb: String) async throws {
            let files = try await Files()
            let trust = [
                Mistake(options: ["--ca", "/nowhere/ca.pem"], says: "/nowhere/ca.pem", hints: "--ca"),
                Mistake(options: ["--ca", files.noise], says: files.noise, hints: "--ca"),
                Mistake(options: ["--auto-cert", files.empty], says: "holds no certificates", hints: "put"),
                Mistake(
                    options: ["--revocation", "end", "--crl", files.noise],
                    says: files.noise,
                    hints: "lists of revoked certificates"
                ),
                Mistake(options: ["--keylog", "/nowhere/log"], says: "/nowhere/log", hints: "directory"),
            ]
            try await withPeer(try await CountingServer.start()) { peer in
                for mistake in files.credentials + Self.protocols + trust {
                    expect(mistake, from: try await Sechan.run([verb] + mistake.options + [peer.namedTarget]))
                }
                #expect(peer.total == 0, "something was sent")
            }
        }

        @Test("of serve")
        func serve() async throws {
            let files = try await Files()
            let held = try LoopbackSocket()
            try held.startListening()
            let own = [
                Mistake(options: ["--listen", "127.0.0.1:\(held.port)"], says: "is in use", hints: "--listen"),
                Mistake(options: ["--files", "/nowhere"], says: "/nowhere", hints: "directory"),
                Mistake(
                    options: ["--client-auth", "require", "--client-ca", files.noise],
                    says: files.noise,
                    hints: "certificates"
                ),
                Mistake(options: ["--sni", "a.example=\(files.noise)"], says: files.noise, hints: "certificates"),
                Mistake(options: ["--ticket-key", files.noise], says: "not 80", hints: "openssl rand"),
                Mistake(options: ["--keylog", "/nowhere/log"], says: "/nowhere/log", hints: "directory"),
            ]
            for mistake in files.credentials + Self.protocols + own {
                expect(mistake, from: try await Sechan.run(["serve"] + mistake.options))
            }
        }

        @Test("of ciphers")
        func ciphers() async throws {
            let mistakes = [
                Mistake(options: ["--protocol", "tls1.3-tls1.2"], says: "runs backwards", hints: "tls1.2-tls1.3"),
                Mistake(
                    options: ["--min-strength", "256", "--max-strength", "128"],
                    says: "at least 256 and at most 128",
                    hints: "--min-strength"
                ),
                Mistake(options: ["--expect", "/nowhere/list"], says: "/nowhere/list", hints: "check the name"),
            ]
            try await withPeer(try await CountingServer.start()) { peer in
                for mistake in mistakes {
                    expect(mistake, from: try await Sechan.run(["ciphers"] + mistake.options + [peer.namedTarget]))
                }
                #expect(peer.total == 0, "something was sent")
            }
        }
    }
}
