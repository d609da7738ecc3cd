import Testing

extension Interop {
    /// `sechan shutdown` with real servers.
    @Suite("shutdown", .tags(.binary))
    struct ShutdownTests {
        @Test("Every server's close is told", arguments: LivePeer.allCases)
        func everyServer(kind: LivePeer) async throws {
            let pki = try await TestPKI.shared()
            try await withPeer(AnyPeer(try await kind.start())) { peer in
                let arguments = ["--ca", pki.authority.certificate] + kind.options + [peer.namedTarget]
                let report = try await Sechan.report("shutdown", arguments)
                #expect(report.exit == 0, "\(report.run.transcript)\(peer.log)")
                try await report.expectValid()
                let text = try await Sechan.run(["shutdown"] + arguments)
                #expect(text.status == 0, "\(text.transcript)")
            }
        }
    }
}
