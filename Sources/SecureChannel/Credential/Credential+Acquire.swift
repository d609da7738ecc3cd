import Certificates
import LibSSL
import TLSParameters

extension Credential {
    /// Checks the credential against what the engine can do, and freezes it. No I/O, except that trust anchors given as
    /// files or directories are opened, so that a wrong path is found now; the system's are opened when first needed.
    ///
    /// - Throws: a ``CredentialError`` that says what can't be done, and with which versions or suites.
    public func acquire() throws(CredentialError) -> AcquiredCredential {
        if let reason = reasonForClassicEngine() { return try acquireClassic(because: reason) }
        let handle = try library("libssl can't make a context") { () throws(LibraryError) in
            try SSLContextHandle(role: role == .client ? .client : .server)
        }
        var plan = try AlgorithmPlan(credential: self)
        try plan.apply(to: handle)
        try applyIdentities(to: handle)
        try applyNames(to: handle)
        try applySwitches(to: handle)
        try applyHello(to: handle)
        try applyServerSettings(to: handle)
        try applyProtocolRules(to: handle)
        try plan.readOffer(from: handle)
        let judge = ChainJudge(credential: self, securityLevel: plan.judgementLevel)
        try prepare(judge)
        let summary = CredentialSummary(self, plan: plan)
        return AcquiredCredential(configuration: .libssl(handle), judge: judge, credential: self, summary: summary)
    }

    /// Opens the trust anchors that were named, so that a wrong path is found now.
    func prepare(_ judge: ChainJudge) throws(CredentialError) {
        guard verification != .none, !trust.files.isEmpty || !trust.directories.isEmpty else { return }
        do {
            try judge.prepare()
        } catch {
            throw CredentialError(.badTrust, error.text)
        }
    }

    private func applyIdentities(to handle: SSLContextHandle) throws(CredentialError) {
        if role == .server, identities.isEmpty, preSharedKey == nil, !allowsAnonymousServer {
            throw CredentialError(.noIdentity, "a server needs a certificate with its key, or a pre-shared key")
        }
        try checkKinds()
        for identity in identities {
            let (leaf, chain) = try identity.handles(withRoot: sendsRoot)
            try library("the certificate can't be used", as: .badIdentity) { () throws(LibraryError) in
                try handle.use(certificate: leaf, key: identity.key.handle, chain: chain)
            }
        }
        for issuer in acceptedClientIssuers {
            guard let certificate = try? issuer.handle() else { continue }
            try library("an accepted issuer can't be used") { () throws(LibraryError) in
                try handle.addAcceptedIssuer(certificate)
            }
        }
    }

    /// libssl has one place for each kind of key, and puts the last certificate there without a word.
    private func checkKinds() throws(CredentialError) {
        var seen: Set<String> = []
        for identity in identities {
            let kind = identity.certificate.publicKey.algorithm
            guard seen.insert(kind).inserted else {
                throw CredentialError(.badIdentity, "there are two certificates with a key of the kind \(kind)")
            }
        }
    }

    /// A server without a certificate makes sense when every suite asked for is anonymous.
    private var allowsAnonymousServer: Bool {
        guard let suites = suites ?? olderSuites, !suites.isEmpty else {
            return cipherString?.contains("aNULL") ?? false
        }
        return suites.allSatisfy { $0.facts?.isAnonymous ?? false }
    }

    /// The suites of TLS 1.2 and below as an OpenSSL cipher string; nil takes the library's default.
    var cipherString: String? {
        cipherList ?? olderSuites?.compactMap { $0.facts?.openSSLName }.joined(separator: ":")
    }

    private func applyNames(to handle: SSLContextHandle) throws(CredentialError) {
        let protocols = alpn.map { Array($0.utf8) }
        guard protocols.allSatisfy({ (1...255).contains($0.count) }),
            protocols.map({ $0.count + 1 }).reduce(0, +) < 65_536
        else { throw CredentialError(.badName, "an ALPN protocol has 1 to 255 bytes, and all of them under 65536") }
        handle.setApplicationProtocols(protocols)
        guard let preSharedKey else { return }
        let identity = Array(preSharedKey.identity.utf8)
        guard identity.count <= 128, !identity.contains(0), (1...256).contains(preSharedKey.key.count) else {
            throw CredentialError(.badName, "a pre-shared key has 1 to 256 bytes and a name of at most 128")
        }
        handle.setPreSharedKey(identity: identity, key: preSharedKey.key)
    }

    private func applyHello(to handle: SSLContextHandle) throws(CredentialError) {
        for added in hello.added where !handle.addExtension(type: added.type.rawValue, content: added.content) {
            throw CredentialError(
                .extensionUnavailable,
                "the extension \(added.type.name) can't be added: libssl makes it itself, or it is there already"
            )
        }
        if let length = hello.maximumFragmentLength { handle.setMaximumFragmentLength(length) }
        if hello.omitted.contains(.encrypt_then_mac) { handle.setOptions(.noEncryptThenMAC) }
        if hello.omitted.contains(.extended_master_secret) { handle.setOptions(.noExtendedMasterSecret) }
        if hello.omitted.contains(.session_ticket) { handle.setOptions(.noTicket) }
    }

    /// What a server's sessions are good for: one that was made under other demands on the client's certificate is not resumed,
    /// since a resumed handshake looks at none. Servers that share ticket keys would else vouch for each other's clients.
    private func sessionPurpose() throws(LibraryError) -> [UInt8] {
        var bytes = Array("sechan \(clientAuthentication.rawValue) \(verification.rawValue)\n".utf8)
        if clientAuthentication != .none {
            let files = trust.files + trust.directories + [trust.system ? "system" : ""]
            bytes += Array(files.joined(separator: "\n").utf8)
            for certificate in trust.certificates + acceptedClientIssuers { bytes += certificate.der }
        }
        return try X509Digest.sha256(bytes)
    }

    /// Whether this is a server that was given a key, and no order of suites: it is to use the key with whoever offers it. libssl's
    /// own order has every suite with a certificate first, and so have clients'.
    var prefersKey: Bool {
        role == .server && preSharedKey != nil && suites == nil && cipherString == nil && cipherSuites13 == nil
    }

    private func applySwitches(to handle: SSLContextHandle) throws(CredentialError) {
        var options: SSLOptions = []
        if legacy { options.formUnion([.legacyServerConnect, .allowUnsafeLegacyRenegotiation]) }
        if connectsToLegacyServers { options.insert(.legacyServerConnect) }
        if refusesRenegotiation { options.insert(.noRenegotiation) }
        if !usesSessionTickets { options.insert(.noTicket) }
        if prefersOwnOrder || prefersKey { options.insert(.serverPreference) }
        if role == .server {
            // A renegotiation that resumed would silently not ask for the certificate it was started for.
            options.insert(.noResumptionOnRenegotiation)
            if allowsClientRenegotiation { options.insert(.allowClientRenegotiation) }
            handle.setAutomaticDH()
        }
        handle.setOptions(options)
        handle.setSessionCaching(role == .client || remembersSessions)
        if let sessionLifespan { handle.setSessionTimeout(seconds: max(1, sessionLifespan)) }
        handle.setPostHandshakeAuthentication(allowsPostHandshakeAuthentication)
        // The default of libssl, 100 KiB, cuts off real chains of badly configured servers before they can be shown.
        handle.setMaximumChainBytes(512 * 1024)
        try library("libssl refuses a switch") { () throws(LibraryError) in
            if role == .server {
                // NO_TICKET alone leaves a TLS 1.3 server sending stateful tickets.
                try handle.setTicketCount(usesSessionTickets ? ticketCount : 0)
                if maximumEarlyData > 0 { try handle.setMaximumEarlyData(maximumEarlyData) }
                try handle.setSessionIDContext(sessionPurpose())
            }
        }
    }
}

extension Identity {
    /// The chain as libcrypto's objects: the leaf, and the rest of what is sent.
    func handles(withRoot: Bool) throws(CredentialError) -> (leaf: X509Handle, chain: [X509Handle]) {
        do {
            let leaf = try certificate.handle()
            var rest: [X509Handle] = []
            for link in chain(withRoot: withRoot).dropFirst() { rest.append(try link.handle()) }
            return (leaf, rest)
        } catch {
            throw CredentialError(.badIdentity, error.text)
        }
    }
}

/// Runs calls into libssl and turns their refusal into a credential's error.
func library<Result>(
    _ what: String,
    as kind: CredentialError.Kind = .library,
    _ call: () throws(LibraryError) -> Result
) throws(CredentialError) -> Result {
    do {
        return try call()
    } catch {
        throw CredentialError(kind, "\(what): \(error.text)")
    }
}
