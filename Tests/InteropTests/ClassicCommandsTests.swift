import Testing

extension Interop {
    /// `sechan serve --engine classic` with everybody's command-line clients.
    @Suite("classic engine, commands", .tags(.binary, .openssl, .gnutls, .nss))
    struct ClassicCommandsTests {
        struct Case: Sendable, CustomTestStringConvertible {
            var client: ClassicCommand
            var version: String
            var testDescription: String { "\(client.rawValue), \(version)" }

            static let all: [Case] = ClassicCommand.allCases.flatMap { client in
                client.versions.map { Case(client: client, version: $0) }
            }
        }

        /// Fewer suites than these would mean that the list could not be read.
        private static let fewest: [ClassicCommand: Int] = [.openssl: 55, .gnutls: 40, .nss: 20]

        /// A database in which the servers' certificates are trusted.
        private static func database() async throws -> NSSDatabase {
            let database = try await NSSDatabase()
            try await database.trust(TestPKI.shared().authority.certificate, as: "ca")
            try await database.trust(ClassicPeer.shortDSA().certificate, as: "dsa", flags: "P,,")
            return database
        }

        @Test("Every suite completes, renegotiates and ends", arguments: Case.all)
        func suites(_ item: Case) async throws {
            let suites = try await item.client.suites(item.version)
            #expect(suites.count >= Self.fewest[item.client] ?? 0, "\(suites)")
            let database = try await Self.database()
            // tstclnt stays with an echo server for good.
            let service = item.client == .nss ? [] : ["--echo"]
            try await withPeer(try await SechanServer.classic(item.version, suites.map(\.code), service)) { server in
                try await sideBySide(suites) { suite in
                    let (program, options) = try item.client.command(server.port, item.version, suite, database)
                    switch item.client {
                    case .openssl: try await Self.sClient(program, options)
                    case .gnutls: try await Self.gnutlsCli(program, options, suite)
                    case .nss: try await Self.tstclnt(program, options)
                    }
                }
                let wanted = suites.map { Self.connections(item.client, $0) }
                let told = try await server.connections(wanted.reduce(0, +))
                for suite in suites {
                    let connections = told.filter { $0["attributes"]["suite"]["codePoint"].string == suite.code }
                    Self.expect(connections, item.client, suite)
                }
            }
        }

        /// How many connections a client makes for one suite.
        private static func connections(_ client: ClassicCommand, _ suite: ClassicCommand.Suite) -> Int {
            switch client {
            case .openssl: 2
            case .gnutls: breaks(suite) ? 1 : 2
            case .nss: 1
            }
        }

        /// The server's account of one suite.
        private static func expect(_ connections: [JSONValue], _ client: ClassicCommand, _ suite: ClassicCommand.Suite)
        {
            #expect(connections.count == Self.connections(client, suite), "\(suite.name)")
            #expect(connections.allSatisfy { $0["established"].bool == true }, "\(suite.name)")
            guard client != .gnutls || !breaks(suite) else { return }
            #expect(connections.contains { $0["attributes"]["security"]["renegotiations"].int == 1 }, "\(suite.name)")
            for connection in connections {
                #expect(connection["outcome"].string == "ok", "\(suite.name)")
                #expect(connection["attributes"]["close"]["ending"].string == "clean", "\(suite.name)")
            }
            // gnutls-cli renegotiates on the second connection, which is no resumed one any more.
            if client == .openssl {
                #expect(connections.last?["attributes"]["session"]["resumed"].bool == true, "\(suite.name)")
            }
        }

        /// Types a line, the letter for a new handshake, and a line again; then comes back with the session.
        private static func sClient(_ program: String, _ options: [String]) async throws {
            let directory = try TemporaryDirectory()
            let session = directory.file("session")
            let process = try ChildProcess(program, options + ["-sess_out", session], input: .open)
            try process.write(Array("good morning\n".utf8))
            try await process.waitForOutput { $0.stdout.contains("\ngood morning") }
            try process.write(Array("R\n".utf8))
            try await process.waitForOutput { $0.stderr.contains("RENEGOTIATING") }
            try process.write(Array("good evening\n".utf8))
            try await process.waitForOutput { $0.stdout.contains("good evening") }
            process.closeInput()
            try await process.wait(timeout: .seconds(20))
            let again = try await Finished.running(program, options + ["-sess_in", session])
            #expect(again.stdout.contains("\nReused, "), "\(again.transcript)")
        }

        /// It crashes when it tells of a key exchange by DHE or ECDHE that no certificate belongs to, after the handshake.
        private static func breaks(_ suite: ClassicCommand.Suite) -> Bool { suite.name.contains("DHE_PSK") }

        private static func gnutlsCli(
            _ program: String,
            _ options: [String],
            _ suite: ClassicCommand.Suite
        ) async throws {
            let run = try await Finished.running(
                program,
                options + ["--resume", "--rehandshake"],
                input: .bytes(Array("good morning\n".utf8))
            )
            guard !breaks(suite) else { return }
            #expect(run.status == 0, "\(run.transcript)")
            for text in ["*** This is a resumed session", "- ReHandshake was completed", "\ngood morning"] {
                #expect(run.stdout.contains(text), "\(run.transcript)")
            }
        }

        /// It sends its request between the messages of the second handshake.
        private static func tstclnt(_ program: String, _ options: [String]) async throws {
            let directory = try TemporaryDirectory()
            let request = try directory.write(LifecycleClient.page, to: "request")
            let run = try await Finished.running(program, options + ["-r", "1", "-A", request])
            #expect(run.status == 0, "\(run.transcript)")
            #expect(run.stdout.hasPrefix("HTTP/1.1 200"), "\(run.transcript)")
        }

        // MARK: Data

        /// None, a stream, blocks of 8 and of 16 bytes, and an AEAD.
        private static let kinds = ["0x0002", "0x0005", "0x000A", "0x0035", "0x009C"]

        @Test("A megabyte goes there and comes back", arguments: Case.all)
        func data(_ item: Case) async throws {
            let suites = try await item.client.suites(item.version).filter { Self.kinds.contains($0.code) }
            #expect(suites.count >= 2, "\(suites)")
            let database = try await Self.database()
            let data = (0..<1 << 20).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
            // tstclnt stays until the server has had enough of its silence. And it alone bears being asked for a new handshake
            // while data is on its way to it; both ways together come to more than so many bytes, and less than twice that.
            let isNSS = item.client == .nss
            let options = ["--echo"] + (isNSS ? ["--renegotiate-after", "1200000", "--timeout", "3s"] : [])
            try await withPeer(try await SechanServer.classic(item.version, suites.map(\.code), options)) { server in
                try await sideBySide(suites) { suite in
                    let (program, options) = try item.client.command(server.port, item.version, suite, database)
                    let log = try TemporaryDirectory()
                    let process: ChildProcess
                    switch item.client {
                    case .openssl:
                        let quiet = ["-quiet", "-no_ign_eof", "-nocommands"]
                        process = try ChildProcess(program, options + quiet, input: .open)
                        try process.write(data)
                        try await process.waitForOutput { $0.stdoutBytes.count >= data.count }
                        process.closeInput()
                    case .gnutls:
                        let quiet = ["--logfile=\(log.file("log"))"]
                        process = try ChildProcess(program, options + quiet, input: .bytes(data))
                    case .nss: process = try ChildProcess(program, options, input: .bytes(data))
                    }
                    let ending = try await process.wait(timeout: .seconds(60))
                    #expect(ending == .exited(0), "\(suite.name): \(process.stderr)\(log.text("log"))")
                    // Of two megabytes that differ the tests would show how, for minutes.
                    let isSame = process.stdoutBytes == data
                    #expect(isSame, "\(suite.name): other bytes came back")
                }
                for connection in try await server.connections(suites.count) {
                    let attributes = connection["attributes"]
                    let count = attributes["security"]["renegotiations"].int
                    #expect(count == (isNSS ? 1 : 0), "\(attributes)")
                    #expect(attributes["close"]["closeNotifyReceived"].bool == true, "\(attributes)")
                }
            }
        }

        // MARK: Coming back

        @Test("tstclnt comes back with its session", arguments: ["ssl3", "tls1.0", "tls1.1", "tls1.2"])
        func returns(_ version: String) async throws {
            // It can't be told both to come back and which suite to offer, so the servers have one each.
            let kinds = ["0x000A", "0x0035"] + (version == "tls1.2" ? ["0x009C"] : [])
            let authority = try await TestPKI.shared().authority.certificate
            try await sideBySide(kinds) { kind in
                try await withPeer(try await SechanServer.classic(version, [kind], [])) { server in
                    let run = try await LifecycleClient.nss(server.port, authority, version, ["-L", "2"])
                    #expect(run.status == 0, "\(run.transcript)")
                    let sessions = try await server.connections(2).map { $0["attributes"]["session"] }
                    #expect(sessions.map { $0["resumed"].bool } == [false, true], "\(kind): \(server.log)")
                }
            }
        }
    }
}
