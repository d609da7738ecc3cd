/// The server end that `renegotiate --from server` opens for a client to connect to.
public struct AwaitedClient: Sendable {
    /// `[ADDR:]PORT` or `unix:PATH` to listen on.
    public var listen: String
    /// Who we are; empty makes a key and a certificate in memory.
    public var credentials: CredentialSettings
    /// What we are willing to speak.
    public var protocols: ProtocolSettings
    /// How long to wait for the client, and for all of it.
    public var timeout: Duration

    /// An end from its parts.
    public init(
        listen: String = "127.0.0.1:4433",
        credentials: CredentialSettings = CredentialSettings(),
        protocols: ProtocolSettings = ProtocolSettings(),
        timeout: Duration = .seconds(60)
    ) {
        self.listen = listen
        self.credentials = credentials
        self.protocols = protocols
        self.timeout = timeout
    }

    /// The same as `serve` has it, without HTTP/2 unless that is asked for: it forbids what clients are to be asked for
    /// (RFC 9113 §9.2.1, RFC 8740), and they are answered in HTTP/1. Without tickets too, since nobody comes back: libssl
    /// gives none when it renegotiates in full, and GnuTLS 3.7 breaks off for want of it.
    var serving: ServeRequest {
        var request = ServeRequest(listen: listen)
        request.credentials = credentials
        request.protocols = protocols
        request.protocols.applicationProtocols = protocols.applicationProtocols ?? "http/1.1,http/1.0"
        request.sessions.tickets = 0
        return request
    }
}
