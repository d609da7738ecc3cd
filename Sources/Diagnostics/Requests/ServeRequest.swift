/// Whether and when a server asks its clients for a certificate.
public enum ClientAuthenticationMode: String, Sendable, CaseIterable {
    /// It does not.
    case none
    /// It asks, and goes on without.
    case request
    /// It asks, and refuses a client without.
    case require
    /// It asks in the first handshake of a connection only, and goes on without.
    case once
    /// It asks once the session stands: in TLS 1.3 after the handshake, before that by renegotiating; and goes on without.
    case postHandshake = "post-handshake"
}

/// The kinds of keys that are made in memory.
public enum MadeKeyKind: String, Sendable, CaseIterable {
    /// RSA with 2048 bits, which every client knows.
    case rsa
    /// ECDSA on the curve P-256.
    case ecdsa
    /// Ed25519, which browsers don't know.
    case ed25519
}

/// What a server does with a session.
public enum ServeMode: Hashable, Sendable {
    /// Answers HTTP with a page about the client.
    case page
    /// Sends every byte back.
    case echo
    /// Reads everything and says nothing.
    case discard
    /// Answers HTTP with the files of a directory.
    case files(directory: String)

    /// Whether HTTP is spoken.
    var isHTTP: Bool {
        switch self {
        case .page, .files: true
        case .echo, .discard: false
        }
    }
}

/// What sessions may be resumed, and what with.
public struct ServedSessionSettings: Sendable {
    /// TLS 1.3 tickets a full handshake is followed by; 0 sends none, whatever the version; nil takes the library's two.
    public var tickets: Int?
    /// Files of 80 bytes: tickets are sealed with the first, and opened with any of them.
    public var ticketKeyFiles: [String] = []
    /// How long sessions can be resumed; nil takes the library's two hours.
    public var lifespan: Duration?
    /// Whether sessions can be resumed at all.
    public var allowsReconnects = true
    /// Bytes of early data that a client may send; nil allows none.
    public var earlyData: Int?

    /// The defaults: tickets for two hours, no early data.
    public init() {}
}

/// What `serve` is asked to do.
public struct ServeRequest: Sendable {
    /// `[ADDR:]PORT` or `unix:PATH` to listen on.
    public var listen: String
    /// What to do with a session.
    public var mode = ServeMode.page
    /// The number of connections after which to end; nil for no end.
    public var count: Int?

    /// What is told of each connection when it is over. Pages have everything in any case.
    public enum Telling: Sendable, Hashable {
        /// Everything that is known of it.
        case everything
        /// What a line of text tells: no legs, no findings, and the outline of the attributes.
        case outline
        /// Nothing: it is counted.
        case nothing
    }

    /// What is told of each connection.
    public var telling = Telling.everything

    /// More names for the certificate that is made in memory.
    public var names: [String] = []
    /// The kinds of keys to make, a certificate for each.
    public var keyKinds: [MadeKeyKind] = [.ecdsa]
    /// The file that the certificate is written to, for clients to trust it; nil for none. The caller writes it, see
    /// ``ServeOperation/certificatePEM``; this is what the commands shown to the user name.
    public var certificateFile: String?
    /// The file that the certificate of an authority made in memory is written to, which then signs the others; nil makes no
    /// authority. The caller writes it, see ``ServeOperation/authorityPEM``.
    public var authorityFile: String?
    /// Who we are; without a certificate one is made in memory, with its key.
    public var credentials = CredentialSettings()
    /// Who we are for clients that ask for these names.
    public var namedIdentities: [NamedIdentityFiles] = []
    /// Whether clients that ask for another name are refused.
    public var refusesUnknownNames = false
    /// A file with the OCSP response to staple.
    public var stapleFile: String?

    /// Whether SSL 2.0 and 3.0 may be served to others than this machine.
    public var exposesObsolete = false
    /// What we are willing to speak.
    public var protocols = ProtocolSettings()
    /// Algorithms to leave out with one application protocol: `ALPN:KIND:ALGORITHM[:MIN-MAX]` each.
    public var disabledForProtocols: [String] = []
    /// Whether clients are asked for a certificate.
    public var clientAuthentication = ClientAuthenticationMode.none
    /// Files of the authorities that may have signed it.
    public var clientAuthorities: [String] = []
    /// Whether clients are told the names of these authorities.
    public var advertisesAuthorities = true
    /// A file that says whom a client's certificate stands for.
    public var accountsFile: String?
    /// What can be resumed.
    public var sessions = ServedSessionSettings()
    /// Whether a client may renegotiate.
    public var allowClientRenegotiation = false
    /// When the server renegotiates by itself; nil for never.
    public var renegotiation: RenegotiationTrigger?

    /// A file that the secrets of sessions are appended to; nil for none.
    public var keyLog: String?

    /// Limit for a handshake, and for a client's silence after it.
    public var timeout: Duration = .seconds(30)
    /// How long sessions may go on once the server has been asked to stop.
    public var patience: Duration = .seconds(5)
    /// Clients served at the same time; whoever comes in above that is turned away.
    public var maximumClients = 256

    /// What to do wrong on purpose.
    public var faults = FaultPlan()

    /// Serves with the defaults.
    public init(listen: String) {
        self.listen = listen
    }
}
