/// What was asked of a context and what it has: Schannel's `ISC_REQ_…` and `ISC_RET_…` of a client, `ASC_REQ_…` and
/// `ASC_RET_…` of a server (lifecycle table 1.2).
public struct FlagAttributes: Codable, Hashable, Sendable {
    /// What the credential and the engine ask for, by name and bit.
    public var requested: [NamedCode]
    /// What the channel has; until it stands nothing but, after a failure, the alert. It is for the caller to say whether
    /// that suffices.
    public var obtained: [NamedCode]

    /// What was asked for and isn't there, in the order of the request.
    public var missing: [NamedCode] {
        requested.filter { !obtained.contains($0) }
    }
}

/// One of the flags.
enum ContextFlag: String, CaseIterable {
    case mutualAuthentication = "MUTUAL_AUTH"
    case replayDetection = "REPLAY_DETECT"
    case sequenceDetection = "SEQUENCE_DETECT"
    case confidentiality = "CONFIDENTIALITY"
    case integrity = "INTEGRITY"
    case suppliedCredentials = "USE_SUPPLIED_CREDS"
    case sessionTicket = "SESSION_TICKET"
    case extendedError = "EXTENDED_ERROR"
    case stream = "STREAM"
    case manualValidation = "MANUAL_CRED_VALIDATION"
    case noPostHandshakeAuthentication = "NO_POST_HANDSHAKE_AUTH"

    /// The bit (sspi.h); nil for an end that has no such flag.
    func bit(for role: Role) -> UInt64? {
        let bits: (client: UInt64?, server: UInt64?) =
            switch self {
            case .mutualAuthentication: (0x2, 0x2)
            case .replayDetection: (0x4, 0x4)
            case .sequenceDetection: (0x8, 0x8)
            case .confidentiality: (0x10, 0x10)
            case .integrity: (0x1_0000, 0x2_0000)
            case .suppliedCredentials: (0x80, nil)
            case .sessionTicket: (nil, 0x40)
            case .extendedError: (0x4000, 0x8000)
            case .stream: (0x8000, 0x1_0000)
            case .manualValidation: (0x8_0000, nil)
            case .noPostHandshakeAuthentication: (0x4_0000_0000, nil)
            }
        return role == .client ? bits.client : bits.server
    }

    /// The flag of an end as reports write it; nil for an end that has no such flag.
    func code(for role: Role) -> NamedCode? {
        bit(for: role).map { bit in
            let digits = String(bit, radix: 16, uppercase: true)
            let padding = String(repeating: "0", count: max(0, 8 - digits.count))
            return NamedCode(codePoint: "0x\(padding)\(digits)", name: rawValue)
        }
    }
}
