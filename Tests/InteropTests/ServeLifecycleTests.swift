import Foundation
import Glibc
import Testing

extension Interop {
    /// What `sechan serve` can do beyond a page, with clients that others wrote.
    @Suite("serve: names, tickets, staples, files", .tags(.binary))
    struct ServeLifecycleTests {
        private let request = "GET / HTTP/1.0\r\n\r\n"

        private func server(_ pki: TestPKI, _ options: [String] = []) async throws -> SechanServer {
            try await SechanServer(["--cert", pki.ecdsa.certificate, "--key", pki.ecdsa.key] + options)
        }

        @Test(
            "curl trusts whatever a throwaway authority signed",
            .tags(.curl),
            arguments: ["rsa", "ecdsa", "ed25519"]
        )
        func authority(kind: String) async throws {
            let directory = try TemporaryDirectory()
            let file = directory.file("ca.pem")
            try await withPeer(try await SechanServer(["--ca-out", file, "--key-type", kind])) { server in
                let page = try await CurlClient.get(port: server.port, authority: file)
                #expect(page.status == 0, "\(page.transcript)\(server.log)")
                #expect(!(try String(contentsOfFile: file, encoding: .utf8).contains("PRIVATE")))
                let plain = try await CurlClient.get(port: server.port, authority: file, options: ["--tls-max", "1.2"])
                #expect(plain.status == 0, "\(plain.transcript)\(server.log)")
            }
        }

        @Test("a name has its own certificate, and --sni-strict refuses others", .tags(.openssl))
        func names() async throws {
            let pki = try await TestPKI.shared()
            let options = ["--sni", "wrong.example=\(pki.wrongName.certificate),\(pki.wrongName.key)", "--sni-strict"]
            try await withPeer(try await server(pki, options)) { server in
                for name in ["wrong.example", "localhost"] {
                    let run = try await OpenSSLClient.connect(
                        port: server.port,
                        authority: pki.authority.certificate,
                        serverName: name
                    )
                    #expect(run.status == 0, "\(run.transcript)\(server.log)")
                }
                let other = try await OpenSSLClient.connect(port: server.port, serverName: "other.example")
                #expect(other.status != 0)
                #expect(other.stderr.contains("unrecognized name"), "\(other.transcript)")
            }
        }

        @Test(
            "s_client resumes with a ticket of a server that had the same key",
            .tags(.openssl),
            arguments: ["-tls1_2", "-tls1_3"]
        )
        func ticketKey(version: String) async throws {
            let pki = try await TestPKI.shared()
            let directory = try TemporaryDirectory()
            let key = directory.file("ticket.key")
            try await Tool.openssl.run(["rand", "-out", key, "80"]).succeeded()
            let session = directory.file("session.pem")
            for isFirst in [true, false] {
                try await withPeer(try await server(pki, ["--ticket-key", key])) { server in
                    let run = try await OpenSSLClient.connect(
                        port: server.port,
                        input: request,
                        options: [version, "-ign_eof", isFirst ? "-sess_out" : "-sess_in", session]
                    )
                    #expect(run.stdout.contains(isFirst ? "New, TLS" : "Reused, TLS"), "\(run.transcript)\(server.log)")
                }
            }
        }

        /// 200 connections, of which each ends in one of four ways.
        @Test("connections leave no descriptor behind, however they end", arguments: ["text", "json"])
        func leftovers(format: String) async throws {
            let script = """
                import socket, ssl, struct, sys
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
                context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
                for number in range(200):
                    plain = socket.create_connection(("127.0.0.1", int(sys.argv[1])), timeout=30)
                    if number % 4 == 0:
                        plain.close()
                        continue
                    session = context.wrap_socket(plain)
                    session.sendall(b"GET / HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n")
                    session.recv(100)
                    if number % 4 == 1:
                        session.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    if number % 4 == 2:
                        while session.recv(65536) and session.pending(): pass
                        session.unwrap().close()
                    session.close()
                """
            let pki = try await TestPKI.shared()
            try await withPeer(try await server(pki, ["--format", format])) { server in
                let client = { try await Finished.running(ProjectPaths.python(), ["-c", script, "\(server.port)"]) }
                // What the first ones need stays: files of the system that are read late, an event loop.
                let first = try await client()
                #expect(first.status == 0, "\(first.transcript)")
                try await settles(server, at: nil)
                let before = try server.descriptors
                let second = try await client()
                #expect(second.status == 0, "\(second.transcript)")
                try await settles(server, at: before)
            }
        }

        /// Waits until a server has told of all connections so far and has so many descriptors.
        private func settles(_ server: SechanServer, at wanted: Int?) async throws {
            var last = -1
            for _ in 0..<600 {
                let now = try server.descriptors
                if let wanted, now <= wanted { return }
                if wanted == nil, now == last { return }
                last = now
                try await Task.sleep(for: .milliseconds(wanted == nil ? 500 : 50))
            }
            Issue.record("\(last) descriptors are open, not \(wanted ?? -1)")
        }

        @Test("early data is taken, told of, and not taken twice", .tags(.openssl))
        func earlyData() async throws {
            let pki = try await TestPKI.shared()
            let directory = try TemporaryDirectory()
            let session = directory.file("session.pem")
            let early = directory.file("early")
            try directory.write(request, to: "early")
            try await withPeer(try await server(pki, ["--early-data", "4096"])) { server in
                let first = try await OpenSSLClient.connect(
                    port: server.port,
                    input: request,
                    options: ["-tls1_3", "-ign_eof", "-sess_out", session]
                )
                #expect(first.stdout.contains("Max Early Data: 4096"), "\(first.transcript)")
                let second = try await OpenSSLClient.connect(
                    port: server.port,
                    options: ["-tls1_3", "-ign_eof", "-sess_in", session, "-early_data", early]
                )
                #expect(second.stdout.contains("Early data was accepted"), "\(second.transcript)\(server.log)")
                #expect(second.stdout.contains("HTTP/1.1 200"), "\(second.transcript)")
                #expect(second.stdout.contains("came as early data"), "\(second.transcript)")
                try await server.waitForOutput { $0.contains("\(request.utf8.count) bytes of early data") }
                let third = try await OpenSSLClient.connect(
                    port: server.port,
                    options: ["-tls1_3", "-sess_in", session, "-early_data", early]
                )
                #expect(!third.stdout.contains("Early data was accepted"), "\(third.transcript)\(server.log)")
            }
        }

        @Test("a staple reaches s_client and gnutls-cli", .tags(.openssl, .gnutls))
        func staple() async throws {
            let pki = try await TestPKI.shared()
            let directory = try TemporaryDirectory()
            let response = directory.file("staple.der")
            let index = directory.file("index.txt")
            let serial = try await Tool.openssl.run(["x509", "-in", pki.ecdsa.certificate, "-noout", "-serial"])
                .succeeded().stdout.split(separator: "=")[1].filter(\.isHexDigit)
            try directory.write("V\t400101000000Z\t\t\(serial)\tunknown\t/CN=localhost\n", to: "index.txt")
            try await Tool.openssl.run([
                "ocsp", "-index", index, "-CA", pki.authority.certificate, "-rsigner", pki.authority.certificate,
                "-rkey", pki.authority.key, "-issuer", pki.authority.certificate, "-cert", pki.ecdsa.certificate,
                "-ndays", "3", "-respout", response,
            ]).succeeded()
            // curl needs the issuer in the chain to name the certificate that the response is about.
            let options = ["--ocsp", response, "--chain", pki.authority.certificate, "--send-root"]
            try await withPeer(try await server(pki, options)) { server in
                let run = try await OpenSSLClient.connect(
                    port: server.port,
                    authority: pki.authority.certificate,
                    options: ["-status"]
                )
                #expect(run.stdout.contains("Cert Status: good"), "\(run.transcript)\(server.log)")
                let gnutls = try await GnuTLSClient.connect(port: server.port, authority: pki.authority.certificate)
                #expect(gnutls.status == 0, "\(gnutls.transcript)")
                #expect(gnutls.stdout.contains("OCSP status request"), "\(gnutls.transcript)")
                let curl = try await CurlClient.get(
                    port: server.port,
                    authority: pki.authority.certificate,
                    options: ["--cert-status"]
                )
                #expect(curl.status == 0, "\(curl.transcript)")
            }
        }

        @Test(
            "after the handshake s_client shows its certificate, and has an account",
            .tags(.openssl),
            arguments: ["-tls1_2", "-tls1_3"]
        )
        func postHandshake(version: String) async throws {
            let pki = try await TestPKI.shared()
            let directory = try TemporaryDirectory()
            let map = directory.file("map")
            try directory.write("issuer CN=sechan test CA,O=sechan tests -> tester\n", to: "map")
            let options = [
                "--client-auth", "post-handshake", "--client-ca", pki.authority.certificate, "--map", map,
            ]
            try await withPeer(try await server(pki, options)) { server in
                let run = try await OpenSSLClient.connect(
                    port: server.port,
                    authority: pki.authority.certificate,
                    input: request,
                    options: [
                        version, "-ign_eof", "-enable_pha", "-cert", pki.client.certificate, "-key", pki.client.key,
                    ]
                )
                #expect(run.stdout.contains("HTTP/1.1 200"), "\(run.transcript)\(server.log)")
                try await server.waitForOutput { $0.contains("mapped: tester (many-to-one)") }
            }
        }

        @Test(
            "the server renegotiates with s_client, and renews the keys of TLS 1.3",
            .tags(.openssl),
            arguments: ["-tls1_2", "-tls1_3"]
        )
        func renegotiation(version: String) async throws {
            let pki = try await TestPKI.shared()
            // s_client stays until the server has had enough of its silence.
            let options = ["--echo", "--renegotiate-after", "100", "--format", "ndjson", "--timeout", "2s"]
            try await withPeer(try await server(pki, options)) { server in
                let text = String(repeating: "good morning\n", count: 30)
                let run = try await OpenSSLClient.connect(
                    port: server.port,
                    input: text,
                    options: [version, "-ign_eof"]
                )
                #expect(run.status == 0, "\(run.transcript)\(server.log)")
                try await server.waitForOutput { $0.contains("\"event\":\"connection\"") }
                let line = try #require(server.output.split(separator: "\n").last)
                let report = try JSONValue(parsing: String(line))
                let security = report["result"]["connection"]["attributes"]["security"]
                let count = version == "-tls1_2" ? security["renegotiations"] : security["keyUpdatesSent"]
                #expect(count.int ?? 0 >= 1, "\(line)")
            }
        }

        @Test("curl gets files whole, and nothing from outside", .tags(.curl))
        func files() async throws {
            let pki = try await TestPKI.shared()
            let directory = try TemporaryDirectory()
            let root = directory.file("root")
            try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
            let big = Data((0..<5_000_000).map { UInt8(truncatingIfNeeded: $0 &* 7) })
            try big.write(to: URL(fileURLWithPath: "\(root)/big.bin"))
            try directory.write("secret", to: "secret")
            try await withPeer(try await server(pki, ["--files", root])) { server in
                let copy = directory.file("copy")
                let run = try await CurlClient.get(
                    "/big.bin",
                    port: server.port,
                    authority: pki.authority.certificate,
                    options: ["--output", copy]
                )
                #expect(run.status == 0, "\(run.transcript)\(server.log)")
                #expect(try Data(contentsOf: URL(fileURLWithPath: copy)) == big)
                for path in ["/../secret", "/%2e%2e/secret", "/..%2fsecret"] {
                    let outside = try await CurlClient.get(
                        path,
                        port: server.port,
                        authority: pki.authority.certificate,
                        options: ["--path-as-is"]
                    )
                    #expect(
                        !outside.stdout.contains("secret") && outside.stdout.contains("can't be served"),
                        "\(outside.transcript)"
                    )
                }
            }
        }

        @Test("curl and nghttp get pages and files by HTTP/2, many at once", .tags(.curl))
        func http2() async throws {
            let pki = try await TestPKI.shared()
            let directory = try TemporaryDirectory()
            let big = [UInt8]((0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 13) })
            try directory.write(big, to: "big.bin")
            try await withPeer(try await server(pki)) { server in
                for (option, version) in [("--http2", "2"), ("--http1.1", "1.1")] {
                    let page = try await CurlClient.get(
                        "/?format=json",
                        port: server.port,
                        authority: pki.authority.certificate,
                        options: [option, "--write-out", "\n%{http_version}\n"]
                    )
                    #expect(page.status == 0, "\(page.transcript)\(server.log)")
                    #expect(page.stdout.hasSuffix("\n\(version)\n"), "\(page.transcript)")
                }
                // Clients refuse HTTP/2 without an AEAD, so the server doesn't choose it then.
                let plain = try await CurlClient.get(
                    port: server.port,
                    authority: pki.authority.certificate,
                    options: [
                        "--http2", "--tls-max", "1.2", "--ciphers", "ECDHE-ECDSA-AES128-SHA256", "--write-out",
                        "\n%{http_version}\n",
                    ]
                )
                #expect(plain.stdout.hasSuffix("\n1.1\n"), "\(plain.transcript)")
                let head = try await CurlClient.get(
                    port: server.port,
                    authority: pki.authority.certificate,
                    options: ["--http2", "--head"]
                )
                #expect(head.stdout.hasPrefix("HTTP/2 200"), "\(head.transcript)")
            }
            try await withPeer(try await server(pki, ["--files", directory.path])) { server in
                let copy = directory.file("copy")
                let url = "https://localhost:\(server.port)/big.bin"
                let file = try await CurlClient.get(
                    "/big.bin",
                    port: server.port,
                    authority: pki.authority.certificate,
                    options: ["--http2", "--output", copy]
                )
                #expect(file.status == 0, "\(file.transcript)\(server.log)")
                #expect(directory.bytes("copy") == big)
                let many = try await Tool.nghttp.run(["--null-out", "--stat", "-m", "20", url])
                #expect(many.status == 0, "\(many.transcript)\(server.log)")
                #expect(many.stdout.components(separatedBy: " 200 ").count == 21, "\(many.transcript)")
            }
        }

        @Test(
            "SIGTERM lets a session finish, and ends with 143; a second one ends it at once",
            arguments: [false, true]
        )
        func draining(isImpatient: Bool) async throws {
            let server = try await SechanServer(["--drain", "60s"])
            // One that connects and says nothing.
            let slow = try #require(LoopbackSocket.connection(to: server.port))
            // The server has the slow one once it has answered another.
            let page = try await CurlClient.get(port: server.port)
            #expect(page.status == 0, "\(page.transcript)")
            server.send(signal: 15)
            for _ in 0..<200 where LoopbackSocket.accepts(port: server.port) {
                try await Task.sleep(for: .milliseconds(20))
            }
            #expect(!LoopbackSocket.accepts(port: server.port))
            if !isImpatient { Glibc.close(slow) }
            let run =
                isImpatient ? try await server.interrupt(by: 15) : try await server.end()
            #expect(run.ending == .exited(143), "\(run.transcript)")
            if isImpatient { Glibc.close(slow) }
        }
    }
}
