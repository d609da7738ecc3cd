import Testing

extension Exhibit {
    /// tlslite-ng, which sends back what comes, and makes new keys when it is asked to or doesn't.
    private static func keys(_ name: String, _ findings: Set<String>, _ options: [String]) -> Exhibit {
        Exhibit(name: name, findings: findings) {
            let pki = try await TestPKI.shared()
            let server = try await TLSLiteServer.start(
                rsa: pki.rsa,
                versions: ["tls1.3"],
                options: ["--groups", "x25519,secp256r1", "--echo"] + options
            )
            return try await withPeer(server) { server in
                try await Sechan.report(
                    "renegotiate",
                    ["--ca", pki.authority.certificate, "https://\(server.namedTarget)"]
                )
            }
        }
    }

    /// What only a session tells that goes on for a while.
    static let sessions: [Exhibit] = [
        keys("tlslite-ng, asked for new keys", [], []),
        keys("tlslite-ng that keeps its keys", ["key-update.ignored"], ["--without-new-keys"]),
    ]
}
