import Testing

extension Interop {
    /// What goes wrong before there is TLS: one line, one hint, and an exit status of its own, whatever the verb.
    @Suite("Exit status", .tags(.binary))
    struct StatusTests {
        static let verbs = ["connect", "inspect", "renegotiate", "shutdown", "ciphers"]

        /// Runs the verb as text and checks how it complains: `sechan: what` and `sechan: hint: what to try`, nothing on stdout
        /// that a script could take for a result.
        private func expectComplaint(
            _ arguments: [String],
            status: Int32,
            sourceLocation: SourceLocation = #_sourceLocation
        ) async throws {
            let run = try await Sechan.run(arguments)
            #expect(run.status == status, "\(run.transcript)", sourceLocation: sourceLocation)
            let lines = run.stderr.split(separator: "\n")
            let complaints = lines.filter { $0.hasPrefix("sechan: ") && !$0.hasPrefix("sechan: hint: ") }
            let hints = lines.filter { $0.hasPrefix("sechan: hint: ") }
            #expect(complaints.count == 1, "one clear line\n\(run.transcript)", sourceLocation: sourceLocation)
            #expect(hints.count >= 1, "a hint\n\(run.transcript)", sourceLocation: sourceLocation)
            for line in complaints + hints {
                #expect(!line.hasSuffix("."), "no full stop\n\(run.transcript)", sourceLocation: sourceLocation)
            }
        }

        @Test("A misspelt option", arguments: verbs + ["serve"])
        func misspeltOption(verb: String) async throws {
            try await expectComplaint([verb, "--protcol", "tls1.2", "localhost:1"], status: 2)
        }

        @Test("A misspelt verb")
        func misspeltVerb() async throws {
            try await expectComplaint(["conect", "localhost:1"], status: 2)
        }

        @Test("A misspelt version", arguments: verbs)
        func misspeltVersion(verb: String) async throws {
            try await expectComplaint([verb, "--protocol", "tls1.9", "localhost:1"], status: 2)
        }

        @Test(
            "A target that is none",
            arguments: ["connect", "ciphers"],
            ["localhost:70000", "[::1", "gopher://localhost/"]
        )
        func badTarget(verb: String, target: String) async throws {
            try await expectComplaint([verb, target], status: 2)
        }

        @Test("A name that nobody has", arguments: verbs)
        func unresolvableName(verb: String) async throws {
            let report = try await Sechan.report(verb, ["no-such-host.invalid"])
            #expect(report.exit == 3, report.transcript)
            #expect(report.kind == "dns", report.transcript)
            try await report.expectValid()
            try await expectComplaint([verb, "no-such-host.invalid"], status: 3)
        }

        @Test("A refused port", arguments: verbs)
        func refusedPort(verb: String) async throws {
            try await withPeer(try RefusedPort()) { peer in
                let report = try await Sechan.report(verb, [peer.target])
                #expect(report.exit == 3, report.transcript)
                #expect(report.kind == "refused", report.transcript)
                try await report.expectValid()
                try await expectComplaint([verb, peer.target], status: 3)
            }
        }

        @Test("A peer that never says a word", arguments: verbs)
        func silentPeer(verb: String) async throws {
            try await withPeer(try SilentServer()) { peer in
                let started = ContinuousClock.now
                let report = try await Sechan.report(verb, [peer.target, "--timeout", "1s"])
                // Far from a second, for a busy machine; farther from a minute, the limit without the option.
                #expect(ContinuousClock.now - started < .seconds(20), report.transcript)
                #expect([4, 6].contains(report.exit), report.transcript)
                try await report.expectValid()
                try await expectComplaint([verb, peer.target, "--timeout", "1s"], status: Int32(report.exit ?? -1))
            }
        }

        @Test("An HTTP server on the port", arguments: verbs)
        func plainHTTP(verb: String) async throws {
            try await withPeer(try PlainServer()) { peer in
                let report = try await Sechan.report(verb, [peer.target])
                #expect(report.exit == 4, report.transcript)
                #expect(report.kind == "not-tls", report.transcript)
                try await report.expectValid()
                try await expectComplaint([verb, peer.target], status: 4)
            }
        }

        @Test("A server that greets first", arguments: verbs)
        func greetingServer(verb: String) async throws {
            try await withPeer(try PlainServer(greeting: "220 mail.example ESMTP\r\n", answer: "500 what?\r\n")) {
                peer in
                let report = try await Sechan.report(verb, [peer.target])
                #expect(report.exit == 4, report.transcript)
                #expect(report.kind == "not-tls", report.transcript)
            }
        }

        @Test("A server that says nothing and closes", arguments: verbs)
        func closingServer(verb: String) async throws {
            try await withPeer(try PlainServer(answer: "")) { peer in
                let report = try await Sechan.report(verb, [peer.target])
                #expect(report.exit == 4, report.transcript)
                try await report.expectValid()
            }
        }

        @Test("A peer that resets the connection", arguments: verbs)
        func resettingPeer(verb: String) async throws {
            try await withPeer(try PlainServer(answer: [], ending: .reset)) { peer in
                let report = try await Sechan.report(verb, [peer.target])
                #expect(report.exit == 4, report.transcript)
                #expect(report.kind == "reset", report.transcript)
                try await report.expectValid()
            }
        }

        @Test("A peer that stops in the middle of a record", arguments: verbs)
        func truncatedRecord(verb: String) async throws {
            // A handshake record of 90 bytes, of which the first two of a ServerHello come.
            try await withPeer(try PlainServer(answer: [0x16, 0x03, 0x03, 0x00, 0x5A, 0x02, 0x00])) { peer in
                let report = try await Sechan.report(verb, [peer.target])
                // Probing asks more than one question and calls such answers inconclusive.
                #expect((verb == "ciphers" ? [4, 6] : [4]).contains(report.exit), report.transcript)
                try await report.expectValid()
            }
        }

        @Test("A peer that trickles bytes doesn't outlive the deadline", arguments: verbs)
        func tricklingPeer(verb: String) async throws {
            let server = try PlainServer(
                answer: [0x16, 0x03, 0x03, 0x40, 0x00, 0x02, 0x00, 0x3F, 0xFC],
                ending: .trickle
            )
            try await withPeer(server) { peer in
                let started = ContinuousClock.now
                let report = try await Sechan.report(verb, [peer.target, "--timeout", "1s"])
                // Far from a second, for a busy machine; farther from a minute, the limit without the option.
                #expect(ContinuousClock.now - started < .seconds(20), report.transcript)
                #expect([4, 6].contains(report.exit), report.transcript)
                try await report.expectValid()
            }
        }

        @Test(
            "A peer that talks nonsense in records",
            arguments: verbs,
            [
                // A ServerHello whose length lies, a record over 2^14 + 2048 bytes, an alert of one byte, an empty handshake record.
                [0x16, 0x03, 0x03, 0x00, 0x06, 0x02, 0x00, 0x00, 0x02, 0x03, 0x03],
                [0x16, 0x03, 0x03, 0xFF, 0xFF, 0x02],
                [0x15, 0x03, 0x03, 0x00, 0x01, 0x02], [0x16, 0x03, 0x03, 0x00, 0x00],
            ] as [[UInt8]]
        )
        func nonsense(verb: String, answer: [UInt8]) async throws {
            try await withPeer(try PlainServer(answer: answer)) { peer in
                let report = try await Sechan.report(verb, [peer.target])
                // Probing asks more than one question and calls such answers inconclusive.
                #expect((verb == "ciphers" ? [4, 6] : [4]).contains(report.exit), report.transcript)
                try await report.expectValid()
            }
        }

        @Test("A signal ends it with 128 + n, after what is known was written", arguments: [1, 2, 15])
        func signalled(number: Int) async throws {
            try await withPeer(try SilentServer()) { peer in
                let process = try Sechan.start(["connect", peer.target, "--format", "json"])
                try await peer.waitForClient()
                process.send(signal: Int32(number))
                let run = Finished(process, try await process.wait(timeout: .seconds(20)))
                #expect(run.ending == .exited(Int32(128 + number)), "\(run.transcript)")
                let json = try JSONValue(parsing: run.stdout)
                #expect(json["schema"] == .string("sechan/1"), "\(run.transcript)")
                #expect(json["status"]["exit"].int == 128 + number, "\(run.transcript)")
            }
        }
    }
}
