/// What a premaster secret looks like before it is encrypted: the five forms that tell a Bleichenbacher oracle.
///
/// Böck, Somorovsky, Young: Return Of Bleichenbacher's Oracle Threat (ROBOT), 2018, §3.1; RFC 5246 §7.4.7.1.
enum BleichenbacherVector: Int, CaseIterable, Hashable, Sendable {
    /// As RFC 8017 §7.2.1 has it, with the version that the client offered.
    case proper
    /// The first two bytes are wrong.
    case wrongType
    /// The zero stands where it makes the secret one byte too long.
    case misplacedZero
    /// There is no zero at all.
    case noZero
    /// All is well but the version.
    case wrongVersion

    /// The form as long as a modulus of `count` bytes; nil for one that is too short to hold it.
    func block(_ count: Int, version: UInt16) -> [UInt8]? {
        let secretCount = 48
        guard count >= secretCount + 11 else { return nil }
        // Padding without a zero, and a secret that nobody needs to know.
        let padding = (0..<count - secretCount - 3).map { UInt8(1 + ($0 * 37) % 255) }
        let secret = [UInt8(version >> 8), UInt8(version & 0xFF)] + (0..<46).map { UInt8(1 + ($0 * 61) % 255) }
        var block = [0x00, 0x02] + padding + [0x00] + secret
        let zero = count - secretCount - 1
        switch self {
        case .proper: break
        case .wrongType: block.replaceSubrange(0..<2, with: [0x41, 0x17])
        case .misplacedZero:
            block[zero] = 0x11
            block[zero - 1] = 0x00
        case .noZero:
            block[zero] = 0x11
            // The version's own bytes hold none either: 3 and at most 3; a zero minor would be SSL 3.0's.
            if block[zero + 2] == 0 { block[zero + 2] = 0x11 }
        case .wrongVersion: block.replaceSubrange(zero + 1..<zero + 3, with: [0x02, 0x02])
        }
        return block
    }
}

/// A server's RSA key as far as a check needs it: raising to its exponent is the caller's, for there is no arithmetic here.
public struct RawRSAKey: Sendable {
    /// The length of the modulus in bytes.
    public var byteCount: Int
    /// A block of that length raised to the public exponent, without padding; nil if that fails.
    public var encrypt: @Sendable (_ block: [UInt8]) -> [UInt8]?

    /// A key.
    public init(byteCount: Int, encrypt: @escaping @Sendable (_ block: [UInt8]) -> [UInt8]?) {
        self.byteCount = byteCount
        self.encrypt = encrypt
    }
}
