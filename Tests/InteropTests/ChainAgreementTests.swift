import Testing

extension Interop {
    /// Verification of chains that are right and wrong in every way, beside `openssl verify`.
    @Suite("chains", .tags(.binary, .openssl))
    struct ChainAgreementTests {
        /// Makes the cases of one of the scripts in `Oracles`.
        private func cases(_ script: String, _ directory: TemporaryDirectory) async throws -> [String] {
            try await Finished.running(
                ProjectPaths.python(),
                [ProjectPaths.oracle(script), directory.path],
                timeout: .seconds(120)
            ).succeeded()
            return directory.text("cases").split(separator: "\n").map(String.init)
        }

        /// What the two say of one case.
        private struct Verdicts: Sendable {
            let title: String
            let openssl: Finished
            let report: Report

            /// The codes of what the openssl command found wrong, in its order.
            var codes: [Int] {
                openssl.stderr.split(separator: "\n").compactMap { line in
                    line.hasPrefix("error ") ? line.dropFirst(6).split(separator: " ").first.flatMap { Int($0) } : nil
                }
            }

            var agree: Bool {
                let problems = report.result["validation"]["problems"].array.compactMap { $0["code"].int }
                let isTrusted = report.result["validation"]["isTrusted"].bool
                guard isTrusted == (openssl.status == 0) else { return false }
                return codes.first.map(problems.contains) ?? true
            }
        }

        private func ask(_ title: String, in directory: TemporaryDirectory, lists: Bool) async throws -> Verdicts {
            let place = { (name: String) in directory.file("\(title)/\(name)") }
            let withLists = lists && !directory.bytes("\(title)/lists.pem").isEmpty
            let openssl = try await Tool.openssl.run(
                [
                    "verify", "-purpose", "sslserver", "-auth_level", "2", "-verify_depth", "10", "-no-CApath",
                    "-no-CAstore",
                ]
                    + (withLists ? ["-crl_check_all", "-CRLfile", place("lists.pem")] : [])
                    + ["-CAfile", place("root.pem"), "-untrusted", place("sent.pem"), place("leaf.pem")]
            )
            let report = try await Sechan.report(
                "inspect",
                ["--no-system-trust", "--ca", place("root.pem")]
                    + (withLists ? ["--revocation", "exclude-root", "--crl", place("lists.pem")] : []) + [
                        place("sent.pem")
                    ]
            )
            return Verdicts(title: title, openssl: openssl, report: report)
        }

        private func compare(_ titles: [String], in directory: TemporaryDirectory, lists: Bool) async throws {
            let differing = try await withThrowingTaskGroup(of: Verdicts.self) { group in
                var rest = titles[...]
                var differing: [Verdicts] = []
                for _ in 0..<3 {
                    if let title = rest.popFirst() {
                        group.addTask { try await ask(title, in: directory, lists: lists) }
                    }
                }
                while let verdicts = try await group.next() {
                    if !verdicts.agree { differing.append(verdicts) }
                    if let title = rest.popFirst() {
                        group.addTask { try await ask(title, in: directory, lists: lists) }
                    }
                }
                return differing
            }
            for one in differing {
                Issue.record("\(one.title)\n\(one.openssl.transcript)\n\(one.report.transcript)")
            }
        }

        @Test("Chains made here: the same verdict, for the same reason")
        func madeChains() async throws {
            let directory = try TemporaryDirectory()
            let titles = try await cases("made_chains.py", directory)
            #expect(titles.count > 150)
            try await compare(titles, in: directory, lists: false)
        }

        @Test("NIST's PKITS: the same verdict, for the same reason, with its lists of revoked certificates")
        func pkits() async throws {
            let directory = try TemporaryDirectory()
            let titles = try await cases("pkits_chains.py", directory)
            #expect(titles.count > 200)
            try await compare(titles, in: directory, lists: true)
        }

        /// What a fault is named: the status, and a finding.
        static let faults: [(title: String, kind: String, finding: String)] = [
            ("leaf-expired", "verify:expired", "certificate.expired"),
            ("leaf-not-yet", "verify:not-yet-valid", "certificate.not-yet-valid"),
            ("intermediate-expired", "verify:expired", "chain.expired"),
            ("intermediate-missing", "verify:unknown-issuer", "chain.incomplete"),
            ("self-signed", "verify:self-signed", "certificate.self-signed"),
            ("root-not-trusted-and-sent", "verify:untrusted-root", "certificate.untrusted-root"),
            ("path-length-0-with-1", "verify:path-length", "certificate.path-length"),
            ("issuer-is-no-authority", "verify:invalid-ca", "certificate.invalid-ca"),
            ("issuer-may-not-sign", "verify:invalid-ca", "lint.ca-key-usage"),
            ("purpose-client", "verify:wrong-usage", "certificate.not-for-servers"),
            ("leaf-rsa1024", "verify:weak-key", "certificate.weak-key"),
            ("leaf-p192", "verify:weak-key", "certificate.weak-key"),
            ("leaf-sha1", "verify:weak-signature", "certificate.weak-signature"),
            ("signature-damaged", "verify:bad-signature", "certificate.bad-signature"),
            ("permitted-outside", "verify:name-constraint", "certificate.name-constraint"),
            ("excluded-inside", "verify:name-constraint", "certificate.name-constraint"),
            ("unknown-critical", "verify:unknown-critical-extension", "lint.unknown-critical-extension"),
            ("precertificate", "verify:unknown-critical-extension", "certificate.precertificate"),
            ("leaf-is-authority", "ok", "certificate.authority"),
            ("root-sent", "ok", "chain.includes-root"),
            ("root-sent-first", "ok", "chain.out-of-order"),
            ("stranger-sent-along", "ok", "chain.superfluous"),
            ("leaf-valid-for-a-century", "ok", "certificate.long-lifetime"),
            ("name-url", "ok", "certificate.name-with-url"),
            ("name-nul", "ok", "certificate.name-with-nul"),
            ("name-wildcard-in-label", "ok", "certificate.bad-wildcard"),
            ("name-wildcard-of-everything", "ok", "certificate.bad-wildcard"),
            ("leaf-exponent-3", "ok", "certificate.small-exponent"),
        ]

        @Test("Every fault of a certificate is named, and a good one has none")
        func namedFaults() async throws {
            let directory = try TemporaryDirectory()
            _ = try await cases("made_chains.py", directory)
            for (title, kind, finding) in Self.faults + [("valid", "ok", "")] {
                let report = try await ask(title, in: directory, lists: false).report
                #expect(report.kind == kind, "\(title)\n\(report.transcript)")
                let ids = report.json["findings"].array.compactMap { $0["id"].string }
                #expect(finding.isEmpty ? ids.isEmpty : ids.contains(finding), "\(title): \(ids)\n\(report.transcript)")
                try await report.expectValid()
            }
        }
    }
}
