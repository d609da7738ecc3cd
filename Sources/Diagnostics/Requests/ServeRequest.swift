/// Whether a server asks its clients for a certificate.
public enum ClientAuthenticationMode: String, Sendable, CaseIterable {
    /// It does not.
    case none
    /// It asks, and goes on without.
    case request
    /// It asks, and refuses a client without.
    case require
}

/// What `serve` is asked to do.
public struct ServeRequest: Sendable {
    /// `[ADDR:]PORT` or `unix:PATH` to listen on.
    public var listen: String
    /// Whether to send every byte back instead of answering HTTP.
    public var echo = false
    /// The number of connections after which to end; nil for no end.
    public var count: Int?
    /// More names for the certificate that is made in memory.
    public var names: [String] = []
    /// The file that the certificate is written to, for clients to trust it; nil for none. The caller writes it, see
    /// ``ServeOperation/certificatePEM``; this is what the commands shown to the user name.
    public var certificateFile: String?
    /// Who we are; empty makes a key and a certificate in memory.
    public var identities: [IdentityFiles] = []
    /// What we are willing to speak.
    public var protocols = ProtocolSettings()
    /// Whether clients are asked for a certificate.
    public var clientAuthentication = ClientAuthenticationMode.none
    /// Files of the authorities that may have signed it.
    public var clientAuthorities: [String] = []
    /// Whether a client may renegotiate.
    public var allowClientRenegotiation = false
    /// Limit for a handshake, and for a client's silence after it.
    public var timeout: Duration = .seconds(30)
    /// Clients served at the same time; whoever comes in above that is turned away.
    public var maximumClients = 256

    /// Serves with the defaults.
    public init(listen: String) {
        self.listen = listen
    }
}
