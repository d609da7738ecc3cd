import TLSParameters

/// What the DNS says that doesn't go with the server, or can't be believed.
enum DNSFindings {
    /// All findings about DNS records; those about certificates only of a server that shows any.
    /// A record that may mean a root that wasn't sent is held against nothing.
    static func all(_ facts: DNSFacts, showsChain: Bool, mayMeanRoot: Bool = false) -> [Finding] {
        bogus(facts) + (showsChain ? associations(facts, mayMeanRoot) : []) + issuers(facts)
    }

    private static func bogus(_ facts: DNSFacts) -> [Finding] {
        let bad = facts.records.filter { $0.security == .bogus }
        guard !bad.isEmpty else { return [] }
        return [
            Finding(
                id: "dns.bogus",
                severity: .high,
                statement: "DNSSEC says that records are not genuine: resolvers that validate don't find this server",
                evidence: bad.map { PeerText("\($0.kind) of \($0.name)") } + bad.compactMap(\.reason),
                remedy: "sign the zone anew, and see that its DS record fits its key",
                references: ["RFC 4035 §5"]
            )
        ]
    }

    private static func associations(_ facts: DNSFacts, _ mayMeanRoot: Bool) -> [Finding] {
        guard let records = facts.records.first(where: { $0.kind == "TLSA" }), !records.records.isEmpty,
            records.security != .bogus
        else { return [] }
        var findings: [Finding] = []
        if records.security == .insecure, facts.validates {
            findings.append(
                Finding(
                    id: "dns.tlsa-insecure",
                    severity: .medium,
                    statement: "the TLSA records are not signed, so that clients ignore them",
                    evidence: [PeerText(records.name)],
                    remedy: "sign the zone with DNSSEC, or take the records out",
                    references: ["RFC 6698 §4.1"]
                )
            )
        }
        if !mayMeanRoot, !facts.tlsaMatches.contains(true) {
            findings.append(
                Finding(
                    id: "dns.tlsa-mismatch",
                    severity: records.security == .secure ? .high : .medium,
                    statement: "no TLSA record fits the certificates that the server shows",
                    evidence: records.records,
                    remedy: "publish the record of the new key before the certificate changes",
                    references: ["RFC 7671 §8.1"]
                )
            )
        }
        return findings
    }

    private static func issuers(_ facts: DNSFacts) -> [Finding] {
        guard let records = facts.records.first(where: { $0.kind == "CAA" }), records.verdict == "none"
        else { return [] }
        return [
            Finding(
                id: "dns.no-caa",
                severity: .info,
                statement: "no CAA record says who may issue certificates for this name, so everybody may",
                evidence: [PeerText(records.name)],
                remedy: "publish CAA records that name your authorities",
                references: ["RFC 8659 §3"]
            )
        ]
    }
}
