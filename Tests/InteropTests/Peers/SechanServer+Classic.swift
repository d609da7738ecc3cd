import Testing

extension SechanServer {
    /// `sechan serve` with the classic engine, these suites of one version, a certificate of each kind and a pre-shared key.
    static func classic(_ version: String, _ suites: [String], _ options: [String]) async throws -> SechanServer {
        let pki = try await TestPKI.shared()
        let identities = [pki.rsa, pki.ecdsa, try await ClassicPeer.shortDSA()]
        return try await SechanServer(
            [
                "--engine", "classic", "--legacy", "--protocol", version, "--ciphers", suites.joined(separator: ","),
                "--psk", OpenSSLServer.presharedKey, "--psk-identity", ClassicPeer.keyName,
                "--allow-client-renegotiation", "--format", "ndjson",
            ] + options + identities.flatMap { ["--cert", $0.certificate, "--key", $0.key] }
        )
    }

    /// How the server saw the ends of so many sessions: by close_notify, each.
    func expectClean(_ count: Int) async throws {
        for connection in try await connections(count).prefix(count) {
            let close = connection["attributes"]["close"]
            #expect(close["closeNotifyReceived"].bool == true, "\(connection)")
        }
    }
}
