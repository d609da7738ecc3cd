import Testing

extension Interop {
    /// `sechan serve --fault`: what real clients, and our own verbs as processes, make of each.
    @Suite("faults", .tags(.binary))
    struct FaultTests {
        /// A server with a fault, and a file with the root to trust.
        private func withFault(
            _ faults: [String],
            _ options: [String] = [],
            _ body: (SechanServer, String) async throws -> Void
        ) async throws {
            let directory = try TemporaryDirectory()
            let root = directory.file("root.pem")
            let arguments = faults.flatMap { ["--fault", $0] } + ["--ca-out", root] + options
            try await withPeer(try await SechanServer(arguments)) { try await body($0, root) }
        }

        /// What curl makes of a fault: its exit status, as curl(1) numbers them.
        struct CurlCase: Sendable, CustomTestStringConvertible {
            var fault: String
            var status: Set<Int32>
            var options: [String] = []
            var testDescription: String { ([fault] + options).joined(separator: " ") }
        }

        static let clients: [CurlCase] = [
            // 60: the certificate was not accepted. 35: the handshake failed.
            CurlCase(fault: "expired", status: [60]),
            CurlCase(fault: "not-yet-valid", status: [60]),
            CurlCase(fault: "wrong-name", status: [60]),
            CurlCase(fault: "self-signed", status: [60]),
            CurlCase(fault: "missing-intermediate", status: [60]),
            CurlCase(fault: "wrong-order", status: [0]),
            CurlCase(fault: "weak-key", status: [60]),
            CurlCase(fault: "sha1-signature", status: [60]),
            // It heeds a staple only if it is told to ask for one: 91.
            CurlCase(fault: "missing-staple", status: [0]),
            CurlCase(fault: "missing-staple", status: [91], options: ["--cert-status"]),
            CurlCase(fault: "revoked-staple", status: [0]),
            CurlCase(fault: "revoked-staple", status: [91], options: ["--cert-status"]),
            CurlCase(fault: "huge-chain", status: [35]),
            CurlCase(fault: "huge-chain:64", status: [0]),
            CurlCase(fault: "hello-retry", status: [0]),
            CurlCase(fault: "wrong-version", status: [35]),
            CurlCase(fault: "unoffered-suite", status: [35]),
            CurlCase(fault: "warning-flood", status: [35]),
            CurlCase(fault: "warning-flood:2", status: [0]),
            CurlCase(fault: "fin", status: [35]),
            CurlCase(fault: "fin@2:1", status: [35]),
            CurlCase(fault: "rst", status: [35]),
            CurlCase(fault: "truncated-record", status: [35]),
            // 28: its own limit.
            CurlCase(fault: "silence", status: [28, 35], options: ["--max-time", "2"]),
            CurlCase(fault: "slow:100", status: [28, 35], options: ["--max-time", "2"]),
            CurlCase(fault: "slow:1", status: [0]),
            CurlCase(fault: "key-update-flood", status: [0]),
            // 18: a part of the file.
            CurlCase(fault: "truncated-body", status: [18]),
            CurlCase(fault: "truncated-chunks", status: [18]),
            // The length of the page is known, so nothing is missing; cut off in the middle of it, something is.
            CurlCase(fault: "no-close-notify", status: [0]),
            CurlCase(fault: "data-after-close", status: [0]),
            CurlCase(fault: "rst@4:2", status: [0, 35, 56], options: ["--tlsv1.3"]),
        ]

        @Test("curl fails, or not, as it should", .tags(.curl), arguments: clients)
        func curlAgrees(_ expected: CurlCase) async throws {
            try await withFault([expected.fault]) { server, root in
                let options = ["--http1.1"] + expected.options
                let run = try await CurlClient.get(port: server.port, authority: root, options: options)
                #expect(expected.status.contains(run.status), "\(run.transcript)\(server.log)")
                try await server.waitForOutput { $0.contains("fault: ") }
            }
        }

        @Test(
            "s_client names what is wrong",
            .tags(.openssl),
            arguments: [
                ("expired", "certificate has expired"), ("not-yet-valid", "certificate is not yet valid"),
                ("wrong-name", "hostname mismatch"), ("self-signed", "self-signed certificate"),
                ("missing-intermediate", "unable to get local issuer certificate"),
                ("weak-key", "EE certificate key too weak"),
                ("sha1-signature", "CA signature digest algorithm too weak"),
                ("unoffered-suite", "wrong cipher returned"), ("warning-flood", "too many warn alerts"),
                ("truncated-record", "unexpected eof"), ("huge-chain", "excessive message size"),
            ]
        )
        func openssl(fault: String, words: String) async throws {
            try await withFault([fault]) { server, root in
                let run = try await OpenSSLClient.connect(port: server.port, authority: root)
                #expect(run.status != 0, "\(run.transcript)\(server.log)")
                let said = (run.stdout + run.stderr).lowercased().replacing("-", with: " ")
                #expect(said.contains(words.lowercased().replacing("-", with: " ")), "\(run.transcript)\(server.log)")
            }
        }

        @Test("the order of a chain and another hello are no trouble to s_client", .tags(.openssl))
        func harmless() async throws {
            for fault in ["wrong-order", "hello-retry", "data-after-close"] {
                try await withFault([fault]) { server, root in
                    let run = try await OpenSSLClient.connect(port: server.port, authority: root)
                    #expect(run.status == 0, "\(run.transcript)\(server.log)")
                    #expect(run.stdout.contains("Verify return code: 0"), "\(run.transcript)")
                }
            }
        }

        @Test(
            "our own verbs name it, and their reports are valid",
            arguments: [
                ("connect", "expired", 5, "verify:expired"), ("inspect", "wrong-order", 0, "ok"),
                ("connect", "revoked-staple", 5, "verify:revoked"), ("inspect", "revoked-staple", 5, "verify:revoked"),
                ("inspect", "huge-chain:700", 4, "protocol-error"), ("connect", "unoffered-suite", 4, "protocol-error"),
                ("connect", "truncated-record", 4, "closed"), ("shutdown", "no-close-notify", 0, "ok"),
                ("shutdown", "data-after-close", 0, "ok"), ("connect", "rst@1", 4, "reset"),
            ]
        )
        func ourOwn(verb: String, fault: String, exit: Int, kind: String) async throws {
            try await withFault([fault], ["--format", "json"]) { server, root in
                let report = try await Sechan.report(verb, ["--ca", root, server.namedTarget])
                #expect(report.exit == exit, "\(report.run.transcript)\(server.log)")
                #expect(report.kind == kind, "\(report.run.transcript)")
                try await report.expectValid()
                try await server.waitForOutput { $0.contains("\"happened\":true") }
                // An inspection makes a hundred connections, each with a line like the others.
                for line in server.output.split(separator: "\n").prefix(4) {
                    let validation = try await SchemaValidator.validate(String(line))
                    #expect(validation.status == 0, "\(validation.transcript)\n\(line)")
                }
            }
        }

        @Test("a server that trickles is said to, and so is a body that was cut short")
        func said() async throws {
            try await withFault(["slow:100"]) { server, root in
                let run = try await Sechan.run(["connect", "--ca", root, "--timeout", "4s", server.namedTarget])
                #expect(run.status == 6 && run.stderr.contains("trickles"), "\(run.transcript)")
            }
            for fault in ["truncated-body", "truncated-chunks"] {
                try await withFault([fault]) { server, root in
                    let run = try await Sechan.report("connect", ["--ca", root, "--get", "/", server.namedTarget])
                    #expect(run.exit == 6 && run.kind == "incomplete:answer", "\(run.transcript)")
                }
            }
        }

        @Test("contradictions are usage errors, and nothing listens")
        func contradictions() async throws {
            for arguments in [
                ["--fault", "expired", "--fault", "not-yet-valid"], ["--fault", "expird"],
                ["--fault", "expired", "--cert", "/nowhere"], ["--fault", "key-update-flood", "--protocol", "tls1.2"],
            ] {
                let run = try await Sechan.run(["serve", "--listen", "127.0.0.1:0"] + arguments)
                #expect(run.status == 2, "\(run.transcript)")
                #expect(run.stdout.isEmpty && run.stderr.hasPrefix("sechan: "), "\(run.transcript)")
                #expect(run.stderr.contains("sechan: hint: "), "\(run.transcript)")
            }
        }
    }
}
