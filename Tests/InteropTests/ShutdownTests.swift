import Testing

extension Interop {
    /// `sechan shutdown` with real servers.
    @Suite("shutdown", .tags(.binary))
    struct ShutdownTests {
        /// How each server is known to answer a close_notify.
        private static func expected(_ kind: LivePeer) -> String {
            switch kind {
            case .nginxTLS12, .nginxTLS13: "fin-only"
            default: "close-notify-then-fin"
            }
        }

        @Test("Every server's close is told", arguments: LivePeer.allCases)
        func everyServer(kind: LivePeer) async throws {
            let pki = try await TestPKI.shared()
            try await withPeer(AnyPeer(try await kind.start())) { peer in
                let arguments = ["--ca", pki.authority.certificate] + kind.options + [peer.namedTarget]
                let report = try await Sechan.report("shutdown", arguments)
                #expect(report.exit == 0, "\(report.run.transcript)\(peer.log)")
                try await report.expectValid()
                #expect(
                    report.result["answer"].string == Self.expected(kind),
                    "\(report.run.transcript)\(peer.log)"
                )
                #expect(report.result["truncation"].bool == (Self.expected(kind) == "fin-only"))
                Self.expectClean(report)
                let text = try await Sechan.run(["shutdown"] + arguments)
                #expect(text.status == 0, "\(text.transcript)")
            }
        }

        /// No descriptor, no connection, no session and no key stays.
        private static func expectClean(_ report: Report, sourceLocation: SourceLocation = #_sourceLocation) {
            let cleanup = report.result["cleanup"]
            #expect(
                cleanup["descriptorsBefore"].int == cleanup["descriptorsAfter"].int,
                report.transcript,
                sourceLocation: sourceLocation
            )
            #expect(cleanup["descriptorsBefore"].int ?? 0 > 0, report.transcript, sourceLocation: sourceLocation)
            #expect(cleanup["connectionsLeft"].int == 0, report.transcript, sourceLocation: sourceLocation)
            #expect(cleanup["sessionsLeft"].int == 0, report.transcript, sourceLocation: sourceLocation)
        }

        /// A way to close, and what has to be seen of it.
        struct Way: Sendable, CustomTestStringConvertible {
            var name: String
            var asURL = false
            var mode: String?
            var answer: String
            var timeline: [String]
            var findings: [String] = []
            var exit = 0
            var testDescription: String { "\(name), \(mode ?? "bidirectional")" }
        }

        static let ways = [
            Way(name: "polite", answer: "close-notify-then-fin", timeline: [">close_notify", "<close_notify", "<fin"]),
            Way(
                name: "polite",
                mode: "send-only",
                answer: "close-notify-then-fin",
                timeline: [">close_notify", ">fin", "<close_notify", "<fin"]
            ),
            Way(
                name: "close-first",
                asURL: true,
                answer: "close-notify-then-fin",
                timeline: [">request", "<data", "<close_notify", "<fin"]
            ),
            Way(
                name: "close-notify-only",
                answer: "close-notify-only",
                timeline: [">close_notify", "<close_notify", ">timeout"]
            ),
            Way(
                name: "fin-only",
                answer: "fin-only",
                timeline: [">close_notify", "<fin"],
                findings: ["shutdown.no-close-notify"]
            ),
            Way(
                name: "reset",
                answer: "reset",
                timeline: [">close_notify", "<rst"],
                findings: ["shutdown.no-close-notify"]
            ),
            Way(name: "nothing", answer: "nothing", timeline: [">close_notify", ">timeout"], exit: 6),
            Way(
                name: "late-data",
                answer: "close-notify-then-fin",
                timeline: [">close_notify", "<data", "<close_notify", "<fin"]
            ),
            Way(
                name: "data-behind",
                answer: "close-notify-then-fin",
                timeline: [">close_notify", "<close_notify", "<data after close_notify", "<fin"],
                findings: ["shutdown.data-after-close-notify"]
            ),
            Way(
                name: "cut-length",
                asURL: true,
                answer: "fin-only",
                timeline: [">request", "<data", "<fin"],
                findings: ["shutdown.no-close-notify", "shutdown.body-cut-short"]
            ),
            Way(
                name: "cut-chunked",
                asURL: true,
                answer: "close-notify-then-fin",
                timeline: [">request", "<data", "<close_notify", "<fin"],
                findings: ["shutdown.body-cut-short"]
            ),
            Way(name: "polite", mode: "abort", answer: "not-watched", timeline: [">rst"]),
        ]

        @Test("Every way to close is told apart", arguments: ways, ["TLSv1_2", "TLSv1_3"])
        func everyWay(_ way: Way, version: String) async throws {
            let pki = try await TestPKI.shared()
            try await withPeer(try await ClosingServer.start(way.name, pki.ecdsa, version: version)) { peer in
                let target = way.asURL ? "https://\(peer.namedTarget)/" : peer.namedTarget
                let report = try await Sechan.report(
                    "shutdown",
                    ["--ca", pki.authority.certificate, "--answer-timeout", "2s"]
                        + (way.mode.map { ["--mode", $0] } ?? []) + [target]
                )
                #expect(report.exit == way.exit, report.transcript)
                try await report.expectValid()
                #expect(report.result["answer"].string == way.answer, report.transcript)
                let timeline = report.result["timeline"].array.map { moment in
                    (moment["direction"].string == "sent" ? ">" : "<") + (moment["what"].string ?? "?")
                }
                #expect(timeline == way.timeline, report.transcript)
                let findings = report.json["findings"].array.compactMap { $0["id"].string }
                #expect(Set(findings) == Set(way.findings), report.transcript)
                if way.mode == "abort" {
                    #expect(report.result["afterAbort"]["answer"].string == "honoured", report.transcript)
                }
                Self.expectClean(report)
            }
        }

        @Test("A half close is tolerated, or not", arguments: ["TLSv1_2", "TLSv1_3"])
        func halfClose(version: String) async throws {
            let pki = try await TestPKI.shared()
            for (name, expected) in [("answers-after-close", true), ("forgets-after-close", false)] {
                try await withPeer(try await ClosingServer.start(name, pki.ecdsa, version: version)) { peer in
                    let report = try await Sechan.report(
                        "shutdown",
                        ["--ca", pki.authority.certificate, "--mode", "half", "https://\(peer.namedTarget)/"]
                    )
                    #expect(report.exit == 0, report.transcript)
                    try await report.expectValid()
                    let tolerated = report.result["closes"].array.map { $0["halfClose"].bool }
                    #expect(tolerated == [expected, expected], report.transcript)
                }
            }
        }

        @Test("TLS 1.2 is watched beside TLS 1.3 where both are spoken", .tags(.openssl))
        func bothVersions() async throws {
            let pki = try await TestPKI.shared()
            try await withPeer(try await OpenSSLServer(identities: [pki.rsa], service: .www)) { peer in
                let report = try await Sechan.report(
                    "shutdown",
                    ["--ca", pki.authority.certificate, "https://\(peer.namedTarget)/"]
                )
                #expect(report.exit == 0, "\(report.run.transcript)\(peer.log)")
                try await report.expectValid()
                let closes = report.result["closes"].array
                #expect(closes.map { $0["version"].string } == ["tls1.3", "tls1.2"], report.transcript)
                #expect(closes.allSatisfy { $0["body"]["complete"].bool != false }, report.transcript)
                Self.expectClean(report)
            }
        }
    }
}
