import Certificates
import SecureChannel
import TLSParameters

extension ReportFacts {
    /// A server's own certificate, from wherever the report has it.
    struct Leaf {
        /// How a verdict calls it.
        var title: PeerText
        var key: String?
        var keyBits: Int?
        var curve: String?
        var signature: String?
        var hash: String?
        /// The whole days of its life; nil if its dates can't be read, or aren't known.
        var lifetimeDays: Int?
        /// The whole days until it expires, negative once it has; nil as above.
        var daysLeft: Int?
        /// How much of its life is left, in percent; nil as above.
        var percentLeft: Int?

        /// One that can't be read.
        init(unread title: PeerText) { self.title = title }

        init(_ report: CertificateReport) {
            let certificate = report.certificate
            title = certificate.subject.text
            key = certificate.publicKey.algorithm
            keyBits = certificate.publicKey.bits
            curve = certificate.publicKey.curve
            signature = certificate.signatureAlgorithm.name
            hash = certificate.signatureAlgorithm.hash
            lifetimeDays = report.lifetimeDays
            (daysLeft, percentLeft) = (report.daysLeft, report.percentLeft)
        }

        /// One that only a survey saw, as of a moment in seconds since 1970.
        init(_ summary: LeafSummary, at moment: Int64?) {
            title = summary.subject ?? PeerText("certificate \(summary.index) of the survey")
            key = summary.key
            keyBits = summary.keyBits
            curve = summary.curve
            signature = summary.signature
            guard let first = summary.notBefore.flatMap({ Timestamp.seconds($0) }),
                let last = summary.notAfter.flatMap({ Timestamp.seconds($0) })
            else { return }
            let end = CertificateTime(unixSeconds: last)
            lifetimeDays = end.days(after: first)
            guard let moment else { return }
            daysLeft = end.days(after: moment)
            percentLeft = CertificateReport.percentLeft(from: first, until: last, at: moment)
        }
    }

    /// The leaves that the server shows, each once: the session's, those of the other chains, and those that a survey met. One
    /// that can't be read is one all the same.
    var leaves: [Leaf] {
        var leaves: [Leaf] = []
        var seen: Set<String> = []
        let sent = attributes?.peer.chain.first
        let isUnread = sent.map { (try? Certificate(der: $0.bytes)) == nil } ?? false
        if isUnread { leaves.append(Leaf(unread: PeerText("the session's certificate"))) }
        let reports = [isUnread ? nil : result.certificates.first] + result.chains.map(\.certificates.first)
        for report in reports.compactMap(\.self) where seen.insert(report.certificate.sha256).inserted {
            leaves.append(Leaf(report))
        }
        for summary in survey?.certificates ?? [] {
            if let sha256 = summary.sha256, !seen.insert(sha256).inserted { continue }
            leaves.append(Leaf(summary, at: moment))
        }
        return leaves
    }

    /// The moment that certificates are judged for; nil if the report's own can't be read.
    private var moment: Int64? { result.validation?.time.unixSeconds ?? Timestamp.seconds(report.startedAt) }

    /// Why nothing is known of certificates.
    static let noCertificate = "the report has no certificate"

    /// Whether a way of signing is meant by a name: the algorithm's own, or its hash's.
    static func isSigned(_ leaf: Leaf, by name: String) -> Answer {
        func plain(_ text: String) -> String { text.lowercased().filter { $0.isLetter || $0.isNumber } }
        let wanted = plain(name)
        guard let signature = leaf.signature.map(plain) else { return .unknown("it can't be read") }
        if signature == wanted || leaf.hash.map(plain) == wanted { return .yes }
        guard leaf.hash == nil, wanted.hasPrefix("sha") || wanted.hasPrefix("md") else { return .no }
        // A summary has the algorithm's name only, which holds its hash's, but for RSASSA-PSS. Of one that has no name here,
        // nobody knows what it hashes with.
        if signature.contains(wanted) { return .yes }
        let isNameless = signature.allSatisfy(\.isNumber)
        return signature == "rsassapss" || isNameless ? .unknown("its hash is not known") : .no
    }

    /// Whether the chain verifies, its name and its revocation aside.
    var isTrusted: Answer {
        guard let validation = result.validation else { return .unknown("the chain was not judged") }
        let failed = validation.checks.filter { $0.check != .name && $0.outcome == .failed }
        return failed.isEmpty ? .yes : .no
    }

    /// What is wrong with the chain, the name aside.
    var trustProblems: [PeerText] {
        (result.validation?.problems ?? []).filter { $0.check != .name }.map { PeerText($0.text) }
    }

    /// Whether the certificate is for the name.
    var nameMatches: Answer {
        guard let validation = result.validation else { return .unknown("the chain was not judged") }
        guard let matches = validation.nameMatches else { return .unknown("no name was looked for") }
        return matches ? .yes : .no
    }
}
