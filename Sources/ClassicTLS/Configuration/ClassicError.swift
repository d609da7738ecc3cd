package import TLSParameters
import TLSWire

/// Why a connection of this engine is unusable.
package struct ClassicError: Error, Hashable, Sendable {
    /// What happened, to switch on.
    package enum Kind: Hashable, Sendable {
        /// The peer broke the protocol, or there is nothing both ends can do.
        case protocolError
        /// The peer sent a fatal alert (or, in SSL 2.0, an ERROR message).
        case alertReceived
        /// The chain was not accepted by who judges it.
        case rejectedPeer
        /// The engine or libcrypto lacks what would be needed.
        case unsupported
    }

    /// What happened.
    package let kind: Kind
    /// One line in our own words.
    package let text: String
    /// The alert that tells the peer; nil where none goes out.
    package let alert: AlertDescription?

    /// An error that tells the peer by an alert.
    package init(_ kind: Kind, _ text: String, alert: AlertDescription?) {
        self.kind = kind
        self.text = text
        self.alert = alert
    }

    /// A breach of the protocol, or nothing that both ends can do.
    package init(_ text: String, alert: AlertDescription?) {
        self.init(.protocolError, text, alert: alert)
    }

    /// A message of the peer's that can't be read.
    init(_ error: WireError) {
        self.init(.protocolError, "the peer's message can't be read: \(error)", alert: .decode_error)
    }
}

/// How a call on a connection ended.
package enum ClassicOutcome: Hashable, Sendable {
    /// It did what was asked.
    case done
    /// It needs bytes from the peer.
    case wantsRead
    /// The peer asked for a certificate and the handshake waits for one.
    case wantsCertificate
    /// The peer's chain is there, and who judges it wants to be asked again.
    case wantsVerdict
    /// The peer sent close_notify.
    case closed
    /// The connection is unusable from here on.
    case failed(ClassicError)
}
