import Certificates
import LibSSL
import TLSParameters

extension EngineContext {
    /// What was asked of the context, and what it has.
    var flagAttributes: FlagAttributes {
        func codes(_ flags: (ContextFlag) -> Bool) -> [NamedCode] {
            ContextFlag.allCases.filter(flags).compactMap { $0.code(for: role) }
        }
        return FlagAttributes(requested: codes(isRequested), obtained: codes(isObtained))
    }

    private func isRequested(_ flag: ContextFlag) -> Bool {
        let credential = acquired.credential
        switch flag {
        // Inherent in TLS: an alert goes out on failure, records are in order, and nobody else can make one.
        case .replayDetection, .sequenceDetection, .confidentiality, .integrity, .extendedError, .stream:
            return true
        case .mutualAuthentication:
            if credential.preSharedKey != nil { return true }
            return role == .server
                ? credential.clientAuthentication != .none || log.facts.certificateRequest != nil
                : !credential.identities.isEmpty || (log.facts.clientCertificates ?? 0) > 0
        // No certificate is ever shown that the credential doesn't name.
        case .suppliedCredentials: return true
        case .sessionTicket: return credential.usesSessionTickets
        case .manualValidation: return credential.verification != .automatic
        case .noPostHandshakeAuthentication:
            return !credential.allowsPostHandshakeAuthentication && credential.protocols.contains(.tls13)
        }
    }

    private func isObtained(_ flag: ContextFlag) -> Bool {
        // Whatever happened, the alert of a failure is in the token.
        if flag == .extendedError { return isStanding || !log.alertsSent.isEmpty }
        guard isStanding, state != .failed, isRequested(flag) else { return false }
        switch flag {
        case .mutualAuthentication: return isMutuallyAuthenticated
        case .confidentiality: return suite?.facts.map { !$0.isNULL } ?? true
        case .sessionTicket: return !log.facts.tickets.isEmpty
        case .noPostHandshakeAuthentication: return log.facts.version == .tls13
        default: return true
        }
    }

    /// Whether both ends have proved who they are; what can't be told yet isn't claimed.
    private var isMutuallyAuthenticated: Bool {
        // A key that only both ends know proves each to the other (RFC 4279 section 2, RFC 8446 section 2.2).
        if log.facts.selectedKey.map({ $0 == externalKeyIdentity }) ?? false { return true }
        if let known = suite?.facts, known.keyExchange.usesPSK, !isResumed { return true }
        let client = clientAuthenticationAttributes
        switch role {
        case .client: return validation?.isTrusted == true && client.proved && client.accepted == true
        case .server:
            if client.proved { return validation?.isTrusted == true }
            // The session was made with a certificate that this credential judged, and who resumes it has its secrets.
            return isResumed && acquired.credential.verification == .automatic && !peerChain.der.isEmpty
        }
    }
}
