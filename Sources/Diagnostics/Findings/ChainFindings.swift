import Certificates
import TLSParameters

/// What a certificate chain shows its owner to be wrong.
enum ChainFindings {
    /// Days of validity below which a certificate is about to run out.
    private static let soon = 14

    /// The same for a certificate that doesn't live long in the first place: a third of its life.
    private static func soon(_ leaf: Certificate) -> Int {
        let life = leaf.notBefore.unixSeconds.flatMap { leaf.notAfter.days(after: $0) } ?? 0
        // One that is made for a day is not renewed earlier than one can.
        return life > 2 ? min(soon, max(1, life / 3)) : soon
    }

    /// All findings about a chain, leaf first.
    static func all(chain: [Certificate], validation: ChainValidation?, now: Int64) -> [Finding] {
        var findings = (validation?.problems ?? []).map(finding)
        guard let leaf = chain.first else { return findings }
        // A chain that is not judged has dates all the same.
        if validation == nil { findings += outside(leaf, now: now) }
        if let days = leaf.notAfter.days(after: now), (0..<soon(leaf)).contains(days) {
            findings.append(
                Finding(
                    id: "certificate.expires-soon",
                    severity: .medium,
                    statement: "the certificate expires in \(days == 1 ? "1 day" : "\(days) days")",
                    evidence: [PeerText(leaf.notAfter.text)],
                    remedy: "renew it now",
                    references: []
                )
            )
        }
        let known = Set(findings.map(\.id))
        for certificate in chain where !certificate.isSelfSigned {
            if let hash = certificate.signatureAlgorithm.hash?.uppercased().filter({ $0 != "-" }),
                ["MD2", "MD4", "MD5", "SHA1"].contains(hash), !known.contains("certificate.weak-signature")
            {
                findings.append(
                    Finding(
                        id: "certificate.weak-signature",
                        severity: .medium,
                        statement: "a certificate of the chain is signed with \(hash)",
                        evidence: [certificate.subject.text],
                        remedy: "have it reissued with SHA-256",
                        references: ["RFC 9155"]
                    )
                )
            }
        }
        for (depth, certificate) in chain.enumerated() where !certificate.isSelfSigned || depth == 0 {
            findings += KeyFindings.all(
                certificate.publicKey,
                subjectPublicKeyInfo: certificate.subjectPublicKeyInfo,
                whose: depth == 0 ? "the certificate's key" : "the key of certificate \(depth) of the chain",
                [certificate.subject.text]
            ).filter { !known.contains($0.id) }
        }
        findings += LeafFindings.all(leaf, now: now).filter { !known.contains($0.id) }
        // A name that was asked for and not found has said so.
        if leaf.subjectAlternativeNames.isEmpty, !known.contains("certificate.name-mismatch") {
            findings.append(
                Finding(
                    id: "certificate.no-alternative-name",
                    severity: .medium,
                    statement: "the certificate has no subjectAltName, so no modern client accepts it for any name",
                    evidence: [leaf.subject.text],
                    remedy: "have it reissued with its names in subjectAltName",
                    references: ["RFC 9525 §6.3"]
                )
            )
        }
        findings += order(chain)
        findings += intermediates(chain, validation, now: now)
        for certificate in chain {
            for defect in certificate.defects {
                findings.append(
                    Finding(
                        id: "certificate.malformed",
                        severity: .low,
                        statement: "\(defect.field): \(defect.text)",
                        evidence: [certificate.subject.text],
                        remedy: "have it reissued",
                        references: ["RFC 5280"]
                    )
                )
            }
        }
        return findings
    }

    /// A leaf that is not valid yet, or no longer.
    private static func outside(_ leaf: Certificate, now: Int64) -> [Finding] {
        func finding(_ id: String, _ text: String, _ date: CertificateTime) -> Finding {
            Finding(
                id: "certificate.\(id)",
                severity: .high,
                statement: text,
                evidence: [PeerText(date.text)],
                remedy: remedy(id),
                references: ["RFC 5280 §4.1.2.5"]
            )
        }
        if let last = leaf.notAfter.unixSeconds, last < now {
            return [finding("expired", "the certificate has expired", leaf.notAfter)]
        }
        if let first = leaf.notBefore.unixSeconds, first > now {
            return [finding("not-yet-valid", "the certificate is not valid yet", leaf.notBefore)]
        }
        return []
    }

    /// How the certificates stand to each other (RFC 5246 §7.4.2).
    private static func order(_ chain: [Certificate]) -> [Finding] {
        let order = ChainOrder(sent: chain)
        var findings: [Finding] = []
        if !order.isOrdered {
            findings.append(
                Finding(
                    id: "chain.out-of-order",
                    severity: .low,
                    statement: "the certificates do not stand in the order of their signatures",
                    remedy: "put the leaf first, then each certificate before the one that signed it",
                    references: ["RFC 5246 §7.4.2", "RFC 8446 §4.4.2"]
                )
            )
        }
        if !order.superfluous.isEmpty {
            findings.append(
                Finding(
                    id: "chain.superfluous",
                    severity: .info,
                    statement: "the chain holds certificates that it does not need",
                    evidence: order.superfluous.prefix(4).map { chain[$0].subject.text },
                    remedy: "leave them out: they cost every handshake"
                )
            )
        }
        if order.includesRoot {
            findings.append(
                Finding(
                    id: "chain.includes-root",
                    severity: .info,
                    statement: "the chain holds its root, which clients take from their own store",
                    remedy: "leave it out"
                )
            )
        }
        return findings
    }

    /// Those that expired, and those that are not there.
    private static func intermediates(_ chain: [Certificate], _ validation: ChainValidation?, now: Int64) -> [Finding] {
        var findings: [Finding] = []
        let expired = chain.dropFirst().filter { $0.notAfter.unixSeconds.map { $0 < now } ?? false }
        if !expired.isEmpty {
            findings.append(
                Finding(
                    id: "chain.expired",
                    severity: .medium,
                    statement: "the chain holds certificates that have expired; clients that take them find no path",
                    evidence: expired.prefix(4).map(\.subject.text),
                    remedy: "send the current ones of the authority",
                    references: ["RFC 5280 §6.1.3"]
                )
            )
        }
        // Whether somebody has the issuer in a store of its own is only known once it was looked for.
        if validation?.problems.contains(where: { $0.id == "unknown-issuer" }) == true,
            let issuer = ChainOrder(sent: chain).missingIssuer
        {
            let last = ChainOrder(sent: chain).path.last.map { chain[$0] }
            findings.append(
                Finding(
                    id: "chain.incomplete",
                    severity: .medium,
                    statement: "the issuer of the last certificate is not sent, and not trusted by itself",
                    evidence: [issuer.text] + (last?.extensionFacts.caIssuerURLs.prefix(1) ?? []),
                    remedy: "send the certificate of that issuer too",
                    references: ["RFC 5246 §7.4.2", "RFC 8446 §4.4.2"]
                )
            )
        }
        return findings
    }

    private static func finding(_ problem: ValidationProblem) -> Finding {
        Finding(
            id: "certificate.\(problem.id)",
            severity: .high,
            statement: problem.depth.map { $0 > 0 ? "\(problem.text) (certificate \($0) of the chain)" : problem.text }
                ?? problem.text,
            evidence: [problem.subject].compactMap { $0 },
            remedy: remedy(problem.id),
            references: ["RFC 5280 §6"]
        )
    }

    private static func remedy(_ id: String) -> String? {
        switch id {
        case "expired": "renew the certificate"
        case "not-yet-valid": "check the server's clock and the certificate's dates"
        case "revoked": "replace it: whoever has its key may be somebody else"
        case "name-mismatch": "have the certificate reissued for this name, or use a name that it has"
        case "self-signed", "untrusted-root", "self-signed-in-chain":
            "have it signed by an authority that clients trust, or give clients this certificate to trust"
        case "unknown-issuer": "send the missing intermediate certificates, or let clients trust the issuer"
        case "weak-key": KeyFindings.newKey
        case "weak-signature": "have it reissued with SHA-256"
        case "wrong-usage", "invalid-ca", "path-length", "name-constraint", "bad-extension",
            "unknown-critical-extension":
            "have it reissued by an authority that may issue it, for this use"
        case "crl-unavailable", "crl-expired", "crl-not-yet-valid":
            "see that the lists and responders that it names can be reached and are current"
        default: nil
        }
    }
}
