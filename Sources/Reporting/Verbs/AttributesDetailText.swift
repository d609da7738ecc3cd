import Certificates
import Diagnostics
import SecureChannel
import TLSParameters

/// Everything else that is known of a connection, for `inspect` and for readers who ask for it. What a version doesn't have is
/// said to be not applicable, so that a missing line means that something isn't known.
extension AttributesText {
    /// The parts beside ``add(_:to:)-(ConnectionAttributes,_)``.
    static func addDetails(
        _ attributes: ConnectionAttributes,
        _ dial: DialSummary? = nil,
        to document: inout TextDocument
    ) {
        addTransport(attributes, dial, to: &document)
        addProtocol(attributes, to: &document)
        addOffer(attributes.offered, to: &document)
        addCipher(attributes, to: &document)
        addSession(attributes, to: &document)
        addClientAuthentication(attributes, to: &document)
        addExtensions(attributes.extensions, to: &document)
        document.section("fingerprints") { rows in
            rows.row("client's JA4", attributes.fingerprints.ja4.map { StyledText($0) })
            rows.row("client's JA3", attributes.fingerprints.ja3.map { StyledText($0) })
            rows.row("server's JA3S", attributes.fingerprints.ja3s.map { StyledText($0) })
        }
        addBindings(attributes, to: &document)
        document.section("sizes") { rows in
            guard let sizes = attributes.sizes else { return }
            let varies = sizes.minimumTrailer != sizes.maximumTrailer
            rows.row("header", "\(sizes.header) bytes a record")
            rows.row(
                "trailer",
                StyledText(varies ? "\(sizes.minimumTrailer) to " : "") + "\(sizes.maximumTrailer) bytes a record"
            )
            rows.row("message", "\(sizes.maximumMessage) bytes a record at most")
            rows.row("token", "\(sizes.maximumToken) bytes at most")
            rows.row("block", "\(sizes.block) byte\(sizes.block == 1 ? "" : "s")")
        }
    }

    /// How the connection ended, and what it carried.
    static func addEnd(_ attributes: ConnectionAttributes, to document: inout TextDocument) {
        let close = attributes.close
        let transport = attributes.transport
        document.section("end") { rows in
            rows.row(
                "close_notify",
                "sent: \(yesNo(close.closeNotifySent)), received: \(yesNo(close.closeNotifyReceived))"
            )
            rows.row("closed first", close.first.map { $0 == .sent ? "we" : "the peer" })
            rows.row("transport", close.ending.map { StyledText($0.rawValue) })
            rows.row("late data", "\(close.lateBytes) bytes")
            rows.row("alerts sent", alerts(close.alertsSent))
            rows.row("alerts received", alerts(close.alertsReceived))
            rows.row("first data", transport.firstDataSeconds.map { StyledText("after \(Seconds.text($0))") })
            rows.row("data", "\(transport.plaintextSent) bytes sent, \(transport.plaintextReceived) received")
            rows.row("records", "\(transport.recordsSent) sent, \(transport.recordsReceived) received")
            rows.row("bytes", "\(transport.bytesSent) sent, \(transport.bytesReceived) received")
            // In TLS 1.3 they come after the handshake.
            if attributes.version == .tls13 { addTickets(attributes.session, to: &rows) }
        }
    }

    private static let notApplicable = StyledText("n/a", .faint)

    private static func yesNo(_ value: Bool) -> String { value ? "yes" : "no" }

    private static func alerts(_ alerts: [AlertFact]) -> StyledText {
        StyledText(alerts.isEmpty ? "none" : alerts.map(\.text).joined(separator: ", "))
    }

    private static func addTransport(
        _ attributes: ConnectionAttributes,
        _ dial: DialSummary?,
        to document: inout TextDocument
    ) {
        let library = attributes.library
        document.section("library") { rows in
            rows.row("version", StyledText(library.version))
            rows.row("providers", StyledText(library.providers.joined(separator: ", ")))
            rows.row("security level", "\(library.securityLevel)")
            rows.row("state", StyledText(library.state))
        }
        let transport = attributes.transport
        document.section("transport") { rows in
            rows.row("our address", dial.map { StyledText($0.local) })
            rows.row("loopback", dial.map { StyledText(yesNo($0.isLoopback)) })
            rows.row(
                "handshake records",
                "\(transport.handshakeRecordsSent) sent, \(transport.handshakeRecordsReceived) received"
            )
            rows.row(
                "handshake bytes",
                "\(transport.handshakeBytesSent) sent, \(transport.handshakeBytesReceived) received"
            )
            rows.row("round trips", "\(transport.roundTrips)")
        }
    }

    private static func addProtocol(_ attributes: ConnectionAttributes, to document: inout TextDocument) {
        guard let version = attributes.protocol else { return }
        let role = attributes.role.rawValue
        document.section("protocol") { rows in
            rows.row("version", "\(version.name), \(version.codePoint), SP_PROT bit \(version.schannelBit) (\(role))")
            rows.row(
                "client hello",
                StyledText(version.helloFormat == "ssl2" ? "in the format of SSL 2.0" : "in the format of TLS")
            )
            rows.row(
                "HelloRetryRequest",
                version.helloRetryRequest
                    ? StyledText("yes" + (version.helloRetryGroup.map { ", for \(code($0))" } ?? "")) : "no"
            )
            rows.row("downgrade sentinel", StyledText(version.downgradeSentinel.map(Self.name) ?? "none"))
            rows.row(
                "flags asked for",
                StyledText(attributes.flags.requested.map { "\($0.name) \($0.codePoint)" }.joined(separator: ", "))
            )
            rows.row("context flags", flags(attributes.flags))
        }
    }

    private static func addOffer(_ offer: OfferAttributes?, to document: inout TextDocument) {
        guard let offer else { return }
        document.section("the client's offer") { rows in
            rows.row("versions", names(offer.versions))
            rows.row("suites", names(offer.suites))
            rows.row("groups", names(offer.groups))
            rows.row("key shares", names(offer.keyShares))
            rows.row("signature schemes", names(offer.signatureSchemes))
            rows.row("ALPN", StyledText.joined(offer.alpn.map { StyledText($0) }))
            rows.row("compression", names(offer.compression))
        }
    }

    private static func addCipher(_ attributes: ConnectionAttributes, to document: inout TextDocument) {
        guard let suite = attributes.suite else { return }
        document.section("protection") { rows in
            rows.row("suite", StyledText("\(suite.codePoint) \(suite.name)"))
            rows.row("Schannel's name", suite.schannel.map { StyledText($0) })
            rows.row(
                "cipher",
                suite.cipher.map { cipher in
                    let bits = suite.strengthBits.map { ", \($0) bits" } ?? ""
                    let block = suite.blockBytes.map { ", blocks of \($0) byte\($0 == 1 ? "" : "s")" } ?? ""
                    return StyledText(cipher + bits + block + (suite.isAEAD == true ? ", AEAD" : ", no AEAD"))
                }
            )
            rows.row(
                "MAC",
                suite.isAEAD == true
                    ? notApplicable : suite.mac.map { StyledText($0 + (suite.macBits.map { ", \($0) bits" } ?? "")) }
            )
            rows.row("PRF hash", suite.prfHash.map { StyledText($0) })
            rows.row(
                "DES keys",
                suite.keyDerivation.map { $0 == "draft" ? "as the draft of SSL 2.0 has it" : "as OpenSSL does" }
            )
            rows.row("authentication", suite.authentication.map { $0 == "any" ? notApplicable : StyledText($0) })
            rows.row("peer signature", attributes.peerSignature.map(signature) ?? "none")
            rows.row("our signature", attributes.ownSignature.map(signature) ?? "none")
            let isNew = attributes.protocol?.version == "tls1.3"
            rows.row("extended master secret", answer(attributes.security.extendedMasterSecret, isNew))
            rows.row("secure renegotiation", answer(attributes.security.secureRenegotiation, isNew))
            rows.row("encrypt-then-MAC", answer(attributes.security.encryptThenMAC, isNew || suite.isAEAD == true))
            rows.row("compression", isNew ? notApplicable : attributes.security.compression.map { StyledText($0.name) })
            rows.row("renegotiations", isNew ? notApplicable : "\(attributes.security.renegotiations)")
            rows.row(
                "key updates",
                isNew
                    ? "\(attributes.security.keyUpdatesSent) sent, \(attributes.security.keyUpdatesReceived) received"
                    : notApplicable
            )
            rows.row(
                "maximum fragment",
                StyledText(attributes.security.maximumFragment.map { "\($0) bytes" } ?? "not negotiated")
            )
        }
    }

    private static func answer(_ value: Bool?, _ hasNoMeaning: Bool) -> StyledText? {
        value.map { StyledText(yesNo($0)) } ?? (hasNoMeaning ? notApplicable : nil)
    }

    private static func signature(_ signature: SignatureAttributes) -> StyledText {
        let parts = [signature.scheme.map(code), signature.type, signature.hash.map { "hash \($0)" }]
        return StyledText(parts.compactMap { $0 }.joined(separator: ", "))
    }

    private static func addSession(_ attributes: ConnectionAttributes, to document: inout TextDocument) {
        let session = attributes.session
        document.section("session") { rows in
            rows.row("resumed", StyledText(yesNo(session.resumed)))
            rows.row("offered", StyledText(yesNo(session.offered)))
            rows.row("id", session.id.map { StyledText("\($0.hex) (\($0.bytes.count) bytes)") })
            rows.row(
                "ticket",
                session.hasTicket.map { has in
                    guard has else { return attributes.version == .tls13 ? "none so far" : "no" }
                    let hint = session.lifetimeHint.map { ", lifetime hint \($0) s" } ?? ""
                    return StyledText("\(session.ticketBytes ?? 0) bytes\(hint)")
                }
            )
            rows.row("timeout", session.timeout.map { "\($0) s" })
            rows.row("created", session.created.map { StyledText(Timestamp.text($0)) })
            rows.row("expires", session.expires.map { StyledText(Timestamp.text($0)) })
            addTickets(session, to: &rows)
            rows.row("PSK identity", attributes.names.pskIdentity.map { StyledText($0) })
            rows.row("server name acknowledged", StyledText(yesNo(attributes.names.sniAcknowledged)))
        }
    }

    private static func addTickets(_ session: SessionAttributes, to rows: inout TextDocument.Rows) {
        if !session.tickets.isEmpty { rows.row("tickets", "\(session.tickets.count)") }
        for (index, ticket) in session.tickets.prefix(8).enumerated() {
            let nonce = ticket.nonceBytes.map { ", nonce of \($0) bytes" } ?? ""
            let early = ticket.maximumEarlyData.map { ", early data up to \($0) bytes" } ?? ""
            rows.row("ticket \(index + 1)", "\(ticket.byteCount) bytes, lifetime \(ticket.lifetime) s\(nonce)\(early)")
        }
    }

    private static func addClientAuthentication(_ attributes: ConnectionAttributes, to document: inout TextDocument) {
        let client = attributes.clientAuthentication
        document.section("client authentication") { rows in
            rows.row("asked for", StyledText(yesNo(client.requested)))
            guard client.requested else { return }
            rows.row("issuers", "\(client.acceptedIssuers.count) accepted")
            rows.row("certificate types", names(client.certificateTypes))
            rows.row("signature schemes", names(client.signatureSchemes))
            rows.row(
                "sent",
                client.certificatesSent.map { "\($0) certificates, \(client.certificateBytes ?? 0) bytes" } ?? "nothing"
            )
            rows.row("proved", StyledText(yesNo(client.proved)))
            rows.row("accepted", StyledText(client.accepted.map(yesNo) ?? "not known"))
        }
    }

    private static func addExtensions(_ extensions: ExtensionAttributes, to document: inout TextDocument) {
        document.section("extensions") { rows in
            rows.row("client", ids(extensions.client))
            rows.row("HelloRetryRequest", ids(extensions.helloRetryRequest))
            rows.row("server", ids(extensions.server))
            rows.row("encrypted", ids(extensions.serverEncrypted))
            rows.row("certificate request", ids(extensions.certificateRequest))
            rows.row("server certificate", ids(extensions.serverCertificate))
            rows.row("client certificate", ids(extensions.clientCertificate))
            rows.row("ticket", ids(extensions.newSessionTicket))
        }
    }

    private static func addBindings(_ attributes: ConnectionAttributes, to document: inout TextDocument) {
        guard let bindings = attributes.bindings else { return }
        let isNew = attributes.protocol?.version == "tls1.3"
        let isUnsafe = attributes.security.extendedMasterSecret == false
        document.section("bindings") { rows in
            rows.row(
                "tls-unique",
                bindings.tlsUnique.map { binding($0) + StyledText(isUnsafe ? " unsafe: no EMS" : "", .weak) }
                    ?? (isNew ? notApplicable : nil)
            )
            rows.row("tls-server-end-point", bindings.tlsServerEndPoint.map(binding))
            rows.row("tls-exporter", bindings.tlsExporter.map(binding) ?? (isUnsafe ? notApplicable : nil))
            rows.row("note", bindings.note.map { StyledText($0, .weak) })
        }
    }

    static func names(_ codes: [NamedCode]) -> StyledText {
        StyledText(codes.map(\.name).joined(separator: ", "))
    }

    /// `server_name (0), alpn (16)`: the number as the registry writes it.
    private static func ids(_ codes: [NamedCode]) -> StyledText {
        StyledText(
            codes.map { code in
                let number = Int(code.codePoint.dropFirst(2), radix: 16)
                return number.map { "\(code.name) (\($0))" } ?? code.name
            }.joined(separator: ", ")
        )
    }

    private static func code(_ code: NamedCode) -> String {
        code.name == code.codePoint ? code.name : "\(code.name) (\(code.codePoint))"
    }
}
