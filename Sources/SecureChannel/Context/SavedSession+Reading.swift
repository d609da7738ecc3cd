import LibSSL
import TLSParameters

extension SavedSession {
    /// Reads what ``bytes`` of another saved session hold; nil when that is no session.
    public init?(bytes: [UInt8], serverName: String? = nil, peerChain: [[UInt8]] = []) {
        guard let session = try? SSLSessionHandle(deserialising: bytes) else { return nil }
        let version = ProtocolVersion(rawValue: session.protocolVersion)
        let hasTicket = session.hasTicket
        self.init(
            bytes: bytes,
            version: version,
            suite: session.cipherSuite.map { CipherSuite(rawValue: $0) },
            mechanism: version == .tls13 ? .psk : (hasTicket ? .ticket : .sessionID),
            created: Int64(session.created),
            timeout: session.timeout,
            lifetimeHint: hasTicket ? Int(clamping: session.ticketLifetimeHint) : nil,
            serverName: serverName,
            peerChain: peerChain,
            isResumable: session.isResumable
        )
    }
}
