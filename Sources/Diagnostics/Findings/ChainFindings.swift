import Certificates
import TLSParameters

/// What a certificate chain shows its owner to be wrong.
enum ChainFindings {
    /// Days of validity below which a certificate is about to run out.
    private static let soon = 14

    /// All findings about a chain, leaf first.
    static func all(chain: [Certificate], validation: ChainValidation?, now: Int64) -> [Finding] {
        var findings = (validation?.problems ?? []).map(finding)
        guard let leaf = chain.first else { return findings }
        if let days = leaf.notAfter.days(after: now), (0..<soon).contains(days) {
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
        if leaf.publicKey.algorithm == "RSA", let bits = leaf.publicKey.bits, bits < 2048,
            !known.contains("certificate.weak-key")
        {
            findings.append(
                Finding(
                    id: "certificate.weak-key",
                    severity: .medium,
                    statement: "the certificate's RSA key has \(bits) bits only",
                    evidence: [leaf.subject.text],
                    remedy: "make a key of 2048 bits or more, or an ECDSA key",
                    references: ["RFC 9325 §4.5"]
                )
            )
        }
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
        default: nil
        }
    }
}
