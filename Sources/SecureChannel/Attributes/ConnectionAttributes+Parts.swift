public import Certificates
public import TLSParameters

/// The session: new or resumed, and what came to resume it later.
public struct SessionAttributes: Codable, Hashable, Sendable {
    /// Whether an earlier session was resumed.
    public var resumed = false
    /// How, if it was.
    public var mechanism: ResumptionMechanism?
    /// Whether the client's hello offered a session for resumption: a session id, a ticket or a pre-shared key that
    /// isn't the external one. A saved session that has expired or is of another version is not offered.
    public var offered = false
    /// The session id.
    public var id: HexBytes?
    /// How long the library keeps the session, in seconds.
    public var timeout: Int?
    /// When it was made, in seconds since 1970.
    public var created: Int64?
    /// When it is of no more use, in seconds since 1970: the end of the ticket's life, or of the library's patience.
    public var expires: Int64?
    /// Whether it holds a ticket.
    public var hasTicket: Bool?
    /// Size of that ticket, in bytes.
    public var ticketBytes: Int?
    /// The server's word on that ticket's life, in seconds; 0 for none before TLS 1.3.
    public var lifetimeHint: Int?
    /// Tickets that came or went, in order.
    public var tickets: [TicketAttributes] = []
    /// Data sent along with the hello (RFC 8446 section 2.3); nil when the client offered none.
    public var earlyData: EarlyDataAttributes?

    /// Nothing known yet.
    public init() {}
}

/// Early data: what a client of TLS 1.3 sends with its hello, under the keys of an earlier session.
public struct EarlyDataAttributes: Codable, Hashable, Sendable {
    /// What became of it.
    public enum Status: String, Codable, Hashable, Sendable {
        /// It was offered, and the handshake is not over.
        case offered
        /// The server took it.
        case accepted
        /// The server did not take it: nothing of it reached an application there.
        case rejected
    }

    /// What became of it.
    public var status: Status
    /// How much of it this end sent or took, in bytes.
    public var byteCount: Int
    /// How much the session (a client's) or this end (a server) allows, in bytes.
    public var maximum: UInt32
}

/// One NewSessionTicket message.
public struct TicketAttributes: Codable, Hashable, Sendable {
    /// Lifetime (hint), in seconds.
    public var lifetime: UInt32
    /// Size of the ticket, in bytes.
    public var byteCount: Int
    /// TLS 1.3: milliseconds added to the ticket's age.
    public var ageAdd: UInt32?
    /// TLS 1.3: size of the nonce, in bytes.
    public var nonceBytes: Int?
    /// TLS 1.3: how much early data it allows, in bytes; nil for none.
    public var maximumEarlyData: UInt32?
}

/// Names exchanged in the handshake.
public struct NameAttributes: Codable, Hashable, Sendable {
    /// The server name the client sent (RFC 6066 section 3).
    public var sni: PeerText?
    /// Whether the server acknowledged it.
    public var sniAcknowledged = false
    /// The protocol chosen by ALPN (RFC 7301).
    public var alpn: PeerText?
    /// The identity of the external pre-shared key in use.
    public var pskIdentity: PeerText?
    /// True where a client offered an external pre-shared key, to a server that may have one, and none came into use; a server
    /// can't tell an unknown key from an unknown ticket. Nil otherwise.
    public var pskNotTaken: Bool?

    /// Nothing known yet.
    public init() {}
}

/// Switches that decide about the security of the channel. Nil where the question has no meaning or no answer.
public struct SecurityAttributes: Codable, Hashable, Sendable {
    /// Extended master secret (RFC 7627); no question in TLS 1.3.
    public var extendedMasterSecret: Bool?
    /// Secure renegotiation (RFC 5746); no question in TLS 1.3.
    public var secureRenegotiation: Bool?
    /// Encrypt-then-MAC (RFC 7366); a question for CBC suites of TLS 1.2 and below.
    public var encryptThenMAC: Bool?
    /// How often the handshake was repeated on this connection.
    public var renegotiations = 0
    /// How often this end's keys were updated (TLS 1.3).
    public var keyUpdatesSent = 0
    /// How often this end asked the peer to update its keys, too.
    public var keyUpdatesRequested = 0
    /// How often the peer's keys were updated (TLS 1.3).
    public var keyUpdatesReceived = 0
    /// The compression method in force: `null` for none; no question in TLS 1.3.
    public var compression: NamedCode?
    /// The negotiated limit of a record's data, in bytes (RFC 6066 section 4); nil for none.
    public var maximumFragment: Int?

    /// Nothing known yet.
    public init() {}
}

/// What protection adds to data, in bytes (Schannel's `STREAM_SIZES`).
public struct SizeAttributes: Codable, Hashable, Sendable {
    /// The record header.
    public var header: Int
    /// The most that can follow or surround the data within a record.
    public var maximumTrailer: Int
    /// The least of it: padding varies with the data in CBC mode, and nowhere else.
    public var minimumTrailer: Int
    /// The largest record, header included (Schannel's `cbMaxToken`).
    public var maximumToken: Int
    /// The most data in one record.
    public var maximumMessage: Int
    /// The cipher's block; 1 for stream ciphers and AEADs.
    public var block: Int
}

/// Values that tie other protocols to this channel (RFC 5929, RFC 9266).
public struct BindingAttributes: Codable, Hashable, Sendable {
    /// tls-unique; undefined in TLS 1.3.
    public var tlsUnique: HexBytes?
    /// tls-server-end-point: the hash of the server's certificate. Nil without one in the handshake; a server that
    /// resumes a session no longer has it, and the note says so.
    public var tlsServerEndPoint: HexBytes?
    /// tls-exporter (RFC 9266).
    public var tlsExporter: HexBytes?
    /// What to know of them: that tls-unique can be forged for want of extended master secret (RFC 7627 section 1), or
    /// why tls-server-end-point is missing.
    public var note: String?
}

/// What the peer said about itself.
public struct PeerAttributes: Codable, Hashable, Sendable {
    /// Its chain in DER, in the order sent; from the saved session when one was resumed (see `chainSource`).
    public var chain: [HexBytes] = []
    /// Where the chain comes from: `handshake`, `session` or nil without one.
    public var chainSource: String?
    /// The judgement; nil when none was asked for or there was nothing to judge.
    public var validation: ChainValidation?
    /// The size of the stapled OCSP response in bytes; nil without one.
    public var stapledOCSPBytes: Int?
    /// The stapled OCSP response, DER.
    public var stapledOCSP: HexBytes?
    /// How many signed certificate timestamps came in a TLS extension.
    public var certificateTimestamps = 0
    /// Those, each as serialised; nil without any.
    public var certificateTimestampList: [HexBytes]?

    /// Nothing known yet.
    public init() {}
}

/// The client's authentication.
public struct ClientAuthenticationAttributes: Codable, Hashable, Sendable {
    /// Whether the server asked for a certificate.
    public var requested = false
    /// The authorities it accepts, one line each.
    public var acceptedIssuers: [PeerText] = []
    /// The signature schemes it accepts.
    public var signatureSchemes: [NamedCode] = []
    /// The certificate types it accepts (TLS 1.2 and below).
    public var certificateTypes: [NamedCode] = []
    /// How many certificates the client sent; nil when it sent no Certificate message.
    public var certificatesSent: Int?
    /// How large they are together, in bytes.
    public var certificateBytes: Int?
    /// Whether the client proved to own the certificate.
    public var proved = false
    /// Whether the server accepted it; nil when it can't be told.
    ///
    /// Before TLS 1.3 the end of the handshake says so. In TLS 1.3 the client is done before the server has looked at
    /// its certificate, and data, KeyUpdates and close_notify prove nothing, since a server may send them before (RFC
    /// 8446 section 4.4.4): true takes a NewSessionTicket after it, false an alert. A server that sends no
    /// tickets leaves it nil.
    public var accepted: Bool?
    /// How a client that looks for a certificate when it is asked for one chose; nil if it didn't look.
    public var choice: CertificateChoice?

    /// Nothing known yet.
    public init() {}
}

/// Fingerprints of the first hello in each direction: what the client offers without knowing the server, and what the server
/// made of it. A renegotiation or a second hello doesn't change them. Nil while there is no such hello, and for a hello in
/// the format of SSL 2.0, which they aren't defined for.
public struct FingerprintAttributes: Codable, Hashable, Sendable {
    /// JA3 of the client: an MD5.
    public var ja3: String?
    /// What JA3 is the MD5 of.
    public var ja3Text: String?
    /// JA4 of the client.
    public var ja4: String?
    /// JA4 with its lists in place of their hashes (JA4_r).
    public var ja4Raw: String?
    /// JA3S of the server: an MD5. The answer to another client may have another.
    public var ja3s: String?
    /// What JA3S is the MD5 of.
    public var ja3sText: String?

    /// Nothing known yet.
    public init() {}
}

/// The extensions in both directions, by name, in the order sent.
public struct ExtensionAttributes: Codable, Hashable, Sendable {
    /// In the client's (last) hello.
    public var client: [NamedCode] = []
    /// In the server's hello.
    public var server: [NamedCode] = []
    /// In the server's EncryptedExtensions (TLS 1.3).
    public var serverEncrypted: [NamedCode] = []
    /// With the server's certificates (TLS 1.3).
    public var serverCertificate: [NamedCode] = []
    /// In the server's hello retry request.
    public var helloRetryRequest: [NamedCode] = []
    /// In the server's request for a certificate (TLS 1.3).
    public var certificateRequest: [NamedCode] = []
    /// With the client's certificates (TLS 1.3).
    public var clientCertificate: [NamedCode] = []
    /// In the last ticket (TLS 1.3).
    public var newSessionTicket: [NamedCode] = []

    /// Nothing known yet.
    public init() {}
}

/// How the connection ended.
public struct CloseAttributes: Codable, Hashable, Sendable {
    /// Whether this end sent close_notify.
    public var closeNotifySent = false
    /// Whether the peer sent close_notify.
    public var closeNotifyReceived = false
    /// Who was first, of those who sent one.
    public var first: Direction?
    /// Plaintext that arrived after this end's close_notify, in bytes.
    public var lateBytes = 0
    /// What the end of the transport meant; nil while it stands.
    public var ending: TransportEnding?
    /// Alerts sent, close_notify among them.
    public var alertsSent: [AlertFact] = []
    /// Alerts received, close_notify among them.
    public var alertsReceived: [AlertFact] = []

    /// Nothing happened yet.
    public init() {}
}
