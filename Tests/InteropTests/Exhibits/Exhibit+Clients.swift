import Testing

extension Exhibit {
    /// Has `serve` look at a client that sends one of odd_client.py's hellos.
    private static func client(_ hello: String, _ findings: Set<String>) -> Exhibit {
        Exhibit(name: "a client's hello: \(hello)", findings: findings) {
            try await served { port in
                try await Finished.running(
                    ProjectPaths.python(),
                    [ScriptServer.path("odd_client.py"), "\(port)", hello],
                    timeout: .seconds(20)
                ).succeeded()
            }
        }
    }

    /// What `serve` says of the one client that comes.
    private static func served(_ visit: (Int) async throws -> Void) async throws -> Report {
        let server = try await SechanServer(["--count", "1", "--legacy", "--format", "json"])
        return try await withPeer(server) { server in
            try await visit(server.port)
            let run = try await server.end()
            let lines = run.stdout.split(separator: "\n").map { try? JSONValue(parsing: String($0)) }
            let connection = lines.compactMap { $0 }.first { $0["result"]["event"].string == "connection" }
            guard let connection else { throw InteropError("no connection was reported\n\(run.transcript)") }
            return Report(run: run, json: connection)
        }
    }

    static let clients: [Exhibit] = [
        client("good", []),
        client(
            "weak",
            [
                "offer.null", "offer.anonymous", "offer.export", "offer.des", "offer.rc4", "offer.compression",
                "offer.obsolete", "offer.3des", "offer.no-secure-renegotiation", "offer.no-tls13", "offer.md5",
                "offer.no-forward-secrecy", "offer.weak-signature", "offer.weak-group",
                "offer.no-extended-master-secret",
                "offer.heartbeat", "offer.fallback", "offer.no-server-name",
            ]
        ),
        client(
            "bare",
            [
                "offer.obsolete", "offer.no-secure-renegotiation", "offer.no-tls13", "offer.no-forward-secrecy",
                "offer.no-extended-master-secret", "offer.no-server-name",
            ]
        ),
        client(
            "ssl2",
            [
                "offer.ssl2-format", "offer.no-tls13", "offer.no-extended-master-secret",
            ]
        ),
        client("unknown", ["offer.unknown"]),
        Exhibit(
            name: "s_client that falls back",
            findings: ["offer.fallback", "offer.no-tls13", "offer.no-forward-secrecy", "offer.no-server-name"]
        ) {
            try await served { port in
                // Refused, for the server has something newer (RFC 7507 §3).
                let options = ["-connect", "localhost:\(port)", "-fallback_scsv", "-tls1_2", "-noservername"]
                _ = try await Tool.openssl.run(["s_client"] + options)
            }
        },
        Exhibit(name: "curl", findings: ["offer.no-post-quantum"]) {
            try await served { port in
                try await Tool.curl.run(["--insecure", "--silent", "--tlsv1.3", "https://localhost:\(port)/"])
                    .succeeded()
            }
        },
    ]
}
