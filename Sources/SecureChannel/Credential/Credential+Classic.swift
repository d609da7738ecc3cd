import Certificates
import ClassicTLS
import LibSSL
import TLSParameters
import TLSWire

extension Credential {
    /// Every suite of SSL 3.0 to TLS 1.2 that the classic engine has.
    static let classicSuites = Set(ClassicSuite.all.map(\.suite))

    /// Checks the credential against what the classic engine can do, and freezes it.
    func acquireClassic(because reason: String) throws(CredentialError) -> AcquiredCredential {
        let versions = try classicVersions()
        var configuration = ClassicConfiguration(role: role == .client ? .client : .server)
        configuration.versions = versions
        if versions != [.ssl2] { configuration.suites = try classicSuites(versions) }
        if versions.contains(.ssl2) { configuration.kinds = try classicKinds() }
        if let groups { configuration.groups = groups }
        configuration.groups.removeAll { group in disabled.contains { $0.forbids(group) } }
        if let signatureSchemes { configuration.signatureSchemes = signatureSchemes }
        configuration.signatureSchemes.removeAll { scheme in disabled.contains { $0.forbids(scheme) } }
        configuration.identities = identities.map { ClassicIdentity($0, withRoot: sendsRoot) }
        configuration.preSharedKey = preSharedKey.map {
            ClassicPreSharedKey(identity: Array($0.identity.utf8), key: $0.key)
        }
        configuration.applicationProtocols = alpn.map { Array($0.utf8) }
        configuration.prefersOwnOrder = prefersOwnOrder || prefersKey
        try applyHello(to: &configuration)
        applyRenegotiation(to: &configuration, versions)
        if role == .server { try applyServer(to: &configuration) }
        if let sessionLifespan { configuration.sessionLifespan = max(1, sessionLifespan) }
        do throws(ClassicError) {
            // Whatever leaves nothing to offer is found now.
            if versions != [.ssl2] { _ = try ClassicConnection(configuration: configuration) }
            if versions.contains(.ssl2) { _ = try SSL2Connection(configuration: configuration) }
        } catch {
            throw CredentialError(.noSuite, error.text, versions: versions)
        }
        let judge = ChainJudge(credential: self, securityLevel: securityLevel ?? 0)
        try prepare(judge)
        return AcquiredCredential(
            configuration: .classic(configuration),
            judge: judge,
            credential: self,
            summary: CredentialSummary(self, classic: configuration, reason: reason)
        )
    }

    private func classicVersions() throws(CredentialError) -> [ProtocolVersion] {
        let versions = Set(protocols).sorted()
        let old = versions.filter { $0 < .tls10 }
        if role == .client, versions.contains(.ssl2), versions.count > 1 {
            throw CredentialError(
                .protocolGap,
                "a client's hello can't offer SSL 2.0 together with \(versions.dropFirst().map(\.name).joined(separator: ", ")):"
                    + " run once for each",
                versions: versions
            )
        }
        guard !versions.contains(.tls13) || old.isEmpty else {
            throw CredentialError(
                .protocolGap,
                "one connection can't have TLS 1.3 and \(old.map(\.name).joined(separator: " and ")): the classic engine,"
                    + " which speaks the latter, ends with TLS 1.2",
                versions: versions
            )
        }
        let usable = versions.filter { $0 < .tls13 }
        guard !usable.isEmpty else {
            throw CredentialError(.noProtocol, "the classic engine does not speak TLS 1.3", versions: versions)
        }
        return usable
    }

    // MARK: Suites

    private func classicSuites(_ versions: [ProtocolVersion]) throws(CredentialError) -> [CipherSuite] {
        guard let suites = suites ?? olderSuites else { return try defaultClassicSuites(versions) }
        let missing = suites.filter { !Self.classicSuites.contains($0) && !$0.isSignaling }
        // With TLS 1.3 its suites are left out, too.
        if let first = missing.first(where: { $0.facts?.firstVersion != .tls13 }) {
            let part = ClassicSuite.missingPart(of: first).map { ": it has no \($0)" } ?? ""
            throw CredentialError(
                .suiteUnavailable,
                "the classic engine can't do \(first.name)\(part)",
                suites: missing
            )
        }
        return suites.filter { Self.classicSuites.contains($0) && !isFilteredOut($0) }
    }

    private func defaultClassicSuites(_ versions: [ProtocolVersion]) throws(CredentialError) -> [CipherSuite] {
        var candidates = ClassicSuite.all.filter { suite in versions.contains { suite.exists(in: $0) } }
        if let cipherList {
            let handle = try library("no context") { () throws(LibraryError) in try SSLContextHandle(role: .client) }
            try handle.apply(cipherList: cipherList)
            let listed = handle.configuredCiphers.map(\.codePoint)
            candidates = listed.compactMap { ClassicSuite(CipherSuite(rawValue: $0)) }
        } else {
            // Strong ones first, those that keep traffic secret before others; what nobody should use with --legacy alone.
            candidates = candidates.enumerated().sorted { one, other in
                let (left, right) = (Self.rank(one.element), Self.rank(other.element))
                return left == right ? one.offset < other.offset : left > right
            }.map(\.element)
            if !legacy { candidates.removeAll { $0.facts.strengthBits < 112 || $0.facts.isAnonymous } }
        }
        switch nullSuites {
        case .named: break
        case .allowed: candidates += ClassicSuite.all.filter { $0.facts.isNULL && !candidates.contains($0) }
        case .only: candidates = ClassicSuite.all.filter(\.facts.isNULL)
        }
        let usable = candidates.filter { !$0.facts.keyExchange.usesPSK || preSharedKey != nil }
        return usable.map(\.suite).filter { !isFilteredOut($0) }
    }

    /// The cipher kinds of SSL 2.0, strong ones first.
    private func classicKinds() throws(CredentialError) -> [SSL2CipherKind] {
        if let kinds, let missing = kinds.first(where: { !ClassicConfiguration.allKinds.contains($0) }) {
            throw CredentialError(.suiteUnavailable, "the classic engine can't do \(missing.name)", versions: [.ssl2])
        }
        let candidates = kinds ?? ClassicConfiguration.allKinds.filter { legacy || $0.facts?.strengthBits ?? 0 >= 112 }
        let bits = (minimumStrength ?? 0)...(maximumStrength ?? .max)
        let usable = candidates.filter { kind in
            guard let facts = kind.facts else { return false }
            return bits ~= facts.strengthBits && !disabled.contains { $0.forbids(facts) }
        }
        guard !usable.isEmpty else {
            throw CredentialError(.noSuite, "no cipher kind of SSL 2.0 is left", versions: [.ssl2])
        }
        return usable
    }

    private static func rank(_ suite: ClassicSuite) -> Int {
        let facts = suite.facts
        if facts.isAnonymous || facts.isNULL { return facts.strengthBits / 8 }
        return 1_000 * (facts.strengthBits >= 112 ? 1 : 0) + 500 * (facts.isAEAD ? 1 : 0)
            + 250 * (facts.forwardSecrecy ? 1 : 0) + facts.strengthBits / 2 + (facts.keyExchange == .ecdhe ? 2 : 0)
            + (facts.isCBC ? 1 : 0)
    }

    private func isFilteredOut(_ suite: CipherSuite) -> Bool {
        guard let facts = suite.facts else { return true }
        if disabled.contains(where: { $0.forbids(facts) }) { return true }
        if facts.strengthBits == 0, nullSuites != .named { return false }
        return !((minimumStrength ?? 0)...(maximumStrength ?? .max) ~= facts.strengthBits)
    }

    // MARK: The rest

    private func applyHello(to configuration: inout ClassicConfiguration) throws(CredentialError) {
        let extends = !hello.added.isEmpty || hello.maximumFragmentLength != nil
        guard !extends || (!hello.usesSSL2Format && configuration.versions.contains { $0 > .ssl3 }) else {
            throw CredentialError(
                .noExtensions,
                hello.usesSSL2Format
                    ? "a hello in the format of SSL 2.0 has no room for extensions"
                    : "SSL 2.0 and 3.0 have no extensions"
            )
        }
        var taken = ClassicConfiguration.ownExtensions
        for added in hello.added where !taken.insert(added.type).inserted {
            throw CredentialError(
                .extensionUnavailable,
                "the extension \(added.type.name) can't be added: the classic engine makes it itself, or it is there already"
            )
        }
        configuration.addedExtensions = hello.added.map { Extension(type: $0.type, data: $0.content) }
        configuration.fragmentLength = hello.maximumFragmentLength.flatMap { length in
            HelloChanges.fragmentLengths.firstIndex(of: length).map { MaxFragmentLength(rawValue: UInt8($0 + 1)) }
        }
        configuration.usesSSL2Hello = hello.usesSSL2Format
        configuration.asksForStaple = role == .client && hello.asksForStaple
        configuration.usesEncryptThenMAC = !hello.omitted.contains(.encrypt_then_mac)
        configuration.usesExtendedMasterSecret = !hello.omitted.contains(.extended_master_secret)
        configuration.usesTickets = usesSessionTickets && !hello.omitted.contains(.session_ticket)
    }

    private func applyRenegotiation(to configuration: inout ClassicConfiguration, _ versions: [ProtocolVersion]) {
        configuration.renegotiation.allowsPeer = !refusesRenegotiation && (role == .client || allowsClientRenegotiation)
        configuration.renegotiation.isSecure = signalsSecureRenegotiation
        configuration.renegotiation.allowsInsecure = legacy || !signalsSecureRenegotiation
        // Of what speaks SSL 3.0 at most nothing newer can be expected.
        configuration.renegotiation.requiresSecure =
            role == .client && signalsSecureRenegotiation && !legacy && !connectsToLegacyServers
            && versions.last ?? .ssl3 > .ssl3
    }

    private func applyServer(to configuration: inout ClassicConfiguration) throws(CredentialError) {
        let suites = configuration.suites.compactMap { $0.facts }
        if identities.isEmpty, preSharedKey == nil, !suites.contains(where: \.isAnonymous) {
            throw CredentialError(.noIdentity, "a server needs a certificate with its key, or a pre-shared key")
        }
        guard server.protocolRules.isEmpty else {
            throw CredentialError(
                .extensionUnavailable,
                "the classic engine's server has no rules for single application protocols"
            )
        }
        let named = !server.names.isEmpty || server.refusesUnknownNames
        if configuration.versions == [.ssl2], named || server.stapledOCSP != nil {
            throw CredentialError(
                .noExtensions,
                "SSL 2.0 has no extensions: its clients ask for no name, and for no OCSP response",
                versions: [.ssl2]
            )
        }
        configuration.names = server.names.map { served in
            ClassicServedName(
                pattern: ServerNamePattern(served.name),
                identities: served.identities.map { ClassicIdentity($0, withRoot: sendsRoot) }
            )
        }
        configuration.refusesUnknownNames = server.refusesUnknownNames
        configuration.stapledOCSP = server.stapledOCSP
        configuration.clientAuthentication = PeerCertificateRequest(clientAuthentication)
        configuration.acceptedIssuers = acceptedClientIssuers.map(\.subject.der)
        if remembersSessions { configuration.sessions = ClassicSessionCache() }
    }
}
