import Certificates
import Diagnostics
import SecureChannel
import TLSParameters

/// What is known of a connection, in the order in which people ask for it.
enum AttributesText {
    /// What we brought: printed before the handshake's results.
    static func add(_ credential: CredentialSummary, to document: inout TextDocument) {
        document.section("credentials") { rows in
            add(credential.identities, of: credential, to: &rows)
            rows.row("protocols", StyledText(credential.protocols.joined(separator: ", ")))
            rows.row("suites", StyledText("\(credential.suites.count) offered" + strength(credential)))
            rows.row("groups", names(credential.groups))
            rows.row("signatures", names(credential.signatureSchemes))
            rows.row("disabled", StyledText(credential.disabled.joined(separator: ", ")))
            // The one has levels, the other has none and is worth a word.
            if credential.engine.hasPrefix("libssl") {
                rows.row(
                    "security level",
                    StyledText(
                        "\(credential.securityLevel)"
                            + (credential.securityLevelReasons.isEmpty
                                ? "" : ": \(credential.securityLevelReasons.joined(separator: "; "))"),
                        credential.securityLevelReasons.isEmpty ? .plain : .weak
                    )
                )
            } else {
                rows.row("engine", StyledText(credential.engine, .weak))
            }
            rows.row("server name", credential.serverName.map { StyledText($0) })
            rows.row("verification", StyledText(credential.verification.rawValue))
            // What every run has by default says nothing about this one.
            let flags = credential.flags.filter { $0 != "no-default-credentials" }
            rows.row("flags", StyledText(flags.joined(separator: ", ")))
            for note in credential.notes { rows.row("note", StyledText(note, .weak)) }
        }
    }

    /// The bounds that were set; empty without any.
    private static func strength(_ credential: CredentialSummary) -> String {
        switch (credential.minimumStrength, credential.maximumStrength) {
        case (nil, nil): ""
        case (let least?, nil): ", of \(least) bits or more"
        case (nil, let most?): ", of \(most) bits or less"
        case (let least?, let most?): ", of \(least) to \(most) bits"
        }
    }

    /// Who we are. That nothing is shown is said: other programs look for a certificate of their own accord.
    private static func add(
        _ identities: [IdentitySummary],
        of credential: CredentialSummary,
        to rows: inout TextDocument.Rows
    ) {
        let key = credential.preSharedKeyIdentity.map { StyledText("pre-shared key ") + StyledText(PeerText($0)) }
        let names = identities.map { StyledText($0.subject) + " (\($0.keyAlgorithm))" } + [key].compactMap { $0 }
        let nobody =
            credential.role == .client ? StyledText("anonymous, without a certificate") : StyledText("anonymous")
        rows.row(
            "role",
            StyledText("\(credential.role.rawValue), ")
                + (names.isEmpty ? nobody : StyledText.joined(names, separator: ", "))
        )
        for identity in identities {
            let sent = identity.chainLength == 1 ? "" : ", \(identity.chainLength) certificates sent"
            rows.row("valid until", StyledText(identity.notAfter + sent))
            rows.row("SHA-1", StyledText(identity.sha1))
            rows.row("SHA-256", StyledText(identity.sha256))
        }
    }

    /// How the connection was made, and how long each phase took.
    static func add(
        _ dial: DialSummary?,
        _ attributes: ConnectionAttributes? = nil,
        to document: inout TextDocument
    ) {
        guard let dial else { return }
        document.section("connection") { rows in
            for attempt in dial.attempts {
                rows.row(attempt.address, StyledText("\(attempt.outcome) after \(Seconds.text(attempt.seconds))"))
            }
            if let starttls = dial.starttls {
                rows.row("STARTTLS", StyledText("\(starttls.protocol), after \(Seconds.text(starttls.seconds))"))
            }
            rows.row("times", StyledText(phases(dial, attributes?.transport)))
        }
    }

    /// How long each phase took; those of TLS count from its first byte.
    private static func phases(_ dial: DialSummary, _ transport: TransportAttributes?) -> String {
        let phases: [(String, Double?)] = [
            ("name", dial.resolutionSeconds), ("TCP", dial.connectSeconds), ("proxy", dial.proxySeconds),
            ("STARTTLS", dial.starttls?.seconds), ("first byte of TLS", transport?.firstByteSeconds),
            ("handshake", transport?.handshakeSeconds), ("first data", transport?.firstDataSeconds),
        ]
        return phases.compactMap { name, seconds in seconds.map { "\(name) \(Seconds.text($0))" } }
            .joined(separator: ", ")
    }

    /// The channel: version, suite, keys, names, session.
    static func add(_ attributes: ConnectionAttributes, to document: inout TextDocument) {
        document.section("channel") { rows in
            rows.row("protocol", attributes.protocol.map(version))
            rows.row("suite", attributes.suite.map(suite))
            rows.row("strength", attributes.suite.flatMap(strength))
            rows.row("key exchange", attributes.keyExchange.map(exchange))
            rows.row("peer signature", attributes.peerSignature?.scheme.map { StyledText($0.name) })
            rows.row("server name", attributes.names.sni.map { StyledText($0) })
            rows.row("ALPN", attributes.names.alpn.map { StyledText($0) })
            rows.row("pre-shared key", attributes.names.pskIdentity.map { StyledText($0) + " is in use" })
            if attributes.names.pskNotTaken == true {
                rows.row("pre-shared key", StyledText("offered, and not taken", .weak))
            }
            rows.row("session", session(attributes.session))
            rows.row("early data", attributes.session.earlyData.map(earlyData))
            add(attributes.security, to: &rows)
            rows.row("client certificate", clientAuthentication(attributes.clientAuthentication))
            rows.row("handshake", handshake(attributes.transport))
        }
        document.section("exported keying material") { rows in
            for export in attributes.exports {
                let context = export.context.map { " bound to \($0.bytes.isEmpty ? "nothing" : "0x\($0.hex)")" } ?? ""
                rows.row(
                    export.label + context + (export.isEarly ? ", early" : ""),
                    export.material.map { binding($0) } ?? StyledText(export.problem ?? "none", .weak)
                )
            }
        }
        document.section("secrets: whoever has them can read what went through the session") { rows in
            rows.row("client random", attributes.secrets?.clientRandom.map { StyledText($0.hex) })
            rows.row("server random", attributes.secrets?.serverRandom.map { StyledText($0.hex) })
            rows.row("master secret", attributes.secrets?.masterSecret.map { StyledText($0.hex) })
        }
        document.verbatim("key log", (attributes.secrets?.keyLog ?? []).map { StyledText($0) })
    }

    private static func version(_ attributes: ProtocolAttributes) -> StyledText {
        let old = ["ssl2", "ssl3", "tls1.0", "tls1.1"].contains(attributes.version)
        var text = StyledText(attributes.name, old ? .weak : .good)
        if attributes.helloRetryRequest {
            text = text + ", after a HelloRetryRequest" + (attributes.helloRetryGroup.map { " for \($0.name)" } ?? "")
        }
        if let sentinel = attributes.downgradeSentinel {
            text = text + StyledText("; the server says that it could do better than \(Self.name(sentinel))", .weak)
        }
        return text
    }

    /// A sentinel names the version it was sent for: RFC 8446 §4.1.3 has one for TLS 1.2 and one for everything older.
    static func name(_ sentinel: String) -> String {
        sentinel == "tls12" ? "TLS 1.2" : "TLS 1.1"
    }

    private static func suite(_ suite: SuiteAttributes) -> StyledText {
        let openssl = suite.openssl.flatMap { $0 == suite.name ? nil : " (\($0))" }
        return StyledText(suite.name) + StyledText(openssl ?? "", .faint)
    }

    private static func strength(_ suite: SuiteAttributes) -> StyledText? {
        guard let bits = suite.strengthBits else { return nil }
        let cipher = suite.cipher.map { ", \($0)" } ?? ""
        let secrecy = suite.forwardSecrecy == true ? ", forward secrecy" : ", no forward secrecy"
        let tone: Tone = bits < 112 ? .bad : bits < 128 ? .weak : .good
        return StyledText(bits == 0 ? "no encryption" : "\(bits) bits", tone) + StyledText(cipher + secrecy)
    }

    private static func exchange(_ exchange: KeyExchangeAttributes) -> StyledText {
        let group = exchange.group.map { " with \($0.name)" } ?? ""
        let bits = exchange.bits.map { ", \($0) bits" } ?? ""
        return StyledText(exchange.method + group + bits)
    }

    private static func session(_ session: SessionAttributes) -> StyledText {
        let kind =
            session.resumed
            ? "resumed" + (session.mechanism.map { " by \($0.rawValue)" } ?? "")
            : session.offered ? "new; the one that was offered was not resumed" : "new"
        let tickets =
            session.tickets.isEmpty
            ? "" : ", \(session.tickets.count) ticket\(session.tickets.count == 1 ? "" : "s") received"
        return StyledText(kind + tickets)
    }

    private static func earlyData(_ data: EarlyDataAttributes) -> StyledText {
        let amount = "\(data.byteCount) of at most \(data.maximum) bytes"
        return switch data.status {
        case .offered: StyledText("offered, \(amount)", .weak)
        case .accepted: StyledText("accepted", .good) + ", \(amount); it can be replayed"
        case .rejected: StyledText("rejected", .weak) + ", \(amount); it goes through the session"
        }
    }

    /// What the channel has, and what was asked for in vain.
    static func flags(_ flags: FlagAttributes) -> StyledText? {
        func names(_ codes: [NamedCode]) -> String {
            codes.map { $0.name.lowercased().replacing("_", with: "-") }.joined(separator: ", ")
        }
        guard !flags.obtained.isEmpty else { return nil }
        let missing = flags.missing.isEmpty ? "" : "; asked for in vain: \(names(flags.missing))"
        return StyledText(names(flags.obtained)) + StyledText(missing, .weak)
    }

    /// Bytes for other protocols, in both of the ways in which they are written.
    static func binding(_ bytes: HexBytes) -> StyledText {
        StyledText(bytes.hex) + StyledText(" (\(Base64.encode(bytes.bytes)))", .faint)
    }

    private static func add(_ security: SecurityAttributes, to rows: inout TextDocument.Rows) {
        func yesNo(_ value: Bool?) -> StyledText? {
            value.map { $0 ? StyledText("yes", .good) : StyledText("no", .weak) }
        }
        rows.row("extended master secret", yesNo(security.extendedMasterSecret))
        rows.row("secure renegotiation", yesNo(security.secureRenegotiation))
        rows.row("encrypt-then-MAC", yesNo(security.encryptThenMAC))
    }

    private static func clientAuthentication(_ client: ClientAuthenticationAttributes) -> StyledText? {
        guard client.requested else { return nil }
        let sent: String
        switch client.certificatesSent {
        case let count? where count > 0:
            let size =
                client.certificateBytes.map { " (\(count == 1 ? "" : "\(count) certificates, ")\($0) bytes)" } ?? ""
            sent =
                switch client.accepted {
                case true?: "sent\(size) and accepted"
                case false?: "sent\(size) and refused"
                case nil: "sent\(size); the server has not said whether it accepts it"
                }
        default: sent = "asked for, none sent"
        }
        let choice = client.choice.map(choice) ?? ""
        guard !client.acceptedIssuers.isEmpty else { return StyledText(sent) + choice }
        let issuers = client.acceptedIssuers.prefix(5).map { StyledText($0) }
        return StyledText(sent + "; issuers that it accepts: ") + StyledText.joined(issuers, separator: " | ")
            + (client.acceptedIssuers.count > 5 ? " and \(client.acceptedIssuers.count - 5) more" : "") + choice
    }

    /// Which certificate was chosen for the server that asked, and why.
    private static func choice(_ choice: CertificateChoice) -> StyledText {
        let count = "\(choice.considered) certificate\(choice.considered == 1 ? "" : "s")"
        guard let identity = choice.identity else {
            return choice.reason == .unusable
                ? "; the one that fits can't be used" : "; none of \(count) is from an authority that it accepts"
        }
        let why: StyledText =
            choice.issuer.map { "from " + StyledText($0) + ", which it accepts" } ?? "it accepts any authority"
        return "; of \(count) " + StyledText(identity.subject) + " was taken: " + why
    }

    private static func handshake(_ transport: TransportAttributes) -> StyledText {
        let time = transport.handshakeSeconds.map { "\(Seconds.text($0)), " } ?? ""
        return StyledText(
            "\(time)\(transport.roundTrips) round trip\(transport.roundTrips == 1 ? "" : "s"), "
                + "\(transport.handshakeBytesSent) bytes sent, \(transport.handshakeBytesReceived) received"
        )
    }
}
