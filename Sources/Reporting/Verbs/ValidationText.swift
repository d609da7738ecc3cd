import Certificates
import TLSParameters

extension CertificateText {
    /// How the chain was judged: the answer first, then each check.
    static func add(_ validation: ChainValidation?, order: ChainOrder?, to document: inout TextDocument) {
        guard validation != nil || order?.isTidy == false else { return }
        document.section("validation") { rows in
            if let validation {
                rows.row(
                    "result",
                    validation.isTrusted ? StyledText("trusted", .good) : StyledText("not trusted", .bad)
                )
                for check in validation.checks { rows.row(label(check.check), answer(check, validation)) }
                if let revocation = validation.revocation { add(revocation, to: &rows) }
                if validation.verifiedChain.count > 1 {
                    rows.row(
                        "path",
                        StyledText.joined(
                            validation.verifiedChain.map { StyledText($0.subject) + ($0.wasSent ? "" : " (local)") },
                            separator: " < "
                        )
                    )
                }
            }
            if let order { add(order, to: &rows) }
        }
    }

    private static func label(_ check: ValidationCheck.Name) -> String {
        check == .pathLength ? "path length" : check.rawValue
    }

    private static func answer(_ check: ValidationCheck, _ validation: ChainValidation) -> StyledText {
        switch check.outcome {
        case .failed:
            return StyledText.joined(
                validation.problems.filter { $0.check == check.check }.map(problem),
                separator: "; "
            )
        case .notChecked:
            return StyledText("not checked", .faint)
        case .passed:
            if check.check == .name, let wanted = validation.nameChecked, let matched = validation.matchedName {
                return "\(PeerText(wanted.text)) matches \(matched)"
            }
            return StyledText(check.check == .chain ? "complete, to a trusted certificate" : "passed", .good)
        }
    }

    /// What is wrong, and with which certificate.
    private static func problem(_ problem: ValidationProblem) -> StyledText {
        let place = problem.depth.map { $0 > 0 ? " (certificate \($0))" : "" } ?? ""
        return StyledText(problem.text, .bad) + StyledText(place)
    }

    private static func add(_ revocation: RevocationReport, to rows: inout TextDocument.Rows) {
        for certificate in revocation.certificates {
            rows.row("certificate \(certificate.depth)", status(of: certificate))
        }
        if let staple = revocation.staple { rows.row("stapled OCSP", answer(staple)) }
        for fetch in revocation.fetched {
            rows.row(fetch.kind == .ocsp ? "asked by OCSP" : "fetched list", came(fetch))
        }
    }

    private static func status(of certificate: CertificateRevocation) -> StyledText {
        let source = certificate.source.map { ", by \(sources[$0] ?? $0)" } ?? ""
        switch certificate.status {
        case .good: return StyledText("not revoked", .good) + StyledText(source)
        case .revoked:
            return StyledText("revoked", .bad) + StyledText(since(certificate.revokedAt, certificate.reason) + source)
        case .unknown:
            return StyledText("unknown whether it is revoked", .weak)
                + StyledText(certificate.detail.map { ": \($0)" } ?? "")
        }
    }

    private static let sources = [
        "crl": "a list", "ocsp": "its authority's OCSP responder", "stapled-ocsp": "the stapled response",
    ]

    /// What came of asking others.
    private static func came(_ fetch: RevocationFetch) -> StyledText {
        let place: StyledText = "\(fetch.url) for certificate \(fetch.depth): "
        guard let answer = fetch.answer else {
            guard let problem = fetch.problem else { return place + "\(fetch.bytes) bytes" }
            return place + StyledText("no answer: \(problem)", .weak)
        }
        return place + Self.answer(answer)
    }

    private static func answer(_ staple: RevocationAnswer) -> StyledText {
        let times = [
            staple.thisUpdate.map { "of \($0.text)" }, staple.nextUpdate.map { "valid until \($0.text)" },
        ].compactMap { $0 }.joined(separator: ", ")
        let says = "says \(staple.status.rawValue)" + since(staple.revokedAt, staple.reason)
        guard let problem = staple.problem else {
            let tone: Tone = staple.status == .good ? .good : staple.status == .revoked ? .bad : .weak
            return StyledText(says, tone) + StyledText(times.isEmpty ? "" : ", \(times)")
        }
        return StyledText("does not count: \(problem)", .weak) + StyledText(times.isEmpty ? "" : " (\(says), \(times))")
    }

    private static func since(_ time: CertificateTime?, _ reason: String?) -> String {
        (time.map { " since \($0.text)" } ?? "") + (reason.map { " (\($0))" } ?? "")
    }
}
