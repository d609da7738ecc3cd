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
        /// What only the whole certificate tells; nil where only a summary is known.
        var whole: CertificateReport?
    }

    /// The leaves that the server shows, each once: the session's, those of the other chains, and those that a survey met.
    var leaves: [Leaf] {
        var seen: Set<String> = []
        var leaves: [Leaf] = []
        let reports = [result.certificates.first] + result.chains.map(\.certificates.first)
        for report in reports.compactMap(\.self) where seen.insert(report.certificate.sha256).inserted {
            let certificate = report.certificate
            leaves.append(
                Leaf(
                    title: certificate.subject.text,
                    key: certificate.publicKey.algorithm,
                    keyBits: certificate.publicKey.bits,
                    curve: certificate.publicKey.curve,
                    signature: certificate.signatureAlgorithm.name,
                    hash: certificate.signatureAlgorithm.hash,
                    whole: report
                )
            )
        }
        for summary in survey?.certificates ?? [] {
            guard let sha256 = summary.sha256, seen.insert(sha256).inserted else { continue }
            leaves.append(
                Leaf(
                    title: summary.subject ?? PeerText("certificate \(summary.index)"),
                    key: summary.key,
                    keyBits: summary.keyBits,
                    curve: summary.curve,
                    signature: summary.signature,
                    hash: nil,
                    whole: nil
                )
            )
        }
        return leaves
    }

    /// Why nothing is known of certificates.
    static let noCertificate = "the report has no certificate"

    /// Whether a way of signing is meant by a name: the algorithm's own, or its hash's.
    static func isSigned(_ leaf: Leaf, by name: String) -> Bool {
        func plain(_ text: String) -> String { text.lowercased().filter { $0.isLetter || $0.isNumber } }
        let wanted = plain(name)
        guard let signature = leaf.signature.map(plain) else { return false }
        if signature == wanted || leaf.hash.map(plain) == wanted { return true }
        // A summary has the algorithm's name only, which holds its hash's.
        return leaf.hash == nil && (wanted.hasPrefix("sha") || wanted.hasPrefix("md")) && signature.contains(wanted)
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
