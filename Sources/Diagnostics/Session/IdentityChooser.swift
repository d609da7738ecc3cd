import Certificates
import SecureChannel
import TLSParameters

/// Answers a server that asks for a certificate with one of a directory that it says it accepts, as Schannel's clients look
/// through their store.
struct IdentityChooser: Sendable {
    let directory: IdentityDirectory

    /// What to say of it before anything is sent.
    var note: String {
        let count = directory.entries.count
        return "if the server asks for a certificate, one of \(count) in '\(directory.path)' may be shown"
    }

    /// What a server asked for.
    struct Wish {
        /// The authorities it accepts; empty if it named none.
        var issuers: [DistinguishedName]
        /// The signature schemes it accepts; empty if it named none (before TLS 1.2).
        var schemes: [SignatureScheme]
    }

    /// The certificate to show and why, or why none.
    func choose(_ wish: Wish, now: Int64) -> (identity: Identity?, choice: CertificateChoice) {
        var choice = CertificateChoice(reason: .noneFits, considered: directory.entries.count)
        let usable = directory.entries.filter { entry in
            let leaf = entry.identity.certificate
            return leaf.isValid(at: now) == true && Self.isForClients(leaf) && Self.canSign(leaf, wish.schemes)
        }
        if wish.issuers.isEmpty {
            guard let best = IdentityDirectory.best(of: usable) else { return (nil, choice) }
            choice.reason = .anyIssuer
            choice.take(best)
            return (best.identity, choice)
        }
        let fitting = usable.filter { Self.issuer(of: $0.identity, among: wish.issuers) != nil }
        guard let best = IdentityDirectory.best(of: fitting) else { return (nil, choice) }
        choice.reason = .issuerListed
        choice.issuer = Self.issuer(of: best.identity, among: wish.issuers)?.text
        choice.take(best)
        return (best.identity, choice)
    }

    /// The authority of the list that issued one of the chain (RFC 5246 section 7.4.4, RFC 8446 section 4.2.4).
    private static func issuer(of identity: Identity, among issuers: [DistinguishedName]) -> DistinguishedName? {
        for certificate in identity.chain {
            if let issuer = issuers.first(where: { $0.isSameName(as: certificate.issuer) }) { return issuer }
        }
        return nil
    }

    private static func isForClients(_ leaf: Certificate) -> Bool {
        let purposes = leaf.extendedKeyUsage.map(\.oid.dotted)
        return purposes.isEmpty || purposes.contains("1.3.6.1.5.5.7.3.2") || purposes.contains("2.5.29.37.0")
    }

    private static func canSign(_ leaf: Certificate, _ schemes: [SignatureScheme]) -> Bool {
        guard !schemes.isEmpty else { return true }
        let kind =
            switch leaf.publicKey.algorithm {
            case "EC": "ecdsa_"
            case "RSA": "rsa_"
            case "RSA-PSS": "rsa_pss_pss_"
            default: leaf.publicKey.algorithm.lowercased()
            }
        return schemes.contains { $0.name.hasPrefix(kind) }
    }
}

extension CertificateChoice {
    fileprivate mutating func take(_ entry: IdentityDirectory.Entry) {
        identity = IdentitySummary(entry.identity)
        file = PeerText(entry.file)
    }
}

extension DistinguishedName {
    /// Whether two names are one: the same bytes, or the same words in another encoding (RFC 5280 section 7.1).
    fileprivate func isSameName(as other: DistinguishedName) -> Bool {
        if der == other.der { return true }
        guard !isEmpty else { return false }
        return String(decoding: text.bytes, as: UTF8.self).lowercased()
            == String(decoding: other.text.bytes, as: UTF8.self).lowercased()
    }
}
