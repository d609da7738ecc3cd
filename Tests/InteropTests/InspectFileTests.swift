import Testing

extension Interop {
    /// `sechan inspect FILE` of everything that the openssl command writes.
    @Suite("files", .tags(.binary))
    struct InspectFileTests {
        /// What a file is made with, out of a key and a certificate, and what is to be said of it.
        struct Kind: Sendable, CustomTestStringConvertible {
            var testDescription: String
            /// The arguments of openssl; `KEY`, `CERT` and `OUT` stand for paths.
            var arguments: [String]
            var kind: String
            var options: [String] = []
        }

        static let kinds: [Kind] = [
            Kind(
                testDescription: "request",
                arguments: ["req", "-new", "-key", "KEY", "-subj", "/CN=x", "-out", "OUT"],
                kind: "certificate-request"
            ),
            Kind(
                testDescription: "request, DER",
                arguments: ["req", "-new", "-key", "KEY", "-subj", "/CN=x", "-outform", "DER", "-out", "OUT"],
                kind: "certificate-request"
            ),
            Kind(
                testDescription: "PKCS#7",
                arguments: ["crl2pkcs7", "-nocrl", "-certfile", "CERT", "-out", "OUT"],
                kind: "pkcs7"
            ),
            Kind(
                testDescription: "PKCS#7, DER",
                arguments: ["crl2pkcs7", "-nocrl", "-certfile", "CERT", "-outform", "DER", "-out", "OUT"],
                kind: "pkcs7"
            ),
            Kind(
                testDescription: "PKCS#12",
                arguments: [
                    "pkcs12", "-export", "-inkey", "KEY", "-in", "CERT", "-passout", "pass:geheim", "-out", "OUT",
                ],
                kind: "pkcs12",
                options: ["--pass", "PASS"]
            ),
            Kind(
                testDescription: "public key",
                arguments: ["pkey", "-in", "KEY", "-pubout", "-out", "OUT"],
                kind: "public-key"
            ),
            Kind(
                testDescription: "public key, DER",
                arguments: ["pkey", "-in", "KEY", "-pubout", "-outform", "DER", "-out", "OUT"],
                kind: "public-key"
            ),
            Kind(
                testDescription: "PKCS#1 public key",
                arguments: ["rsa", "-in", "KEY", "-RSAPublicKey_out", "-out", "OUT"],
                kind: "public-key"
            ),
            Kind(
                testDescription: "PKCS#1 public key, DER",
                arguments: ["rsa", "-in", "KEY", "-RSAPublicKey_out", "-outform", "DER", "-out", "OUT"],
                kind: "public-key"
            ),
            Kind(testDescription: "PKCS#8", arguments: ["pkey", "-in", "KEY", "-out", "OUT"], kind: "private-key"),
            Kind(
                testDescription: "PKCS#8, DER",
                arguments: ["pkey", "-in", "KEY", "-outform", "DER", "-out", "OUT"],
                kind: "private-key"
            ),
            Kind(
                testDescription: "traditional",
                arguments: ["rsa", "-in", "KEY", "-traditional", "-out", "OUT"],
                kind: "private-key"
            ),
            Kind(
                testDescription: "traditional, DER",
                arguments: ["rsa", "-in", "KEY", "-traditional", "-outform", "DER", "-out", "OUT"],
                kind: "private-key"
            ),
            Kind(
                testDescription: "traditional, encrypted",
                arguments: ["rsa", "-in", "KEY", "-traditional", "-aes128", "-passout", "pass:geheim", "-out", "OUT"],
                kind: "private-key",
                options: ["--pass", "PASS"]
            ),
            Kind(
                testDescription: "encrypted",
                arguments: ["pkcs8", "-topk8", "-in", "KEY", "-passout", "pass:geheim", "-out", "OUT"],
                kind: "private-key",
                options: ["--pass", "PASS"]
            ),
            Kind(
                testDescription: "encrypted, DER",
                arguments: [
                    "pkcs8", "-topk8", "-in", "KEY", "-passout", "pass:geheim", "-outform", "DER", "-out", "OUT",
                ],
                kind: "private-key",
                options: ["--pass", "PASS"]
            ),
        ]

        @Test("Every kind is told, has the key's fingerprint, and gives nothing secret away", arguments: kinds)
        func everyKind(kind: Kind) async throws {
            let pki = try await TestPKI.shared()
            let directory = try TemporaryDirectory()
            let file = directory.file("thing")
            let paths = ["KEY": pki.rsa.key, "CERT": pki.rsa.certificate, "OUT": file]
            try await Tool.openssl.run(kind.arguments.map { paths[$0] ?? $0 }).succeeded()
            let password = try directory.write("geheim\n", to: "password")
            let options = kind.options.map { $0 == "PASS" ? "file:\(password)" : $0 }
            let report = try await Sechan.report("inspect", ["--verify", "none"] + options + [file])
            #expect(report.exit == 0, report.transcript)
            try await report.expectValid()
            #expect(report.run.stdout.contains("\"\(kind.kind)\""), report.transcript)
            let pin = try await Self.pin(of: pki.rsa.certificate, in: directory)
            #expect(report.run.stdout.replacing("\\/", with: "/").contains(pin), report.transcript)
            let text = try await Sechan.run(["inspect", "--verify", "none"] + options + [file])
            #expect(text.status == 0, "\(text.transcript)")
            // Any of the private exponent's bytes would show in the key's own DER.
            let secret = try await Tool.openssl.run(["rsa", "-in", pki.rsa.key, "-noout", "-text"]).succeeded().stdout
            let exponent = secret.split(separator: "privateExponent:").last.map { $0.prefix(200) } ?? ""
            let digits = exponent.filter(\.isHexDigit).lowercased().dropFirst(2).prefix(24)
            #expect(digits.count == 24)
            for run in [report.run, text] {
                #expect(!run.stdout.lowercased().filter { $0 != ":" }.contains(digits), "\(run.transcript)")
                #expect(!run.stdout.contains("geheim"), "\(run.transcript)")
            }
        }

        /// The pin of a certificate, by openssl's account.
        private static func pin(of certificate: String, in directory: TemporaryDirectory) async throws -> String {
            let key = directory.file("key.pem")
            let der = directory.file("key.der")
            try await Tool.openssl.run(["x509", "-in", certificate, "-noout", "-pubkey", "-out", key]).succeeded()
            try await Tool.openssl.run(["pkey", "-pubin", "-in", key, "-outform", "DER", "-out", der]).succeeded()
            let digest = directory.file("digest")
            try await Tool.openssl.run(["dgst", "-sha256", "-binary", "-out", digest, der]).succeeded()
            return try await Tool.openssl.run(["base64", "-in", digest]).succeeded().stdout.split(separator: "\n")
                .joined()
        }

        @Test("A key is told to be a certificate's, or not, in one file and in two")
        func matching() async throws {
            let pki = try await TestPKI.shared()
            let directory = try TemporaryDirectory()
            let own = try directory.write(
                String(decoding: pki.directory.bytes("rsa.key") + pki.directory.bytes("rsa.pem"), as: UTF8.self),
                to: "own.pem"
            )
            let foreign = try directory.write(
                String(decoding: pki.directory.bytes("ecdsa.key") + pki.directory.bytes("rsa.pem"), as: UTF8.self),
                to: "foreign.pem"
            )
            let cases: [(arguments: [String], exit: Int, kind: String)] = [
                ([own], 0, "ok"), ([foreign], 1, "key-mismatch"),
                (["--cert", pki.rsa.certificate, pki.rsa.key], 0, "ok"),
                (["--cert", pki.rsa.certificate, pki.ecdsa.key], 1, "key-mismatch"),
            ]
            for (arguments, exit, kind) in cases {
                let report = try await Sechan.report("inspect", ["--verify", "none"] + arguments)
                #expect(report.exit == exit, report.transcript)
                #expect(report.kind == kind, report.transcript)
                try await report.expectValid()
                let isNamed = report.run.stdout.contains("certificate.key-mismatch")
                #expect(isNamed == (exit == 1), report.transcript)
            }
        }

        @Test("A list and an OCSP response are read, and believed for the certificate beside them")
        func listsAndResponses() async throws {
            let pki = try await TestPKI.shared()
            let directory = try TemporaryDirectory()
            let list = directory.file("list.pem")
            try await Tool.openssl.run([
                "ca", "-config", pki.directory.file("ca.conf"), "-gencrl", "-crldays", "7", "-out", list,
            ]).succeeded()
            let response = directory.file("response.der")
            try await Tool.openssl.run([
                "ocsp", "-index", pki.directory.file("index.txt"), "-CA", pki.authority.certificate, "-rsigner",
                pki.authority.certificate, "-rkey", pki.authority.key, "-issuer", pki.authority.certificate, "-cert",
                pki.rsa.certificate, "-respout", response, "-ndays", "7",
            ]).succeeded()
            let lists = try await Sechan.report("inspect", [list])
            #expect(lists.exit == 0, lists.transcript)
            try await lists.expectValid()
            #expect(lists.run.stdout.contains("\"crl\""), lists.transcript)
            let alone = try await Sechan.report("inspect", [response])
            #expect(alone.exit == 0, alone.transcript)
            try await alone.expectValid()
            #expect(alone.run.stdout.contains("\"ocsp-response\""), alone.transcript)
            let text = try await Sechan.run(["inspect", response])
            #expect(text.stdout.contains("good"), "\(text.transcript)")
        }

        @Test("What is cut off or foreign is 2, with the byte and what was expected")
        func broken() async throws {
            let pki = try await TestPKI.shared()
            let directory = try TemporaryDirectory()
            var cases: [(path: String, words: String)] = []
            let commands: [(name: String, arguments: [String])] = [
                ("certificate", ["x509", "-in", pki.rsa.certificate, "-outform", "DER"]),
                ("certificate request", ["req", "-new", "-key", pki.rsa.key, "-subj", "/CN=x", "-outform", "DER"]),
                ("public key", ["pkey", "-in", pki.rsa.key, "-pubout", "-outform", "DER"]),
                ("private key", ["pkey", "-in", pki.rsa.key, "-outform", "DER"]),
                ("PKCS#7 bundle", ["crl2pkcs7", "-nocrl", "-certfile", pki.rsa.certificate, "-outform", "DER"]),
            ]
            for (name, arguments) in commands {
                let whole = "\(name) whole"
                try await Tool.openssl.run(arguments + ["-out", directory.file(whole)]).succeeded()
                let bytes = directory.bytes(whole)
                let path = directory.file("\(name) cut")
                try directory.write(Array(bytes.prefix(100)), to: "\(name) cut")
                cases.append((path, "\(name): "))
                cases.append((path, "(byte 0)"))
                try directory.write(bytes + [1, 2, 3], to: "\(name) long")
                cases.append((directory.file("\(name) long"), "3 unexpected bytes after"))
            }
            try directory.write("good morning\n", to: "text")
            cases.append((directory.file("text"), "expected PEM (-----BEGIN ...) or DER (first byte 0x30), found 0x67"))
            try directory.write([0x30, 0x82, 0x1F, 0x40, 1, 2], to: "absurd")
            cases.append((directory.file("absurd"), "8000 bytes, but only 2 are left (byte 0)"))
            try directory.write("", to: "empty")
            cases.append((directory.file("empty"), "the input is empty"))
            for (path, words) in cases {
                let run = try await Sechan.run(["inspect", path])
                #expect(run.status == 2, "\(run.transcript)")
                #expect(run.stderr.contains(words), "\(words)\n\(run.transcript)")
                #expect(run.stdout.isEmpty, "\(run.transcript)")
            }
        }

        @Test("Options that mean nothing for the file are refused")
        func idleOptions() async throws {
            let pki = try await TestPKI.shared()
            let directory = try TemporaryDirectory()
            let password = try directory.write("geheim\n", to: "password")
            for arguments in [
                ["--pass", "file:\(password)", pki.rsa.key],
                ["--cert", pki.rsa.certificate, "--key", pki.rsa.key, pki.rsa.key],
                ["--send-root", "--cert", pki.rsa.certificate, pki.rsa.key],
            ] {
                let run = try await Sechan.run(["inspect"] + arguments)
                #expect(run.status == 2, "\(run.transcript)")
                #expect(run.stderr.contains("no effect"), "\(run.transcript)")
            }
        }
    }
}
