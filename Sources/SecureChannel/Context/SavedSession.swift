public import TLSParameters

/// A session that a later connection can resume, as bytes with what is worth knowing of them.
///
/// Holds secrets: keep it as one keeps a key. ``CustomStringConvertible`` text and reports leave the bytes out.
public struct SavedSession: Hashable, Sendable {
    /// libssl's serialised form (`SSL_SESSION` in ASN.1; what `openssl sess_id` reads in PEM).
    public var bytes: [UInt8]
    /// The version it belongs to.
    public var version: ProtocolVersion
    /// The suite it was made with.
    public var suite: CipherSuite?
    /// What resumption would use: `ticket`, `session-id` or `psk` (TLS 1.3 ticket).
    public var mechanism: ResumptionMechanism
    /// When it was made, in seconds since 1970.
    public var created: Int64
    /// How long the library will offer it, in seconds.
    public var timeout: Int
    /// The server's hint for the ticket's life, in seconds; nil without a ticket.
    public var lifetimeHint: Int?
    /// The name it was made for.
    public var serverName: String?
    /// The peer's chain (DER) at the time; a resumed handshake sends none.
    public var peerChain: [[UInt8]]
    /// Whether libssl would offer it at all.
    public var isResumable: Bool
}

/// How a session is resumed.
public enum ResumptionMechanism: String, Codable, Hashable, Sendable {
    /// The server remembers it under its id (RFC 5246 section 7.3).
    case sessionID = "session-id"
    /// The client brings it along in a ticket (RFC 5077).
    case ticket
    /// A TLS 1.3 ticket as a pre-shared key (RFC 8446 section 2.2).
    case psk
}
