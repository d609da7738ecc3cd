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
        let known = connection.suites.filter { $0.exists(in: version) }
        let offered = Set(hello.cipherSuites)
        let candidates =
            configuration.prefersOwnOrder
            ? known.filter { offered.contains($0.suite) }
            : hello.cipherSuites.compactMap { code in known.first { $0.suite == code } }
        // Without the extension any curve will do (RFC 8422 section 4), and only SHA-1 (RFC 5246 section 7.4.1.4.1).
        let theirs = hello.extensions?.first(.supported_groups) != nil ? hello.groups : configuration.groups
        let group = configuration.groups.first { theirs.contains($0) && $0.libraryName != nil }
        let listed = hello.extensions?.first(.signature_algorithms) != nil
        let accepted =
            listed ? hello.signatureSchemes : [.rsa_pkcs1_sha1, SignatureScheme(rawValue: 0x0202), .ecdsa_sha1]
        let schemes = accepted.filter { configuration.signatureSchemes.contains($0) }
        self.schemes = schemes
        self.group = group
        for suite in candidates {
            if suite.facts.keyExchange.usesPSK, configuration.preSharedKey == nil { continue }
            if suite.usesCurve, suite.facts.keyExchange != .ecdh, group == nil { continue }
            guard let algorithm = suite.serverKeyAlgorithm else {
                self.suite = suite
                identity = nil
                return
            }
            let signs = suite.facts.keyExchange == .dhe || suite.facts.keyExchange == .ecdhe
            let fitting = identities.first { identity in
                guard identity.key.algorithmName == algorithm else {
                    // EdDSA goes with the ECDSA suites of TLS 1.2 (RFC 8422 section 2).
                    let isEdwards = identity.key.algorithmName.map { $0.hasPrefix("ED") } ?? false
                    return algorithm == "EC" && isEdwards && signs && version >= .tls12
                        && HandshakeExchange.scheme(for: identity.key, among: schemes) != nil
                }
                return !signs || version < .tls12
                    || HandshakeExchange.scheme(for: identity.key, among: schemes) != nil
            }
            if let fitting {
                self.suite = suite
                identity = fitting
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
}
