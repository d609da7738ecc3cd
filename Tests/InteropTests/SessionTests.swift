import Foundation
import Testing

extension Interop {
    /// Sessions in files, early data, exporters and key logs, with the programs that have them too.
    @Suite("sessions and secrets", .tags(.binary))
    struct SessionTests {
        /// The servers that give sessions which can be taken to a new connection.
        private static let kinds: [LivePeer] = [
            .opensslTLS10, .opensslTLS12, .opensslTLS13, .nginxTLS12, .nginxTLS13, .gnutlsTLS12, .gnutlsTLS13,
            .jsseTLS12,
            .jsseTLS13,
        ]

        @Test("A saved session is resumed", arguments: kinds)
        func savedAndResumed(kind: LivePeer) async throws {
            let pki = try await TestPKI.shared()
            let directory = try TemporaryDirectory()
            let file = directory.file("session.pem")
            try await withPeer(AnyPeer(try await kind.start())) { peer in
                let options = ["--ca", pki.authority.certificate] + kind.options
                let first = try await Sechan.report("connect", options + ["--session-out", file, peer.namedTarget])
                #expect(first.exit == 0, "\(first.run.transcript)\(peer.log)")
                #expect(first.result["attributes"]["session"]["resumed"].bool == false)
                try await first.expectValid()
                let attributes = try FileManager.default.attributesOfItem(atPath: file)
                #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
                let second = try await Sechan.report("connect", options + ["--session-in", file, peer.namedTarget])
                #expect(second.exit == 0, "\(second.run.transcript)\(peer.log)")
                #expect(second.result["attributes"]["session"]["resumed"].bool == true, second.transcript)
                #expect(second.result["certificates"].array.isEmpty == false, "the chain comes from the file")
                try await second.expectValid()
                let text = try await Sechan.run(["connect", "-v", "--explain"] + options + [peer.namedTarget])
                #expect(text.status == 0, "\(text.transcript)")
                #expect(text.stdout.contains("SEC_E_OK 0x00000000"), "\(text.transcript)")
            }
        }

        @Test("s_client reads our sessions, and we read its own", .tags(.openssl), arguments: ["-tls1_2", "-tls1_3"])
        func sharedWithSClient(version: String) async throws {
            let pki = try await TestPKI.shared()
            let directory = try TemporaryDirectory()
            let (ours, theirs) = (directory.file("ours.pem"), directory.file("theirs.pem"))
            let server = try await OpenSSLServer(identities: [pki.rsa], service: .www, options: [version])
            try await withPeer(server) { peer in
                let trust = ["--ca", pki.authority.certificate]
                let saved = try await Sechan.run(["connect", "--session-out", ours] + trust + [peer.namedTarget])
                #expect(saved.status == 0, "\(saved.transcript)")
                let read = try await Tool.openssl.run(["sess_id", "-in", ours, "-noout", "-text"])
                #expect(read.status == 0, "\(read.transcript)")
                #expect(read.stdout.contains(version == "-tls1_3" ? "TLSv1.3" : "TLSv1.2"), "\(read.transcript)")
                let reused = try await OpenSSLClient.connect(port: peer.port, options: [version, "-sess_in", ours])
                #expect(reused.stdout.contains("Reused, "), "\(reused.transcript)")

                let request = "GET / HTTP/1.0\r\n\r\n"
                let made = try await OpenSSLClient.connect(
                    port: peer.port,
                    input: request,
                    options: [version, "-ign_eof", "-sess_out", theirs]
                )
                #expect(made.stdout.contains("New, "), "\(made.transcript)")
                let resumed = try await Sechan.report("connect", trust + ["--session-in", theirs, peer.namedTarget])
                #expect(resumed.exit == 0, resumed.transcript)
                #expect(resumed.result["attributes"]["session"]["resumed"].bool == true, resumed.transcript)
            }
        }

        @Test("Early data is taken, and answered", .tags(.openssl))
        func earlyDataTaken() async throws {
            let pki = try await TestPKI.shared()
            let directory = try TemporaryDirectory()
            let file = directory.file("session.pem")
            let data = try directory.write("GET /early HTTP/1.0\r\n\r\n", to: "request")
            let server = try await OpenSSLServer(
                identities: [pki.rsa],
                options: ["-tls1_3", "-early_data", "-max_early_data", "4096"]
            )
            try await withPeer(server) { peer in
                let trust = ["--ca", pki.authority.certificate]
                let first = try await Sechan.report("connect", trust + ["--session-out", file, peer.namedTarget])
                #expect(first.exit == 0, first.transcript)
                let second = try await Sechan.report(
                    "connect",
                    trust + ["--session-in", file, "--early-data", data, peer.namedTarget]
                )
                #expect(second.exit == 0, second.transcript)
                let early = second.result["attributes"]["session"]["earlyData"]
                #expect(early["status"].string == "accepted", "\(second.run.transcript)\(peer.log)")
                #expect(early["maximum"].int == 4_096)
                #expect(peer.log.contains("GET /early HTTP/1.0"), "\(peer.log)")
                try await second.expectValid()
                // The ticket was for one use.
                let third = try await Sechan.report(
                    "connect",
                    trust + ["--session-in", file, "--early-data", data, peer.namedTarget]
                )
                #expect(
                    third.result["attributes"]["session"]["earlyData"]["status"].string == "rejected",
                    third.transcript
                )
                // What was not taken early went through the session.
                #expect(third.result["relay"]["earlyBytesResent"].int == 23, third.transcript)
                #expect(third.result["relay"]["bytesSent"].int == 23, third.transcript)
                #expect(peer.log.split(separator: "GET /early HTTP/1.0").count == 3, "\(peer.log)")
                try await third.expectValid()
            }
        }

        @Test("Early data of GnuTLS and nginx", arguments: ["gnutls", "nginx"])
        func earlyDataElsewhere(kind: String) async throws {
            let pki = try await TestPKI.shared()
            let directory = try TemporaryDirectory()
            let file = directory.file("session.pem")
            let data = try directory.write("GET / HTTP/1.0\r\nHost: localhost\r\n\r\n", to: "request")
            let server: any Peer =
                kind == "gnutls"
                ? try await GnuTLSServer(
                    identities: [pki.rsa],
                    options: ["--disable-client-cert", "--earlydata", "--maxearlydata=8192"]
                )
                : try await NginxServer(
                    identities: [pki.rsa],
                    directives: ["ssl_early_data on;", "ssl_session_cache shared:early:1m;"]
                )
            try await withPeer(AnyPeer(server)) { peer in
                let trust = ["--ca", pki.authority.certificate]
                let first = try await Sechan.report("connect", trust + ["--session-out", file, peer.namedTarget])
                #expect(first.exit == 0, first.transcript)
                let second = try await Sechan.report(
                    "connect",
                    trust + ["--session-in", file, "--early-data", data, peer.namedTarget]
                )
                #expect(second.exit == 0, "\(second.run.transcript)\(peer.log)")
                let early = second.result["attributes"]["session"]["earlyData"]
                #expect(early["status"].string == "accepted", "\(second.run.transcript)\(peer.log)")
                // gnutls-serv takes early data and keeps it to itself.
                guard kind == "nginx" else { return }
                #expect(second.result["relay"]["received"].string?.contains("HTTP/1.") == true, second.transcript)
            }
        }

        @Test("Both ends export the same", .tags(.openssl), arguments: ["-tls1_2", "-tls1_3"])
        func exporters(version: String) async throws {
            let pki = try await TestPKI.shared()
            let server = try await OpenSSLServer(
                identities: [pki.rsa],
                options: [version, "-keymatexport", "EXPORTER-sechan", "-keymatexportlen", "48"]
            )
            try await withPeer(server) { peer in
                let arguments = ["--ca", pki.authority.certificate, "--export", "EXPORTER-sechan:48", peer.namedTarget]
                let report = try await Sechan.report("connect", arguments + ["--export", "eap"])
                #expect(report.exit == 0, report.transcript)
                let exports = report.result["attributes"]["exports"].array
                let material = try #require(exports.first?["material"].string)
                #expect(material.count == 96)
                #expect(peer.log.lowercased().contains(material), "\(report.run.transcript)\(peer.log)")
                #expect(exports.last?["material"].string?.count == 256)
                try await report.expectValid()
                let text = try await Sechan.run(["connect"] + arguments)
                #expect(text.stdout.contains("exported keying material"), "\(text.transcript)")
            }
        }

        @Test("The key log is the server's own", .tags(.openssl), arguments: ["-tls1_2", "-tls1_3"])
        func keyLog(version: String) async throws {
            let pki = try await TestPKI.shared()
            let directory = try TemporaryDirectory()
            let file = directory.file("keys.log")
            let server = try await OpenSSLServer(
                identities: [pki.rsa],
                options: [version, "-keylogfile", directory.file("server.log")]
            )
            try await withPeer(server) { peer in
                let arguments = ["connect", "-v", "--hex", "--ca", pki.authority.certificate, peer.namedTarget]
                let quiet = try await Sechan.run(arguments + ["--keylog", file])
                #expect(quiet.status == 0, "\(quiet.transcript)")
                #expect(quiet.stderr.contains("warning: the secrets of this session are written to"))
                let ours = Set(directory.text("keys.log").split(separator: "\n"))
                let theirs = Set(directory.text("server.log").split(separator: "\n"))
                #expect(!ours.isEmpty && ours.isSubset(of: theirs), "\(ours)\n\(theirs)")
                let attributes = try FileManager.default.attributesOfItem(atPath: file)
                #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
                for line in ours {
                    let secret = try #require(line.split(separator: " ").last)
                    #expect(!quiet.stdout.contains(secret) && !quiet.stderr.contains(secret))
                }
                let again = try await Sechan.run(arguments, environment: ["SSLKEYLOGFILE": file])
                #expect(again.status == 0, "\(again.transcript)")
                #expect(directory.text("keys.log").split(separator: "\n").count == 2 * ours.count, "it is appended to")
                let open = try await Sechan.report(
                    "connect",
                    ["--reveal-secrets", "--ca", pki.authority.certificate, peer.namedTarget]
                )
                let lines = open.result["attributes"]["secrets"]["keyLog"].array
                #expect(lines.count == ours.count, open.transcript)
                #expect(
                    open.result["attributes"]["secrets"]["masterSecret"].string?.count
                        == (version == "-tls1_2" ? 96 : nil)
                )
                try await open.expectValid()
            }
        }
    }
}
