import Certificates
import TLSParameters

extension AlgorithmRule {
    /// What is wrong with a chain under this rule, the leaf first. The root's own signature proves nothing and isn't looked
    /// at, nor is that of a certificate that is trusted by itself.
    func problems(of chain: [Certificate]) -> [ValidationProblem] {
        switch kind {
        case .certificateSignature:
            return chain.indices.dropLast().filter { depth in
                isMeant(chain[depth].signatureAlgorithm, by: chain[depth + 1].publicKey)
            }.map { problem(68, "signed with an algorithm that was ruled out", chain[$0], $0) }
        case .signature where bits != nil:
            guard let leaf = chain.first, isMeant(leaf.publicKey) else { return [] }
            return [problem(66, "of a size that was ruled out", leaf, 0)]
        default:
            return []
        }
    }

    private func problem(_ code: Int32, _ what: String, _ certificate: Certificate, _ depth: Int) -> ValidationProblem {
        ValidationProblem(
            code: code,
            id: "disabled-algorithm",
            text: (code == 66 ? "the certificate's key is " : "the certificate is ") + "\(what): \(text)",
            depth: depth,
            subject: certificate.subject.text
        )
    }

    private func isMeant(_ signature: Certificates.SignatureAlgorithm, by key: PublicKeyFacts) -> Bool {
        guard bits == nil || key.bits.map(includes) ?? false else { return false }
        let name = signature.name.uppercased()
        return switch algorithm {
        case "RSA": name.contains("RSA")
        case "RSA-PKCS1": name.contains("WITHRSA")
        case "RSA-PSS": name == "RSASSA-PSS"
        case "EDDSA": name == "ED25519" || name == "ED448"
        case "ECDSA", "DSA": name.hasPrefix("\(algorithm)-")
        case "ED25519", "ED448": name == algorithm
        default: signature.hash?.uppercased().filter { $0 != "-" } == algorithm
        }
    }

    private func isMeant(_ key: PublicKeyFacts) -> Bool {
        guard let size = key.bits, includes(size) else { return false }
        return switch algorithm {
        case "RSA", "RSA-PKCS1": key.algorithm == "RSA"
        case "RSA-PSS": key.algorithm.hasPrefix("RSA")
        case "ECDSA": key.algorithm == "EC"
        default: key.algorithm.uppercased() == algorithm
        }
    }
}
