import LibSSL
import TLSParameters

/// The 48 bytes from which a session's keys are made.
enum MasterSecret {
    /// How many there are.
    static let byteCount = 48

    /// From the premaster secret and both randoms: RFC 6101 section 6.1, RFC 5246 section 8.1.
    static func make(
        version: ProtocolVersion,
        function: PseudorandomFunction,
        premaster: [UInt8],
        clientRandom: [UInt8],
        serverRandom: [UInt8]
    ) throws(LibraryError) -> [UInt8] {
        let seed = clientRandom + serverRandom
        guard version > .ssl3 else {
            return try SSL3Derivation.expand(secret: premaster, seed: seed, count: byteCount)
        }
        return try function.output(secret: premaster, label: "master secret", seed: seed, count: byteCount)
    }

    /// From the premaster secret and the hash of the handshake up to ClientKeyExchange: RFC 7627 section 4.
    static func makeExtended(
        function: PseudorandomFunction,
        premaster: [UInt8],
        sessionHash: [UInt8]
    ) throws(LibraryError) -> [UInt8] {
        try function.output(
            secret: premaster,
            label: "extended master secret",
            seed: sessionHash,
            count: byteCount
        )
    }
}
