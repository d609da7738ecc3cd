import ClassicTLS
import LibSSL
import TLSParameters

extension SavedSession {
    /// Reads what ``bytes`` of another saved session hold; nil when that is no session.
    public init?(bytes: [UInt8], serverName: String? = nil, peerChain: [[UInt8]] = [], staple: [UInt8]? = nil) {
        if let session = ClassicSession(serialised: bytes) {
            self.init(bytes: bytes, session, serverName: serverName, peerChain: peerChain, staple: staple)
            return
        }
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

/// Sessions of the classic engine.
extension SavedSession {
    private init(
        bytes: [UInt8],
        _ session: ClassicSession,
        serverName: String?,
        peerChain: [[UInt8]],
        staple: [UInt8]?
    ) {
        let hasTicket = !session.ticket.isEmpty
        self.init(
            bytes: bytes,
            version: session.version,
            suite: session.cipherSuite,
            mechanism: hasTicket ? .ticket : .sessionID,
            created: session.created,
            timeout: session.timeout,
            lifetimeHint: hasTicket ? Int(session.lifetimeHint) : nil,
            serverName: serverName ?? session.serverName.map { String(decoding: $0, as: UTF8.self) },
            applicationProtocol: session.applicationProtocol.isEmpty
                ? nil : PeerText(bytes: session.applicationProtocol),
            maximumEarlyData: 0,
            ticketBytes: session.ticket.count,
            peerChain: peerChain.isEmpty ? session.peerChain : peerChain,
            staple: staple,
            isResumable: hasTicket || !session.id.isEmpty
        )
    }

    /// Whether the classic engine made it: libssl can't read it, and the other way round.
    var isClassic: Bool { ClassicSession(serialised: bytes) != nil }

    /// Throws unless the session is one of the engine that is to resume it.
    func require(isClassic wanted: Bool) throws(CredentialError) {
        guard isClassic != wanted else { return }
        throw CredentialError(
            .badSession,
            wanted
                ? "the saved session is one of libssl's, and this connection needs the classic engine"
                : "the saved session is one of the classic engine's (--engine classic)"
        )
    }

    /// The id by which the server knows it; empty without one.
    var id: [UInt8] {
        ClassicSession(serialised: bytes)?.id ?? (try? SSLSessionHandle(deserialising: bytes))?.id ?? []
    }
}
