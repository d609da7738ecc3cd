/// How a run of `sechan` ended, as a number for the shell.
///
/// The numbers are a promise: they are documented in every manual page and never renumbered.
public enum ExitStatus: Hashable, Sendable {
    /// 0: everything asked for ran, and passed.
    case ok
    /// 1: a policy or an expectation was violated.
    case violation
    /// 2: usage or configuration error; nothing was sent.
    case usage
    /// 3: the peer was not reached: name, route, refusal, TCP timeout.
    case unreachable
    /// 4: reached, but no TLS session: an alert, a protocol error, not TLS.
    case noSession
    /// 5: the certificate was not accepted.
    case certificate
    /// 6: something stayed inconclusive; a deadline or throttling cut it short.
    case incomplete
    /// 70: a fault of our own.
    case internalFault
    /// 128+n: ended by signal n, after what was known was written.
    case interrupted(signal: Int32)

    /// Every status but the signals, in numerical order: what the manual pages list.
    public static let documented: [ExitStatus] = [
        .ok, .violation, .usage, .unreachable, .noSession, .certificate, .incomplete, .internalFault,
    ]

    /// The number that the shell sees.
    public var code: Int32 {
        switch self {
        case .ok: 0
        case .violation: 1
        case .usage: 2
        case .unreachable: 3
        case .noSession: 4
        case .certificate: 5
        case .incomplete: 6
        case .internalFault: 70
        case .interrupted(let signal): 128 + signal
        }
    }

    /// The status for a number, or nil if no status has it.
    public init?(code: Int32) {
        if let known = Self.documented.first(where: { $0.code == code }) {
            self = known
        } else if (129...192).contains(code) {
            self = .interrupted(signal: code - 128)
        } else {
            return nil
        }
    }

    /// The one status of a run with several targets: the first that applies of 128+n, 70, 2, 5, 4, 3, 1, 6, else 0.
    public static func combined(_ statuses: [ExitStatus]) -> ExitStatus {
        if let signal = statuses.first(where: { $0.code > 128 }) { return signal }
        let order: [ExitStatus] = [
            .internalFault, .usage, .certificate, .noSession, .unreachable, .violation, .incomplete,
        ]
        return order.first { statuses.contains($0) } ?? .ok
    }
}

extension ExitStatus: Codable {
    /// Reads the number; an unknown one is a decoding error.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let code = try container.decode(Int32.self)
        guard let status = ExitStatus(code: code) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no exit status \(code)")
        }
        self = status
    }

    /// Writes the number.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(code)
    }
}
