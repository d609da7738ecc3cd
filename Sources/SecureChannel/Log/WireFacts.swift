import TLSParameters
import TLSWire

/// What the messages of the last handshake said, in either direction, whoever sent them.
struct WireFacts {
    /// What opened the connection, for its fingerprints: a renegotiation doesn't replace them, nor does a second hello after a
    /// HelloRetryRequest.
    private var openingHello: ClientHello?
    private var openingAnswer: ServerHello?
    /// The first hello of the handshake.
    var clientHello: ClientHello?
    /// The last hello of the handshake: the second one, after a HelloRetryRequest.
    var lastClientHello: ClientHello?
    /// Whether the hello had the format of SSL 2.0, and the suites or kinds in it.
    var ssl2Hello: SSL2ClientHello?
    /// The answer in SSL 2.0 itself.
    var ssl2ServerHello: SSL2ServerHello?
    /// Whether a client was asked for its certificate in SSL 2.0, and whether it showed one, which there goes with the proof.
    var asksInSSL2 = false
    var provesInSSL2 = false
    var helloRetryRequest: ServerHello?
    var serverHello: ServerHello?
    var encryptedExtensions: [Extension] = []
    var serverCertificateExtensions: [Extension] = []
    var serverKeyExchange: ServerKeyExchange?
    var certificateRequest: CertificateRequest?
    /// The signatures of both ends: ServerKeyExchange or CertificateVerify.
    var serverSignature: DigitallySigned?
    var clientSignature: DigitallySigned?
    var certificateTimestamps: [[UInt8]] = []
    /// How many certificates the client's Certificate message held.
    var clientCertificates: Int?
    /// How large those certificates are together, in bytes.
    var clientCertificateBytes: Int?
    /// Extensions with the client's certificates (TLS 1.3).
    var clientCertificateExtensions: [Extension] = []
    /// The server's own certificate in DER, as its Certificate message of this handshake had it; nil without one.
    var serverCertificate: [UInt8]?
    /// Whether a NewSessionTicket came after the client's last Certificate message. In TLS 1.3 it is the only message by
    /// which a server shows that it has read the client's Finished (RFC 8446 section 4.6.1): its data, KeyUpdates and
    /// close_notify may all have been on their way before.
    var ticketFollowedClientCertificate = false
    /// All tickets of the connection.
    var tickets: [TicketAttributes] = []
    /// The extensions of the last of them (TLS 1.3).
    var ticketExtensions: [Extension] = []
    var keyUpdatesSent = 0
    var keyUpdatesRequested = 0
    var keyUpdatesReceived = 0
    /// Whether the last of those received asked for one of ours.
    var isAskedForKeyUpdate = false
    var alertsSent: [AlertFact] = []
    var alertsReceived: [AlertFact] = []

    /// The version the server chose.
    var version: ProtocolVersion? { serverHello?.selectedVersion ?? ssl2ServerHello?.version }

    /// Fingerprints of what opened the connection; JA4 alone for an outline.
    func fingerprints(_ scope: AttributeScope) -> FingerprintAttributes {
        var result = FingerprintAttributes()
        guard scope == .everything else {
            result.ja4 = openingHello.map { JA4($0).text }
            return result
        }
        if let openingHello { result.take(openingHello) }
        if let openingAnswer { result.take(openingAnswer) }
        return result
    }

    /// The identities in the hello's `pre_shared_key`: tickets, and names of external keys.
    var offeredKeys: [[UInt8]] {
        (try? lastClientHello?.extensions?.decode(OfferedPSKs.self))?.identities.map(\.identity) ?? []
    }

    /// The one of them that the server chose.
    var selectedKey: [UInt8]? {
        guard let index = (try? serverHello?.extensions?.decode(SelectedPSK.self))?.index else { return nil }
        let offered = offeredKeys
        return Int(index) < offered.count ? offered[Int(index)] : nil
    }

    /// Puts a completed renegotiation in place of the handshake before; what belongs to the connection stays.
    mutating func replaceHandshake(by next: WireFacts) {
        var next = next
        next.openingHello = openingHello
        next.openingAnswer = openingAnswer
        next.tickets = tickets
        next.ticketExtensions = ticketExtensions
        next.keyUpdatesSent = keyUpdatesSent
        next.keyUpdatesRequested = keyUpdatesRequested
        next.keyUpdatesReceived = keyUpdatesReceived
        next.isAskedForKeyUpdate = isAskedForKeyUpdate
        next.alertsSent = alertsSent
        next.alertsReceived = alertsReceived
        self = next
    }

    /// Alerts are counted up to a bound: a peer may send as many as it likes.
    mutating func takeAlert(_ alert: AlertFact, sent: Bool) {
        if sent {
            if alertsSent.count < 100 { alertsSent.append(alert) }
        } else if alertsReceived.count < 100 {
            alertsReceived.append(alert)
        }
    }

    mutating func takeKeyUpdate(sent: Bool, isRequested: Bool) {
        if sent {
            keyUpdatesSent += 1
            if isRequested { keyUpdatesRequested += 1 }
        } else {
            keyUpdatesReceived += 1
            isAskedForKeyUpdate = isRequested
        }
    }

    /// Whether messages of this type say anything that is kept.
    static func takes(_ type: HandshakeType) -> Bool {
        switch type {
        case .client_hello, .server_hello, .encrypted_extensions, .certificate, .certificate_request,
            .server_key_exchange, .certificate_verify, .new_session_ticket:
            true
        default: false
        }
    }

    /// Takes a handshake message sent by `sender`. One that can't be decoded leaves the facts as they were: libssl has
    /// its own opinion of it, which decides.
    mutating func take(_ message: HandshakeMessage, from sender: Role) {
        let version = self.version ?? .tls12
        switch message.type {
        case .client_hello:
            guard let hello = try? ClientHello(message) else { return }
            if helloRetryRequest == nil || clientHello == nil { clientHello = hello }
            lastClientHello = hello
            // A later hello in the format of TLS answers a HelloRetryRequest or renegotiates.
            if openingHello == nil, ssl2Hello == nil { openingHello = hello }
        case .server_hello:
            guard let hello = try? ServerHello(message) else { return }
            if hello.isHelloRetryRequest {
                helloRetryRequest = hello
            } else {
                serverHello = hello
                if openingAnswer == nil { openingAnswer = hello }
            }
        case .encrypted_extensions:
            encryptedExtensions = (try? EncryptedExtensions(message))?.extensions ?? []
        case .certificate:
            takeCertificate(message, version: version, from: sender)
        case .certificate_request:
            certificateRequest = try? CertificateRequest(message, version: version)
        case .server_key_exchange:
            guard let suite = serverHello?.cipherSuite else { return }
            let form = ServerKeyExchange.Form(suite: suite)
            serverKeyExchange = try? ServerKeyExchange(message, form: form, version: version)
            serverSignature = serverKeyExchange?.signed
        case .certificate_verify:
            let signed = (try? CertificateVerify(message, version: version))?.signed
            if sender == .server { serverSignature = signed } else { clientSignature = signed }
        case .new_session_ticket:
            ticketFollowedClientCertificate = clientCertificates != nil
            // Bounded like the sessions: a TLS 1.3 server may go on sending tickets for ever.
            guard tickets.count < 1_000, let ticket = try? NewSessionTicket(message, version: version) else { return }
            tickets.append(TicketAttributes(ticket))
            ticketExtensions = ticket.tls13?.extensions ?? []
        default: break
        }
    }

    private mutating func takeCertificate(_ message: HandshakeMessage, version: ProtocolVersion, from sender: Role) {
        guard let certificate = try? CertificateMessage(message, version: version) else { return }
        if sender == .client {
            clientCertificates = certificate.entries.count
            clientCertificateBytes = certificate.entries.map(\.data.count).reduce(0, +)
            clientCertificateExtensions = certificate.entries.flatMap(\.extensions)
            ticketFollowedClientCertificate = false
        } else {
            serverCertificate = certificate.entries.first?.data
            serverCertificateExtensions = certificate.entries.flatMap(\.extensions)
            let timestamps = try? serverCertificateExtensions.decode(CertificateTimestamps.self)
            certificateTimestamps = timestamps?.timestamps ?? []
        }
    }
}

extension TicketAttributes {
    init(_ ticket: NewSessionTicket) {
        self.init(
            lifetime: ticket.lifetime,
            byteCount: ticket.ticket.count,
            ageAdd: ticket.tls13?.ageAdd,
            nonceBytes: ticket.tls13?.nonce.count,
            maximumEarlyData: ticket.maximumEarlyData
        )
    }
}
