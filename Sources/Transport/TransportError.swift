/// Why there is no connection, or why it can't be used any longer.
///
/// The kind says whose fault it is. In particular `localResources` is ours and says nothing about the peer.
public struct TransportError: Error, Hashable, Sendable {
    /// What went wrong, to switch on.
    public var kind: Kind
    /// Where, if a single endpoint is concerned.
    public var endpoint: SocketEndpoint?
    /// One lower-case phrase for people; holds no bytes a peer chose. Those are in ``said``.
    public var detail: String
    /// The system's error number, 0 where there is none.
    public var errno: Int32
    /// Every address tried, where dialling failed.
    public var attempts: [DialAttempt] = []
    /// What the peer, or the proxy, said to it, word for word: at most 1 KiB, and not to be shown as it is.
    public var said: [UInt8] = []

    /// An error of `kind`.
    public init(_ kind: Kind, endpoint: SocketEndpoint? = nil, detail: String, errno: Int32 = 0) {
        self.kind = kind
        self.endpoint = endpoint
        self.detail = detail
        self.errno = errno
    }

    /// The kinds of failure.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// The name has no usable address, or the resolver failed.
        case dns
        /// The peer's host answered that nobody listens (ECONNREFUSED; for unix sockets also ENOENT).
        case refused
        /// No route to the peer's network or host.
        case unreachable
        /// The deadline passed first; nothing is known about the peer.
        case timedOut
        /// The peer tore the connection down (RST).
        case reset
        /// The stream was closed on our side before.
        case closed
        /// We ran out of descriptors, ports, buffers, memory or threads (EMFILE, ENFILE, EADDRNOTAVAIL, ENOBUFS, ENOMEM, EAGAIN).
        case localResources
        /// The system forbids it (EACCES, EPERM): a firewall rule, a privileged port, a file's mode.
        case permission
        /// The task that waited was cancelled.
        case cancelled
        /// The peer has no STARTTLS, or refused it; its words are in `said`.
        case negotiationRefused
        /// The peer speaks the protocol and takes no session at present; its words are in `said`.
        case busy
        /// What the peer said before TLS isn't the protocol that was asked for, or it left in the middle.
        case negotiationFailed
        /// The deadline passed before the peer had said what comes before TLS.
        case negotiationTimedOut
        /// The proxy refused to connect us; its words are in `said`.
        case proxyRefused
        /// The proxy can't be reached, or isn't one.
        case proxyFailed
        /// Anything else; see `errno` and `detail`.
        case other
    }
}

extension TransportError: CustomStringConvertible {
    /// `192.0.2.1:443: connection refused`.
    public var description: String {
        endpoint.map { "\($0): \(detail)" } ?? detail
    }
}
