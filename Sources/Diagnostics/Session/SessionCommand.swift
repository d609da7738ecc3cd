public import Certificates
public import SecureChannel

/// What a user can ask of a session that stands, beside sending data.
public enum SessionCommand: String, Sendable, CaseIterable {
    /// A new handshake on this connection (TLS 1.2 and older).
    case renegotiate
    /// New keys in both directions (TLS 1.3).
    case keyupdate
    /// What is known of the connection now.
    case attributes
    /// The peer's certificates.
    case certificates
    /// A new connection that resumes this session.
    case resume
    /// Our close_notify; what the peer still sends is read.
    case shutdown
    /// The end of the session.
    case quit

    /// What it does, in a few words.
    public var summary: String {
        switch self {
        case .renegotiate: "ask for a new handshake (TLS 1.2 and older)"
        case .keyupdate: "take new keys, and ask the peer for its own (TLS 1.3)"
        case .attributes: "show what is known of the connection now"
        case .certificates: "show the peer's certificates"
        case .resume: "close, connect again, and resume this session there"
        case .shutdown: "send close_notify, and go on reading"
        case .quit: "close the session"
        }
    }
}

/// What the user of a relay gives it.
public enum RelayInput: Sendable {
    /// Data for the peer.
    case data([UInt8])
    /// Something to do with the session.
    case command(SessionCommand)
}

/// What comes of a command.
public enum SessionAnswer: Sendable {
    /// One line, lower case, no full stop.
    case note(String)
    /// What is known of the connection.
    case attributes(ConnectionAttributes)
    /// The peer's certificates, leaf first, and how they were judged.
    case certificates([Certificate], ChainValidation?)
}
