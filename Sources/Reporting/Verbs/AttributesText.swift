import Diagnostics
import SecureChannel
import TLSParameters

/// What is known of a connection, in the order in which people ask for it.
enum AttributesText {
    /// What we brought: printed before the handshake's results.
    static func add(_ credential: CredentialSummary, to document: inout TextDocument) {
        document.section("credentials") { rows in
            let identities = credential.identities.map { StyledText($0.subject) + " (\($0.keyAlgorithm))" }
            let who = identities.isEmpty ? StyledText("anonymous") : StyledText.joined(identities, separator: ", ")
            rows.row("role", StyledText("\(credential.role.rawValue), ") + who)
            rows.row("protocols", StyledText(credential.protocols.joined(separator: ", ")))
            rows.row("suites", "\(credential.suites.count) offered")
            rows.row(
                "security level",
                StyledText(
                    "\(credential.securityLevel)"
                        + (credential.securityLevelReasons.isEmpty
                            ? "" : ": \(credential.securityLevelReasons.joined(separator: "; "))"),
                    credential.securityLevelReasons.isEmpty ? .plain : .weak
                )
            )
            rows.row("server name", credential.serverName.map { StyledText($0) })
            rows.row("verification", StyledText(credential.verification.rawValue))
            // What every run has by default says nothing about this one.
            let flags = credential.flags.filter { $0 != "no-default-credentials" }
            rows.row("flags", StyledText(flags.joined(separator: ", ")))
        }
    }

    /// How the connection was made.
    static func add(_ dial: DialSummary?, to document: inout TextDocument) {
        guard let dial else { return }
        document.section("connection") { rows in
            for attempt in dial.attempts {
                rows.row(attempt.address, StyledText("\(attempt.outcome) after \(Seconds.text(attempt.seconds))"))
            }
            if let starttls = dial.starttls {
                rows.row("STARTTLS", StyledText("\(starttls.protocol), after \(Seconds.text(starttls.seconds))"))
            }
        }
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
            rows.row("session", session(attributes.session))
            add(attributes.security, to: &rows)
            rows.row("client certificate", clientAuthentication(attributes.clientAuthentication))
            rows.row("handshake", handshake(attributes.transport))
        }
    }

    /// The parts that only `inspect` and `-v` readers want.
    static func addDetails(_ attributes: ConnectionAttributes, to document: inout TextDocument) {
        document.section("extensions") { rows in
            rows.row("client", names(attributes.extensions.client))
            rows.row("server", names(attributes.extensions.server))
            rows.row("encrypted", names(attributes.extensions.serverEncrypted))
        }
        document.section("fingerprints") { rows in
            rows.row("client's JA4", attributes.fingerprints.ja4.map { StyledText($0) })
            rows.row("client's JA3", attributes.fingerprints.ja3.map { StyledText($0) })
            rows.row("server's JA3S", attributes.fingerprints.ja3s.map { StyledText($0) })
        }
        document.section("bindings") { rows in
            rows.row("tls-unique", attributes.bindings?.tlsUnique.map { StyledText($0.hex) })
            rows.row("tls-server-end-point", attributes.bindings?.tlsServerEndPoint.map { StyledText($0.hex) })
            rows.row("tls-exporter", attributes.bindings?.tlsExporter.map { StyledText($0.hex) })
            rows.row("note", attributes.bindings?.note.map { StyledText($0, .weak) })
        }
        document.section("sizes") { rows in
            guard let sizes = attributes.sizes else { return }
            rows.row("header", "\(sizes.header) bytes")
            rows.row("trailer", "\(sizes.maximumTrailer) bytes at most")
            rows.row("message", "\(sizes.maximumMessage) bytes at most")
        }
    }

    private static func names(_ codes: [NamedCode]) -> StyledText {
        StyledText(codes.map(\.name).joined(separator: ", "))
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
    private static func name(_ sentinel: String) -> String {
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
        let kind = session.resumed ? "resumed" + (session.mechanism.map { " by \($0.rawValue)" } ?? "") : "new"
        let tickets =
            session.tickets.isEmpty
            ? "" : ", \(session.tickets.count) ticket\(session.tickets.count == 1 ? "" : "s") received"
        return StyledText(kind + tickets)
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
            sent = client.accepted == true ? "sent and accepted" : "sent; the server has not said whether it accepts it"
        default: sent = "asked for, none sent"
        }
        guard !client.acceptedIssuers.isEmpty else { return StyledText(sent) }
        let issuers = client.acceptedIssuers.prefix(5).map { StyledText($0) }
        return StyledText(sent + "; issuers that it accepts: ") + StyledText.joined(issuers, separator: " | ")
            + (client.acceptedIssuers.count > 5 ? " and \(client.acceptedIssuers.count - 5) more" : "")
    }

    private static func handshake(_ transport: TransportAttributes) -> StyledText {
        let time = transport.handshakeSeconds.map { "\(Seconds.text($0)), " } ?? ""
        return StyledText(
            "\(time)\(transport.roundTrips) round trip\(transport.roundTrips == 1 ? "" : "s"), "
                + "\(transport.handshakeBytesSent) bytes sent, \(transport.handshakeBytesReceived) received"
        )
    }
}
