import Certificates
import TLSParameters

/// Every check of a certificate by itself, for whoever judges it by hand: passed, failed, or not made.
enum ChecksText {
    /// A check, and the problems that mean it failed.
    private static let checks: [(label: String, ids: Set<String>)] = [
        (
            "trusted root",
            [
                "unknown-issuer", "self-signed", "untrusted-root", "self-signed-in-chain", "untrusted", "rejected",
                "path-loop", "issuer-mismatch", "chain-too-long", "unreadable", "no-certificate",
            ]
        ),
        ("signatures", ["bad-signature", "bad-key"]),
        ("validity", ["expired", "not-yet-valid", "bad-date"]),
        ("use", ["wrong-usage", "invalid-ca", "proxy-not-allowed", "unknown-critical-extension", "bad-extension"]),
        ("path length", ["path-length"]),
        ("name constraints", ["name-constraint"]),
        ("strength", ["weak-key", "weak-signature"]),
        ("revocation", ["revoked", "crl-unavailable"]),
    ]

    /// One row a check.
    static func add(_ validation: ChainValidation, to document: inout TextDocument) {
        document.section("checks") { rows in
            var known: Set<String> = ["name-mismatch"]
            let isBroken = validation.problems.contains { $0.id == "unknown-issuer" }
            for (label, ids) in checks {
                known.formUnion(ids)
                let problems = validation.problems.filter { ids.contains($0.id) }
                if label == "revocation" {
                    if !problems.isEmpty { rows.row(label, failed(problems)) }
                } else if problems.isEmpty, isBroken, label == "signatures" {
                    rows.row(label, StyledText("not checked, for want of the issuer", .faint))
                } else {
                    rows.row(label, problems.isEmpty ? StyledText("passed", .good) : failed(problems))
                }
            }
            rows.row("name", name(validation))
            for problem in validation.problems where !known.contains(problem.id) {
                rows.row(problem.id, failed([problem]))
            }
        }
    }

    private static func failed(_ problems: [ValidationProblem]) -> StyledText {
        StyledText.joined(
            problems.map { problem in
                let place: StyledText = problem.depth.map { " (certificate \($0))" } ?? ""
                return StyledText("failed: \(problem.text)", .bad) + place
            },
            separator: "; "
        )
    }

    private static func name(_ validation: ChainValidation) -> StyledText {
        guard validation.nameChecked != nil else { return StyledText("not checked", .faint) }
        let problems = validation.problems.filter { $0.id == "name-mismatch" }
        return problems.isEmpty ? StyledText("passed", .good) : failed(problems)
    }
}
