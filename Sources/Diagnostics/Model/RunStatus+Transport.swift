import Glibc
import TLSParameters
import Transport

extension RunStatus {
    /// What a connection that was never made means for the run.
    init(unreachable error: TransportError, target: Target) {
        let place = error.endpoint.map { "\($0)" } ?? target.input
        switch error.kind {
        case .dns:
            self.init(
                exit: .unreachable,
                kind: "dns",
                reason: "\(target.host ?? target.input) has no address: \(error.detail)",
                hint: "check the spelling (and -4 or -6, if given), or dial an address with --connect-to"
            )
        case .refused:
            self.init(
                exit: .unreachable,
                kind: "refused",
                reason: Self.missingSocket(target) ?? "\(place) refused the connection",
                hint: Self.hint(refusedBy: target)
            )
        case .reset:
            // Whoever resets a connection has taken it (else it were refused); how far this end was makes no difference.
            self.init(
                exit: .noSession,
                kind: "reset",
                reason: "\(place) reset the connection without a word",
                hint: "a firewall, or a server that wants a server name: try --sni NAME"
            )
        case .timedOut:
            self.init(
                exit: .unreachable,
                kind: "timeout",
                reason: "\(place) did not answer in time: \(error.detail)",
                hint: "a firewall may drop the packets; try --connect-timeout 30s or another address with --connect-to"
            )
        case .unreachable:
            self.init(
                exit: .unreachable,
                kind: "unreachable",
                reason: "\(place) can't be reached: \(error.detail)",
                hint: "try -4 or -6 if the network has only one of them"
            )
        case .localResources:
            self.init(
                exit: .internalFault,
                kind: "local-resources",
                reason: "this machine ran out of something: \(error.detail)",
                hint: "raise 'ulimit -n' or lower --concurrency"
            )
        case .cancelled:
            self.init(exit: .incomplete, kind: "incomplete:cancelled", reason: "stopped before \(place) answered")
        case .negotiationRefused, .busy, .negotiationFailed, .negotiationTimedOut, .proxyRefused, .proxyFailed:
            self.init(beforeTLS: error, place: place)
        default:
            self.init(
                exit: .unreachable,
                kind: error.kind.statusKind,
                reason: "\(place): \(error.detail)"
            )
        }
    }
}

extension RunStatus {
    /// That there is no such socket; nil where there is, or the target is none.
    private static func missingSocket(_ target: Target) -> String? {
        guard case .unix(let path) = target.place, access(path, F_OK) != 0 else { return nil }
        return "can't connect to '\(PeerText(path).encoded(for: .terminal))': \(String(cString: strerror(errno)))"
    }

    private static func hint(refusedBy target: Target) -> String {
        switch target.place {
        case .unix: "no server listens on that socket; check the path, and that the server runs"
        case .network(let host, 443):
            "nothing listens there; name the server's port, as in \(host.contains(":") ? "[\(host)]" : host):8443"
        case .network(_, let port): "nothing listens on port \(port); check the port and that the server runs"
        }
    }
}

extension TransportError.Kind {
    /// The stable word for scripts.
    var statusKind: String {
        switch self {
        case .timedOut: "timeout"
        case .localResources: "local-resources"
        case .negotiationRefused: "starttls:refused"
        case .negotiationFailed: "starttls:failed"
        case .negotiationTimedOut: "incomplete:timeout"
        case .proxyRefused: "proxy:refused"
        case .proxyFailed: "proxy:failed"
        case .dns, .refused, .unreachable, .reset, .closed, .busy, .permission, .cancelled, .other: rawValue
        }
    }
}
