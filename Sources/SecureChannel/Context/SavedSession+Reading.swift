import LibSSL
import TLSParameters

extension SavedSession {
    /// Reads what ``bytes`` of another saved session hold; nil when that is no session.
    public init?(bytes: [UInt8], serverName: String? = nil, peerChain: [[UInt8]] = [], staple: [UInt8]? = nil) {
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
            serverName: serverName ?? session.serverName.map { String(decoding: $0, as: UTF8.self) },
            applicationProtocol: session.applicationProtocol.map { PeerText(bytes: $0) },
            maximumEarlyData: session.maxEarlyData,
            ticketBytes: session.ticket.count,
            peerChain: peerChain.isEmpty ? session.peerCertificate.map { [$0] } ?? [] : peerChain,
            staple: staple,
            isResumable: session.isResumable
        )
    }
}
