/// What is known of one thing a peer may support.
public enum Verdict: Hashable, Sendable {
    /// The peer chose it.
    case supported
    /// The peer said no, or ends every connection that asks while it serves others.
    case rejected
    /// Nobody knows; `reason` says why, in words of ours.
    case inconclusive(reason: String)

    /// A stable word for reports.
    public var id: String {
        switch self {
        case .supported: "supported"
        case .rejected: "rejected"
        case .inconclusive: "inconclusive"
        }
    }

    /// Why, where the verdict doesn't speak for itself.
    public var reason: String? {
        guard case .inconclusive(let reason) = self else { return nil }
        return reason
    }
}

extension Verdict: Codable {
    private enum Key: String, CodingKey {
        case verdict
        case reason
    }

    /// Reads `{"verdict": …, "reason": …}`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        switch try container.decode(String.self, forKey: .verdict) {
        case "supported": self = .supported
        case "rejected": self = .rejected
        case "inconclusive":
            self = .inconclusive(reason: try container.decodeIfPresent(String.self, forKey: .reason) ?? "")
        default:
            throw DecodingError.dataCorruptedError(forKey: .verdict, in: container, debugDescription: "unknown verdict")
        }
    }

    /// Writes `{"verdict": …, "reason": …}`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(id, forKey: .verdict)
        try container.encode(reason, forKey: .reason)
    }
}
