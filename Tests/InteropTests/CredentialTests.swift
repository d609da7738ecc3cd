import Testing

extension Interop {
    /// Who we are, shown to real servers, and whom we believe.
    @Suite("credentials", .tags(.binary))
    struct CredentialTests {
        private static let key = OpenSSLServer.presharedKey

        @Test("A pre-shared key opens a session without a certificate", arguments: ["-tls1_2", "-tls1_3"])
        func preSharedKey(version: String) async throws {
            let options = [version, "-psk_identity", "door"]
            try await withPeer(try await OpenSSLServer(identities: [], psk: true, options: options)) { peer in
                let arguments = ["--psk", Self.key, "--psk-identity", "door", peer.namedTarget]
                let report = try await Sechan.report("connect", arguments)
                #expect(report.exit == 0, report.transcript)
                #expect(report.result["attributes"]["names"]["pskIdentity"].string == "door", report.transcript)
                #expect(!report.run.stdout.contains(Self.key), report.transcript)
                try await report.expectValid()
                let text = try await Sechan.run(["connect"] + arguments)
                #expect(text.stdout.contains("authenticated by the pre-shared key"), "\(text.transcript)")
                #expect(!text.stdout.contains(Self.key), "\(text.transcript)")
                let wrong = try await Sechan.run(["connect", "--psk", "ff" + Self.key] + arguments.dropFirst(2))
                #expect(wrong.status == 4, "\(wrong.transcript)")
                #expect(wrong.stderr.contains("check --psk"), "\(wrong.transcript)")
                let anonymous = try await Sechan.run(["connect", peer.namedTarget])
                #expect(anonymous.status == 4, "\(anonymous.transcript)")
                #expect(anonymous.stderr.contains("--psk HEX"), "\(anonymous.transcript)")
            }
        }

        @Test(
            "A pre-shared key, and GnuTLS",
            arguments: ["VERS-TLS1.2:+PSK:+DHE-PSK:+ECDHE-PSK", "VERS-TLS1.3:+PSK:+ECDHE-PSK"]
        )
        func preSharedKeyWithGnuTLS(priority: String) async throws {
            let pki = try await TestPKI.shared()
            let directory = try TemporaryDirectory()
            let passwords = try directory.write("door:\(Self.key)\n", to: "passwords")
            let server = try await GnuTLSServer(
                identities: [pki.rsa],
                priority: "NORMAL:-KX-ALL:-VERS-ALL:+\(priority)",
                options: ["--disable-client-cert", "--pskpasswd=\(passwords)"]
            )
            try await withPeer(server) { peer in
                let secret = try directory.write(Self.key, to: "key")
                let report = try await Sechan.report(
                    "connect",
                    ["--psk", "file:\(secret)", "--psk-identity", "door", peer.namedTarget]
                )
                #expect(report.exit == 0, "\(report.run.transcript)\(peer.log)")
                #expect(report.result["attributes"]["names"]["pskIdentity"].string == "door", report.transcript)
            }
        }

        /// A directory with the client's certificate in files of every kind.
        private struct Wallet {
            let directory: TemporaryDirectory
            let p12: String
            let password: String

            init(_ pki: TestPKI) async throws {
                directory = try TemporaryDirectory()
                p12 = directory.file("client.p12")
                password = try directory.write("open sesame\n", to: "password")
                try await Tool.openssl.run([
                    "pkcs12", "-export", "-inkey", pki.client.key, "-in", pki.client.certificate, "-certfile",
                    pki.authority.certificate, "-out", p12, "-passout", "file:\(password)",
                ]).succeeded()
            }
        }

        @Test("nginx accepts the client's certificate, however it is named", arguments: ["TLSv1.2", "TLSv1.3"])
        func clientCertificate(version: String) async throws {
            let pki = try await TestPKI.shared()
            let wallet = try await Wallet(pki)
            let server = try await NginxServer(
                identities: [pki.rsa],
                protocols: version,
                directives: ["ssl_client_certificate \(pki.authority.certificate);", "ssl_verify_client on;"]
            )
            let ways: [[String]] = [
                ["--cert", pki.client.certificate, "--key", pki.client.key],
                ["--p12", wallet.p12, "--pass", "file:\(wallet.password)"],
                ["--p12", wallet.p12, "--pass", "file:\(wallet.password)", "--send-root"],
                ["--cert-dir", wallet.directory.path, "--pass", "file:\(wallet.password)", "--subject", "test CLIENT"],
                ["--auto-cert", wallet.directory.path, "--pass", "file:\(wallet.password)"],
            ]
            try await withPeer(server) { peer in
                for way in ways {
                    let run = try await Sechan.run(
                        ["connect", "--quiet", "--ca", pki.authority.certificate] + way + [peer.namedTarget],
                        input: .bytes(Array("GET / HTTP/1.0\r\n\r\n".utf8))
                    )
                    #expect(run.status == 0, "\(way) \(run.transcript)\(peer.log)")
                    #expect(run.stdout.contains("200 OK"), "\(way) \(run.transcript)\(peer.log)")
                }
                let report = try await Sechan.report(
                    "connect",
                    ["--ca", pki.authority.certificate] + ways[4] + [peer.namedTarget]
                )
                let choice = report.result["attributes"]["clientAuthentication"]["choice"]
                #expect(choice["reason"].string == "issuer-listed", report.transcript)
                #expect(choice["issuer"].string?.contains("sechan test CA") == true, report.transcript)
                try await report.expectValid()
                let none = try await Sechan.run(
                    ["connect", "--quiet", "--ca", pki.authority.certificate, peer.namedTarget],
                    input: .bytes(Array("GET / HTTP/1.0\r\n\r\n".utf8))
                )
                #expect(none.stdout.contains("No required SSL certificate"), "\(none.transcript)")
            }
        }

        @Test("A stapled response is verified and believed", arguments: ["-tls1_2", "-tls1_3"])
        func stapling(version: String) async throws {
            let authority = try await Revoking()
            for (leaf, isRevoked) in [(authority.good, false), (authority.revoked, true)] {
                let server = try await OpenSSLServer(
                    identities: [leaf.entity],
                    options: [version, "-CAfile", authority.root.certificate, "-status_file", leaf.response]
                )
                try await withPeer(server) { peer in
                    for mode in ["none", "end"] {
                        let report = try await Sechan.report(
                            "connect",
                            ["--ca", authority.root.certificate, "--revocation", mode, peer.namedTarget]
                        )
                        #expect(report.kind == (isRevoked ? "verify:revoked" : "ok"), report.transcript)
                        let revocation = report.result["attributes"]["peer"]["validation"]["revocation"]
                        #expect(revocation["staple"]["isUsable"] == .bool(true), report.transcript)
                        #expect(
                            revocation["staple"]["status"].string == (isRevoked ? "revoked" : "good"),
                            report.transcript
                        )
                        try await report.expectValid()
                    }
                }
            }
        }

        @Test("A list of revoked certificates is looked at", arguments: ["TLSv1.2", "TLSv1.3"])
        func lists(version: String) async throws {
            let authority = try await Revoking()
            for (leaf, isRevoked) in [(authority.good, false), (authority.revoked, true)] {
                try await withPeer(try await NginxServer(identities: [leaf.entity], protocols: version)) { peer in
                    let trust = ["--ca", authority.root.certificate, peer.namedTarget]
                    for list in [authority.list, authority.listInDER] {
                        for mode in ["end", "exclude-root", "chain"] {
                            let report = try await Sechan.report(
                                "connect",
                                ["--revocation", mode, "--crl", list] + trust
                            )
                            #expect(report.kind == (isRevoked ? "verify:revoked" : "ok"), report.transcript)
                            try await report.expectValid()
                        }
                    }
                    let none = try await Sechan.report("connect", ["--revocation", "end"] + trust)
                    #expect(none.kind == "verify:crl-unavailable", none.transcript)
                    let pass = try await Sechan.report(
                        "connect",
                        ["--revocation", "end", "--ignore-no-revocation"] + trust
                    )
                    #expect(pass.kind == "ok", pass.transcript)
                }
            }
        }

        @Test("serve leaves a version out between others, and takes a pre-shared key")
        func servesWithHoles() async throws {
            let pki = try await TestPKI.shared()
            let server = try await SechanServer([
                "--cert", pki.rsa.certificate, "--key", pki.rsa.key, "--protocol", "tls1.0,tls1.2", "--psk", Self.key,
                "--psk-identity", "door", "--legacy",
            ])
            try await withPeer(server) { peer in
                for (option, stands) in [("-tls1", true), ("-tls1_1", false), ("-tls1_2", true), ("-tls1_3", false)] {
                    let run = try await Tool.openssl.run([
                        "s_client", "-connect", "127.0.0.1:\(peer.port)", option, "-cipher", "ALL:@SECLEVEL=0",
                    ])
                    #expect(run.stdout.contains("Cipher is (NONE)") != stands, "\(option) \(run.transcript)")
                }
                let keyed = try await Tool.openssl.run([
                    "s_client", "-connect", "127.0.0.1:\(peer.port)", "-tls1_2", "-cipher", "PSK", "-psk", Self.key,
                    "-psk_identity", "door",
                ])
                #expect(keyed.stdout.contains("PSK identity: door"), "\(keyed.transcript)")
            }
        }
    }
}

/// An authority that revokes: two leaves, a list, and an OCSP response for each.
private struct Revoking {
    struct Leaf {
        let entity: TestPKI.Entity
        let response: String
    }

    let root: TestPKI.Entity
    let good: Leaf
    let revoked: Leaf
    let list: String
    let listInDER: String
    private let directory: TemporaryDirectory

    init() async throws {
        let directory = try TemporaryDirectory()
        self.directory = directory
        func openssl(_ arguments: [String]) async throws { try await Tool.openssl.run(arguments).succeeded() }
        func key(_ name: String) async throws -> String {
            let file = directory.file("\(name).key")
            try await openssl(["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", file])
            return file
        }
        let root = TestPKI.Entity(certificate: directory.file("root.pem"), key: try await key("root"))
        try await openssl([
            "req", "-x509", "-new", "-key", root.key, "-out", root.certificate, "-days", "30", "-subj",
            "/CN=revoking root",
            "-addext", "keyUsage=critical,keyCertSign,cRLSign",
        ])
        self.root = root
        let names = try directory.write("subjectAltName=DNS:localhost,IP:127.0.0.1\n", to: "names")
        func leaf(_ name: String, serial: Int) async throws -> TestPKI.Entity {
            let entity = TestPKI.Entity(certificate: directory.file("\(name).pem"), key: try await key(name))
            let request = directory.file("\(name).csr")
            try await openssl(["req", "-new", "-key", entity.key, "-out", request, "-subj", "/CN=\(name)"])
            try await openssl([
                "x509", "-req", "-in", request, "-CA", root.certificate, "-CAkey", root.key, "-set_serial", "\(serial)",
                "-days", "20", "-extfile", names, "-out", entity.certificate,
            ])
            return entity
        }
        let leaves = [try await leaf("good", serial: 17), try await leaf("revoked", serial: 18)]
        let index = try directory.write(
            """
            V\t400101000000Z\t\t11\tunknown\t/CN=good
            R\t400101000000Z\t260101000000Z,keyCompromise\t12\tunknown\t/CN=revoked

            """,
            to: "index.txt"
        )
        let configuration = try directory.write(
            "[ca]\ndefault_ca=d\n[d]\ndatabase=\(index)\ndefault_md=sha256\ndefault_crl_days=7\nunique_subject=no\n",
            to: "ca.conf"
        )
        list = directory.file("list.pem")
        listInDER = directory.file("list.der")
        try await openssl([
            "ca", "-config", configuration, "-gencrl", "-keyfile", root.key, "-cert", root.certificate, "-out", list,
        ])
        try await openssl(["crl", "-in", list, "-outform", "DER", "-out", listInDER])
        func response(_ leaf: TestPKI.Entity, _ name: String) async throws -> Leaf {
            let file = directory.file("\(name).ocsp")
            let request = directory.file("\(name).request")
            try await openssl([
                "ocsp", "-issuer", root.certificate, "-cert", leaf.certificate, "-no_nonce", "-reqout", request,
            ])
            try await openssl([
                "ocsp", "-index", index, "-CA", root.certificate, "-rsigner", root.certificate, "-rkey", root.key,
                "-reqin",
                request, "-respout", file, "-ndays", "5", "-noverify",
            ])
            return Leaf(entity: leaf, response: file)
        }
        good = try await response(leaves[0], "good")
        revoked = try await response(leaves[1], "revoked")
    }
}
