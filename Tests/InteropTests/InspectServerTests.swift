import Glibc
import Testing

extension Interop {
    /// What `sechan inspect` finds out of a server beyond one session.
    @Suite("inspect a server", .tags(.binary))
    struct InspectServerTests {
        @Test("The survey is that of ciphers, and its findings stand once")
        func survey() async throws {
            let pki = try await TestPKI.shared()
            let server = try await OpenSSLServer(
                identities: [pki.rsa],
                cipher: OpenSSLServer.everyCipher,
                service: .www,
                options: ["-no_tls1_3"]
            )
            try await withPeer(server) { peer in
                let trust = ["--ca", pki.authority.certificate]
                let inspected = try await Sechan.report("inspect", trust + [peer.namedTarget])
                let surveyed = try await Sechan.report("ciphers", ["--with", "all", peer.namedTarget])
                try await inspected.expectValid()
                func suites(_ versions: JSONValue) -> [String] {
                    versions.array.map { version in
                        let codes = version["suites"].array.compactMap { $0["codePoint"].string }
                        return "\(version["version"].string ?? "") \(version["verdict"].string ?? "") \(codes)"
                    }
                }
                #expect(
                    suites(inspected.result["survey"]["versions"]) == suites(surveyed.result["versions"]),
                    inspected.transcript
                )
                let ids = inspected.json["findings"].array.compactMap { $0["id"].string }
                #expect(ids.contains("suite.no-forward-secrecy"), inspected.transcript)
                #expect(ids.contains("protocol.no-tls13"), inspected.transcript)
                #expect(ids.count == Set(ids).count, inspected.transcript)
            }
        }

        @Test("The certificate of the other key is found, and told from the first")
        func otherKey() async throws {
            let pki = try await TestPKI.shared()
            let server = try await OpenSSLServer(identities: [pki.rsa, pki.ecdsa], service: .www)
            try await withPeer(server) { peer in
                let report = try await Sechan.report(
                    "inspect",
                    ["--ca", pki.authority.certificate, "--skip", "survey", peer.namedTarget]
                )
                try await report.expectValid()
                let first = report.result["certificates"].array.first?["publicKey"]["algorithm"].string
                let chains = report.result["chains"].array
                #expect(chains.count == 1, report.transcript)
                let other = chains.first?["certificates"].array.first?["publicKey"]["algorithm"].string
                #expect(Set([first, other]) == ["RSA", "EC"], report.transcript)
                #expect(report.result["survey"] == .null, report.transcript)
                let text = try await Sechan.run(
                    ["inspect", "--ca", pki.authority.certificate, "--skip", "survey", peer.namedTarget]
                )
                #expect(text.stdout.contains("another certificate, "), "\(text.transcript)")
            }
        }

        @Test("The certificate that comes without a server name is found")
        func otherName() async throws {
            let pki = try await TestPKI.shared()
            let server = try await OpenSSLServer(
                identities: [pki.wrongName],
                service: .www,
                options: [
                    "-servername", "localhost", "-cert2", pki.ecdsa.certificate, "-key2", pki.ecdsa.key,
                ]
            )
            try await withPeer(server) { peer in
                let report = try await Sechan.report(
                    "inspect",
                    ["--ca", pki.authority.certificate, "--skip", "survey", peer.namedTarget]
                )
                #expect(report.exit == 0, report.transcript)
                let chains = report.result["chains"].array
                #expect(
                    chains.map { $0["circumstances"].array.compactMap(\.string) } == [["without server_name"]],
                    report.transcript
                )
                // s_server looks for a session before it knows which name is asked for.
                #expect(report.findingIDs.contains("session.across-names"), report.transcript)
            }
        }

        @Test("Sessions are good for the name alone that they were made with", arguments: ["tls1.2", "tls1.3"])
        func namesApart(_ version: String) async throws {
            let pki = try await TestPKI.shared()
            let server = try await SechanServer([
                "--cert", pki.wrongName.certificate, "--key", pki.wrongName.key,
                "--sni", "localhost=\(pki.ecdsa.certificate),\(pki.ecdsa.key)",
            ])
            try await withPeer(server) { peer in
                let report = try await Sechan.report(
                    "inspect",
                    [
                        "--protocol", version, "--ca", pki.authority.certificate, "--skip", "survey",
                        "localhost:\(peer.port)",
                    ]
                )
                let verdicts = report.result["checks"].array.reduce(into: [:]) { verdicts, check in
                    verdicts[check["id"].string ?? ""] = check["verdict"].string
                }
                #expect(verdicts["session.across-names"] == "absent", report.transcript)
                #expect(verdicts["session.no-resumption"] == "absent", report.transcript)
            }
        }

        @Test("A server that speaks nothing new is met on its own terms")
        func oldServer() async throws {
            let pki = try await TestPKI.shared()
            let server = try await OpenSSLServer(
                identities: [pki.rsa],
                cipher: "ALL:@SECLEVEL=0",
                service: .www,
                options: ["-tls1"]
            )
            try await withPeer(server) { peer in
                let report = try await Sechan.report(
                    "inspect",
                    ["--ca", pki.authority.certificate, peer.namedTarget]
                )
                #expect(report.exit == 0, report.transcript)
                #expect(report.result["attributes"]["protocol"]["version"].string == "tls1.0", report.transcript)
                let ids = report.json["findings"].array.compactMap { $0["id"].string }
                #expect(ids.contains("protocol.obsolete"), report.transcript)
            }
        }

        @Test("A server that speaks what libssl lost shows its certificate all the same", arguments: ["ssl2", "ssl3"])
        func lostVersion(_ version: String) async throws {
            let pki = try await TestPKI.shared()
            let server: any Peer =
                if version == "ssl2" {
                    // scapy's automaton takes one connection after the other, and its time over each.
                    try await SechanServer([
                        "--protocol", version, "--legacy", "--cert", pki.rsa.certificate, "--key", pki.rsa.key,
                    ])
                } else {
                    try await TLSLiteServer.start(rsa: pki.rsa, versions: [version], options: ["--page"])
                }
            try await withPeer(server) { peer in
                let report = try await Sechan.report("inspect", ["--ca", pki.authority.certificate, peer.namedTarget])
                #expect(report.exit == 0, report.transcript)
                #expect(report.result["attributes"]["protocol"]["version"].string == version, report.transcript)
                #expect(report.result["certificates"].array.count >= 1, report.transcript)
                let ids = report.json["findings"].array.compactMap { $0["id"].string }
                #expect(ids.contains("protocol.\(version)"), report.transcript)
                #expect(!ids.contains("protocol.violation"), report.transcript)
                #expect(!ids.contains("session.no-extended-master-secret"), report.transcript)
                try await report.expectValid()
            }
        }

        @Test("Addresses of one name that differ are told apart")
        func addresses() async throws {
            let pki = try await TestPKI.shared()
            let directory = try TemporaryDirectory()
            let old = try await OpenSSLServer(
                identities: [pki.rsa],
                cipher: "ALL:@SECLEVEL=0",
                service: .www,
                options: ["-no_tls1_3"]
            )
            try await withPeer(old) { old in
                let port = old.port
                let new = try await OpenSSLServer(
                    identities: [pki.ecdsa],
                    service: .www,
                    place: "[::1]:\(port)",
                    options: ["-no_tls1", "-no_tls1_1"]
                )
                try await withPeer(new) { _ in
                    let report = try await Sechan.report(
                        "inspect",
                        ["--ca", pki.authority.certificate, "--all-addresses", "--verify-name", "localhost"]
                            + ["both.example:\(port)"],
                        environment: Self.hosts(directory, "127.0.0.1 both.example\n::1 both.example\n")
                    )
                    try await report.expectValid()
                    let addresses = report.result["addresses"].array
                    #expect(addresses.count == 2, report.transcript)
                    #expect(addresses.first?["differences"].array.isEmpty == true, report.transcript)
                    #expect(addresses.last?["differences"].array.isEmpty == false, report.transcript)
                    let findings = report.json["findings"].array
                    let versions = findings.first { $0["id"].string == "addresses.versions-differ" }
                    #expect(
                        versions?["statement"].string?.contains("1 of 2 addresses speaks tls1.0") == true,
                        report.transcript
                    )
                    #expect(
                        findings.contains { $0["id"].string == "addresses.certificates-differ" },
                        report.transcript
                    )
                }
            }
        }

        @Test("An address at which nobody is, is told from one that is well", arguments: [false, true])
        func unreachableAddress(isThere: Bool) async throws {
            let pki = try await TestPKI.shared()
            let directory = try TemporaryDirectory()
            let server = try await OpenSSLServer(identities: [pki.ecdsa], service: .www)
            try await withPeer(server) { server in
                let other = isThere ? "[::1]" : "127.0.0.2"
                let second = try await OpenSSLServer(
                    identities: [pki.ecdsa],
                    service: .www,
                    place: "\(other):\(server.port)"
                )
                try await withPeer(second) { _ in
                    let report = try await Sechan.report(
                        "inspect",
                        ["--ca", pki.authority.certificate, "--all-addresses", "--verify-name", "localhost"]
                            + ["--skip", "survey,chains,checks,http", "both.example:\(server.port)"],
                        environment: Self.hosts(directory, "127.0.0.1 both.example\n::1 both.example\n")
                    )
                    let ids = report.json["findings"].array.compactMap { $0["id"].string }
                    #expect(ids.contains("addresses.unreachable") == !isThere, report.transcript)
                }
            }
        }

        @Test("A server that speaks TLS 1.3 only leaves nothing open for --ci")
        func modernOnly() async throws {
            let pki = try await TestPKI.shared()
            let server = try await NginxServer(identities: [pki.ecdsa], protocols: "TLSv1.3")
            try await withPeer(server) { peer in
                let report = try await Sechan.report(
                    "inspect",
                    ["--ca", pki.authority.certificate, "--ci", peer.namedTarget]
                )
                let open = report.result["checks"].array.filter { $0["verdict"].string == "not-determined" }
                #expect(open.compactMap { $0["id"].string } == [], report.transcript)
                #expect(report.exit == 0, report.transcript)
            }
        }

        /// An environment in which names are looked up in `text`, a hosts file, whatever this machine's says.
        private static func hosts(_ directory: TemporaryDirectory, _ text: String) throws -> [String: String] {
            let libraries = ["x86_64", "aarch64"].map { "/usr/lib/\($0)-linux-gnu/libnss_wrapper.so" }
            guard let library = libraries.first(where: { access($0, R_OK) == 0 }) else {
                throw InteropError("libnss_wrapper.so was not found: run scripts/install-test-needs")
            }
            let file = try directory.write(text, to: "hosts")
            return ["LD_PRELOAD": library, "NSS_WRAPPER_HOSTS": file]
        }

        @Test("A server that says nothing is asked once, and is 6")
        func silence() async throws {
            try await withPeer(SilentServer()) { peer in
                let report = try await Sechan.report("inspect", ["--timeout", "2s", peer.namedTarget])
                #expect(report.exit == 6, report.transcript)
                #expect(report.json["spent"]["connections"].int == 1, report.transcript)
            }
        }

        @Test("A part that --skip doesn't know, and addresses behind a proxy, are 2")
        func badOptions() async throws {
            for arguments in [
                ["--skip", "surveys", "localhost"],
                ["--all-addresses", "--proxy", "http://127.0.0.1:9", "localhost"],
            ] {
                let run = try await Sechan.run(["inspect"] + arguments)
                #expect(run.status == 2, "\(run.transcript)")
                #expect(run.stderr.contains("sechan: hint: "), "\(run.transcript)")
            }
        }
    }
}
