import Certificates
import TLSParameters

/// What logs and the rules for certificates show to be wrong with a chain.
enum AssessmentFindings {
    /// All findings of an assessment.
    static func all(_ assessment: ChainAssessment, chain: [Certificate]) -> [Finding] {
        guard let leaf = chain.first else { return [] }
        return timestamps(assessment, leaf) + lint(assessment, chain)
    }

    private static func timestamps(_ assessment: ChainAssessment, _ leaf: Certificate) -> [Finding] {
        var findings: [Finding] = []
        let timestamps = assessment.timestamps
        func names(_ verdict: SignedTimestamp.Verdict) -> [PeerText] {
            timestamps.filter { $0.verdict == verdict }.map { PeerText($0.log ?? $0.logID) }
        }
        let invalid = names(.invalid)
        if !invalid.isEmpty {
            findings.append(
                Finding(
                    id: "certificate.bad-timestamp",
                    severity: .medium,
                    statement: "a log's timestamp is not for this certificate: its signature is wrong",
                    evidence: invalid,
                    remedy: "have it reissued, or mend how the server delivers timestamps",
                    references: ["RFC 6962 §3.2"]
                )
            )
        }
        guard assessment.isPublic else { return findings }
        let unknown = names(.unknownLog)
        if !unknown.isEmpty {
            findings.append(
                Finding(
                    id: "certificate.unknown-log",
                    severity: .info,
                    statement: "a timestamp is of a log that is not in our list of \(assessment.logListDate)",
                    evidence: unknown,
                    references: ["RFC 6962 §3.2"]
                )
            )
        }
        // A log that isn't in our list may be a new one.
        let good = timestamps.filter { $0.verdict != .invalid }
        let count = Set(good.map(\.logID)).count
        let wanted = assessment.timestampsWanted
        if timestamps.isEmpty {
            findings.append(
                Finding(
                    id: "certificate.no-timestamps",
                    severity: .medium,
                    statement: "no log's timestamp comes with the certificate, so browsers refuse it",
                    evidence: [leaf.subject.text],
                    remedy: "have it reissued with timestamps embedded",
                    references: ["RFC 6962", "Chrome CT policy"]
                )
            )
        } else if count < wanted {
            findings.append(
                Finding(
                    id: "certificate.few-timestamps",
                    severity: .medium,
                    statement:
                        "there are good timestamps of \(count) log\(count == 1 ? "" : "s"), and browsers want \(wanted)",
                    evidence: timestamps.map { PeerText($0.log ?? $0.logID) },
                    remedy: "have it reissued with timestamps of more logs",
                    references: ["Chrome CT policy"]
                )
            )
        } else if let name = good.first?.logOperator, good.allSatisfy({ $0.logOperator == name }) {
            findings.append(
                Finding(
                    id: "certificate.few-timestamps",
                    severity: .medium,
                    statement: "all timestamps are of logs that \(name) runs, and browsers want those of two operators",
                    evidence: timestamps.map { PeerText($0.log ?? $0.logID) },
                    remedy: "have it reissued with timestamps of another operator's logs, too",
                    references: ["Chrome CT policy", "Apple HT205280"]
                )
            )
        }
        return findings
    }

    /// One finding a rule, with the certificates that break it. What another finding says, or `certificate.malformed`, is left
    /// to that.
    private static func lint(_ assessment: ChainAssessment, _ chain: [Certificate]) -> [Finding] {
        var findings: [Finding] = []
        for rule in LintRule.all {
            let broken = assessment.lint.filter { $0.rule == rule.id }
                .filter { !Self.toldByDefects.contains($0.rule) || chain[$0.depth].defects.isEmpty }
            guard !broken.isEmpty, !Self.toldElsewhere.contains(rule.id) else { continue }
            findings.append(
                Finding(
                    id: rule.findingID,
                    severity: rule.level == .error ? .low : .info,
                    statement: rule.text,
                    evidence: broken.flatMap { result in
                        [PeerText("certificate \(result.depth)")] + result.evidence.prefix(4)
                    },
                    remedy: "have it reissued",
                    references: [rule.clause]
                )
            )
        }
        return findings
    }

    private static let toldElsewhere: Set = [
        "no-alternative-name", "name-with-nul", "name-with-url", "wildcard", "wildcard-too-wide", "lifetime",
        "weak-signature",
        "rsa-size", "rsa-modulus", "rsa-exponent", "explicit-curve", "precertificate",
    ]

    private static let toldByDefects: Set = [
        "version", "serial-not-positive", "serial-too-long", "date-form", "utc-time-after-2049", "issuer-empty",
        "extension-twice", "signature-algorithms-differ", "malformed-extension", "address-length", "name-not-ascii",
    ]
}
