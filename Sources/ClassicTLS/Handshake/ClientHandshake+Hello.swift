import LibSSL
import TLSParameters
import TLSWire

/// The hellos of a client's handshake.
extension ClientHandshake {
    /// Sends the hello.
    func begin() throws(ClassicError) {
        let versions = configuration.versions.filter { $0 != .ssl2 }
        guard let newest = versions.max() else { throw .outOfOrder }
        let suites = connection.suites.filter { suite in versions.contains { suite.exists(in: $0) } }
        let isFirst = connection.standing == nil
        let offered = session.flatMap { canOffer($0, suites, versions) ? $0 : nil }
        exchange.helloVersion = newest
        exchange.clientRandom = try library("no random bytes") { () throws(LibraryError) in
            try RandomBytes.make(32)
        }
        exchange.serverName = configuration.serverName.map { Array($0.utf8) }
        var codes = suites.map(\.suite)
        let extensions = try makeExtensions(newest, suites, isFirst: isFirst, session: offered)
        // RFC 5746 section 3.4: the signal among the suites where there is no extension to say it.
        if isFirst, configuration.renegotiation.isSecure, extensions?.first(.renegotiation_info) == nil {
            codes.append(.TLS_EMPTY_RENEGOTIATION_INFO_SCSV)
        }
        var hello = ClientHello(
            legacyVersion: newest,
            random: exchange.clientRandom,
            sessionID: offered?.id ?? [],
            cipherSuites: codes,
            extensions: extensions
        )
        if let offered, !offered.ticket.isEmpty, offered.id.isEmpty {
            // RFC 5077 section 3.4: an id of the client's own choice, by whose echo it sees that the ticket was taken.
            hello.sessionID = try library("no random bytes") { () throws(LibraryError) in try RandomBytes.make(32) }
        }
        offeredSession = offered
        if isFirst, configuration.usesSSL2Hello, offered == nil {
            try sendSSL2Hello(hello)
        } else {
            try connection.send(hello.handshakeMessage())
        }
        self.hello = hello
    }

    private func canOffer(_ session: ClassicSession, _ suites: [ClassicSuite], _ versions: [ProtocolVersion]) -> Bool {
        versions.contains(session.version) && suites.contains { $0.suite == session.cipherSuite }
            && (!session.id.isEmpty || !session.ticket.isEmpty) && session.isAlive(at: connection.now())
    }

    /// RFC 5246 appendix E.2: the random is the challenge, and nothing but suites can be said.
    private func sendSSL2Hello(_ hello: ClientHello) throws(ClassicError) {
        let old = SSL2ClientHello(
            version: hello.legacyVersion,
            cipherSuites: hello.cipherSuites,
            challenge: hello.random
        )
        let record = old.record()
        try exchange.transcript.append(record.payload)
        connection.output += record.bytes
        connection.events.append(.message(sent: true, type: 0, bytes: record.payload))
    }

    private func makeExtensions(
        _ newest: ProtocolVersion,
        _ suites: [ClassicSuite],
        isFirst: Bool,
        session: ClassicSession?
    ) throws(ClassicError) -> [Extension]? {
        var extensions: [Extension] = []
        if !isFirst, configuration.renegotiation.isSecure, let standing = connection.standing?.exchange,
            standing.peerIsSecure
        {
            // Section 3.5, in SSL 3.0 too.
            extensions.append(Extension(RenegotiationInfo(renegotiatedConnection: standing.ownVerifyData)))
        }
        guard newest > .ssl3, !(configuration.usesSSL2Hello && isFirst) else {
            return extensions.isEmpty ? nil : extensions
        }
        if isFirst, configuration.renegotiation.isSecure { extensions.append(Extension(RenegotiationInfo())) }
        if let name = configuration.serverName { extensions.append(Extension(ServerNameList(hostName: name))) }
        if configuration.asksForStaple { extensions.append(Extension(StatusRequest())) }
        if suites.contains(where: \.usesCurve) {
            let groups = configuration.groups.filter { $0.libraryName != nil }
            extensions.append(Extension(SupportedGroups(groups: groups)))
            extensions.append(Extension(ECPointFormats(formats: [.uncompressed])))
        }
        if newest >= .tls12 {
            extensions.append(Extension(SignatureAlgorithms(schemes: configuration.signatureSchemes)))
        }
        if !configuration.applicationProtocols.isEmpty {
            let names = configuration.applicationProtocols.map { PeerText(bytes: $0) }
            extensions.append(Extension(ApplicationProtocols(names: names)))
        }
        if configuration.usesEncryptThenMAC { extensions.append(Extension(EncryptThenMAC())) }
        if configuration.usesExtendedMasterSecret { extensions.append(Extension(ExtendedMasterSecret())) }
        if configuration.usesTickets {
            extensions.append(Extension(SessionTicketExtension(ticket: session?.ticket ?? [])))
        }
        if let length = configuration.fragmentLength {
            extensions.append(Extension(MaxFragmentLengthExtension(code: length)))
        }
        return extensions + configuration.addedExtensions
    }

    // MARK: The server's hello

    func takeServerHello(_ answer: ServerHello) throws(ClassicError) {
        guard let hello else { throw .outOfOrder }
        let version = answer.legacyVersion
        guard configuration.versions.contains(version), version > .ssl2, version <= hello.legacyVersion else {
            throw ClassicError("the server chose \(version.name), which was not offered", alert: .protocol_version)
        }
        let chosen = answer.cipherSuite
        guard let suite = connection.suites.first(where: { $0.suite == chosen }), hello.cipherSuites.contains(chosen)
        else {
            throw ClassicError(
                "the server chose the suite \(answer.cipherSuite.name), which was not offered",
                alert: .illegal_parameter
            )
        }
        guard suite.exists(in: version) else {
            throw ClassicError(
                "the suite \(suite.suite.name) can't be used in \(version.name)",
                alert: .illegal_parameter
            )
        }
        guard answer.compressionMethod == .NULL else {
            throw ClassicError("the server compresses, which was not offered", alert: .illegal_parameter)
        }
        exchange.version = version
        exchange.suite = suite
        exchange.serverRandom = answer.random
        exchange.sessionID = answer.sessionID
        try takeExtensions(answer, offered: hello)
        try decideResumption(answer, hello)
    }

    private func takeExtensions(_ answer: ServerHello, offered hello: ClientHello) throws(ClassicError) {
        let extensions = answer.extensions ?? []
        // RFC 5746 section 3.4: the signal stands for the extension.
        let signals = hello.cipherSuites.contains(.TLS_EMPTY_RENEGOTIATION_INFO_SCSV)
        for item in extensions {
            let wasOffered = hello.extensions?.first(item.type) != nil || (item.type == .renegotiation_info && signals)
            guard wasOffered else {
                throw ClassicError(
                    "the server answers the extension \(item.type.name), which was not offered",
                    alert: .unsupported_extension
                )
            }
        }
        guard extensions.duplicateTypes.isEmpty else {
            throw ClassicError("the server sends an extension twice", alert: .decode_error)
        }
        do {
            try takeRenegotiationInfo(extensions.decode(RenegotiationInfo.self))
            // SSL 3.0 has no other: neither its keys nor its records know them (RFC 7366 section 2.1, RFC 7627 section 4).
            guard try exchange.agreedVersion() > .ssl3 else { return }
            exchange.usesExtendedMasterSecret = try extensions.decode(ExtendedMasterSecret.self) != nil
            let encryptsFirst = try extensions.decode(EncryptThenMAC.self) != nil
            exchange.usesEncryptThenMAC = encryptsFirst && exchange.suite?.facts.isCBC ?? false
            awaitsStaple = try extensions.decode(StatusRequestAcknowledgement.self) != nil
            exchange.fragmentLength = try fragmentLength(in: extensions)
            awaitsTicket = extensions.first(.session_ticket) != nil
            if let names = try extensions.decode(ApplicationProtocols.self)?.names {
                guard names.count == 1, configuration.applicationProtocols.contains(names[0].bytes) else {
                    throw ClassicError(
                        "the server chose a protocol (ALPN) that was not offered",
                        alert: .illegal_parameter
                    )
                }
                exchange.applicationProtocol = names[0].bytes
            }
        } catch let error as ClassicError {
            throw error
        } catch {
            throw ClassicError("the server's extensions can't be read: \(error)", alert: .decode_error)
        }
    }

    /// RFC 6066 section 4: the server repeats what it was asked for, or says nothing.
    private func fragmentLength(in extensions: [Extension]) throws -> MaxFragmentLength? {
        guard let answer = try extensions.decode(MaxFragmentLengthExtension.self)?.code else { return nil }
        guard answer == configuration.fragmentLength else {
            throw ClassicError("the server chose a fragment length that was not asked for", alert: .illegal_parameter)
        }
        return answer
    }

    /// RFC 5746 sections 3.4 and 3.5.
    private func takeRenegotiationInfo(_ info: RenegotiationInfo?) throws(ClassicError) {
        exchange.peerIsSecure = info != nil
        let before = connection.standing?.exchange
        guard let info else {
            guard before?.peerIsSecure != true, !configuration.renegotiation.requiresSecure else {
                throw ClassicError(
                    "the server does not support secure renegotiation (RFC 5746)",
                    alert: .handshake_failure
                )
            }
            return
        }
        let expected = before.map { $0.peerIsSecure ? $0.ownVerifyData + $0.peerVerifyData : [] } ?? []
        guard info.renegotiatedConnection == expected else {
            throw ClassicError(
                "the server's renegotiation_info is not that of this connection",
                alert: .handshake_failure
            )
        }
    }

    private func decideResumption(_ answer: ServerHello, _ hello: ClientHello) throws(ClassicError) {
        if let offered = offeredSession, !hello.sessionID.isEmpty, answer.sessionID == hello.sessionID {
            guard offered.version == exchange.version, offered.cipherSuite == exchange.suite?.suite else {
                throw ClassicError(
                    "the server resumes the session with another version or suite",
                    alert: .illegal_parameter
                )
            }
            // RFC 7627 section 5.3.
            guard offered.hasExtendedMasterSecret == exchange.usesExtendedMasterSecret else {
                throw ClassicError(
                    "the server resumes the session \(offered.hasExtendedMasterSecret ? "without" : "with") extended master secret",
                    alert: .handshake_failure
                )
            }
            exchange.resumed = offered
            exchange.masterSecret = offered.masterSecret
            exchange.peerChain = offered.peerChain
            exchange.ticket = offered.ticket
            exchange.lifetimeHint = offered.lifetimeHint
            connection.reportSecret(of: exchange)
            try exchange.deriveKeys()
            expectation = .changeCipherSpec
            return
        }
        expectation = try exchange.agreedSuite().showsCertificate ? .certificate : .keyExchange
    }
}
