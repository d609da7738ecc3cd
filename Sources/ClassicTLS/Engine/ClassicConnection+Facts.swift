import LibSSL
package import TLSParameters
import TLSWire

/// What is known of a connection: of the handshake under way, or else of the one that stands.
extension ClassicConnection {
    private var exchange: HandshakeExchange? { machine?.exchange ?? standing?.exchange }

    /// The version, once it is agreed on.
    package var version: ProtocolVersion? { exchange?.version }
    /// Whether the handshake resumes a session.
    package var isResumed: Bool { exchange?.isResumed ?? false }
    /// The peer's chain (DER), leaf first; that of the session, if one is resumed, and that of a first handshake that failed.
    package var peerChain: [[UInt8]] { exchange?.peerChain ?? chainBeforeFailure }
    /// The stapled OCSP response (DER); nil without one.
    package var stapledOCSP: [UInt8]? { exchange?.staple }
    /// The names (DER) of the authorities that the peer accepts certificates from.
    package var peerAuthorityNames: [[UInt8]] { exchange?.acceptedIssuers ?? [] }
    /// The name that the client asks for.
    package var serverName: [UInt8]? { exchange?.serverName }
    /// The protocol chosen by ALPN; nil without one.
    package var applicationProtocol: [UInt8]? {
        exchange.flatMap { $0.applicationProtocol.isEmpty ? nil : $0.applicationProtocol }
    }
    /// The name of the pre-shared key in use; nil without one.
    package var pskIdentity: [UInt8]? { exchange?.pskIdentity }
    /// The client's random bytes; empty before there are any.
    package var clientRandom: [UInt8] { exchange?.clientRandom ?? [] }
    /// The server's random bytes; empty before there are any.
    package var serverRandom: [UInt8] { exchange?.serverRandom ?? [] }
    /// This end's last Finished; empty before there is one.
    package var ownFinished: [UInt8] { exchange?.ownVerifyData ?? [] }
    /// The peer's last Finished; empty before there is one.
    package var peerFinished: [UInt8] { exchange?.peerVerifyData ?? [] }
    /// The length of fragments that was agreed on (RFC 6066 section 4); nil is the protocol's own.
    package var fragmentLength: MaxFragmentLength? { exchange?.fragmentLength }
    /// Whether the peer speaks RFC 5746.
    package var peerSupportsSecureRenegotiation: Bool { exchange?.peerIsSecure ?? false }
    /// How this end signed; nil when it signed nothing.
    package var ownSignature: SignatureForm? { exchange?.ownSignature }
    /// How the peer signed; nil when it signed nothing.
    package var peerSignature: SignatureForm? { exchange?.peerSignature }

    /// Where the handshake stands, in a few words.
    package var stateText: String {
        if failure != nil { return "failed" }
        guard let machine else { return standing == nil ? "before the handshake" : "handshake complete" }
        return machine.stateText
    }

    /// Keying material from the master secret (RFC 5705 section 4); TLS only.
    ///
    /// - Throws: `unsupported` in SSL 3.0 and before the handshake is over.
    package func exportKeyingMaterial(
        label: String,
        context: [UInt8]?,
        count: Int
    ) throws(ClassicError) -> [UInt8] {
        guard let exchange = standing?.exchange, let version = exchange.version, version > .ssl3 else {
            throw ClassicError(.unsupported, "SSL 3.0 has no exporter (RFC 5705)", alert: nil)
        }
        var seed = ByteWriter()
        seed.writeBytes(exchange.clientRandom + exchange.serverRandom)
        if let context { seed.writeOpaque(.two, context) }
        let function = try exchange.function()
        return try library("no keying material") { () throws(LibraryError) in
            try function.output(secret: exchange.masterSecret, label: label, seed: seed.bytes, count: count)
        }
    }
}
