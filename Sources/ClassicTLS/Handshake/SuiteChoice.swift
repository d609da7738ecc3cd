import LibSSL
import TLSParameters
import TLSWire

/// What a server makes of the suites a client offers (RFC 5246 section 7.4.1.3).
struct SuiteChoice {
    let suite: ClassicSuite
    /// The certificate to show; nil where the suite shows none.
    let identity: ClassicIdentity?
    /// The curve for an ephemeral key.
    let group: NamedGroup?
    /// The signatures that the client takes (TLS 1.2).
    let schemes: [SignatureScheme]

    /// - Parameter identities: the certificates for the name that the client asked for.
    init(
        hello: ClientHello,
        version: ProtocolVersion,
        identities: [ClassicIdentity],
        connection: ClassicConnection
    ) throws(ClassicError) {
        let configuration = connection.configuration
        let candidates = Self.candidates(hello, version, connection)
        // Without the extension any curve will do (RFC 8422 section 4), and only SHA-1 (RFC 5246 section 7.4.1.4.1).
        let theirs = Set(hello.extensions?.first(.supported_groups) != nil ? hello.groups : configuration.groups)
        let group = configuration.groups.first { theirs.contains($0) && $0.libraryName != nil }
        let listed = hello.extensions?.first(.signature_algorithms) != nil
        let accepted =
            listed ? hello.signatureSchemes : [.rsa_pkcs1_sha1, SignatureScheme(rawValue: 0x0202), .ecdsa_sha1]
        let schemes = configuration.commonSchemes(accepted)
        self.schemes = schemes
        self.group = group
        let signers = identities.map { identity in
            let canSign = version < .tls12 || HandshakeExchange.scheme(for: identity.key, among: schemes) != nil
            return (identity: identity, algorithm: identity.key.algorithmName, canSign: canSign)
        }
        for suite in candidates {
            if suite.facts.keyExchange.usesPSK, configuration.preSharedKey == nil { continue }
            if suite.usesCurve, suite.facts.keyExchange != .ecdh, group == nil { continue }
            guard suite.showsCertificate else {
                self.suite = suite
                identity = nil
                return
            }
            let fitting = signers.first { signer in
                suite.fits(keyAlgorithm: signer.algorithm, version: version) && (!suite.isSigned || signer.canSign)
            }
            if let fitting {
                self.suite = suite
                identity = fitting.identity
                return
            }
        }
        throw ClassicError(
            candidates.isEmpty
                ? "no suite that the client offers is spoken here"
                : "no certificate fits the suites that the client offers",
            alert: .handshake_failure
        )
    }

    /// The suites that both ends have, in the order that decides; each once, however often the client names it.
    private static func candidates(
        _ hello: ClientHello,
        _ version: ProtocolVersion,
        _ connection: ClassicConnection
    ) -> [ClassicSuite] {
        let known = connection.suites.filter { $0.exists(in: version) }
        guard !connection.configuration.prefersOwnOrder else {
            let offered = Set(hello.cipherSuites)
            return known.filter { offered.contains($0.suite) }
        }
        var left = Dictionary(known.map { ($0.suite, $0) }) { first, _ in first }
        return hello.cipherSuites.compactMap { left.removeValue(forKey: $0) }
    }
}

extension ClassicConfiguration {
    /// The signature schemes of a peer's list that this end has too, in the peer's order; each once, for the list may be long.
    func commonSchemes(_ theirs: [SignatureScheme]) -> [SignatureScheme] {
        var left = Set(signatureSchemes)
        return theirs.filter { left.remove($0) != nil }
    }
}
