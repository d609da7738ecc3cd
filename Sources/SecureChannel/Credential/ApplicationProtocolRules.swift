import LibSSL
import TLSParameters

/// Algorithms that a server does without on connections of one application protocol (Schannel's `TLS_PARAMETERS` with ALPN ids).
public struct ApplicationProtocolRules: Hashable, Sendable {
    /// The application protocol that the server chooses, such as `h2`.
    public var applicationProtocol: String
    /// What is left out, beside what the credential does without anyway. Of ``AlgorithmRule/Kind/certificateSignature`` and of
    /// sizes of keys in key exchange and signatures nothing can be said for one protocol: libssl asks about those without a connection.
    public var disabled: [AlgorithmRule]

    /// Rules for a protocol.
    public init(_ applicationProtocol: String, disabled: [AlgorithmRule]) {
        self.applicationProtocol = applicationProtocol
        self.disabled = disabled
    }

    /// Whether a rule can be for one protocol only.
    public static func allows(_ rule: AlgorithmRule) -> Bool {
        rule.kind != .certificateSignature
            && ((rule.kind != .keyExchange && rule.kind != .signature) || rule.bits == nil)
    }
}

extension Credential {
    /// Works out what the rules for application protocols leave, and has the server hold to it.
    ///
    /// - Throws: when they leave one of them nothing.
    func applyProtocolRules(to handle: SSLContextHandle) throws(CredentialError) {
        guard role == .server, !server.protocolRules.isEmpty else { return }
        var limits: [ApplicationProtocolLimits] = []
        for rules in server.protocolRules {
            var strict = self
            strict.disabled += rules.disabled
            do throws(CredentialError) {
                limits.append(try strict.limits(for: rules.applicationProtocol))
            } catch {
                throw CredentialError(error.kind, "\(error.text), for \(rules.applicationProtocol)")
            }
        }
        handle.setLimits(limits)
    }

    /// What this credential comes down to, in libssl's lists.
    private func limits(for applicationProtocol: String) throws(CredentialError) -> ApplicationProtocolLimits {
        let handle = try library("libssl can't make a context") { () throws(LibraryError) in
            try SSLContextHandle(role: .server)
        }
        var plan = try AlgorithmPlan(credential: self)
        try plan.apply(to: handle)
        guard let first = plan.versions.first, let last = plan.versions.last else {
            throw CredentialError(.noProtocol, "no protocol version is left to speak")
        }
        let ciphers = handle.ciphersAllowedBySecurityLevel
        let older = ciphers.filter { !$0.isTLS13 }.map(\.name)
        var options: SSLOptions = []
        if !plan.versions.contains(.tls11) { options.insert(.noTLS11) }
        if !plan.versions.contains(.tls12) { options.insert(.noTLS12) }
        return ApplicationProtocolLimits(
            applicationProtocol: Array(applicationProtocol.utf8),
            versions: first.rawValue...last.rawValue,
            options: options,
            cipherList: older.isEmpty ? nil : older.joined(separator: ":"),
            cipherSuites13: ciphers.filter(\.isTLS13).map(\.name).joined(separator: ":"),
            groups: plan.groups.isEmpty ? nil : plan.groups.map(\.name).joined(separator: ":"),
            signatureAlgorithms: plan.signatureSchemes.isEmpty
                ? nil : plan.signatureSchemes.map(\.nameInLibrary).joined(separator: ":")
        )
    }
}
