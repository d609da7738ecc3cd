import Certificates
import LibSSL
public import TLSParameters
import TLSWire

extension EngineContext {
    /// What is known of the connection now, or the outline of it.
    public func attributes(_ scope: AttributeScope) -> ConnectionAttributes {
        let facts = log.facts
        let isWhole = scope == .everything
        var transport = self.transport
        transport.legsLeftOut = journal.legsLeftOut
        transport.recordsLeftOut = journal.recordsLeftOut
        transport.eventsLeftOut = journal.eventsLeftOut
        if state == .handshaking || transport.handshakeSeconds == nil {
            // A record that never became whole has come all the same.
            transport.bytesReceived += unconsumed
            transport.endHandshake()
        }
        let session = sessionAttributes
        if role == .client, session.earlyData?.status == .accepted { transport.plaintextSent += earlyBytesSent }
        return ConnectionAttributes(
            library: LibraryAttributes(
                engine: engine.name,
                version: Library.versionText,
                providers: isWhole ? Library.providerNames : [],
                securityLevel: engine.securityLevel,
                securityLevelReasons: acquired.summary.securityLevelReasons,
                state: engine.stateText
            ),
            role: role,
            state: state,
            flags: isWhole ? flagAttributes : FlagAttributes(requested: [], obtained: []),
            transport: transport,
            protocol: facts.version.map { ProtocolAttributes($0, facts: facts, role: role) },
            offered: isWhole || facts.version == nil ? facts.offer : nil,
            fingerprints: facts.fingerprints(scope),
            suite: suiteAttributes,
            keyExchange: keyExchange,
            peerSignature: isWhole ? peerSignature : nil,
            ownSignature: isWhole ? ownSignature : nil,
            session: session,
            names: nameAttributes,
            security: securityAttributes,
            sizes: isWhole ? sizeAttributes : nil,
            bindings: isWhole ? bindingAttributes : nil,
            exports: isWhole ? exportAttributes : [],
            secrets: isWhole && options.revealsSecrets ? secretAttributes : nil,
            peer: peerAttributes,
            clientAuthentication: clientAuthenticationAttributes,
            extensions: isWhole ? facts.extensions : ExtensionAttributes(),
            close: closeAttributes,
            failure: failure
        )
    }

    /// Whether the peer's last KeyUpdate asked for one of ours.
    public var isAskedForKeyUpdate: Bool { log.isAskedForKeyUpdate }

    /// The version that the server chose; nil before that.
    public var version: ProtocolVersion? { log.facts.version }

    /// The application protocol that was agreed on (ALPN); nil without one.
    public var applicationProtocol: PeerText? {
        engine.applicationProtocol.map { PeerText(bytes: $0) }
    }

    /// Sessions that can be resumed later, oldest first.
    public var sessions: [SavedSession] {
        newSessions.compactMap { savedSession($0) }
    }

    /// The suite: the server's choice, whether or not the handshake got further.
    var suite: CipherSuite? {
        log.facts.serverHello?.cipherSuite ?? log.facts.helloRetryRequest?.cipherSuite
    }

    private var suiteAttributes: SuiteAttributes? {
        guard let kind else { return suite.map { SuiteAttributes($0, version: log.facts.version) } }
        var result = SuiteAttributes(kind)
        result.keyDerivation = derivationName
        return result
    }

    /// The size of the key that static RSA goes to.
    var serverKeyBits: Int? { serverCertificate.flatMap { try? Certificate(der: $0).publicKey.bits } }

    var isStanding: Bool { log.isEstablished }

    private var keyExchange: KeyExchangeAttributes? {
        if let kind { return keyExchange(of: kind) }
        let facts = log.facts
        guard let suite, let hello = facts.serverHello, let known = suite.facts else { return nil }
        if hello.selectedVersion == .tls13 {
            let usesPSK = hello.extensions?.first(.pre_shared_key) != nil
            guard let group = hello.selectedGroup else {
                return usesPSK ? KeyExchangeAttributes(method: "PSK", group: nil, bits: nil) : nil
            }
            let kind: NamedGroupFacts.Kind? = group.facts?.kind
            let base = kind == .finiteField ? "DHE" : "ECDHE"
            let method = usesPSK ? "PSK-\(base)" : base
            return KeyExchangeAttributes(method: method, group: NamedCode(group), bits: group.facts?.nominalBits)
        }
        // A resumed session of TLS 1.2 and below exchanges no keys at all.
        if engine.isResumed { return KeyExchangeAttributes(method: "resumption", group: nil, bits: nil) }
        let method = known.keyExchange.rawValue
        switch facts.serverKeyExchange?.parameters {
        case .dhe(let parameters)?:
            return KeyExchangeAttributes(method: method, group: nil, bits: parameters.bits)
        case .rsa(let parameters)?:
            // Export: the key that counts is the short one, whatever the certificate has (RFC 2246 §7.4.3).
            return KeyExchangeAttributes(method: method, group: nil, bits: parameters.bits)
        case .ecdhe(let parameters)?:
            let group = parameters.namedGroup
            return KeyExchangeAttributes(
                method: method,
                group: group.map { NamedCode($0) },
                bits: group?.facts?.nominalBits
            )
        default:
            return KeyExchangeAttributes(
                method: method,
                group: nil,
                bits: known.keyExchange == .rsa ? serverKeyBits : nil
            )
        }
    }

    private var peerSignature: SignatureAttributes? {
        let facts = log.facts
        let signed = role == .client ? facts.serverSignature : facts.clientSignature
        let (hash, type) = isStanding ? engine.peerSignature : (nil, nil)
        guard signed != nil || type != nil else { return nil }
        return SignatureAttributes(scheme: signed?.scheme.map { NamedCode($0) }, hash: hash, type: type)
    }

    private var ownSignature: SignatureAttributes? {
        let facts = log.facts
        let signed = role == .server ? facts.serverSignature : facts.clientSignature
        guard let signed else { return nil }
        let (hash, type) = isStanding ? engine.ownSignature : (nil, nil)
        return SignatureAttributes(scheme: signed.scheme.map { NamedCode($0) }, hash: hash, type: type)
    }

    private var sessionAttributes: SessionAttributes {
        var result = SessionAttributes()
        let facts = log.facts
        result.resumed = isResumed
        let hello = facts.lastClientHello
        let ticket = hello?.extensions?.first(.session_ticket)
        let offersTicket = ticket.map { !$0.data.isEmpty } ?? false
        let offersPSK = facts.offeredKeys.contains { $0 != externalKeyIdentity }
        result.offered =
            result.resumed || offersTicket || offersPSK || offersSessionID
            || facts.ssl2Hello.map { !$0.sessionID.isEmpty } ?? false
        if result.resumed {
            result.mechanism = facts.version == .tls13 ? .psk : (offersTicket ? .ticket : .sessionID)
        }
        if isStanding, let session = engine.session {
            result.id = session.id.isEmpty ? nil : HexBytes(session.id)
            result.timeout = session.timeout
            result.created = session.created
            result.hasTicket = session.ticketBytes != nil
            if let bytes = session.ticketBytes {
                result.ticketBytes = bytes
                result.lifetimeHint = session.lifetimeHint
            }
            result.expires = SavedSession.expiry(
                version: session.version,
                created: session.created,
                timeout: session.timeout,
                lifetimeHint: result.lifetimeHint
            )
        }
        result.tickets = facts.tickets
        result.earlyData = earlyDataAttributes
        return result
    }

    /// Whether the hello's session id is one of a session. A client of TLS 1.3 fills the field with random bytes for
    /// middleboxes (RFC 8446 appendix D.4), which only that client can tell from an offer.
    private var offersSessionID: Bool {
        guard let hello = log.facts.lastClientHello, !hello.sessionID.isEmpty else { return false }
        if !hello.supportedVersions.contains(.tls13) { return true }
        guard let saved = options.session else { return false }
        return saved.id == hello.sessionID
    }

    /// The name under which an external key goes into a TLS 1.3 hello, beside the tickets.
    var externalKeyIdentity: [UInt8]? {
        acquired.credential.preSharedKey.map { Array($0.identity.utf8) }
    }

    /// Whether a session is resumed. libssl says so for external keys too.
    var isResumed: Bool {
        guard isStanding, engine.isResumed else { return false }
        return log.facts.selectedKey == nil || log.facts.selectedKey != externalKeyIdentity
    }

    private var nameAttributes: NameAttributes {
        let facts = log.facts
        var result = NameAttributes()
        result.sni = facts.lastClientHello?.serverName
        result.sniAcknowledged =
            (facts.serverHello?.extensions?.first(.server_name) ?? facts.encryptedExtensions.first(.server_name)) != nil
        result.alpn = applicationProtocol
        if isStanding {
            // libssl tells the identity up to TLS 1.2 only; later it is among the offered keys.
            let external = facts.selectedKey.flatMap { $0 == externalKeyIdentity ? $0 : nil }
            result.pskIdentity = (engine.pskIdentity ?? external).map { PeerText(bytes: $0) }
            if externalKeyIdentity != nil, result.pskIdentity == nil, !isResumed, offersKey {
                result.pskNotTaken = true
            }
        }
        return result
    }

    /// Whether the client offered a key that is no session's, as far as this end can tell.
    private var offersKey: Bool {
        guard role == .server else { return true }
        if !log.facts.offeredKeys.isEmpty { return true }
        guard let version = log.facts.version, version < .tls13 else { return false }
        let suites = log.facts.lastClientHello?.cipherSuites ?? []
        return suites.contains { $0.facts?.keyExchange.usesPSK == true }
    }

    var securityAttributes: SecurityAttributes {
        let facts = log.facts
        var result = SecurityAttributes()
        if let hello = facts.serverHello, let version = facts.version, version < .tls13 {
            // SSL 3.0 has neither this (RFC 7627 §4) nor encrypt-then-MAC (RFC 7366 §2.1).
            if version > .ssl3 {
                result.extendedMasterSecret = hello.extensions?.first(.extended_master_secret) != nil
            }
            result.secureRenegotiation =
                role == .client
                ? hello.extensions?.first(.renegotiation_info) != nil : engine.peerSupportsSecureRenegotiation
            if version > .ssl3, let known = suite?.facts, known.isCBC {
                result.encryptThenMAC = hello.extensions?.first(.encrypt_then_mac) != nil
            }
            result.compression = NamedCode(hello.compressionMethod)
        }
        if isStanding, let code = engine.session?.fragmentLengthCode, (1...4).contains(code) {
            result.maximumFragment = 256 << Int(code)
        }
        result.renegotiations = log.renegotiations
        result.keyUpdatesSent = facts.keyUpdatesSent
        result.keyUpdatesRequested = facts.keyUpdatesRequested
        result.keyUpdatesReceived = facts.keyUpdatesReceived
        return result
    }

    private var sizeAttributes: SizeAttributes? {
        if let facts = kind?.facts { return SizeAttributes(facts) }
        guard let version = log.facts.version, let known = suite?.facts else { return nil }
        let code = isStanding ? engine.session?.fragmentLengthCode : nil
        return SizeAttributes(version: version, suite: known, fragmentCode: code ?? 0)
    }

    /// The server's certificate: the one in this handshake or, for a client, the resumed session's; nil without one.
    var serverCertificate: [UInt8]? {
        log.facts.serverCertificate ?? (role == .client ? peerChain.der.first : nil)
    }

    /// The peer's chain, and where it comes from.
    var peerChain: (der: [[UInt8]], source: String?) {
        let sent = engine.peerChain
        if engine.isResumed, isStanding {
            let saved = options.session?.peerChain ?? []
            let chain = saved.isEmpty ? sent : saved
            return (chain, chain.isEmpty ? nil : "session")
        }
        return (sent, sent.isEmpty ? nil : "handshake")
    }

    private var peerAttributes: PeerAttributes {
        var result = PeerAttributes()
        let (chain, source) = peerChain
        result.chain = chain.map { HexBytes($0) }
        result.chainSource = source
        result.validation = validation
        if let staple = engine.stapledOCSP {
            result.stapledOCSP = HexBytes(staple)
            result.stapledOCSPBytes = staple.count
        }
        let timestamps = log.facts.certificateTimestamps
        result.certificateTimestamps = timestamps.count
        if !timestamps.isEmpty { result.certificateTimestampList = timestamps.map { HexBytes($0) } }
        return result
    }

    var clientAuthenticationAttributes: ClientAuthenticationAttributes {
        let facts = log.facts
        var result = ClientAuthenticationAttributes()
        if let request = facts.certificateRequest {
            result.requested = true
            result.acceptedIssuers = request.authorities.map { der in
                (try? DistinguishedName(der: der))?.text ?? PeerText(bytes: der)
            }
            result.signatureSchemes = (request.signatureSchemes ?? []).map { NamedCode($0) }
            if case .classic(let types, _, _) = request { result.certificateTypes = types.map { NamedCode($0) } }
        }
        if facts.asksInSSL2 { result.requested = true }
        result.certificatesSent = facts.clientCertificates
        result.certificateBytes = facts.clientCertificateBytes
        result.proved = facts.clientSignature != nil || facts.provesInSSL2
        if result.proved { result.accepted = clientIsAccepted }
        result.choice = certificateChoice
        return result
    }

    private var clientIsAccepted: Bool? {
        switch role {
        case .server:
            // The judgement of a later certificate can end a channel that stood.
            if failure?.kind == .verification { return false }
            return isStanding ? true : (failure == nil ? nil : false)
        case .client:
            let isKnown = log.facts.version == .tls13 ? log.facts.ticketFollowedClientCertificate : isStanding
            if isKnown { return true }
            return failure?.alertReceived == nil ? nil : false
        }
    }

    private var closeAttributes: CloseAttributes {
        var result = close
        result.alertsSent = log.alertsSent
        result.alertsReceived = log.alertsReceived
        return result
    }
}
