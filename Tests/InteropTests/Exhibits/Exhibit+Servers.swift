import Testing

extension Exhibit {
    /// Has `inspect` look at a server.
    private static func server<P: Peer>(
        _ name: String,
        _ findings: Set<String>,
        _ options: [String] = [],
        scheme: String = "",
        _ start: @escaping @Sendable (TestPKI) async throws -> P
    ) -> Exhibit {
        Exhibit(name: name, findings: findings) {
            let pki = try await TestPKI.shared()
            return try await withPeer(try await start(pki)) { peer in
                try await Sechan.report(
                    "inspect",
                    ["--ca", pki.authority.certificate] + options + [scheme + peer.namedTarget],
                    timeout: .seconds(90)
                )
            }
        }
    }

    /// `serve` with a fault.
    private static func fault(_ fault: String, _ findings: Set<String>, protocols: String = "tls1.3") -> Exhibit {
        Exhibit(name: "sechan serve --fault \(fault)", findings: findings) {
            let directory = try TemporaryDirectory()
            let root = directory.file("root.pem")
            let server = try await SechanServer(["--fault", fault, "--ca-out", root, "--protocol", protocols])
            return try await withPeer(server) { peer in
                try await Sechan.report(
                    "inspect",
                    ["--ca", root, "--skip", "survey,chains", "https://\(peer.namedTarget)"],
                    timeout: .seconds(90)
                )
            }
        }
    }

    static let servers: [Exhibit] = [
        server(
            "nginx as it should be",
            ["group.no-post-quantum", "ticket.shared-key"],
            ["--intrusive"],
            scheme: "https://"
        ) { pki in
            try await NginxServer(
                identities: [pki.ecdsa],
                ciphers: "ECDHE-ECDSA-AES128-GCM-SHA256",
                directives: [
                    "server_tokens off;", "add_header Strict-Transport-Security \"max-age=31536000\";",
                ]
            )
        },
        server(
            "nginx in a hurry",
            [
                "http.compression", "http.no-hsts", "http.server-name", "http.weak-cookie", "protocol.no-tls13",
                "suite.no-forward-secrecy", "ticket.long-lifetime",
            ],
            scheme: "https://"
        ) { pki in
            try await NginxServer(
                identities: [pki.rsa],
                protocols: "TLSv1.2",
                ciphers: "AES128-GCM-SHA256",
                directives: [
                    "ssl_session_timeout 8d;", "gzip on;", "gzip_types *;", "gzip_min_length 1;",
                    "add_header Set-Cookie \"id=1\";",
                ]
            )
        },
        server(
            "nginx with early data",
            ["group.no-post-quantum", "http.short-hsts", "ticket.early-data", "ticket.shared-key"],
            scheme: "https://"
        ) { pki in
            try await NginxServer(
                identities: [pki.ecdsa],
                protocols: "TLSv1.3",
                directives: [
                    "ssl_early_data on;", "server_tokens off;",
                    "add_header Strict-Transport-Security \"max-age=86400\";",
                ]
            )
        },
        server(
            "JSSE with everything open",
            [
                "attack.beast", "attack.freak", "attack.logjam", "attack.lucky13", "attack.poodle",
                "downgrade.no-fallback-scsv", "downgrade.ssl2-hello", "group.no-post-quantum",
                "key-exchange.common-prime",
                "key-exchange.weak-dh", "protocol.obsolete", "protocol.ssl3", "suite.3des", "suite.anonymous",
                "suite.des",
                "suite.export", "suite.md5", "suite.no-forward-secrecy", "suite.null", "suite.rc4",
            ]
        ) { pki in try await JSSEServer(identities: [pki.rsa, pki.ecdsa]) },
        server(
            "GnuTLS without RFC 5746",
            [
                "downgrade.ssl2-hello", "protocol.no-tls13", "renegotiation.insecure", "renegotiation.unprotected",
                "suite.no-forward-secrecy",
            ],
            ["--intrusive", "--skip", "http,chains"]
        ) { pki in
            try await GnuTLSServer(
                identities: [pki.rsa],
                priority: "NORMAL:-VERS-ALL:+VERS-TLS1.2:%DISABLE_SAFE_RENEGOTIATION"
            )
        },
        server(
            "s_server without sessions",
            [
                "protocol.no-tls13", "renegotiation.client-initiated", "session.no-resumption",
                "suite.no-forward-secrecy",
            ],
            ["--intrusive"]
        ) { pki in
            try await OpenSSLServer(
                identities: [pki.rsa],
                service: .www,
                options: ["-no_ticket", "-no_cache", "-client_renegotiation", "-tls1_2"]
            )
        },
        server(
            "SMTP with STARTTLS",
            ["group.no-post-quantum", "starttls.strippable", "ticket.shared-key"],
            scheme: "smtp://"
        ) { _ in
            try await OwnSTARTTLSServer.start("smtp")
        },
        server(
            "SMTP with more behind its go-ahead",
            ["group.no-post-quantum", "starttls.injection", "starttls.strippable", "ticket.shared-key"],
            scheme: "smtp://"
        ) {
            _ in try await OwnSTARTTLSServer.start("smtp", "inject")
        },
        server(
            "tlslite-ng without extended master secrets",
            [
                "attack.lucky13", "downgrade.ssl2-hello", "protocol.no-tls13", "session.heartbeat",
                "session.no-extended-master-secret", "session.no-resumption", "suite.3des", "suite.md5",
                "suite.no-forward-secrecy", "suite.null", "suite.rc4",
            ]
        ) { pki in
            try await TLSLiteServer.start(
                rsa: pki.rsa,
                versions: ["tls1.2"],
                options: ["--without-extended-master-secret", "--without-encrypt-then-mac"]
            )
        },
        server(
            "odd: PCT",
            [
                "attack.beast", "attack.lucky13", "downgrade.no-fallback-scsv", "downgrade.no-sentinel",
                "downgrade.ssl2-hello", "group.no-post-quantum", "key-exchange.ecdh-reuse", "protocol.obsolete",
                "protocol.pct", "protocol.violation", "session.no-extended-master-secret", "session.unbound-resumption",
                "suite.no-forward-secrecy",
            ]
        ) { _ in try await OddServer.start("pct") },
        server(
            "odd: a prime that many share",
            [
                "attack.lucky13", "downgrade.ssl2-hello", "key-exchange.common-prime", "key-exchange.dh-reuse",
                "key-exchange.weak-dh", "protocol.no-tls13", "protocol.violation", "session.no-extended-master-secret",
                "session.unbound-resumption", "suite.no-forward-secrecy",
            ]
        ) { _ in try await OddServer.start("weak-dh 1024") },
        server(
            "odd: newer versions",
            [
                "attack.beast", "attack.lucky13", "downgrade.no-fallback-scsv", "downgrade.no-sentinel",
                "downgrade.ssl2-hello", "intolerance.version", "key-exchange.ecdh-reuse", "protocol.no-tls13",
                "protocol.obsolete", "protocol.violation", "session.no-extended-master-secret",
                "session.unbound-resumption", "suite.no-forward-secrecy",
            ]
        ) { _ in try await OddServer.start("intolerant-legacy") },
        server(
            "odd: long hellos",
            [
                "attack.beast", "attack.lucky13", "downgrade.no-fallback-scsv", "downgrade.no-sentinel",
                "downgrade.ssl2-hello", "group.no-post-quantum", "intolerance.hello-size", "intolerance.suite-list",
                "key-exchange.ecdh-reuse", "protocol.obsolete", "protocol.violation",
                "session.no-extended-master-secret",
                "session.unbound-resumption", "suite.no-forward-secrecy",
            ]
        ) { _ in try await OddServer.start("reset-long 511") },
        server(
            "odd: many suites",
            [
                "attack.beast", "attack.lucky13", "downgrade.no-fallback-scsv", "downgrade.no-sentinel",
                "downgrade.ssl2-hello", "group.no-post-quantum", "intolerance.suite-list", "key-exchange.ecdh-reuse",
                "protocol.obsolete", "protocol.violation", "session.no-extended-master-secret",
                "session.unbound-resumption", "suite.no-forward-secrecy",
            ]
        ) { _ in try await OddServer.start("many-suites 130") },
        server(
            "odd: extensions",
            [
                "attack.beast", "attack.lucky13", "downgrade.ssl2-hello", "protocol.no-tls13", "protocol.obsolete",
                "renegotiation.insecure", "session.no-extended-master-secret", "suite.no-forward-secrecy",
            ]
        ) { _ in try await OddServer.start("refuse-extensions") },
        server(
            "odd: what was not offered",
            [
                "attack.beast", "attack.lucky13", "downgrade.no-fallback-scsv", "downgrade.no-sentinel",
                "downgrade.ssl2-hello", "group.no-post-quantum", "key-exchange.ecdh-reuse", "protocol.obsolete",
                "protocol.violation", "session.no-extended-master-secret", "session.unbound-resumption",
            ]
        ) { _ in try await OddServer.start("stubborn") },
        server(
            "odd: compression",
            [
                "attack.beast", "attack.lucky13", "downgrade.no-fallback-scsv", "downgrade.no-sentinel",
                "downgrade.ssl2-hello", "key-exchange.ecdh-reuse", "protocol.no-tls13", "protocol.obsolete",
                "protocol.violation", "session.compression", "session.no-extended-master-secret",
                "session.unbound-resumption", "suite.no-forward-secrecy",
            ]
        ) { _ in try await OddServer.start("compress") },
        server(
            "odd: extensions that it does not know",
            [
                "attack.beast", "attack.lucky13", "downgrade.no-fallback-scsv", "downgrade.no-sentinel",
                "downgrade.ssl2-hello", "intolerance.extension", "key-exchange.ecdh-reuse", "protocol.no-tls13",
                "protocol.obsolete", "protocol.violation", "session.no-extended-master-secret",
                "session.unbound-resumption", "suite.no-forward-secrecy",
            ]
        ) { _ in try await OddServer.start("known-extensions") },
        server(
            "odd: SSL 2.0",
            [
                "attack.drown", "protocol.no-tls13", "protocol.ssl2", "suite.3des", "suite.des", "suite.export",
                "suite.md5", "suite.no-forward-secrecy", "suite.rc4",
            ]
        ) { _ in try await OddServer.start("ssl2") },
        server("Node.js with post-quantum groups", ["shutdown.no-close-notify"]) { pki in
            try await NodeServer.start(identities: [pki.ecdsa], groups: NodeServer.everyGroup)
        },
        fault("hello-retry", ["handshake.retried", "http.no-hsts", "http.server-name", "ticket.shared-key"]),
        fault("warning-flood", ["alert.flood"]),
        fault("key-update-flood:100", ["http.no-hsts", "http.server-name", "key-update.flood", "ticket.shared-key"]),
        fault(
            "no-close-notify",
            ["http.no-hsts", "http.server-name", "shutdown.no-close-notify", "ticket.shared-key"]
        ),
        fault(
            "data-after-close",
            [
                "http.no-hsts", "http.server-name", "shutdown.data-after-close-notify", "ticket.shared-key",
            ]
        ),
        fault("truncated-body", ["http.no-hsts", "http.server-name", "shutdown.body-cut-short", "ticket.shared-key"]),
        fault(
            "missing-staple",
            ["certificate.missing-staple", "http.no-hsts", "http.server-name", "ticket.shared-key"]
        ),
        fault(
            "huge-chain",
            [
                "chain.huge", "chain.superfluous", "http.no-hsts", "http.server-name", "ticket.shared-key",
            ]
        ),
        fault("wrong-order", ["chain.out-of-order", "http.no-hsts", "http.server-name", "ticket.shared-key"]),
        fault("weak-key", ["certificate.weak-key", "http.no-hsts", "http.server-name", "ticket.shared-key"]),
        fault(
            "sha1-signature",
            ["certificate.weak-signature", "http.no-hsts", "http.server-name", "ticket.shared-key"]
        ),
    ]
}
