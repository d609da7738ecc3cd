import Testing

extension Interop {
    /// `sechan renegotiate` with real servers.
    @Suite("renegotiate", .tags(.binary))
    struct RenegotiateTests {
        @Test("Every server can be asked", arguments: LivePeer.allCases)
        func everyServer(kind: LivePeer) async throws {
            let pki = try await TestPKI.shared()
            try await withPeer(AnyPeer(try await kind.start())) { peer in
                let arguments = ["--ca", pki.authority.certificate] + kind.options + [peer.namedTarget]
                let report = try await Sechan.report("renegotiate", arguments)
                // A server may keep its key update for its next record (RFC 8446 §4.6.3), and one that waits for a request has
                // none: that stays inconclusive, which is no fault of sechan's.
                let expected = kind.version == "tls1.3" ? [0, 6] : [0]
                #expect(expected.contains(report.exit ?? -1), "\(report.run.transcript)\(peer.log)")
                try await report.expectValid()
                let text = try await Sechan.run(["renegotiate"] + arguments)
                #expect(expected.contains(Int(text.status)), "\(text.transcript)")
            }
        }

        @Test("A server that allows it and one that doesn't look different", .tags(.openssl))
        func allowedAndNot() async throws {
            let pki = try await TestPKI.shared()
            var said: [String] = []
            for options in [["-client_renegotiation"], ["-no_renegotiation"]] {
                let server = try await OpenSSLServer(identities: [pki.rsa], options: ["-tls1_2"] + options)
                try await withPeer(server) { peer in
                    let run = try await Sechan.run(["renegotiate", "--ca", pki.authority.certificate, peer.namedTarget])
                    #expect(run.status == 0, "\(run.transcript)\(peer.log)")
                    said.append(String(run.stdout.split(separator: "\n").first ?? ""))
                }
            }
            #expect(said[0] != said[1], "\(said)")
        }
    }
}
