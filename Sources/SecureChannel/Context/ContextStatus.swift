public import Certificates

/// Where a context stands after a call. The token of the same call is to be sent whatever the status says.
public enum ContextStatus: Sendable {
    /// Send the token and bring what the peer answers (`SEC_I_CONTINUE_NEEDED`).
    case continueNeeded
    /// The input ends within a record (`SEC_E_INCOMPLETE_MESSAGE`): keep it, read at least this many bytes more, and
    /// call again.
    case incompleteMessage(missing: Int)
    /// The server asks for a certificate and the credential has none (`SEC_I_INCOMPLETE_CREDENTIALS`). Said once: supply
    /// one, or call again without reading to go on anonymously.
    case incompleteCredentials(acceptedIssuers: [DistinguishedName])
    /// The peer's chain is in order as far as that can be told from here, and others are to be asked whether its
    /// certificates are revoked: answer with what they said, and call again without reading.
    case awaitsRevocation([RevocationQuestion])
    /// The channel stands and everything given was consumed or left over on purpose (`SEC_E_OK`).
    case established
    /// The peer sent a handshake message on a standing channel (`SEC_I_RENEGOTIATE`). It has been answered, or will be
    /// by the next calls; nothing has to be fed again.
    case renegotiate(RenegotiationSignal)
    /// The peer sent close_notify (`SEC_I_CONTEXT_EXPIRED`).
    case contextExpired
    /// The context is unusable. The token holds the alert, if one goes out.
    indirect case failed(ContextFailure)

    /// Stable text for logs and reports, such as `continue-needed`.
    public var id: String {
        switch self {
        case .continueNeeded: "continue-needed"
        case .incompleteMessage: "incomplete-message"
        case .incompleteCredentials: "incomplete-credentials"
        case .awaitsRevocation: "awaits-revocation"
        case .established: "established"
        case .renegotiate: "renegotiate"
        case .contextExpired: "context-expired"
        case .failed: "failed"
        }
    }

    /// The status Schannel would have returned, such as `SEC_I_CONTINUE_NEEDED` (lifecycle table 1.3).
    public var schannelStatus: SchannelStatus {
        switch self {
        case .continueNeeded, .awaitsRevocation: .continueNeeded
        case .incompleteMessage: .incompleteMessage
        case .incompleteCredentials: .incompleteCredentials
        case .established: .ok
        case .renegotiate: .renegotiate
        case .contextExpired: .closeNotify
        case .failed(let failure): failure.schannelStatus
        }
    }

    /// What the status leaves open, in our own words, such as `need 112 more bytes`; nil where it says all.
    public var detail: String? {
        switch self {
        case .incompleteMessage(let missing): "need \(missing) more byte\(missing == 1 ? "" : "s")"
        case .incompleteCredentials(let issuers) where issuers.isEmpty: "the server names no issuer"
        case .incompleteCredentials(let issuers):
            "the server accepts \(issuers.count) issuer\(issuers.count == 1 ? "" : "s")"
        case .awaitsRevocation(let questions):
            "\(questions.count) certificate\(questions.count == 1 ? "" : "s") to ask about"
        case .renegotiate(let signal): signal.rawValue
        case .contextExpired: "close_notify received"
        case .failed(let failure): failure.text
        case .continueNeeded, .established: nil
        }
    }
}

/// Which handshake message arrived on a standing channel.
public enum RenegotiationSignal: String, Codable, Hashable, Sendable {
    /// HelloRequest: the server wants a new handshake (TLS 1.2 and below).
    case helloRequest = "hello-request"
    /// ClientHello: the client wants a new handshake (TLS 1.2 and below).
    case clientHello = "client-hello"
    /// A new handshake is over.
    case completed
    /// The peer refuses a new handshake by a warning (no_renegotiation); the channel goes on as it was.
    case refused
    /// NewSessionTicket (TLS 1.3).
    case newSessionTicket = "new-session-ticket"
    /// KeyUpdate (TLS 1.3).
    case keyUpdate = "key-update"
    /// CertificateRequest after the handshake (TLS 1.3).
    case certificateRequest = "certificate-request"
    /// The client's answer to such a request (TLS 1.3).
    case certificate
}

/// The result of a step of the handshake: where the context stands, and what to send.
public struct ContextStep: Sendable {
    /// Where the context stands.
    public var status: ContextStatus
    /// Bytes for the peer, possibly none.
    public var token: [UInt8]

    /// A step.
    public init(status: ContextStatus, token: [UInt8]) {
        self.status = status
        self.token = token
    }
}

/// The result of unprotecting bytes from the peer.
public struct UnprotectResult: Sendable {
    /// Where the context stands.
    public var status: ContextStatus
    /// The data that came out, possibly none.
    public var plaintext: [UInt8]
    /// Bytes for the peer, possibly none: the answer to a handshake message, or an alert.
    public var token: [UInt8]
    /// Every handshake message that arrived on the standing channel, in order; `status` names the last.
    public var signals: [RenegotiationSignal]

    /// A result.
    public init(
        status: ContextStatus,
        plaintext: [UInt8] = [],
        token: [UInt8] = [],
        signals: [RenegotiationSignal] = []
    ) {
        self.status = status
        self.plaintext = plaintext
        self.token = token
        self.signals = signals
    }
}
