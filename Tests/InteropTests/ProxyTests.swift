import Testing

extension Interop {
    /// `--proxy` with tinyproxy and microsocks.
    @Suite("Proxies", .tags(.binary))
    struct ProxyTests {
        enum Kind: String, CaseIterable, Sendable {
            case http
            case socks5
            case socks5h

            func start(password: Bool) async throws -> ConfiguredServer {
                switch self {
                case .http: try await ProxyServers.tinyproxy(password: password)
                case .socks5, .socks5h: try await ProxyServers.microsocks(password: password)
                }
            }

            func url(_ proxy: some Peer, _ credentials: String = "") -> String {
                "\(rawValue)://\(credentials)127.0.0.1:\(proxy.port)"
            }

            /// What reports call it.
            func via(_ proxy: some Peer) -> String {
                "\(self == .http ? "http" : "socks5")://127.0.0.1:\(proxy.port)"
            }
        }

        private static let credentials = "\(ProxyServers.name):\(ProxyServers.password)@"

        @Test("A session stands through a proxy, with a password and without", arguments: Kind.allCases, [false, true])
        func stands(kind: Kind, password: Bool) async throws {
            let pki = try await TestPKI.shared()
            let server = try await OpenSSLServer(identities: [pki.rsa], service: .www)
            try await withPeer(server) { target in
                try await withPeer(try await kind.start(password: password)) { proxy in
                    let url = kind.url(proxy, password ? Self.credentials : "")
                    let arguments = ["--ca", pki.authority.certificate, "--proxy", url, target.namedTarget]
                    for verb in ["connect", "inspect"] {
                        let report = try await Sechan.report(verb, arguments)
                        #expect(report.exit == 0, "\(report.run.transcript)\(proxy.log)")
                        #expect(report.json["target"]["via"] == .string(kind.via(proxy)), report.transcript)
                        #expect(report.json["target"]["address"] == .null, report.transcript)
                        #expect(!report.run.stdout.contains(ProxyServers.password))
                        #expect(!report.run.stderr.contains(ProxyServers.password))
                        try await report.expectValid()
                    }
                }
            }
        }

        @Test("ciphers probes through a proxy, and past STARTTLS behind it", arguments: [Kind.http, .socks5])
        func ciphers(kind: Kind) async throws {
            try await withPeer(try await OwnSTARTTLSServer.start("smtp")) { target in
                try await withPeer(try await kind.start(password: false)) { proxy in
                    let report = try await Sechan.report(
                        "ciphers",
                        ["--proxy", kind.url(proxy), "smtp://\(target.namedTarget)"]
                    )
                    #expect(report.exit == 0, "\(report.run.transcript)\(proxy.log)\(target.log)")
                    #expect(report.json["target"]["starttls"] == .string("smtp"))
                    let suites = report.result["versions"].array.flatMap { $0["suites"].array }
                    #expect(suites.count >= 4, report.transcript)
                }
            }
        }

        @Test(
            "A proxy that wants a password says so, and is not taken for the target",
            arguments: [Kind.http, .socks5]
        )
        func refusals(kind: Kind) async throws {
            try await withPeer(try await kind.start(password: true)) { proxy in
                for credentials in ["", "me:wr0ng@"] {
                    let report = try await Sechan.report(
                        "connect",
                        ["--proxy", kind.url(proxy, credentials), "localhost:1"]
                    )
                    #expect(report.exit == 3, report.transcript)
                    #expect(report.kind == "proxy:refused", report.transcript)
                    #expect(!report.run.stdout.contains("wr0ng") && !report.run.stderr.contains("wr0ng"))
                    try await report.expectValid()
                }
            }
        }

        @Test("A target that the proxy can't reach is the proxy's word", arguments: [Kind.http, .socks5])
        func unreachable(kind: Kind) async throws {
            let closed = try RefusedPort()
            try await withPeer(try await kind.start(password: false)) { proxy in
                for verb in ["connect", "ciphers"] {
                    let report = try await Sechan.report(verb, ["--proxy", kind.url(proxy), closed.target])
                    #expect(report.exit == 3, report.transcript)
                    #expect(report.kind == "proxy:refused", report.transcript)
                }
            }
        }

        @Test("A proxy that isn't there, or isn't one, is named")
        func noProxy() async throws {
            let closed = try RefusedPort()
            let gone = try await Sechan.report(
                "connect",
                ["--proxy", "http://127.0.0.1:\(closed.port)", "localhost:1"]
            )
            #expect(gone.kind == "proxy:failed", gone.transcript)
            try await withPeer(try PlainServer(greeting: "220 mail ESMTP\r\n")) { peer in
                let odd = try await Sechan.report("connect", ["--proxy", "http://\(peer.target)", "localhost:1"])
                #expect(odd.exit == 3, odd.transcript)
                #expect(odd.kind == "proxy:failed", odd.transcript)
            }
        }
    }
}
