import TLSParameters

extension ChainValidation {
    /// Whether nothing is wrong but that the leaf's revocation isn't known, which a stapled response may still tell.
    public var awaitsStaple: Bool {
        !problems.isEmpty && problems.allSatisfy { $0.lacksRevocation && $0.depth == 0 }
    }

    /// The same judgement with a stapled OCSP response looked at. One that can't be believed changes nothing else.
    public func judging(staple: [UInt8]) -> ChainValidation {
        let answer = RevocationAnswer(der: staple, chain: builtChain, now: time.unixSeconds ?? 0)
        var report = revocation ?? RevocationReport(mode: .none, certificates: [])
        report.staple = answer
        return replacing(problems: problems, revocation: report)
            .taking(answer, about: 0, source: "stapled-ocsp", by: "the server's own stapled answer")
    }

    /// The same judgement with what responders said taken into account, and all that was fetched on record. What gave no
    /// answer, or one that can't be believed, changes nothing else.
    func judging(fetched: [RevocationFetch]) -> ChainValidation {
        guard !fetched.isEmpty else { return self }
        var report = revocation ?? RevocationReport(mode: .none, certificates: [])
        report.fetched = fetched
        var judged = replacing(problems: problems, revocation: report)
        for fetch in fetched {
            guard let answer = fetch.answer, builtChain.indices.contains(fetch.depth),
                builtChain[fetch.depth].sha256 == fetch.sha256
            else { continue }
            judged = judged.taking(answer, about: fetch.depth, source: "ocsp", by: "its authority's OCSP responder")
        }
        return judged
    }

    /// The same judgement with more problems.
    public func adding(_ more: [ValidationProblem]) -> ChainValidation {
        more.isEmpty ? self : replacing(problems: problems + more, revocation: revocation)
    }

    /// The judgement with an answer about one certificate, if it counts.
    private func taking(
        _ answer: RevocationAnswer,
        about depth: Int,
        source: String,
        by who: String
    ) -> ChainValidation {
        guard answer.isUsable, answer.status != .unknown, builtChain.indices.contains(depth), var report = revocation
        else { return self }
        let certificate = builtChain[depth]
        var problems = problems
        // What says "revoked" is not outdone by what says "good".
        if report.certificates.first(where: { $0.depth == depth })?.status != .revoked {
            report.certificates.removeAll { $0.depth == depth }
            report.certificates.append(
                CertificateRevocation(
                    depth: depth,
                    subject: certificate.subject.text,
                    status: answer.status,
                    source: source,
                    revokedAt: answer.revokedAt,
                    reason: answer.reason
                )
            )
            report.certificates.sort { $0.depth < $1.depth }
            problems.removeAll { $0.lacksRevocation && $0.depth == depth }
        }
        if answer.status == .revoked, !problems.contains(where: { $0.saysRevoked && $0.depth == depth }) {
            problems.append(
                ValidationProblem(
                    code: 23,
                    id: "revoked",
                    text: "the certificate is revoked, by \(who)",
                    depth: depth,
                    subject: certificate.subject.text
                )
            )
        }
        return replacing(problems: problems, revocation: report)
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
