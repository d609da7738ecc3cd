import LibSSL
import TLSParameters
import TLSWire

extension AlgorithmPlan {
    /// Leaves out the groups and signature schemes that the credential forbids, once versions and suites are settled.
    ///
    /// - Throws: when a rule leaves nothing of a list that the handshake needs.
    mutating func applyRules(to handle: SSLContextHandle) throws(CredentialError) {
        let rules = credential.disabled
        guard !rules.isEmpty else { return }
        let hello = try hello(of: handle)
        let allowedGroups = hello.groups.filter { group in !rules.contains { $0.forbids(group) } }
        if allowedGroups != hello.groups {
            let needsGroups = suites.contains {
                [.any, .ecdhe, .ecdhePSK].contains($0.facts?.keyExchange) || versions.last == .tls13
            }
            guard !allowedGroups.isEmpty || !needsGroups else {
                throw CredentialError(.groupUnavailable, "no group is left to offer")
            }
            if !allowedGroups.isEmpty { try set(groups: allowedGroups, on: handle) }
        }
        let allowedSchemes = hello.signatureSchemes.filter { scheme in !rules.contains { $0.forbids(scheme) } }
        if allowedSchemes != hello.signatureSchemes {
            guard !allowedSchemes.isEmpty else {
                throw CredentialError(.signatureSchemeUnavailable, "no signature scheme is left to offer")
            }
            try set(signatureSchemes: allowedSchemes, on: handle)
        }
        handle.refuseEphemeralDH(
            bits: rules.filter { $0.kind == .keyExchange && $0.algorithm == "DHE" }.compactMap(\.bits)
        )
    }

    /// What a client would say under this configuration: the only way to learn the lists that libssl has by default.
    private func hello(of handle: SSLContextHandle) throws(CredentialError) -> ClientHello {
        let client = handle.role == .client ? handle : try stand(in: handle)
        let bytes = try library("libssl can't make a hello") { () throws(LibraryError) -> [UInt8] in
            let connection = try SSLHandle(context: client)
            _ = connection.handshake()
            for case .message(sent: true, type: ContentType.handshake.rawValue, let bytes) in connection.takeEvents() {
                return bytes
            }
            return []
        }
        do {
            return try ClientHello(HandshakeMessage(bytes: bytes))
        } catch {
            throw CredentialError(.library, "libssl's own hello can't be read: \(error)")
        }
    }

    /// A client with a server's rules: the lists are the same at both ends.
    private func stand(in server: SSLContextHandle) throws(CredentialError) -> SSLContextHandle {
        let client = try library("libssl can't make a context") { () throws(LibraryError) in
            try SSLContextHandle(role: .client)
        }
        client.setSecurityLevel(securityLevel)
        try applyGroups(to: client)
        try applySignatureSchemes(to: client)
        try applyVersions(to: client)
        return client
    }
}

extension SignatureScheme {
    /// The name that libssl takes in its lists; the older schemes have none there but their parts.
    var nameInLibrary: String {
        let parts = name.uppercased().split(separator: "_")
        guard let hash = parts.last, ["SHA1", "SHA224"].contains(hash) || name.hasPrefix("dsa_") else { return name }
        return switch parts.first {
        case "RSA" where parts.count == 3: "RSA+\(hash)"
        case "ECDSA" where parts.count == 2: "ECDSA+\(hash)"
        case "DSA": "DSA+\(hash)"
        default: name
        }
    }
}
