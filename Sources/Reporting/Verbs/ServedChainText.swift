import Certificates
import Diagnostics
import TLSParameters

/// The chains that a server shows to other clients: what tells them from the session's own.
enum ServedChainText {
    static func add(_ chains: [ServedChain], to document: inout TextDocument) {
        for chain in chains {
            guard let leaf = chain.certificates.first else { continue }
            document.section("another certificate, \(chain.circumstances.joined(separator: ", "))") { rows in
                CertificateText.addLeaf(leaf, to: &rows)
                rows.row("sent with it", "\(chain.certificates.count - 1) more")
                guard let validation = chain.validation else { return }
                rows.row(
                    "result",
                    validation.isTrusted
                        ? StyledText("trusted", .good)
                        : StyledText("not trusted: \(validation.problems.first?.text ?? "unknown")", .bad)
                )
            }
        }
    }
}
