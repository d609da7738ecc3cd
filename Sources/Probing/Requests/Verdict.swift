/// What is known of one thing a peer may support.
public enum Verdict: Hashable, Sendable {
    /// The peer chose it.
    case supported
    /// The peer said no, or ends every connection that asks while it serves others.
    case rejected
    /// Not the whole of it was asked for, and the peer said no to each of the `asked` suites that were: it may support the
    /// version with others.
    case noneAccepted(asked: Int)
    /// Nobody knows; `reason` says why, in words of ours.
    case inconclusive(reason: String)

    /// Nothing has settled it so far.
    public static let unsettled = inconclusive(reason: "the question is still open")

    /// A stable word for reports.
    public var id: String {
        switch self {
        case .supported: "supported"
        case .rejected: "rejected"
        case .noneAccepted: "none-accepted"
        case .inconclusive: "inconclusive"
        }
    }

    /// Why, where the verdict doesn't speak for itself.
    public var reason: String? {
        switch self {
        case .supported, .rejected: nil
        case .noneAccepted(asked: 1): "the only suite asked for is not accepted"
        case .noneAccepted(let asked): "none of the \(asked) suites asked for is accepted"
        case .inconclusive(let reason): reason
        }
    }
}
