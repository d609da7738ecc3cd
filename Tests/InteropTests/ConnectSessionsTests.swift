import Foundation
import Testing

extension Interop {
    /// `sechan connect` comes back to everybody's servers, and does what they ask for on a standing session.
    @Suite("connect: sessions with everybody's servers", .tags(.binary))
    struct ConnectSessionsTests {
        // MARK: Resumption

        struct Return: Sendable, CustomTestStringConvertible {
            enum Server: String, Sendable {
                case openssl = "s_server"
                case nginx
                case apache = "Apache"
                case gnutls = "gnutls-serv"
                case nss = "selfserv"
                case jsse = "JSSE"
                case node = "Node.js"
                case python = "Python's ssl"
            }

            var server: Server
            var version: String
            var mechanism: String
            var testDescription: String { "\(server.rawValue), \(version), \(mechanism)" }

            var options: [String] { version < "tls1.2" ? ["--legacy", "--protocol", version] : [] }

            func start() async throws -> any Peer {
                let pki = try await TestPKI.shared()
                let withTickets = mechanism != "session-id"
                let name = version == "tls1.0" ? "TLSv1" : "TLSv" + version.dropFirst(3)
                switch server {
                case .openssl:
                    return try await OpenSSLServer(
                        identities: [pki.rsa],
                        cipher: "DEFAULT@SECLEVEL=0",
                        service: .www,
                        options: [LifecycleClient.opensslVersion(version)] + (withTickets ? [] : ["-no_ticket"])
                    )
                case .nginx:
                    let cache = ["ssl_session_tickets off;", "ssl_session_cache shared:sessions:1m;"]
                    return try await NginxServer(
                        identities: [pki.rsa],
                        protocols: name,
                        directives: withTickets ? [] : cache
                    )
                case .apache:
                    return try await ApacheServer(
                        identity: pki.rsa,
                        protocols: "-all +\(name)",
                        remembersSessions: !withTickets
                    )
                case .gnutls:
                    return try await GnuTLSServer(
                        identities: [pki.rsa],
                        priority: LifecycleClient.gnutlsPriority(version),
                        options: ["--disable-client-cert"] + (withTickets ? [] : ["--noticket"])
                    )
                case .nss:
                    return try await NSSServer(
                        rsa: pki.rsa,
                        ecdsa: pki.ecdsa,
                        versions: "\(version):\(version)",
                        options: withTickets ? ["-u"] : []
                    )
                case .jsse: return try await JSSEServer(identities: [pki.rsa], protocols: [name])
                case .node:
                    return try await NodeServer.start(identities: [pki.rsa], minVersion: name, maxVersion: name)
                case .python:
                    return try await EchoPeer(implementation: .python, version: version).start(1 << 20)
                }
            }
        }

        static let returns = [
            Return(server: .openssl, version: "tls1.0", mechanism: "session-id"),
            Return(server: .openssl, version: "tls1.1", mechanism: "ticket"),
            Return(server: .openssl, version: "tls1.1", mechanism: "session-id"),
            Return(server: .openssl, version: "tls1.2", mechanism: "session-id"),
            Return(server: .nginx, version: "tls1.2", mechanism: "ticket"),
            Return(server: .nginx, version: "tls1.2", mechanism: "session-id"),
            Return(server: .apache, version: "tls1.2", mechanism: "ticket"),
            Return(server: .apache, version: "tls1.2", mechanism: "session-id"),
            Return(server: .apache, version: "tls1.3", mechanism: "psk"),
            Return(server: .gnutls, version: "tls1.2", mechanism: "ticket"),
            Return(server: .gnutls, version: "tls1.2", mechanism: "session-id"),
            Return(server: .nss, version: "tls1.2", mechanism: "ticket"),
            Return(server: .nss, version: "tls1.2", mechanism: "session-id"),
            Return(server: .nss, version: "tls1.3", mechanism: "psk"),
            Return(server: .jsse, version: "tls1.2", mechanism: "ticket"),
            Return(server: .node, version: "tls1.2", mechanism: "ticket"),
            Return(server: .node, version: "tls1.3", mechanism: "psk"),
            Return(server: .python, version: "tls1.2", mechanism: "ticket"),
            Return(server: .python, version: "tls1.3", mechanism: "psk"),
        ]

        @Test("A session is resumed in the way that the server keeps it", arguments: returns)
        func resumes(_ kind: Return) async throws {
            let pki = try await TestPKI.shared()
            let directory = try TemporaryDirectory()
            let file = directory.file("session.pem")
            try await withPeer(AnyPeer(try await kind.start())) { peer in
                let arguments = ["--ca", pki.authority.certificate] + kind.options + [peer.namedTarget]
                let first = try await Sechan.report("connect", ["--session-out", file] + arguments)
                #expect(first.exit == 0, "\(first.run.transcript)\(peer.log)")
                let second = try await Sechan.report("connect", ["--session-in", file] + arguments)
                #expect(second.exit == 0, "\(second.run.transcript)\(peer.log)")
                let session = second.result["attributes"]["session"]
                #expect(session["resumed"].bool == true, "\(second.run.transcript)\(peer.log)")
                #expect(session["mechanism"].string == kind.mechanism, "\(second.run.transcript)\(peer.log)")
            }
        }

        // MARK: What servers ask for

        @Test(
            "s_server asks for a new handshake, new keys or a certificate, and gets them",
            .tags(.openssl),
            arguments: [("tls1.2", "r"), ("tls1.2", "R"), ("tls1.3", "k"), ("tls1.3", "K"), ("tls1.3", "c")]
        )
        func asked(version: String, letter: String) async throws {
            let pki = try await TestPKI.shared()
            let more = ["c": ["-verify", "2"], "R": ["-no_resumption_on_reneg"]][letter] ?? []
            let server = try await OpenSSLServer(
                identities: [pki.rsa],
                options: [LifecycleClient.opensslVersion(version), "-CAfile", pki.authority.certificate] + more
            )
            try await withPeer(server) { peer in
                let directory = try TemporaryDirectory()
                let output = directory.file("report.json")
                let process = try Sechan.start(
                    [
                        "connect", "--ca", pki.authority.certificate, "--cert", pki.client.certificate, "--key",
                        pki.client.key, "--format", "json", "-o", output, peer.namedTarget,
                    ],
                    input: .open
                )
                try process.write(Array("good morning\n".utf8))
                try await process.waitForOutput { _ in peer.log.contains("good morning") }
                try peer.type(letter)
                // A handshake has to be over before there is data again, which s_server says nothing of.
                try await Task.sleep(for: .milliseconds(300))
                try peer.type("good evening")
                try await process.waitForOutput { $0.stdout.contains("good evening") }
                try process.write(Array("good night\n".utf8))
                try await process.waitForOutput { _ in peer.log.contains("good night") }
                process.closeInput()
                let run = Finished(process, try await process.wait(timeout: .seconds(30)))
                #expect(run.status == 0, "\(run.transcript)\(peer.log)")
                let attributes = try JSONValue(parsing: directory.text("report.json"))["result"]["attributes"]
                let security = attributes["security"]
                switch letter {
                case "r", "R": #expect(security["renegotiations"].int == 1, "\(run.transcript)\(peer.log)")
                case "k", "K":
                    #expect(security["keyUpdatesReceived"].int == 1, "\(run.transcript)\(peer.log)")
                    #expect((security["keyUpdatesSent"].int ?? 0 > 0) == (letter == "K"), "\(run.transcript)")
                default:
                    #expect(attributes["clientAuthentication"]["certificatesSent"].int == 1, "\(run.transcript)")
                    #expect(peer.log.contains("CN = sechan test client"), "\(peer.log)")
                }
                if letter == "R" {
                    #expect(attributes["clientAuthentication"]["certificatesSent"].int == 1, "\(run.transcript)")
                }
            }
        }

        @Test(
            "gnutls-serv renews its keys, and asks for a certificate after the handshake",
            .tags(.gnutls),
            arguments: ["**REHANDSHAKE**", "**REAUTH**"]
        )
        func askedByGnuTLS(command: String) async throws {
            let pki = try await TestPKI.shared()
            let server = try await GnuTLSServer(
                identities: [pki.rsa],
                priority: LifecycleClient.gnutlsPriority("tls1.3"),
                echo: true,
                options: ["--x509cafile=\(pki.authority.certificate)"]
            )
            try await withPeer(server) { peer in
                let directory = try TemporaryDirectory()
                let file = try directory.write("\(command)\n", to: "command")
                let report = try await Sechan.report(
                    "connect",
                    [
                        "--ca", pki.authority.certificate, "--cert", pki.client.certificate, "--key", pki.client.key,
                        "--send", file, peer.namedTarget,
                    ]
                )
                #expect(report.exit == 0, "\(report.run.transcript)\(peer.log)")
                let answer = report.result["relay"]["received"].string
                #expect(answer == "Successfully executed command\n", "\(report.run.transcript)\(peer.log)")
                let attributes = report.result["attributes"]
                if command == "**REHANDSHAKE**" {
                    #expect(attributes["security"]["keyUpdatesReceived"].int == 1, report.transcript)
                } else {
                    #expect(attributes["clientAuthentication"]["proved"].bool == true, report.transcript)
                }
            }
        }

        @Test(
            "Apache wants a certificate for one page only: by renegotiation, or after the handshake",
            arguments: ["tls1.2", "tls1.3"],
            ["--cert", "--auto-cert", "none"]
        )
        func askedByApache(version: String, option: String) async throws {
            let pki = try await TestPKI.shared()
            let directory = try TemporaryDirectory()
            let identity = try String(contentsOfFile: pki.client.certificate, encoding: .utf8)
            let key = try String(contentsOfFile: pki.client.key, encoding: .utf8)
            try FileManager.default.createDirectory(
                atPath: directory.file("identities"),
                withIntermediateDirectories: false
            )
            try directory.write(identity + key, to: "identities/client.pem")
            let server = try await ApacheServer(
                identity: pki.rsa,
                protocols: "-all +TLSv" + version.dropFirst(3),
                files: ["open": Array("open".utf8), "secret": Array("the secret".utf8)],
                directives: [
                    "SSLCACertificateFile \(pki.authority.certificate)", "<Location /secret>",
                    "SSLVerifyClient require", "SSLVerifyDepth 2", "</Location>",
                ]
            )
            try await withPeer(server) { peer in
                let shown =
                    switch option {
                    case "--cert": ["--cert", pki.client.certificate, "--key", pki.client.key]
                    case "--auto-cert": ["--auto-cert", directory.file("identities")]
                    default: [String]()
                    }
                let trust = ["--ca", pki.authority.certificate]
                let open = try await Sechan.run(["connect", "-q", "--get", "/open"] + trust + [peer.namedTarget])
                #expect(open.stdout.hasSuffix("\r\n\r\nopen"), "\(open.transcript)\(peer.log)")
                let report = try await Sechan.report(
                    "connect",
                    ["--get", "/secret"] + trust + shown + [peer.namedTarget]
                )
                let attributes = report.result["attributes"]
                let answer = report.result["relay"]["received"].string ?? ""
                if option == "none" {
                    #expect(!answer.contains("the secret"), report.transcript)
                    return
                }
                #expect(report.exit == 0, "\(report.run.transcript)\(peer.log)")
                #expect(answer.hasSuffix("\r\n\r\nthe secret"), "\(report.run.transcript)\(peer.log)")
                #expect(attributes["clientAuthentication"]["certificatesSent"].int == 1, report.transcript)
                #expect(attributes["clientAuthentication"]["proved"].bool == true, report.transcript)
                #expect(attributes["security"]["renegotiations"].int == (version == "tls1.2" ? 1 : 0))
                try await report.expectValid()
            }
        }

        // MARK: Keys that both ends know

        @Test("GnuTLS and sechan know each other by a key", .tags(.gnutls), arguments: ["tls1.2", "tls1.3"])
        func presharedKey(version: String) async throws {
            let directory = try TemporaryDirectory()
            let key = "00112233445566778899aabbccddeeff"
            let keys = try directory.write("tester:\(key)\n", to: "keys")
            let priority = "NORMAL:-VERS-ALL:+VERS-\(version.uppercased()):-KX-ALL:+ECDHE-PSK:+DHE-PSK:+PSK"
            let ours = ["--psk", key, "--psk-identity", "tester", "--protocol", version]
            let server = try await GnuTLSServer(
                identities: [],
                priority: priority,
                echo: true,
                options: ["--pskpasswd=\(keys)"]
            )
            try await withPeer(server) { peer in
                let report = try await Sechan.report(
                    "connect",
                    ours + [peer.namedTarget],
                    input: .bytes(Array("good morning\n".utf8))
                )
                #expect(report.exit == 0, "\(report.run.transcript)\(peer.log)")
                #expect(report.result["relay"]["received"].string == "good morning\n", "\(report.run.transcript)")
            }
            try await withPeer(try await SechanServer(["--echo"] + ours)) { server in
                let run = try await GnuTLSClient.connect(
                    port: server.port,
                    // gnutls-cli 3.7 crashes after a TLS 1.2 handshake with a key and DHE or ECDHE, also with s_server.
                    priority: version == "tls1.2" ? "NORMAL:-VERS-ALL:+VERS-TLS1.2:-KX-ALL:+PSK" : priority,
                    input: "good morning\n",
                    options: ["--pskusername=tester", "--pskkey=\(key)"]
                )
                #expect(run.status == 0, "\(run.transcript)\(server.log)")
                #expect(run.stdout.contains("good morning"), "\(run.transcript)\(server.log)")
            }
        }
    }
}
