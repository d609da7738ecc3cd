import ClassicTLS
public import TLSParameters

/// A session that a later connection can resume, as bytes with what is worth knowing of them.
///
/// Holds secrets: keep it as one keeps a key. ``CustomStringConvertible`` text and reports leave the bytes out.
public struct SavedSession: Hashable, Sendable {
    /// libssl's serialised form (`SSL_SESSION` in ASN.1), which ``fileText`` wraps as `openssl s_client -sess_in` reads it; or
    /// the classic engine's own.
    public var bytes: [UInt8]
    /// The version it belongs to.
    public var version: ProtocolVersion
    /// The suite it was made with; nil in SSL 2.0, see ``kind``.
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
    /// The application protocol it was made with (ALPN).
    public var applicationProtocol: PeerText?
    /// How much early data it allows, in bytes; 0 is none (RFC 8446 section 4.2.10).
    public var maximumEarlyData: UInt32
    /// Size of the ticket, in bytes; 0 without one.
    public var ticketBytes: Int
    /// The peer's chain (DER) at the time; a resumed handshake sends none.
    public var peerChain: [[UInt8]]
    /// The OCSP response that was stapled to it (DER); nil without one. A resumed handshake brings none either.
    public var staple: [UInt8]?
    /// Whether libssl would offer it at all.
    public var isResumable: Bool

    /// The cipher kind it was made with, if it is one of SSL 2.0.
    public var kind: SSL2CipherKind? {
        guard version == .ssl2, let session = ClassicSession(serialised: bytes) else { return nil }
        return SSL2CipherKind(rawValue: session.suite)
    }

    /// When it is of no more use, in seconds since 1970.
    public var expires: Int64 {
        Self.expiry(version: version, created: created, timeout: timeout, lifetimeHint: lifetimeHint)
    }

    /// The end of the ticket's life, where the server named one (in TLS 1.3 always, RFC 8446 section 4.6.1), otherwise that
    /// of the library's patience.
    static func expiry(version: ProtocolVersion, created: Int64, timeout: Int, lifetimeHint: Int?) -> Int64 {
        let hint = lifetimeHint.flatMap { version == .tls13 || $0 > 0 ? $0 : nil }
        let (moment, overflows) = created.addingReportingOverflow(Int64(max(0, hint ?? timeout)))
        return overflows ? .max : moment
    }
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
