import Transport

/// What all observations together say about the other side.
struct ReachabilityTally: Sendable {
    private(set) var hasTLS = false
    private var foreign: [UInt8]?
    private var hasTimedOut = false
    private var hasClosed = false
    private var hasReset = false
    private var unreachable: TransportError?
    private var stopped: StopReason?

    mutating func count(_ observation: Observation) {
        isEmpty = false
        if observation.isTLS { hasTLS = true }
        switch observation {
        case .notTLS(let prefix): foreign = foreign ?? prefix
        case .timedOut, .cutOff(.timedOut, _, _): hasTimedOut = true
        case .closed, .cutOff(.closed, _, _): hasClosed = true
        case .reset, .cutOff(.reset, _, _): hasReset = true
        case .unreachable(let error): unreachable = unreachable ?? error
        case .notAsked(let reason): stopped = stopped ?? reason
        default: break
        }
    }

    /// Nothing was observed so far.
    private(set) var isEmpty = true

    /// Connections stand, and nothing else ever came of any of them than a deadline that passed.
    var isSilent: Bool { hasTimedOut && !hasTLS && foreign == nil && !hasClosed && !hasReset }

    var reachability: Reachability {
        if hasTLS { return .tls }
        if let foreign { return .notTLS(prefix: foreign) }
        if hasTimedOut { return .silent }
        if hasClosed { return .closed }
        if hasReset { return .reset }
        if let unreachable { return .unreachable(unreachable) }
        return .notAsked(stopped ?? .cancelled)
    }
}
