import TLSParameters

/// Attacks with a name that a server's versions and suites make possible.
enum AttackFindings {
    /// All of them. Nothing is sent for it.
    static func all(_ result: CiphersResult) -> [Finding] {
        let spoken = result.versions.filter { $0.verdict == "supported" }
        return [
            drown(spoken), poodle(spoken), freak(spoken), logjam(spoken), beast(spoken),
            lucky13(spoken, result.features),
            unboundResumption(result.features),
        ].compactMap { $0 }
    }

    private static func suites(
        _ spoken: [VersionSupport],
        _ versions: [String],
        _ isMeant: (SuiteSupport) -> Bool
    ) -> [PeerText] {
        let names = spoken.filter { versions.contains($0.version) }.flatMap(\.suites).filter(isMeant).map(\.suite.name)
        return Set(names).sorted().map { PeerText($0) }
    }

    private static func drown(_ spoken: [VersionSupport]) -> Finding? {
        guard let version = spoken.first(where: { $0.version == "ssl2" }), !version.suites.isEmpty else { return nil }
        return Finding(
            id: "attack.drown",
            severity: .high,
            statement: "recorded TLS sessions can be decrypted with the help of SSL 2.0 (DROWN)",
            evidence: suites(spoken, ["ssl2"]) { _ in true },
            remedy: "disable SSL 2.0 here and on every other server that has this key",
            references: ["CVE-2016-0800", "RFC 6176"]
        )
    }

    private static func poodle(_ spoken: [VersionSupport]) -> Finding? {
        let names = suites(spoken, ["ssl3"]) { $0.suite.isCBC }
        guard !names.isEmpty else { return nil }
        return Finding(
            id: "attack.poodle",
            severity: .high,
            statement: "secrets can be read out of SSL 3.0's CBC padding (POODLE)",
            evidence: names,
            remedy: "disable SSL 3.0",
            references: ["CVE-2014-3566", "RFC 7568"]
        )
    }

    private static let classic = ["ssl3", "tls1.0", "tls1.1", "tls1.2"]

    private static func freak(_ spoken: [VersionSupport]) -> Finding? {
        let names = suites(spoken, classic) {
            $0.suite.export == true && $0.suite.keyExchange?.hasPrefix("RSA") == true
        }
        guard !names.isEmpty else { return nil }
        return Finding(
            id: "attack.freak",
            severity: .high,
            statement: "clients can be brought to use an RSA key of 512 bits (FREAK)",
            evidence: names,
            remedy: "disable export suites",
            references: ["CVE-2015-0204"]
        )
    }

    private static func logjam(_ spoken: [VersionSupport]) -> Finding? {
        let names = suites(spoken, classic) { support in
            guard let exchange = support.suite.keyExchange, exchange.hasPrefix("DHE") else { return false }
            return support.suite.export == true || (support.exchange.groupBits ?? 2048) <= 768
        }
        guard !names.isEmpty else { return nil }
        return Finding(
            id: "attack.logjam",
            severity: .high,
            statement: "a Diffie-Hellman exchange can be broken while it lasts (Logjam)",
            evidence: names,
            remedy: "disable export suites, and use ECDHE or groups of 2048 bits or more",
            references: ["CVE-2015-4000"]
        )
    }

    private static func beast(_ spoken: [VersionSupport]) -> Finding? {
        let names = suites(spoken, ["ssl3", "tls1.0"]) { $0.suite.isCBC }
        guard !names.isEmpty else { return nil }
        return Finding(
            id: "attack.beast",
            severity: .low,
            statement: "TLS 1.0 and older begin each CBC record with what can be known before (BEAST)",
            evidence: names,
            remedy: "enable TLS 1.2 and 1.3 only",
            references: ["CVE-2011-3389", "RFC 8996"]
        )
    }

    private static func lucky13(_ spoken: [VersionSupport], _ features: [FeatureSupport]) -> Finding? {
        // Encrypt-then-MAC ends it for the clients that offer it (RFC 7366 §1); where that wasn't asked nothing is known of it.
        if features.contains(where: { $0.id == "encrypt-then-mac" && $0.verdict == "supported" }) { return nil }
        let names = suites(spoken, ["tls1.0", "tls1.1", "tls1.2"]) { $0.suite.isCBC }
        guard !names.isEmpty else { return nil }
        return Finding(
            id: "attack.lucky13",
            severity: .low,
            statement:
                "CBC suites are authenticated before they are encrypted, so the time a server takes may tell of the plaintext (Lucky Thirteen)",
            evidence: names,
            remedy: "leave only suites with AES-GCM or ChaCha20-Poly1305, or enable encrypt-then-MAC",
            references: ["CVE-2013-0169", "RFC 7366"]
        )
    }

    private static func unboundResumption(_ features: [FeatureSupport]) -> Finding? {
        let isUnbound = features.contains { $0.id == "extended-master-secret" && $0.verdict == "rejected" }
        let ways = features.filter { ["session-ticket", "session-id"].contains($0.id) && $0.verdict == "supported" }
        guard isUnbound, !ways.isEmpty else { return nil }
        return Finding(
            id: "session.unbound-resumption",
            severity: .low,
            statement:
                "sessions are resumed that are not bound to their handshake, so a man in the middle can make two share their keys",
            evidence: ways.map { PeerText($0.name) },
            remedy: "update the server's TLS library, or disable resumption before TLS 1.3",
            references: ["RFC 7627 §1", "CVE-2015-6112"]
        )
    }
}
