import TLSParameters

extension ChainValidation {
    /// Whether nothing is wrong but that the leaf's revocation isn't known, which a stapled response may still tell.
    public var awaitsStaple: Bool {
        !problems.isEmpty && problems.allSatisfy { $0.lacksRevocation && $0.depth == 0 }
    }

    /// The same judgement with a stapled OCSP response looked at. One that can't be believed changes nothing else.
    public func judging(staple: [UInt8]) -> ChainValidation {
        let answer = StapledAnswer(der: staple, chain: builtChain, now: time.unixSeconds ?? 0)
        var report = revocation ?? RevocationReport(mode: .none, certificates: [])
        report.staple = answer
        var problems = problems
        if answer.isUsable, answer.status != .unknown, let leaf = builtChain.first {
            let known = report.certificates.first { $0.depth == 0 }
            // A list that says "revoked" is not outdone by a staple that says "good".
            if known?.status != .revoked {
                report.certificates.removeAll { $0.depth == 0 }
                report.certificates.insert(
                    CertificateRevocation(
                        depth: 0,
                        subject: leaf.subject.text,
                        status: answer.status,
                        source: "stapled-ocsp",
                        revokedAt: answer.revokedAt,
                        reason: answer.reason
                    ),
                    at: 0
                )
                problems.removeAll { $0.lacksRevocation && $0.depth == 0 }
            }
            if answer.status == .revoked, !problems.contains(where: { $0.saysRevoked && $0.depth == 0 }) {
                problems.append(.revoked(leaf))
            }
        }
        return replacing(problems: problems, revocation: report)
    }

    /// The same judgement with more problems.
    public func adding(_ more: [ValidationProblem]) -> ChainValidation {
        more.isEmpty ? self : replacing(problems: problems + more, revocation: revocation)
    }

    private func replacing(problems: [ValidationProblem], revocation: RevocationReport?) -> ChainValidation {
        var copy = ChainValidation(
            isTrusted: problems.isEmpty,
            problems: problems,
            verifiedChain: verifiedChain,
            nameChecked: nameChecked,
            matchedName: matchedName,
            purpose: purpose,
            time: time,
            securityLevel: securityLevel,
            revocation: revocation
        )
        copy.builtChain = builtChain
        return copy
    }
}

extension ValidationProblem {
    fileprivate static func revoked(_ leaf: Certificate) -> ValidationProblem {
        ValidationProblem(
            code: 23,
            id: "revoked",
            text: "the certificate is revoked, by the server's own stapled answer",
            depth: 0,
            subject: leaf.subject.text
        )
    }
}
