import LibSSL
import TLSParameters

extension RevocationReport {
    /// Reads out of the problems of a verification what they say of revocation, and takes those that are forgiven away.
    ///
    /// - Parameter chain: the chain that was built, leaf first.
    init(
        policy: RevocationPolicy,
        chain: [Certificate],
        problems: inout [ValidationProblem]
    ) {
        self.init(mode: policy.mode, certificates: [])
        let depths: Range<Int>
        switch policy.mode {
        case .none: return
        case .end: depths = 0..<min(1, chain.count)
        case .chain: depths = chain.indices
        // A root without a list of its own is the rule.
        case .excludeRoot: depths = 0..<(chain.last?.isSelfIssued == true ? chain.count - 1 : chain.count)
        }
        problems.removeAll { $0.isAboutLists && !depths.contains($0.depth ?? 0) }
        for depth in depths {
            let about = problems.filter { $0.depth == depth && $0.isAboutLists }
            var entry = Self.look(up: chain[depth], at: depth, about, policy)
            if entry.status == .unknown, policy.forgives(chain[depth]) {
                problems.removeAll { $0.depth == depth && $0.isAboutLists }
                entry.detail = entry.detail.map { "\($0); let pass" }
            }
            certificates.append(entry)
        }
    }

    private static func look(
        up certificate: Certificate,
        at depth: Int,
        _ problems: [ValidationProblem],
        _ policy: RevocationPolicy
    ) -> CertificateRevocation {
        var entry = CertificateRevocation(depth: depth, subject: certificate.subject.text, status: .good, source: "crl")
        if problems.contains(where: \.saysRevoked) {
            entry.status = .revoked
            let handle = try? certificate.handle()
            let lists = policy.allLists.filter { $0.issuer.der == certificate.issuer.der }
            if let found = handle.flatMap({ handle in lists.lazy.compactMap { $0.handle.entry(of: handle) }.first }) {
                entry.revokedAt = found.time.map { CertificateTime(unixSeconds: $0) }
                entry.reason = CertificateRevocation.reasonName(found.reason)
            }
        } else if let problem = problems.first {
            entry.status = .unknown
            entry.source = nil
            entry.detail = problem.text
        }
        return entry
    }
}

extension RevocationPolicy {
    /// Whether a certificate of which nothing is known passes.
    func forgives(_ certificate: Certificate) -> Bool {
        let facts = certificate.extensionFacts
        return facts.crlURLs.isEmpty && facts.ocspURLs.isEmpty ? ignoresMissingSource : ignoresOffline
    }
}

extension ValidationProblem {
    /// Whether it is that the certificate is on a list.
    var saysRevoked: Bool { code == 23 }

    /// Whether it comes of looking for lists, the answer included: `X509_V_ERR_…` about CRLs.
    var isAboutLists: Bool { saysRevoked || Self.listCodes.contains(code) }

    /// Whether it is that there is no answer that counts.
    var lacksRevocation: Bool { !saysRevoked && Self.listCodes.contains(code) }

    /// 3 no list, 5 and 8 its signature, 11 and 12 and 15 and 16 its dates, 33 its issuer, 35 the issuer's usage, 36 its
    /// extensions, 44 its scope, 54 the path to its issuer.
    private static let listCodes: Set<Int32> = [3, 5, 8, 11, 12, 15, 16, 33, 35, 36, 44, 54]
}
