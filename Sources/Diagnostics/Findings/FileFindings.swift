import Certificates
import TLSParameters

/// What the things in a file, beside certificates, show their owner to be wrong.
enum FileFindings {
    /// All findings about a file, in its order.
    static func all(_ contents: FileContents, chain: [Certificate], comparison: KeyComparison?, now: Int64) -> [Finding]
    {
        var findings: [Finding] = []
        if let comparison, !comparison.matches {
            findings.append(
                mismatch("the key is not that of the certificate it was compared with", [comparison.subject])
            )
        }
        if !chain.isEmpty, hasForeignKey(contents) {
            let subjects = chain.prefix(4).map(\.subject.text)
            findings.append(mismatch("the private key belongs to none of the certificates in the file", subjects))
        }
        for item in contents.items {
            if let key = item.key?.publicKey, item.key?.certificates.isEmpty == true {
                let spki = item.key?.subjectPublicKeyInfo ?? []
                findings += KeyFindings.all(key, subjectPublicKeyInfo: spki, whose: "the key", [])
            }
            if let request = item.request { findings += about(request) }
            if let list = item.list { findings += about(list, chain: chain, now: now) }
            if let response = item.response { findings += about(response, now: now) }
        }
        return findings
    }

    /// Whether a private key that was read belongs to no certificate, where there are certificates.
    static func hasForeignKey(_ contents: FileContents) -> Bool {
        contents.items.contains { item in
            item.key.map { $0.isPrivate && $0.publicKey != nil && $0.certificates.isEmpty } ?? false
        }
    }

    private static func mismatch(_ statement: String, _ evidence: [PeerText]) -> Finding {
        Finding(
            id: "certificate.key-mismatch",
            severity: .high,
            statement: statement,
            evidence: evidence,
            remedy: "look for the key that the certificate was requested with, or request a new one",
            references: []
        )
    }

    private static func about(_ request: CertificateRequest) -> [Finding] {
        let evidence = [request.subject.text]
        var findings = KeyFindings.all(
            request.publicKey,
            subjectPublicKeyInfo: request.keyBytes,
            whose: "the request's key",
            evidence
        )
        if request.isSignatureValid == false {
            findings.append(
                Finding(
                    id: "request.bad-signature",
                    severity: .high,
                    statement: "the request is not signed with the key that it holds",
                    evidence: evidence,
                    remedy: "make the request again with the private key",
                    references: ["RFC 2986 §3"]
                )
            )
        }
        if request.hasChallengePassword {
            findings.append(
                Finding(
                    id: "request.challenge-password",
                    severity: .low,
                    statement: "the request holds a challenge password, which everyone who gets the request can read",
                    evidence: evidence,
                    remedy: "leave it out unless the authority asks for it",
                    references: ["RFC 2985 §5.4.1"]
                )
            )
        }
        if request.subjectAlternativeNames.isEmpty, !request.isCA {
            findings.append(
                Finding(
                    id: "request.no-alternative-name",
                    severity: .low,
                    statement:
                        "the request asks for no subjectAltName; unless the authority adds the names, no client takes it",
                    evidence: evidence,
                    remedy: "put the names into subjectAltName",
                    references: ["RFC 9525 §6.3"]
                )
            )
        }
        if let hash = KeyFindings.broken(request.signatureAlgorithm.hash) {
            findings.append(
                Finding(
                    id: "request.weak-signature",
                    severity: .low,
                    statement: "the request is signed with \(hash)",
                    evidence: evidence,
                    remedy: "sign it with SHA-256",
                    references: ["RFC 9155"]
                )
            )
        }
        return findings
    }

    private static func about(_ list: RevocationListFacts, chain: [Certificate], now: Int64) -> [Finding] {
        var findings: [Finding] = []
        if !list.revokes.isEmpty {
            let isGenuine = !list.signedBy.isEmpty
            findings.append(
                Finding(
                    id: "crl.revoked",
                    severity: .high,
                    statement: "the list of revoked certificates has a certificate of the file"
                        + (isGenuine ? "" : "; whether it is its issuer's can't be told without the issuer"),
                    evidence: list.revokes.prefix(8).filter(chain.indices.contains).map { chain[$0].subject.text },
                    remedy: "replace the certificate",
                    references: ["RFC 5280 §5.3"]
                )
            )
        }
        if let next = list.nextUpdate, let seconds = next.unixSeconds, seconds < now {
            findings.append(
                Finding(
                    id: "crl.expired",
                    severity: .medium,
                    statement: "the list of revoked certificates should have been replaced",
                    evidence: [PeerText(next.text)],
                    remedy: "get a current one",
                    references: ["RFC 5280 §5.1.2.5"]
                )
            )
        }
        if list.nextUpdate == nil {
            findings.append(
                Finding(
                    id: "crl.no-next-update",
                    severity: .low,
                    statement: "the list of revoked certificates doesn't say until when it holds",
                    evidence: [list.issuer.text],
                    remedy: "have it issued with nextUpdate",
                    references: ["RFC 5280 §5.1.2.5"]
                )
            )
        }
        if let hash = KeyFindings.broken(list.signatureAlgorithm.hash) {
            findings.append(
                Finding(
                    id: "crl.weak-signature",
                    severity: .medium,
                    statement: "the list of revoked certificates is signed with \(hash)",
                    evidence: [list.issuer.text],
                    remedy: "have it signed with SHA-256",
                    references: ["RFC 9155"]
                )
            )
        }
        return findings
    }

    private static func about(_ response: OCSPFacts, now: Int64) -> [Finding] {
        if response.responseStatus != "successful" {
            return [
                Finding(
                    id: "ocsp.error",
                    severity: .medium,
                    statement: "the responder answered with the error \(response.responseStatus)",
                    references: ["RFC 6960 §4.2.1"]
                )
            ]
        }
        var findings: [Finding] = []
        for answer in response.answers {
            if let seconds = answer.nextUpdate?.unixSeconds, seconds < now {
                findings.append(
                    Finding(
                        id: "ocsp.expired",
                        severity: .medium,
                        statement: "the OCSP response is out of date",
                        evidence: [PeerText(answer.nextUpdate?.text ?? ""), PeerText(answer.serial)],
                        remedy: "get a current one",
                        references: ["RFC 6960 §4.2.2.1"]
                    )
                )
            }
            if answer.status == "revoked" {
                findings.append(
                    Finding(
                        id: "ocsp.revoked",
                        severity: .high,
                        statement: "the responder says that the certificate is revoked",
                        evidence: [PeerText(answer.serial), PeerText(answer.revokedAt?.text ?? "")],
                        remedy: "replace the certificate",
                        references: ["RFC 6960 §2.2"]
                    )
                )
            }
        }
        if let problem = response.judgement?.problem, findings.isEmpty {
            findings.append(
                Finding(
                    id: "ocsp.unusable",
                    severity: .medium,
                    statement: "the OCSP response does not count: \(problem)",
                    references: ["RFC 6960 §3.2"]
                )
            )
        }
        return findings
    }
}
