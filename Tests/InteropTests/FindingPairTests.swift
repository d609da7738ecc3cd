import Foundation
import Testing

extension Interop {
    /// For each finding something that has it, and something that hasn't.
    @Suite("findings, with and without", .tags(.binary), .timeLimit(.minutes(10)))
    struct FindingPairTests {
        @Test("What is found in each exhibit, and nothing else", arguments: Exhibit.all.map(\.name))
        func exhibit(name: String) async throws {
            let exhibit = try #require(Exhibit.all.first { $0.name == name })
            let report = try await Exhibit.report(on: exhibit)
            let found = Set(report.findingIDs)
            let surplus = found.subtracting(exhibit.findings).sorted()
            let missing = exhibit.findings.subtracting(found).sorted()
            #expect(surplus == [] && missing == [], "\(report.transcript)")
        }

        @Test("What is wrong with each file is found, and nothing in those that are right")
        func files() async throws {
            let directory = try TemporaryDirectory()
            try await Finished.running(
                ProjectPaths.python(),
                [ProjectPaths.oracle("made_files.py"), directory.path],
                timeout: .seconds(60)
            ).succeeded()
            let names = try FileManager.default.contentsOfDirectory(atPath: directory.path)
                .filter { $0.contains(".") && !["root.pem", "request.key"].contains($0) }
            #expect(names.count > 20)
            for name in names {
                let report = try await Sechan.report(
                    "inspect",
                    ["--ca", directory.file("root.pem"), "--no-system-trust", directory.file(name)]
                )
                let id = name.split(separator: ".").dropLast().joined(separator: ".")
                let isRight = id.hasSuffix(".good")
                #expect(
                    isRight ? report.findingIDs.isEmpty : report.findingIDs.contains(id),
                    "\(name): \(report.findingIDs)\n\(report.run.transcript)"
                )
            }
        }

        /// Pairs that other tests have: of what needs names, records, a well-known port or intrusive checks.
        private static let elsewhere: [String: String] = [
            "addresses.certificates-differ": "InteropTests/InspectServerTests",
            "addresses.unreachable": "InteropTests/InspectServerTests",
            "addresses.versions-differ": "InteropTests/InspectServerTests",
            "attack.ccs-injection": "InteropTests/IntrusiveTests",
            "attack.heartbleed": "InteropTests/IntrusiveTests",
            "attack.poodle-tls": "InteropTests/IntrusiveTests",
            "attack.padding-oracle": "InteropTests/IntrusiveTests",
            "attack.mac-unchecked": "InteropTests/IntrusiveTests",
            "attack.robot": "InteropTests/IntrusiveTests",
            "attack.ticketbleed": "InteropTests/IntrusiveTests",
            "certificate.key-mismatch": "InteropTests/InspectFileTests",
            "dns.bogus": "InteropTests/DNSTests",
            "dns.no-caa": "InteropTests/DNSTests",
            "dns.tlsa-insecure": "InteropTests/DNSTests",
            "dns.tlsa-mismatch": "InteropTests/DNSTests",
            "http.no-redirect": "DiagnosticsTests/RedirectCheckTests",
            "session.across-names": "InteropTests/InspectServerTests",
            "starttls.command-injection": "InteropTests/IntrusiveTests",
            "suite.weak": "DiagnosticsTests/ConnectionFindingsTests",
        ]

        /// The ids that docs/findings.md has.
        private static func documented() throws -> Set<String> {
            let text = try String(contentsOfFile: "\(ProjectPaths.root)/docs/findings.md", encoding: .utf8)
            let row = /(?m)^\| `([a-z-]+\.[a-z0-9-]+)`/
            return Set(text.matches(of: row).map { String($0.output.1) })
        }

        @Test("Every documented finding has such a pair")
        func everyFinding() async throws {
            let documented = try Self.documented()
            #expect(documented.count > 120)
            let made = try String(contentsOfFile: ProjectPaths.oracle("made_files.py"), encoding: .utf8)
            let files = documented.filter { made.contains($0) }
            let chains = Set(ChainAgreementTests.faults.map(\.finding))
            let exhibited = Exhibit.all.reduce(into: Set<String>()) { $0.formUnion($1.findings) }
            let elsewhere = Set(Self.elsewhere.keys)
            #expect(
                documented.subtracting(exhibited).subtracting(files).subtracting(chains).subtracting(elsewhere) == []
            )
            // What is listed here and shown there, or nowhere any more.
            #expect(elsewhere.intersection(exhibited.union(files).union(chains)) == [])
            #expect(elsewhere.subtracting(documented) == [])
            for (id, test) in Self.elsewhere {
                let source = try String(contentsOfFile: "\(ProjectPaths.root)/Tests/\(test).swift", encoding: .utf8)
                #expect(source.contains("\"\(id)\""), "\(id) is not in \(test)")
            }
            // A server that hasn't it is known not to have it: silence doesn't count.
            var cleared: Set<String> = []
            for exhibit in Exhibit.servers {
                let verdicts = try await Exhibit.report(on: exhibit).checkVerdicts
                cleared.formUnion(verdicts.filter { ["absent", "not-applicable"].contains($0.value) }.keys)
            }
            let servers = Exhibit.servers.reduce(into: Set<String>()) { $0.formUnion($1.findings) }
            #expect(servers.subtracting(cleared) == [])
            // Of a client or a session, one that is right has none of them.
            for exhibit in Exhibit.sessions + Exhibit.clients where exhibit.findings.isEmpty {
                #expect(try await Exhibit.report(on: exhibit).findingIDs == [], "\(exhibit.name)")
            }
            #expect(
                Exhibit.sessions.contains { $0.findings.isEmpty } && Exhibit.clients.contains { $0.findings.isEmpty }
            )
        }
    }
}
