import Testing

extension Interop {
    /// `sechan inspect` of real servers and of files.
    @Suite("inspect", .tags(.binary))
    struct InspectTests {
        @Test("A good server", arguments: LivePeer.allCases)
        func server(kind: LivePeer) async throws {
            let pki = try await TestPKI.shared()
            try await withPeer(AnyPeer(try await kind.start())) { peer in
                let arguments = ["--ca", pki.authority.certificate] + kind.options + [peer.namedTarget]
                let report = try await Sechan.report("inspect", arguments)
                #expect(report.exit == 0, "\(report.run.transcript)\(peer.log)")
                #expect(report.kind == "ok", report.transcript)
                try await report.expectValid()
                let text = try await Sechan.run(["inspect"] + arguments)
                #expect(text.status == 0, "\(text.transcript)")
                #expect(text.stdout.contains("localhost"), "\(text.transcript)")
            }
        }

        @Test("A bad certificate is 5, and still shown", arguments: ConnectTests.Flaw.allCases)
        func badCertificate(flaw: ConnectTests.Flaw) async throws {
            let pki = try await TestPKI.shared()
            let trust = flaw == .unknownIssuer ? [] : ["--ca", pki.authority.certificate]
            let server = try await OpenSSLServer(identities: [flaw.entity(pki)], service: .www)
            try await withPeer(server) { peer in
                let report = try await Sechan.report("inspect", trust + [peer.namedTarget])
                #expect(report.exit == 5, report.transcript)
                #expect(report.kind == "verify:\(flaw.rawValue)", report.transcript)
                try await report.expectValid()
                #expect(report.run.stdout.contains("sechan test"), "the subject\n\(report.run.transcript)")
            }
        }

        @Test("A PEM file, a DER file and standard input say the same")
        func files() async throws {
            let pki = try await TestPKI.shared()
            let der = pki.directory.file("rsa.der")
            try await Tool.openssl.run(["x509", "-in", pki.rsa.certificate, "-outform", "DER", "-out", der]).succeeded()
            let fingerprint = try await Tool.openssl.run([
                "x509", "-in", pki.rsa.certificate, "-noout", "-fingerprint", "-sha256",
            ]).succeeded().stdout.split(separator: "=")[1].filter(\.isHexDigit).lowercased()
            let pem = pki.directory.bytes("rsa.pem")
            let runs = [
                try await Sechan.report("inspect", ["--ca", pki.authority.certificate, pki.rsa.certificate]),
                try await Sechan.report("inspect", ["--ca", pki.authority.certificate, der]),
                try await Sechan.report("inspect", ["--ca", pki.authority.certificate, "-"], input: .bytes(pem)),
            ]
            for report in runs {
                #expect(report.exit == 0, report.transcript)
                let digits = report.run.stdout.lowercased().replacing(":", with: "")
                #expect(digits.contains(fingerprint), report.transcript)
                try await report.expectValid()
            }
        }

        @Test("A file that is no certificate, and one that isn't there, are 2")
        func badFiles() async throws {
            let directory = try TemporaryDirectory()
            let text = try directory.write("good morning\n", to: "text.pem")
            for path in [text, directory.file("missing.pem")] {
                let run = try await Sechan.run(["inspect", path])
                #expect(run.status == 2, "\(run.transcript)")
                #expect(run.stderr.hasPrefix("sechan: "), "\(run.transcript)")
            }
        }
    }
}
