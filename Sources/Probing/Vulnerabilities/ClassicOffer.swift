public import TLSParameters
import TLSWire

/// What a check offers a server so that it gets as far as its flight: a version up to TLS 1.2 that it speaks, and suites that
/// it accepts there.
public struct ClassicOffer: Hashable, Sendable {
    /// The version.
    public var version: ProtocolVersion
    /// Suites that the server accepts in that version.
    public var suites: [CipherSuite]
    /// The name to send; nil sends none.
    public var serverName: String?
    /// Makes the randoms.
    public var seed: UInt64

    /// An offer.
    public init(version: ProtocolVersion, suites: [CipherSuite], serverName: String?, seed: UInt64) {
        self.version = version
        self.suites = suites
        self.serverName = serverName
        self.seed = seed
    }

    /// The hello; `number` tells those of one check apart.
    func hello(_ number: Int, sessionID: [UInt8] = [], extensions: [Extension] = []) -> [UInt8] {
        var template = PlainHello(serverName: serverName).template(version, suites: suites)
        template.additionalExtensions += extensions
        var bytes = SeededBytes(seed: seed &+ UInt64(number))
        return template.record(random: bytes.next(32), sessionID: sessionID)
    }

    /// A record that no server expects before the handshake is over: it decrypts to nothing, and has no place in the clear.
    static func stray(_ version: ProtocolVersion) -> [UInt8] {
        // Finished, with twelve bytes that fit nothing (RFC 5246 §7.4.9), filled up to whole blocks of any cipher.
        let fragment: [UInt8] = [0x14, 0x00, 0x00, 0x0C] + [UInt8](repeating: 0x5A, count: 60)
        return TLSRecord(type: .handshake, version: version, fragment: fragment).bytes
    }

    static func changeCipherSpec(_ version: ProtocolVersion) -> [UInt8] {
        TLSRecord(type: .change_cipher_spec, version: version, fragment: [1]).bytes
    }
}
