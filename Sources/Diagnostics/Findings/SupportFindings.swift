import TLSParameters

/// What a server's versions, suites and key exchanges show its owner to be wrong.
enum SupportFindings {
    /// All findings about what a server supports.
    static func all(_ result: CiphersResult) -> [Finding] {
        let spoken = result.versions.filter { $0.verdict == "supported" }
        return versions(spoken, all: result.versions) + suites(Set(spoken.flatMap(\.suites).map(\.suite)))
            + keyExchanges(spoken.flatMap(\.suites)) + groups(result) + violations(result)
            + FeatureFindings.all(result.features, speaksTLS13: spoken.contains { $0.version == "tls1.3" })
            + AttackFindings.all(result)
    }

    /// SSL 2.0 is spoken.
    static let ssl2 = Finding(
        id: "protocol.ssl2",
        severity: .high,
        statement: "the server speaks SSL 2.0, which protects nothing, and endangers newer versions too",
        evidence: [PeerText("ssl2")],
        remedy: "disable SSL 2.0",
        references: ["RFC 6176", "CVE-2016-0800"]
    )

    /// SSL 3.0 is spoken.
    static let ssl3 = Finding(
        id: "protocol.ssl3",
        severity: .high,
        statement: "the server speaks SSL 3.0, whose CBC padding can be read out",
        evidence: [PeerText("ssl3")],
        remedy: "disable SSL 3.0",
        references: ["RFC 7568", "CVE-2014-3566"]
    )

    private static func versions(_ spoken: [VersionSupport], all: [VersionSupport]) -> [Finding] {
        var findings: [Finding] = []
        let spokenNames = Set(spoken.map(\.version))
        if spokenNames.contains("ssl2") { findings.append(ssl2) }
        if spokenNames.contains("ssl3") { findings.append(ssl3) }
        let old = ["tls1.0", "tls1.1"].filter(spokenNames.contains)
        if !old.isEmpty {
            findings.append(
                Finding(
                    id: "protocol.obsolete",
                    severity: .medium,
                    statement:
                        "the server speaks \(old.joined(separator: " and ")), which \(old.count == 1 ? "is" : "are") obsolete",
                    evidence: old.map { PeerText($0) },
                    remedy: "enable TLS 1.2 and 1.3 only",
                    references: ["RFC 8996"]
                )
            )
        }
        if !spoken.isEmpty, let newest = all.first(where: { $0.version == "tls1.3" }), newest.verdict == "rejected" {
            findings.append(
                Finding(
                    id: "protocol.no-tls13",
                    severity: .low,
                    statement: "the server does not speak TLS 1.3",
                    remedy: "enable TLS 1.3",
                    references: ["RFC 9325 §3.1.1"]
                )
            )
        }
        return findings
    }

    private static func suites(_ suites: Set<SuiteDescription>) -> [Finding] {
        var findings: [Finding] = []
        func add(
            _ id: String,
            _ severity: Finding.Severity,
            _ weakness: SuiteDescription.Weakness,
            _ what: String,
            _ references: [String],
            remedy: String = "leave only ECDHE suites with AES-GCM or ChaCha20-Poly1305"
        ) {
            let names = suites.filter { suite in
                // IDEA's and RC2's blocks are as short as triple DES's; what is weaker by its key has an id of its own.
                suite.weaknesses.contains(weakness)
                    || weakness == .tripleDES && suite.hasShortBlocks
                        && suite.weaknesses.isDisjoint(with: [.des, .export])
            }.map(\.name).sorted()
            guard !names.isEmpty else { return }
            findings.append(
                Finding(
                    id: id,
                    severity: severity,
                    statement: "the server accepts \(names.count == 1 ? "a suite" : "\(names.count) suites") \(what)",
                    evidence: names.map { PeerText($0) },
                    remedy: remedy,
                    references: references
                )
            )
        }
        add("suite.null", .high, .null, "without encryption", ["RFC 9325 §4.1"])
        add("suite.anonymous", .high, .anonymous, "without authentication", ["RFC 9325 §4.1"])
        add("suite.export", .high, .export, "weakened for export", ["RFC 9325 §4.1", "CVE-2015-0204", "CVE-2015-4000"])
        add("suite.des", .high, .des, "with DES, 56 bits", ["RFC 9325 §4.1"])
        add("suite.rc4", .high, .rc4, "with RC4", ["RFC 7465"])
        add("suite.weak", .high, .short, "of less than 128 bits", ["RFC 9325 §4.1"])
        add(
            "suite.3des",
            .medium,
            .tripleDES,
            "with triple DES or IDEA, whose blocks of 64 bits repeat (Sweet32)",
            ["CVE-2016-2183"]
        )
        add("suite.md5", .low, .md5, "with MD5", ["RFC 6151"])
        add(
            "suite.no-forward-secrecy",
            .low,
            .noForwardSecrecy,
            "without forward secrecy: who gets the server's key can read recorded sessions",
            ["RFC 9325 §4.1", "RFC 10015"],
            remedy: "leave only ECDHE suites"
        )
        return findings
    }

    /// Finite-field groups that are too small (RFC 9325 §4.2.1), and those among them that many servers share.
    private static func keyExchanges(_ suites: [SuiteSupport]) -> [Finding] {
        let small = suites.filter { support in
            guard let exchange = support.suite.keyExchange, exchange.hasPrefix("DHE"),
                let bits = support.exchange.groupBits
            else { return false }
            return bits < 2048
        }
        guard let least = small.compactMap(\.exchange.groupBits).min() else { return [] }
        var findings = [
            Finding(
                id: "key-exchange.weak-dh",
                severity: least < 1024 ? .high : .medium,
                statement: "the server uses a Diffie-Hellman group of \(least) bits only",
                evidence: Set(small.map(\.suite.name)).sorted().map { PeerText($0) },
                remedy: "use ECDHE, or groups of 2048 bits or more",
                references: ["RFC 9325 §4.2.1", "CVE-2015-4000"]
            )
        ]
        let primes = Set(small.filter { ($0.exchange.groupBits ?? 0) <= 1024 }.compactMap(\.exchange.primeName))
            .sorted()
        if !primes.isEmpty {
            findings.append(
                Finding(
                    id: "key-exchange.common-prime",
                    severity: .medium,
                    statement:
                        "the server shares a small Diffie-Hellman prime with many others: broken once, it is broken for all",
                    evidence: primes.map { PeerText($0) },
                    remedy: "use ECDHE, or groups of 2048 bits or more",
                    references: ["RFC 9325 §4.2.1", "CVE-2015-4000"]
                )
            )
        }
        return findings
    }

    /// Whether anything recorded today is safe from the quantum computers of tomorrow.
    private static func groups(_ result: CiphersResult) -> [Finding] {
        let lists = result.groupLists.filter { $0.version == "tls1.3" }
        let groups = result.groups.filter { $0.version == "tls1.3" }
        let isKnown = !lists.isEmpty && lists.allSatisfy(\.complete)
        let supported = groups.filter { $0.verdict == "supported" }
        guard isKnown, !supported.isEmpty, !supported.contains(where: { $0.postQuantum == true }),
            !groups.contains(where: { $0.postQuantum == true && $0.verdict == "inconclusive" })
        else { return [] }
        return [
            Finding(
                id: "group.no-post-quantum",
                severity: .info,
                statement:
                    "the server takes no post-quantum group: sessions recorded today can be read once quantum computers can",
                evidence: supported.map { PeerText($0.name) },
                remedy: "update the server's TLS library and enable X25519MLKEM768",
                references: ["RFC 9794"]
            )
        ]
    }

    /// Answers that the protocol does not allow, as the survey notes them.
    private static func violations(_ result: CiphersResult) -> [Finding] {
        let said =
            result.versions.compactMap { version in version.reason.map { (version.version, $0) } }
            + (result.groupLists + result.signatureLists).flatMap { list in list.notes.map { (list.version, $0) } }
        let broken = said.filter { $0.1.contains("not offered") }
        guard !broken.isEmpty else { return [] }
        return [
            Finding(
                id: "protocol.violation",
                severity: .medium,
                statement: "the server chooses what was not offered, so clients break the connection off",
                evidence: broken.map { PeerText("\($0.0): \($0.1)") },
                remedy: "update the server's TLS library",
                references: ["RFC 5246 §7.4.1.3", "RFC 8446 §4.1.3"]
            )
        ]
    }
}
