import LibSSL
import TLSParameters
import TLSWire

/// The hellos of a server's handshake, and its first flight.
extension ServerHandshake {
    /// Takes the client's hello, and answers.
    ///
    /// - Parameter transcript: the message as it was sent, which may have the format of SSL 2.0.
    func take(_ hello: ClientHello, transcript: [UInt8]) throws(ClassicError) {
        try exchange.transcript.append(transcript)
        exchange.helloVersion = hello.legacyVersion
        exchange.clientRandom = hello.random
        let version = try chooseVersion(hello)
        exchange.version = version
        guard hello.compressionMethods.contains(.NULL) else {
            throw ClassicError("the client insists on compression", alert: .illegal_parameter)
        }
        if let twice = hello.extensions?.duplicateTypes.first {
            throw ClassicError("the client sends the extension \(twice.name) twice", alert: .decode_error)
        }
        try checkRenegotiationInfo(hello)
        exchange.serverName = hello.serverName?.bytes
        try chooseName()
        if version > .ssl3 {
            try checkExtensions(hello.extensions ?? [])
            let wantsEMS = hello.extensions?.first(.extended_master_secret) != nil
            exchange.usesExtendedMasterSecret = wantsEMS && configuration.usesExtendedMasterSecret
        }
        exchange.serverRandom = try library("no random bytes") { () throws(LibraryError) in
            try RandomBytes.make(32)
        }
        if let session = try sessionToResume(hello, version) { return try resume(session, hello) }
        try startAnew(hello, version)
    }

    private func chooseVersion(_ hello: ClientHello) throws(ClassicError) -> ProtocolVersion {
        let mine = configuration.versions.filter { $0 != .ssl2 }
        guard let version = mine.filter({ $0 <= hello.legacyVersion }).max(), let newest = mine.max() else {
            throw ClassicError(
                "the client speaks \(hello.legacyVersion.name) at most, which is not spoken here",
                alert: .protocol_version
            )
        }
        // RFC 7507 section 3.
        if hello.cipherSuites.contains(.TLS_FALLBACK_SCSV), hello.legacyVersion < newest {
            throw ClassicError("the client fell back to an older version without need", alert: .inappropriate_fallback)
        }
        return version
    }

    /// Reads every extension that says something here: one that can't be read is no less there than others.
    private func checkExtensions(_ extensions: [Extension]) throws(ClassicError) {
        do throws(WireError) {
            _ = try extensions.decode(ServerNameList.self)
            _ = try extensions.decode(SupportedGroups.self)
            _ = try extensions.decode(SignatureAlgorithms.self)
            _ = try extensions.decode(ApplicationProtocols.self)
            _ = try extensions.decode(MaxFragmentLengthExtension.self)
            _ = try extensions.decode(EncryptThenMAC.self)
            _ = try extensions.decode(ExtendedMasterSecret.self)
        } catch {
            throw ClassicError(error)
        }
    }

    /// RFC 5746 sections 3.6 and 3.7.
    private func checkRenegotiationInfo(_ hello: ClientHello) throws(ClassicError) {
        let before = connection.standing?.exchange
        let signals = hello.cipherSuites.contains(.TLS_EMPTY_RENEGOTIATION_INFO_SCSV)
        let info: RenegotiationInfo?
        do throws(WireError) {
            info = try hello.extensions?.decode(RenegotiationInfo.self)
        } catch {
            throw ClassicError(error)
        }
        exchange.peerIsSecure = info != nil || (signals && before == nil)
        let expected = before.map { $0.peerIsSecure ? $0.peerVerifyData : [] } ?? []
        if let info, info.renegotiatedConnection != expected {
            throw ClassicError(
                "the client's renegotiation_info is not that of this connection",
                alert: .handshake_failure
            )
        }
        if let before {
            // Section 3.7: what protects itself says of which connection; section 4.4: where the connection did not, neither may
            // what follows on it, which could be another client's first hello.
            guard before.peerIsSecure ? info != nil && !signals : info == nil && !signals else {
                throw ClassicError("the client renegotiates without saying of what", alert: .handshake_failure)
            }
        }
        guard exchange.peerIsSecure || !configuration.renegotiation.requiresSecure else {
            throw ClassicError("the client does not support secure renegotiation (RFC 5746)", alert: .handshake_failure)
        }
    }

    // MARK: Resumption

    private func sessionToResume(
        _ hello: ClientHello,
        _ version: ProtocolVersion
    ) throws(ClassicError) -> ClassicSession? {
        guard connection.standing == nil || connection.resumesOnRenegotiation else { return nil }
        guard !hello.sessionID.isEmpty,
            let session = configuration.sessions?.session(id: hello.sessionID, at: connection.now()),
            session.version == version, let suite = session.cipherSuite, hello.cipherSuites.contains(suite),
            connection.suites.contains(where: { $0.suite == suite })
        else { return nil }
        // RFC 7627 section 5.3.
        if session.hasExtendedMasterSecret, !exchange.usesExtendedMasterSecret {
            throw ClassicError("the client resumes a session without extended master secret", alert: .handshake_failure)
        }
        // RFC 6066 section 3: not under another name.
        if let name = exchange.serverName, name != session.serverName { return nil }
        return session.hasExtendedMasterSecret == exchange.usesExtendedMasterSecret ? session : nil
    }

    private func resume(_ session: ClassicSession, _ hello: ClientHello) throws(ClassicError) {
        exchange.suite = session.cipherSuite.flatMap { ClassicSuite($0) }
        exchange.resumed = session
        exchange.sessionID = session.id
        exchange.masterSecret = session.masterSecret
        exchange.peerChain = session.peerChain
        try sendServerHello(hello)
        connection.reportSecret(of: exchange)
        try exchange.deriveKeys()
        try sendFinished()
        expectation = .changeCipherSpec
    }

    // MARK: Names

    /// Finds the certificates for the name that the client asked for (RFC 6066 section 3).
    private func chooseName() throws(ClassicError) {
        guard let asked = exchange.serverName else { return }
        let name = String(decoding: asked, as: UTF8.self)
        guard let entry = configuration.names.first(where: { $0.pattern.matches(name) }) else {
            guard configuration.refusesUnknownNames else { return }
            throw ClassicError("the client asks for a name that nobody here has", alert: .unrecognized_name)
        }
        servedName = entry
    }

    /// The certificates that belong to the name alone; nil shows the configuration's own.
    private var namedIdentities: [ClassicIdentity]? {
        servedName.flatMap { $0.identities.isEmpty ? nil : $0.identities }
    }

    /// Whether a response goes out with the certificates; it is about the configuration's own.
    private func isStapling(for hello: ClientHello, _ version: ProtocolVersion) -> Bool {
        version > .ssl3 && identity != nil && namedIdentities == nil && hello.extensions?.first(.status_request) != nil
    }

    // MARK: A full handshake

    private func startAnew(_ hello: ClientHello, _ version: ProtocolVersion) throws(ClassicError) {
        let choice = try SuiteChoice(
            hello: hello,
            version: version,
            identities: namedIdentities ?? connection.identities,
            connection: connection
        )
        exchange.suite = choice.suite
        identity = choice.identity
        staple = isStapling(for: hello, version) ? configuration.stapledOCSP : nil
        if configuration.sessions != nil {
            exchange.sessionID = try library("no random bytes") { () throws(LibraryError) in
                try RandomBytes.make(32)
            }
        }
        try sendServerHello(hello)
        if let identity {
            let entries = identity.chain.map { CertificateMessage.Entry(data: $0) }
            try connection.send(CertificateMessage(entries: entries).handshakeMessage())
        }
        if let staple { try connection.send(CertificateStatus.ocsp(staple).handshakeMessage()) }
        let share = try ServerKeyShare(
            suite: choice.suite,
            key: identity?.key,
            group: choice.group,
            fieldBits: configuration.finiteFieldBits
        )
        self.share = share
        if let parameters = share.parameters { try sendKeyExchange(parameters, choice, hello) }
        let asks = asksForCertificate(choice.suite)
        if asks { try sendCertificateRequest(version) }
        try connection.send(ServerHelloDone().handshakeMessage())
        expectation = asks ? .certificate : .keyExchange
    }

    private func sendKeyExchange(
        _ parameters: ServerKeyExchange.Parameters,
        _ choice: SuiteChoice,
        _ hello: ClientHello
    ) throws(ClassicError) {
        let form = ServerKeyExchange.Form(suite: choice.suite.suite)
        var message = ServerKeyExchange(
            pskIdentityHint: form.hasHint ? PeerText(bytes: []) : nil,
            parameters: parameters
        )
        if form.isSigned, let identity {
            var writer = ByteWriter()
            message.encode(into: &writer)
            message.signed = try exchange.sign(
                .parameters(writer.bytes),
                key: identity.key,
                schemes: choice.schemes
            )
        }
        try connection.send(message.handshakeMessage())
    }

    private func asksForCertificate(_ suite: ClassicSuite) -> Bool {
        guard suite.showsCertificate else { return false }
        switch connection.request {
        case .none: return false
        case .once: return connection.standing == nil
        case .request, .require: return true
        }
    }

    private func sendCertificateRequest(_ version: ProtocolVersion) throws(ClassicError) {
        let request = CertificateRequest.classic(
            certificateTypes: [.rsa_sign, .dss_sign] + (version > .ssl3 ? [.ecdsa_sign] : []),
            signatureSchemes: version >= .tls12 ? configuration.signatureSchemes : nil,
            authorities: configuration.acceptedIssuers
        )
        try connection.send(request.handshakeMessage())
    }

    // MARK: ServerHello

    private func sendServerHello(_ hello: ClientHello) throws(ClassicError) {
        let version = try exchange.agreedVersion()
        let answers = try makeAnswers(to: hello, version)
        let answer = ServerHello(
            legacyVersion: version,
            random: exchange.serverRandom,
            sessionID: exchange.sessionID,
            cipherSuite: try exchange.agreedSuite().suite,
            extensions: answers.isEmpty ? nil : answers
        )
        try connection.send(answer.handshakeMessage())
    }

    private func makeAnswers(to hello: ClientHello, _ version: ProtocolVersion) throws(ClassicError) -> [Extension] {
        var answers: [Extension] = []
        if exchange.peerIsSecure, configuration.renegotiation.isSecure {
            // In SSL 3.0 too, if the client signalled it (RFC 5746 section 4.5).
            let before = connection.standing?.exchange
            let both = before.map { $0.peerVerifyData + $0.ownVerifyData } ?? []
            answers.append(Extension(RenegotiationInfo(renegotiatedConnection: both)))
        }
        guard version > .ssl3, let offered = hello.extensions else { return answers }
        let suite = try exchange.agreedSuite()
        if servedName != nil, !exchange.isResumed {
            answers.append(Extension(ServerNameAcknowledgement()))
        }
        if staple != nil { answers.append(Extension(StatusRequestAcknowledgement())) }
        if offered.first(.ec_point_formats) != nil, suite.usesCurve {
            answers.append(Extension(ECPointFormats(formats: [.uncompressed])))
        }
        if !configuration.applicationProtocols.isEmpty, !hello.alpn.isEmpty {
            let theirs = hello.alpn.map(\.bytes)
            guard let chosen = configuration.applicationProtocols.first(where: { theirs.contains($0) }) else {
                throw ClassicError(
                    "the client offers no protocol (ALPN) that is spoken here",
                    alert: .no_application_protocol
                )
            }
            exchange.applicationProtocol = chosen
            answers.append(Extension(ApplicationProtocols(names: [PeerText(bytes: chosen)])))
        }
        if configuration.usesEncryptThenMAC, suite.facts.isCBC, offered.first(.encrypt_then_mac) != nil {
            exchange.usesEncryptThenMAC = true
            answers.append(Extension(EncryptThenMAC()))
        }
        if let asked = try? offered.decode(MaxFragmentLengthExtension.self) {
            guard asked.bytes != nil else {
                throw ClassicError("the client asks for a fragment length that there isn't", alert: .illegal_parameter)
            }
            exchange.fragmentLength = asked.code
            answers.append(Extension(asked))
        }
        if exchange.usesExtendedMasterSecret { answers.append(Extension(ExtendedMasterSecret())) }
        return answers
    }
}
