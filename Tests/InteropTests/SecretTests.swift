import Foundation
import Testing

extension Interop {
    /// No secret shows in anything that sechan writes, unless it was asked to: whatever the verb, the format and the detail.
    @Suite("secrets", .tags(.binary))
    struct SecretTests {
        /// The loudest each format gets.
        private static func views(_ verb: String) -> [[String]] {
            let verbose = verb == "connect" ? ["-v"] : []
            return [verbose + ["--explain", "--trace", "--hex"], ["--format", "json", "--trace", "--hex"]]
        }

        /// Runs a client verb with everything secret that it can be given, and finds nothing of it.
        @Test("of a client", arguments: ["connect", "inspect", "renegotiate", "shutdown"], ["-tls1_2", "-tls1_3"])
        func clients(verb: String, version: String) async throws {
            let pki = try await TestPKI.shared()
            let directory = try TemporaryDirectory()
            let password = try directory.write("the passphrase\n", to: "password")
            let locked = directory.file("locked.key")
            try await Tool.openssl.run([
                "pkey", "-in", pki.client.key, "-aes256", "-passout", "file:\(password)", "-out", locked,
            ]).succeeded()
            let log = directory.file("server.log")
            let server = try await OpenSSLServer(
                identities: [pki.rsa],
                service: .www,
                options: [version, "-keylogfile", log, "-verify", "1", "-CAfile", pki.authority.certificate]
            )
            try await withPeer(server) { peer in
                for view in Self.views(verb) {
                    let arguments =
                        [
                            verb, "--ca", pki.authority.certificate, "--cert", pki.client.certificate, "--key", locked,
                            "--pass", "file:\(password)",
                        ] + view + [peer.namedTarget]
                    let run = try await Sechan.run(arguments)
                    #expect([0, 1, 6].contains(run.status), "\(run.transcript)")
                    let secrets = Secrets(log: directory.text("server.log"))
                    #expect(secrets.count > 0, "\(run.transcript)")
                    #expect(secrets.found(in: run) == [], "\(run.transcript)")
                    #expect(!run.stdout.contains("the passphrase") && !run.stderr.contains("the passphrase"))
                    try expectNoKey(pki.client.key, in: run)
                }
                // What is searched for can be found.
                let open = try await Sechan.run([
                    "connect", "--reveal-secrets", "--format", "json", "--ca", pki.authority.certificate,
                    peer.namedTarget,
                ])
                #expect(Secrets(log: directory.text("server.log")).found(in: open) != [], "\(open.transcript)")
            }
        }

        @Test("of a pre-shared key", arguments: ["-tls1_2", "-tls1_3"])
        func presharedKey(version: String) async throws {
            let key = OpenSSLServer.presharedKey
            let options = [version, "-psk_identity", "door"]
            try await withPeer(try await OpenSSLServer(identities: [], psk: true, options: options)) { peer in
                for verb in ["connect", "inspect", "shutdown"] {
                    for view in Self.views(verb) {
                        let run = try await Sechan.run(
                            [verb, "--psk", key, "--psk-identity", "door"] + view + [peer.namedTarget]
                        )
                        #expect([0, 1].contains(run.status), "\(run.transcript)")
                        #expect(Secrets(hex: [key]).found(in: run) == [], "\(run.transcript)")
                    }
                }
            }
        }

        @Test("of serve, on its log, its page and its JSON", arguments: ["-tls1_2", "-tls1_3"], ["text", "json"])
        func serve(version: String, format: String) async throws {
            let pki = try await TestPKI.shared()
            let directory = try TemporaryDirectory()
            let ours = directory.file("ours.log")
            let theirs = directory.file("theirs.log")
            let ticketKey = try directory.write((0..<80).map { UInt8($0 * 3) }, to: "ticket.key")
            let options = [
                "--cert", pki.rsa.certificate, "--key", pki.rsa.key, "--keylog", ours, "--ticket-key", ticketKey,
                "--format",
                format,
            ]
            let server = try await SechanServer(options)
            var answers: [Finished] = []
            do {
                for path in ["/", "/?format=json"] {
                    answers.append(
                        try await OpenSSLClient.connect(
                            port: server.port,
                            input: "GET \(path) HTTP/1.0\r\n\r\n",
                            options: [version, "-ign_eof", "-quiet", "-keylogfile", theirs]
                        )
                    )
                }
            } catch {
                await server.stop()
                throw error
            }
            answers.append(try await server.interrupt())
            let secrets = Secrets(log: directory.text("theirs.log"))
            #expect(secrets.count > 0)
            for answer in answers {
                #expect(secrets.found(in: answer) == [], "\(answer.transcript)")
                #expect(Secrets(bytes: [directory.bytes("ticket.key")]).found(in: answer) == [], "\(answer.transcript)")
                try expectNoKey(pki.rsa.key, in: answer)
            }
            // The file has what the client's has, for nobody but us.
            let lines = Set(directory.text("ours.log").split(separator: "\n"))
            let expected = directory.text("theirs.log").split(separator: "\n").filter { !$0.hasPrefix("#") }
            #expect(!expected.isEmpty && expected.allSatisfy(lines.contains), "\(lines)\n\(expected)")
            let mode = try FileManager.default.attributesOfItem(atPath: ours)[.posixPermissions] as? Int
            #expect(mode == 0o600)
        }

        @Test("key logs follow no link, and are nobody else's", arguments: ["connect", "serve"])
        func links(verb: String) async throws {
            let directory = try TemporaryDirectory()
            let target = try directory.write("precious\n", to: "precious")
            let link = directory.file("link")
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: target)
            let open = try directory.write("", to: "open")
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: open)
            for path in [link, open, directory.path] {
                let run = try await Sechan.run([verb, "--keylog", path] + (verb == "serve" ? [] : ["localhost:9"]))
                #expect(run.status == 2, "\(run.transcript)")
                #expect(run.stdout == "", "\(run.transcript)")
            }
            #expect(directory.text("precious") == "precious\n")
        }

        private func expectNoKey(_ file: String, in run: Finished) throws {
            let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
                .filter { !$0.hasPrefix("-----") && $0.count > 20 }
            #expect(!lines.isEmpty)
            for line in lines { #expect(!run.stdout.contains(line) && !run.stderr.contains(line), "\(run.transcript)") }
        }
    }
}

/// Bytes that must not show, in whatever way bytes are written.
private struct Secrets {
    private let values: [[UInt8]]
    var count: Int { values.count }

    init(bytes: [[UInt8]]) {
        values = bytes
    }

    init(hex: [some StringProtocol]) {
        values = hex.map { text in
            let digits = Array(text.utf8)
            return stride(from: 0, to: digits.count - 1, by: 2).compactMap { index in
                UInt8(String(decoding: digits[index..<(index + 2)], as: UTF8.self), radix: 16)
            }
        }
    }

    /// The secrets in the NSS key log format: the last word of each line.
    init(log: String) {
        self.init(
            hex: log.split(separator: "\n").filter { !$0.hasPrefix("#") }.compactMap { $0.split(separator: " ").last }
        )
    }

    /// Those that a run shows eight bytes of in a row, or more: as hexadecimal digits, in groups or not, or in base 64.
    func found(in run: Finished) -> [String] {
        let text = run.stdout + run.stderr
        let digits = text.lowercased().filter { $0.isHexDigit || $0 == "\n" }
        return values.compactMap { value in
            let hex = value.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
            for start in 0...max(0, value.count - 8) {
                let piece = hex[start..<min(start + 8, hex.count)].joined()
                if digits.contains(piece) { return piece }
            }
            let encoded = Data(value).base64EncodedString().prefix(16)
            return text.contains(encoded) ? String(encoded) : nil
        }
    }
}
