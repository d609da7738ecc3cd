import Testing

extension Interop {
    /// `sechan renegotiate` with real servers.
    @Suite("renegotiate", .tags(.binary))
    struct RenegotiateTests {
        /// What each server is known to do, action by action.
        private static let expected: [LivePeer: [String]] = [
            .opensslTLS10: ["renegotiation: refused-by-alert", "resumption: honoured"],
            .opensslTLS12: ["renegotiation: refused-by-alert", "resumption: honoured"],
            .opensslTLS13: ["key-update: honoured", "key-update-requested: unconfirmed", "resumption: honoured"],
            .nginxTLS12: ["renegotiation: refused-by-alert", "resumption: honoured"],
            // Ends without close_notify, so nothing shows that it read what came under the new keys.
            .nginxTLS13: ["key-update: unconfirmed", "key-update-requested: unconfirmed", "resumption: honoured"],
            .gnutlsTLS12: ["renegotiation: honoured", "resumption: honoured"],
            .gnutlsTLS13: ["key-update: honoured", "key-update-requested: unconfirmed", "resumption: honoured"],
            .jsseTLS12: ["renegotiation: honoured", "resumption: honoured"],
            .jsseTLS13: ["key-update: honoured", "key-update-requested: honoured", "resumption: honoured"],
        ]

        /// `renegotiation: refused-by-alert` and so on, in the report's order.
        private static func answers(_ report: Report) -> [String] {
            report.result["attempts"].array.map { attempt in
                "\(attempt["action"].string ?? "?"): \(attempt["answer"].string ?? "?")"
            }
        }

        @Test("Every server can be asked", arguments: LivePeer.allCases)
        func everyServer(kind: LivePeer) async throws {
            let pki = try await TestPKI.shared()
            try await withPeer(AnyPeer(try await kind.start())) { peer in
                let arguments = ["--ca", pki.authority.certificate] + kind.options + [peer.namedTarget]
                let report = try await Sechan.report("renegotiate", arguments)
                #expect(report.exit == 0, "\(report.run.transcript)\(peer.log)")
                try await report.expectValid()
                #expect(Self.answers(report) == Self.expected[kind], "\(report.run.transcript)\(peer.log)")
                let text = try await Sechan.run(["renegotiate"] + arguments)
                #expect(text.status == 0, "\(text.transcript)")
            }
        }

        @Test("A server that allows it and one that doesn't look different", .tags(.openssl))
        func allowedAndNot() async throws {
            let pki = try await TestPKI.shared()
            for (options, expected) in [
                (["-client_renegotiation"], "renegotiation: honoured"),
                (["-no_renegotiation"], "renegotiation: refused-by-alert"),
            ] {
                let server = try await OpenSSLServer(identities: [pki.rsa], options: ["-tls1_2"] + options)
                try await withPeer(server) { peer in
                    let report = try await Sechan.report(
                        "renegotiate",
                        ["--ca", pki.authority.certificate, peer.namedTarget]
                    )
                    #expect(report.exit == 0, "\(report.run.transcript)\(peer.log)")
                    #expect(Self.answers(report).first == expected, "\(report.run.transcript)\(peer.log)")
                    #expect(report.result["secureRenegotiation"].bool == true)
                }
            }
        }
    }
}
