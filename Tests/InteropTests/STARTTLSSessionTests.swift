import Testing

extension Interop {
    /// Sessions with servers that begin in the clear: not the handshake alone, but their protocols in it, to a clean end.
    @Suite("STARTTLS, sessions", .tags(.binary))
    struct STARTTLSSessionTests {
        /// What is said to a server in its own protocol, and what it must answer.
        struct Talk: Sendable, CustomTestStringConvertible {
            var peer: STARTTLSPeer
            var says: [UInt8]
            var hears: [String]
            /// What is said once all of that was heard; slapd drops its work when it is told goodbye.
            var goodbye: [UInt8] = []
            /// How it ends when the server closes, as `relay.ending` says it.
            var ending = "close-notify"
            var testDescription: String { peer.testDescription }

            init(_ peer: STARTTLSPeer, _ says: [UInt8], hears: [String], goodbye: [UInt8] = []) {
                self.peer = peer
                self.says = says
                self.hears = hears
                self.goodbye = goodbye
                // They say goodbye in their own protocol only.
                if peer == .vsftpd || peer == .mariadb { ending = "truncated" }
            }

            init(_ peer: STARTTLSPeer, lines: [String], hears: [String]) {
                self.init(peer, Array(lines.map { "\($0)\r\n" }.joined().utf8), hears: hears)
            }
        }

        private static let mail = [
            "MAIL FROM:<a@localhost>", "RCPT TO:<tester@localhost>", "DATA", "Subject: test", "", "good morning", ".",
            "QUIT",
        ]

        private static func xmpp(_ kind: String) -> [UInt8] {
            let stream = "xmlns='jabber:\(kind)' xmlns:stream='http://etherx.jabber.org/streams'"
            return Array(
                "<?xml version='1.0'?><stream:stream to='localhost' \(stream) version='1.0'></stream:stream>".utf8
            )
        }

        static let talks = [
            Talk(.postfix, lines: ["EHLO localhost"] + mail, hears: ["250 CHUNKING", "queued as", "221 2.0.0"]),
            Talk(.aiosmtpdSMTP, lines: ["EHLO localhost"] + mail, hears: ["250 OK", "221 "]),
            Talk(.aiosmtpdLMTP, lines: ["LHLO localhost", "NOOP", "QUIT"], hears: ["250 OK", "221 "]),
            Talk(.dovecotSubmission, lines: ["EHLO localhost", "NOOP", "QUIT"], hears: ["AUTH PLAIN", "221 2.0.0"]),
            Talk(
                .dovecotLMTP,
                lines: ["LHLO localhost", "NOOP", "QUIT"],
                hears: ["ENHANCEDSTATUSCODES", "221 2.0.0"]
            ),
            Talk(
                .dovecotIMAP,
                lines: ["a LOGIN tester secret", "b SELECT INBOX", "c LOGOUT"],
                hears: ["a OK", "* 0 EXISTS", "* BYE", "c OK"]
            ),
            Talk(
                .dovecotPOP3,
                lines: ["USER tester", "PASS secret", "STAT", "QUIT"],
                hears: ["+OK 0 0", "+OK Logging out"]
            ),
            Talk(.dovecotSieve, lines: ["CAPABILITY", "LOGOUT"], hears: ["\"IMPLEMENTATION\"", "OK \"Logout"]),
            Talk(
                .vsftpd,
                lines: ["FEAT", "USER anonymous", "QUIT"],
                hears: ["AUTH TLS", "530 Anonymous", "221 Goodbye."]
            ),
            // An anonymous bind, a search for the root's naming contexts, and an unbind.
            Talk(
                .slapd,
                [0x30, 0x0c, 0x02, 0x01, 0x01, 0x60, 0x07, 0x02, 0x01, 0x03, 0x04, 0x00, 0x80, 0x00]
                    + [0x30, 0x35, 0x02, 0x01, 0x02, 0x63, 0x30, 0x04, 0x00, 0x0a, 0x01, 0x00, 0x0a, 0x01, 0x00]
                    + [0x02, 0x01, 0x00, 0x02, 0x01, 0x00, 0x01, 0x01, 0x00, 0x87, 0x0b] + Array("objectClass".utf8)
                    + [0x30, 0x10, 0x04, 0x0e] + Array("namingContexts".utf8),
                hears: ["namingContexts", "dc=example,dc=com"],
                goodbye: [0x30, 0x05, 0x02, 0x01, 0x03, 0x42, 0x00]
            ),
            Talk(.prosodyClients, xmpp("client"), hears: ["urn:ietf:params:xml:ns:xmpp-sasl", "</stream:stream>"]),
            Talk(.prosodyServers, xmpp("server"), hears: ["<stream:features", "</stream:stream>"]),
            Talk(.inspircd, lines: ["NICK tester", "USER tester 0 * :t", "QUIT :bye"], hears: ["ERROR :Closing link"]),
            // The startup message, a query, and the end.
            Talk(
                .postgres,
                [0, 0, 0, 39, 0, 3, 0, 0] + Array("user\0tester\0database\0postgres\0\0".utf8)
                    + [0x51, 0, 0, 0, 16] + Array("select 6*7;\0".utf8) + [0x58, 0, 0, 0, 4],
                hears: ["server_version", "?column?", "42", "SELECT 1"]
            ),
            // Who we are, after the packet that asked for TLS; a query; and the end.
            Talk(
                .mariadb,
                [38, 0, 0, 2, 0x01, 0xaa, 0, 0, 0, 0, 0, 1, 33] + [UInt8](repeating: 0, count: 23)
                    + Array("root\0".utf8) + [0]
                    + [11, 0, 0, 0, 3] + Array("select 6*7".utf8) + [1, 0, 0, 0, 1],
                hears: ["6*7", "42"]
            ),
        ]

        @Test("A protocol is spoken through the session, to its end", arguments: talks)
        func speaks(_ talk: Talk) async throws {
            let pki = try await TestPKI.shared()
            let directory = try TemporaryDirectory()
            let output = directory.file("report.json")
            try await withPeer(AnyPeer(try await talk.peer.start())) { peer in
                for version in ["tls1.2", "tls1.3"] {
                    let process = try Sechan.start(
                        [
                            "connect", "--ca", pki.authority.certificate, "--protocol", version, "--format", "json",
                            "-o", output, "\(talk.peer.name)://\(peer.namedTarget)",
                        ],
                        input: .open
                    )
                    try process.write(talk.says)
                    try await process.waitForOutput { process in talk.hears.allSatisfy { process.stdout.contains($0) } }
                    if !talk.goodbye.isEmpty { try process.write(talk.goodbye) }
                    let run = Finished(process, try await process.wait(timeout: .seconds(30)))
                    #expect(run.status == 0, "\(run.transcript)\(peer.log)")
                    let report = try JSONValue(parsing: directory.text("report.json"))
                    let relay = report["result"]["relay"]
                    #expect(relay["bytesSent"].int == talk.says.count + talk.goodbye.count, "\(run.transcript)")
                    #expect(relay["bytesUnsent"].int == 0)
                    #expect(relay["ending"].string == talk.ending, "\(run.transcript)\(peer.log)")
                    let attributes = report["result"]["attributes"]
                    #expect(attributes["protocol"]["version"].string == version)
                    let isClean = JSONValue.bool(talk.ending == "close-notify")
                    #expect(attributes["close"]["closeNotifySent"] == isClean)
                    #expect(attributes["close"]["closeNotifyReceived"] == isClean)
                    #expect(attributes["transport"]["plaintextSent"].int == talk.says.count + talk.goodbye.count)
                    let validation = try await SchemaValidator.validate(directory.text("report.json"))
                    #expect(validation.status == 0, "\(validation.transcript)")
                }
            }
        }
    }
}
