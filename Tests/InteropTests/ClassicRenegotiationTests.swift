import Testing

extension Interop {
    /// Servers that ask for a new handshake: ours everybody's clients, everybody's our client.
    @Suite("classic engine, asked for a new handshake", .tags(.binary))
    struct ClassicRenegotiationTests {
        private static let suite = "TLS_RSA_WITH_AES_128_CBC_SHA"
        private static let versions = ["tls1.0", "tls1.1", "tls1.2"]
        private static let allVersions = ["ssl3"] + versions

        // MARK: Our server

        private func ask(_ version: String, _ client: (Int) async throws -> Void) async throws {
            let pki = try await TestPKI.shared()
            let (json, transcript) = try await AskingServer.ask(
                [
                    "--engine", "classic", "--legacy", "--protocol", version, "--ciphers", Self.suite, "--count", "2",
                    "--cert", pki.rsa.certificate, "--key", pki.rsa.key,
                ],
                client: client
            )
            #expect(
                AskingServer.rows(json).prefix(2) == ["hello-request: honoured", "hello-request: honoured"],
                transcript
            )
        }

        @Test("s_client goes along", .tags(.openssl), arguments: versions)
        func sClient(_ version: String) async throws {
            try await ask(version) { port in
                let run = try await OpenSSLClient.connect(
                    port: port,
                    input: LifecycleClient.page,
                    options: ["-ign_eof", LifecycleClient.opensslVersion(version), "-cipher", "ALL:@SECLEVEL=0"]
                )
                #expect(run.stdout.contains("done"), "\(run.transcript)")
            }
        }

        @Test("gnutls-cli goes along", .tags(.gnutls), arguments: versions)
        func gnutlsCli(_ version: String) async throws {
            try await ask(version) { port in
                // At the end of its input it would leave before it is asked.
                let client = try ChildProcess(
                    Tool.gnutlsCli.path(),
                    [
                        "--port=\(port)", "--insecure", "127.0.0.1",
                        "--priority=\(LifecycleClient.gnutlsPriority(version)):+RSA",
                    ],
                    input: .open
                )
                try client.write(Array(LifecycleClient.page.utf8))
                try await client.wait(timeout: .seconds(60))
                #expect(client.stdout.contains("done"), "\(client.stdout)\(client.stderr)")
            }
        }

        @Test("tstclnt goes along", .tags(.nss), arguments: allVersions)
        func tstclnt(_ version: String) async throws {
            let authority = try await TestPKI.shared().authority.certificate
            try await ask(version) { port in
                let run = try await LifecycleClient.nss(port, authority, version, ["-c", ":002F"])
                #expect(run.stdout.contains("done"), "\(run.transcript)")
            }
        }

        @Test("JSSE goes along", arguments: allVersions)
        func jsse(_ version: String) async throws {
            try await ask(version) { port in
                let run = try await ClassicPeer.javaClient(["\(port)", ClassicPeer.java(version), "0", Self.suite])
                #expect(
                    run.stdout == "\(Self.suite) version=\(ClassicPeer.java(version)) page=done\n",
                    "\(run.transcript)"
                )
            }
        }

        // MARK: Our client

        /// How often the session of a report was renegotiated.
        private static func renegotiations(_ directory: TemporaryDirectory) throws -> Int? {
            let json = try JSONValue(parsing: directory.text("report.json"))
            return json["result"]["attributes"]["security"]["renegotiations"].int
        }

        @Test("s_server asks in the middle", .tags(.openssl), arguments: versions)
        func sServer(_ version: String) async throws {
            let pki = try await TestPKI.shared()
            let peer = try await OpenSSLServer(
                identities: [pki.rsa],
                cipher: OpenSSLServer.everyCipher,
                options: [LifecycleClient.opensslVersion(version)]
            )
            try await withPeer(peer) { peer in
                try await talk(version, peer.target) { client in
                    try client.write(Array("good morning\n".utf8))
                    try await peer.waitForLog { $0.contains("good morning") }
                    try peer.type("r")
                    // It takes all that it reads at once for one line.
                    try await peer.waitForLog { $0.contains("SSL_do_handshake -> 1") }
                    try peer.type("how are you?")
                    try await client.waitForOutput { $0.stdout.contains("how are you?") }
                    try client.write(Array("good evening\n".utf8))
                    try await peer.waitForLog { $0.contains("good evening") }
                }
            }
        }

        @Test("gnutls-serv asks in the middle", .tags(.gnutls), arguments: versions)
        func gnutlsServ(_ version: String) async throws {
            let pki = try await TestPKI.shared()
            let peer = try await GnuTLSServer(
                identities: [pki.rsa],
                priority: GnuTLSServer.everythingWithNULL,
                echo: true
            )
            try await withPeer(peer) { peer in
                try await talk(version, peer.target) { client in
                    // It takes orders from its client.
                    try client.write(Array("**REHANDSHAKE**\n".utf8))
                    try await client.waitForOutput { $0.stdout.contains("Successfully executed command") }
                    try client.write(Array("good evening\n".utf8))
                    try await client.waitForOutput { $0.stdout.contains("good evening") }
                }
            }
        }

        /// Has a conversation, closes, and looks whether the session was renegotiated once. What our end says after it heard
        /// from a server that asked goes out behind its Finished.
        private func talk(
            _ version: String,
            _ target: String,
            _ conversation: (ChildProcess) async throws -> Void
        ) async throws {
            let directory = try TemporaryDirectory()
            let client = try Sechan.start(
                ["connect", "--format", "json", "-o", directory.file("report.json"), "--answer-timeout", "200ms"]
                    + ClassicPeer.options(version, [Self.suite]) + [target],
                input: .open
            )
            try await conversation(client)
            client.closeInput()
            let run = Finished(client, try await client.wait(timeout: .seconds(60)))
            #expect(run.status == 0, "\(run.transcript)")
            #expect(try Self.renegotiations(directory) == 1, "\(run.transcript)")
        }

        @Test("JSSE asks in the middle of a megabyte each way", arguments: allVersions)
        func jsseServer(_ version: String) async throws {
            let data = EchoPeer.data(1 << 20)
            let peer = try await JSSEServer(
                identities: [try await TestPKI.shared().rsa],
                protocols: [ClassicPeer.java(version)],
                echo: data.count,
                renews: true
            )
            try await withPeer(peer) { peer in
                try await talk(version, peer.target) { client in
                    let half = data.count / 2
                    try client.write(Array(data[..<half]))
                    // It asks before the last of this half.
                    try await client.waitForOutput { $0.stdoutBytes.count >= half }
                    try client.write(Array(data[half...]))
                    try await client.waitForOutput { $0.stdoutBytes.count >= data.count }
                    let isSame = client.stdoutBytes == data
                    #expect(isSame, "other bytes came back")
                }
            }
        }

        /// Its requests have at most 10 KB, so the megabyte goes one way only, with one suite of each kind of cipher.
        @Test("selfserv asks for a certificate, and sends a megabyte", .tags(.nss), arguments: allVersions)
        func selfserv(_ version: String) async throws {
            let pki = try await TestPKI.shared()
            let data = EchoPeer.data(1 << 20)
            let page = try TemporaryDirectory()
            let file = try page.write(data, to: "page")
            let kinds = ["0x0002", "0x0005", "0x000A", "0x0035"] + (version == "tls1.2" ? ["0x009C"] : [])
            // The third -r has it ask for a certificate in a second handshake.
            let peer = try await NSSServer(
                rsa: pki.rsa,
                ecdsa: pki.ecdsa,
                versions: "\(version):\(version)",
                options: ["-r", "-r", "-r"]
            )
            try await withPeer(peer) { peer in
                try await sideBySide(kinds) { kind in
                    let directory = try TemporaryDirectory()
                    let client = try Sechan.start(
                        ["connect", "--format", "json", "-o", directory.file("report.json"), "--get", "/\(file)"]
                            + ClassicPeer.options(version, [kind]) + [peer.target]
                    )
                    let ending = try await client.wait(timeout: .seconds(60))
                    #expect(ending == .exited(0), "\(kind): \(client.stderr)\(peer.log)")
                    let isSame = client.stdoutBytes.suffix(data.count) == data[...]
                    #expect(isSame, "\(kind): other bytes came")
                    #expect(try Self.renegotiations(directory) == 1, "\(kind): \(client.stderr)\(peer.log)")
                }
            }
        }
    }
}
