import TLSParameters

/// What a server's list of versions and suites shows its owner to be wrong.
enum SupportFindings {
    /// All findings about what a server supports.
    static func all(_ result: CiphersResult) -> [Finding] {
        let spoken = result.versions.filter { $0.verdict == "supported" }
        return versions(spoken) + suites(Set(spoken.flatMap(\.suites).map(\.suite)))
    }

    private static func versions(_ spoken: [VersionSupport]) -> [Finding] {
        let old = spoken.map(\.version).filter { ["ssl2", "ssl3", "tls1.0", "tls1.1"].contains($0) }
        guard !old.isEmpty else { return [] }
        return [
            Finding(
                id: "protocol.obsolete",
                severity: .medium,
                statement:
                    "the server speaks \(old.joined(separator: ", ")), which \(old.count == 1 ? "is" : "are") obsolete",
                evidence: old.map { PeerText($0) },
                remedy: "enable TLS 1.2 and 1.3 only",
                references: ["RFC 8996"]
            )
        ]
    }

    private static func suites(_ suites: Set<SuiteDescription>) -> [Finding] {
        func names(_ matching: (SuiteDescription) -> Bool) -> [PeerText] {
            suites.filter(matching).map(\.name).sorted().map { PeerText($0) }
        }
        var findings: [Finding] = []
        func add(_ id: String, _ severity: Finding.Severity, _ what: String, _ names: [PeerText]) {
            guard !names.isEmpty else { return }
            findings.append(
                Finding(
                    id: id,
                    severity: severity,
                    statement: "the server accepts \(names.count == 1 ? "a suite" : "\(names.count) suites") \(what)",
                    evidence: names,
                    remedy: "leave only ECDHE suites with AES-GCM or ChaCha20-Poly1305",
                    references: ["RFC 9325 §4.1"]
                )
            )
        }
        add("suite.null", .high, "without encryption", names { $0.bits == 0 })
        add("suite.anonymous", .high, "without authentication", names { $0.authentication == "anon" })
        add("suite.weak", .high, "of less than 128 bits", names { ($0.bits ?? 128) < 128 && $0.bits != 0 })
        return findings
    }
}
