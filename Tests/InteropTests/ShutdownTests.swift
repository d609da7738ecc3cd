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
                let text = try await Sechan.run(["shutdown"] + arguments)
                #expect(text.status == 0, "\(text.transcript)")
            }
        }
    }
}
