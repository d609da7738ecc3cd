import Certificates
import Glibc
import SecureChannel
import TLSParameters

extension ServeRequest {
    /// The server's credential, checked and frozen.
    ///
    /// - Throws: `RequestProblem` that names the option to change.
    func acquire(_ identity: ServerIdentity) throws(RequestProblem) -> AcquiredCredential {
        var credential = Credential(role: .server)
        try credentials.apply(to: &credential, identities: identity.identities, notes: identity.notes)
        // What is wrong on purpose goes out as it was made.
        if identity.faulty != nil { credential.sendsRoot = true }
        credential.alpn = defaultApplicationProtocols
        try protocols.apply(to: &credential)
        if allowClientRenegotiation, !credential.protocols.contains(where: { $0 < .tls13 }) {
            throw RequestProblem(
                reason: "--allow-client-renegotiation has no effect with TLS 1.3 alone",
                hint: "TLS 1.3 has no renegotiation; add tls1.2 to --protocol"
            )
        }
        credential.allowsClientRenegotiation = allowClientRenegotiation
        credential.server.protocolRules = try protocolRules(among: credential.alpn)
        applyNames(identity, to: &credential)
        try applyClients(to: &credential)
        try applySessions(to: &credential)
        faults.apply(to: &credential)
        credential.server.stapledOCSP = identity.faulty?.staple
        if let stapleFile { credential.server.stapledOCSP = try Self.staple(stapleFile) }
        do {
            return try credential.acquire()
        } catch {
            throw RequestProblem(credential: error)
        }
    }

    /// A session that is only echoed speaks no protocol of its own.
    private var defaultApplicationProtocols: [String] {
        guard mode.isHTTP else { return [] }
        // HTTP/2 forbids whatever happens to TLS after the handshake but for new keys (RFC 9113 §9.2.1, RFC 8740), and
        // faults are made for HTTP/1.
        let staysAsItIs =
            clientAuthentication != .postHandshake && renegotiation == nil && !allowClientRenegotiation
            && faults.isEmpty
        // A client that offers HTTP/1.0 alone is answered, not refused for want of a common protocol.
        return (staysAsItIs ? ["h2"] : []) + ["http/1.1", "http/1.0"]
    }

    /// The rules for single application protocols, one entry a protocol.
    private func protocolRules(among spoken: [String]) throws(RequestProblem) -> [ApplicationProtocolRules] {
        var rules: [ApplicationProtocolRules] = []
        for text in disabledForProtocols {
            let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2 else {
                throw RequestProblem(
                    reason: "--disable-for: '\(text)' is not ALPN:KIND:ALGORITHM",
                    hint: "write it as in h2:cipher:CBC"
                )
            }
            guard spoken.contains(parts[0]) else {
                throw RequestProblem(
                    reason: "--disable-for: this server does not speak '\(parts[0])'",
                    hint: spoken.isEmpty
                        ? "name protocols with --alpn" : "it speaks \(spoken.joined(separator: ", ")); see --alpn"
                )
            }
            let rule = try AlgorithmRule(parsing: parts[1], option: "--disable-for")
            guard ApplicationProtocolRules.allows(rule) else {
                throw RequestProblem(
                    reason: "--disable-for: '\(parts[1])' can't be for one protocol only",
                    hint: "libssl asks about certificates and ephemeral keys without a connection; use --disable"
                )
            }
            if let index = rules.firstIndex(where: { $0.applicationProtocol == parts[0] }) {
                rules[index].disabled.append(rule)
            } else {
                rules.append(ApplicationProtocolRules(parts[0], disabled: [rule]))
            }
        }
        return rules
    }

    private func applyNames(_ identity: ServerIdentity, to credential: inout Credential) {
        guard !identity.names.isEmpty || refusesUnknownNames else { return }
        credential.server.names = identity.names
        credential.server.refusesUnknownNames = refusesUnknownNames
        // The default certificates answer to their own names too.
        for name in identity.leaves.flatMap(\.subjectAlternativeNames) where name.kind == .dns {
            credential.server.names.append(ServedName(name: name.value.encoded(for: .json), identities: []))
        }
    }

    private func applyClients(to credential: inout Credential) throws(RequestProblem) {
        credential.clientAuthentication =
            switch clientAuthentication {
            case .none: .none
            case .request: .request
            case .require: .require
            case .once: .once
            case .postHandshake: .postHandshake
            }
        // Asked for only, a certificate is judged and the judgement is shown; required, it has to be a good one.
        credential.verification =
            switch clientAuthentication {
            case .none: .none
            case .request, .once, .postHandshake: .manual
            case .require: .automatic
            }
        guard !clientAuthorities.isEmpty else { return }
        credential.trust = .none
        for file in clientAuthorities {
            let bytes = try InputFile.read(file)
            do {
                let authorities = try Certificate.readAll(bytes)
                credential.trust.certificates += authorities
                if advertisesAuthorities { credential.acceptedClientIssuers += authorities }
            } catch {
                throw RequestProblem(
                    reason: "--client-ca: \(file): \(error)",
                    hint: "the file should hold certificates, PEM or DER"
                )
            }
        }
    }

    private func applySessions(to credential: inout Credential) throws(RequestProblem) {
        if let tickets = sessions.tickets {
            credential.ticketCount = tickets
            credential.usesSessionTickets = tickets > 0
        }
        if !sessions.allowsReconnects {
            credential.usesSessionTickets = false
            credential.remembersSessions = false
        }
        if let lifespan = sessions.lifespan {
            credential.sessionLifespan = max(1, Int(clamping: lifespan.components.seconds))
        }
        if let earlyData = sessions.earlyData {
            guard credential.protocols.contains(.tls13) else {
                throw RequestProblem(
                    reason: "--early-data has no effect without TLS 1.3",
                    hint: "add tls1.3 to --protocol, or leave --early-data out"
                )
            }
            credential.maximumEarlyData = UInt32(clamping: earlyData)
        }
        if credential.maximumEarlyData > 0, credential.protocols == [.tls13], let file = sessions.ticketKeyFiles.first {
            // libssl's guard against replays remembers each session itself, so that its tickets of TLS 1.3 hold none.
            throw RequestProblem(
                reason: "--ticket-key '\(file)' has no effect with --early-data in TLS 1.3: "
                    + "the server keeps those sessions itself, so that each is good once",
                hint: "leave one of the two out, or add tls1.2 to --protocol, whose tickets the key seals"
            )
        }
        for file in sessions.ticketKeyFiles {
            let key = try InputFile.read(file)
            guard key.count == ServerSettings.ticketKeyLength else {
                throw RequestProblem(
                    reason: "--ticket-key: '\(file)' has \(key.count) bytes, not \(ServerSettings.ticketKeyLength)",
                    hint: "make one with 'openssl rand -out FILE 80' and give it to every server of the same name"
                )
            }
            credential.server.ticketKeys.append(key)
        }
    }

    /// ```
    /// OCSPResponse ::= SEQUENCE { responseStatus ENUMERATED, responseBytes [0] EXPLICIT ResponseBytes OPTIONAL }
    /// ```
    private static func staple(_ file: String) throws(RequestProblem) -> [UInt8] {
        let bytes = try InputFile.read(file)
        var reader = DERReader(bytes[...])
        let enumerated: UInt8 = 0x0A
        guard var response = try? reader.inside("an OCSP response"), reader.isAtEnd,
            (try? response.element(tag: enumerated, "its status")) != nil
        else {
            throw RequestProblem(
                reason: "--ocsp: '\(file)' holds no OCSP response in DER",
                hint: "get one with 'openssl ocsp -issuer CA -cert CERT -url URL -respout FILE'"
            )
        }
        return bytes
    }

    /// What the user should know of these files.
    var fileNotes: [String] {
        sessions.ticketKeyFiles.compactMap { file in
            var status = stat()
            guard stat(file, &status) == 0, status.st_mode & 0o077 != 0 else { return nil }
            return "others may read '\(file)', and with it every session that its key seals: chmod 600 it"
        }
    }
}
