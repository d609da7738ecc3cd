import Certificates
import TLSParameters

/// What makes a certificate unfit for a server, whoever signed it.
enum LeafFindings {
    /// All findings about a server's own certificate.
    static func all(_ leaf: Certificate, now: Int64) -> [Finding] {
        names(leaf) + use(leaf) + lifetime(leaf)
    }

    private static func names(_ leaf: Certificate) -> [Finding] {
        let names = leaf.subjectAlternativeNames
        let dns = names.filter { $0.kind == .dns }.map(\.value)
        var findings: [Finding] = []
        let withNUL = (names.map(\.value) + leaf.subject.values(of: "CN")).filter { $0.bytes.contains(0) }
        if !withNUL.isEmpty {
            findings.append(
                Finding(
                    id: "certificate.name-with-nul",
                    severity: .high,
                    statement: "a name holds a NUL, which some clients take for its end",
                    evidence: withNUL,
                    remedy: "have it reissued, and ask the authority how that came about",
                    references: ["CVE-2009-2408", "RFC 5280 §4.2.1.6"]
                )
            )
        }
        let urls = dns.filter { $0.bytes.contains(UInt8(ascii: "/")) || $0.bytes.contains(UInt8(ascii: ":")) }
        if !urls.isEmpty {
            findings.append(
                Finding(
                    id: "certificate.name-with-url",
                    severity: .medium,
                    statement: "a DNS name is written as a URL, which matches no host",
                    evidence: urls,
                    remedy: "have it reissued with the host name alone",
                    references: ["RFC 9525 §6.3", "RFC 5280 §4.2.1.6"]
                )
            )
        }
        let wildcards = dns.filter { name in
            guard name.bytes.contains(UInt8(ascii: "*")) else { return false }
            let isWhole = name.bytes.starts(with: "*.".utf8) && name.bytes.count { $0 == UInt8(ascii: "*") } == 1
            return !isWhole || !name.bytes.dropFirst(2).contains(UInt8(ascii: "."))
        }
        if !wildcards.isEmpty {
            findings.append(
                Finding(
                    id: "certificate.bad-wildcard",
                    severity: .medium,
                    statement:
                        "a wildcard stands where clients take none: it has to be the whole first label, above a domain",
                    evidence: wildcards,
                    remedy: "have it reissued with *.example.com, or with the names themselves",
                    references: ["RFC 9525 §6.3", "CA/Browser Forum BR §3.2.2.6"]
                )
            )
        }
        return findings
    }

    private static func use(_ leaf: Certificate) -> [Finding] {
        var findings: [Finding] = []
        let purposes = leaf.extendedKeyUsage.map(\.name)
        if !purposes.isEmpty, !purposes.contains("serverAuth"), !purposes.contains("anyExtendedKeyUsage") {
            findings.append(
                Finding(
                    id: "certificate.not-for-servers",
                    severity: .high,
                    statement: "extKeyUsage does not allow a server to use the certificate",
                    evidence: purposes.map { PeerText($0) },
                    remedy: "have it reissued with serverAuth",
                    references: ["RFC 5280 §4.2.1.12"]
                )
            )
        }
        if leaf.isCA {
            findings.append(
                Finding(
                    id: "certificate.authority",
                    severity: .low,
                    statement: "the server's own certificate is an authority's: whoever gets its key can sign others",
                    evidence: [leaf.subject.text],
                    remedy: "have a certificate with CA:FALSE signed by it, and keep the authority's key elsewhere",
                    references: ["RFC 5280 §4.2.1.9", "CA/Browser Forum BR §7.1.2.7.8"]
                )
            )
        }
        if leaf.extensionFacts.isPrecertificate {
            findings.append(
                Finding(
                    id: "certificate.precertificate",
                    severity: .high,
                    statement: "it is a precertificate, which is for logs and not for servers",
                    evidence: [leaf.subject.text],
                    remedy: "use the certificate that the authority issued after it",
                    references: ["RFC 6962 §3.1"]
                )
            )
        }
        return findings
    }

    /// The public authorities' limits count for their certificates; Apple's clients have one for all others (HT210176).
    private static func lifetime(_ leaf: Certificate) -> [Finding] {
        guard let days = leaf.lifetimeDays else { return [] }
        let isPublic = ChainAssessment.isPublic(leaf)
        let limit = isPublic ? leaf.greatestPublicLifetime : leaf.greatestPrivateLifetime
        guard let limit, days > limit else { return [] }
        return [
            Finding(
                id: "certificate.long-lifetime",
                severity: isPublic ? .medium : .low,
                statement:
                    "it is valid for \(days) days; \(isPublic ? "public authorities might issue" : "Apple's clients take") "
                    + "\(limit) at most when it was issued",
                evidence: [PeerText(leaf.notBefore.text), PeerText(leaf.notAfter.text)],
                remedy: "renew it for a shorter time, by a program",
                references: isPublic ? ["CA/Browser Forum BR §6.3.2", "ballot SC-081v3"] : ["Apple HT210176"]
            )
        ]
    }
}
