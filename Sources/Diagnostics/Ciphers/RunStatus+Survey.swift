import Probing
import TLSWire
import Transport

extension RunStatus {
    /// Nothing on the other side speaks TLS.
    init(nothingSpoken reachability: Reachability, target: Target) {
        let name = target.input
        switch reachability {
        // There is a result then, and its status is another.
        case .tls: self = .ok
        case .notTLS(let prefix):
            let opening = StreamOpening(prefix)
            self.init(
                exit: .noSession,
                kind: "not-tls",
                reason: "\(name) does not speak TLS on this port: it answered with \(opening.name)",
                hint: Self.startsPlain(opening)
                    ? "a protocol that may begin TLS later: try --starttls auto"
                    : "check the port; TLS is usually on 443"
            )
        case .silent:
            self.init(
                exit: .incomplete,
                kind: "incomplete:timeout",
                reason: "\(name) accepts connections and says nothing",
                hint: "perhaps it waits for another protocol; --probe-timeout waits longer"
            )
        case .closed:
            self.init(
                exit: .noSession,
                kind: "closed",
                reason: "\(name) closes every connection without a word",
                hint: "perhaps it wants a server name: try --sni NAME"
            )
        case .reset:
            self.init(
                exit: .noSession,
                kind: "reset",
                reason: "\(name) resets every connection without a word",
                hint: "a firewall, or a server that wants a server name: try --sni NAME"
            )
        case .unreachable(let error) where error.kind == .reset: self.init(nothingSpoken: .reset, target: target)
        case .unreachable(let error):
            self.init(unreachable: error, target: target)
        case .notAsked(let reason):
            self.init(
                exit: .incomplete,
                kind: "incomplete:\(reason.rawValue)",
                reason: "\(name) had not answered a single hello when \(reason.clause)",
                hint: reason == .connectionLimit ? "raise --max-connections" : "raise --timeout"
            )
        }
    }

    /// The greeting of a protocol that has STARTTLS.
    private static func startsPlain(_ opening: StreamOpening) -> Bool {
        switch opening {
        case .smtp, .ftp, .pop3, .imap: true
        default: false
        }
    }

    /// The server speaks TLS and refuses every version of it that there is.
    init(refused versions: [VersionSupport], target: Target) {
        let answers = Set(versions.compactMap(\.answer)).sorted()
        let alert = answers.isEmpty ? "" : ", with \(answers.joined(separator: " or "))"
        self.init(
            exit: .noSession,
            kind: "no-version",
            reason: "\(target.input) refuses every version from SSL 2.0 to TLS 1.3\(alert)",
            hint: answers.isEmpty
                ? "perhaps it wants a name: try --sni NAME; 'sechan connect \(target.input)' shows the alert that it refuses with"
                : "perhaps it wants a name, or another one: try --sni NAME"
        )
    }

    /// Something stayed open: `parts` are versions and aspects.
    init(incomplete parts: [String], _ spending: ProbeSpending) {
        let why = spending.stopped?.rawValue ?? spending.slowdowns.first?.rawValue ?? "unanswered"
        self.init(
            exit: .incomplete,
            kind: "incomplete:\(why)",
            reason: "not all is known of \(parts.joined(separator: ", "))"
                + (spending.stopped.map { ": \($0.text)" } ?? ""),
            hint: Self.hint(stopped: spending.stopped)
        )
    }

    private static func hint(stopped reason: StopReason?) -> String {
        switch reason {
        case .connectionLimit: "raise --max-connections"
        case .deadline: "give it a longer --timeout, and more at once where --rate, --delay or --polite hold it back"
        default: "try again with --polite, --probe-timeout 15s or a longer --timeout"
        }
    }

    /// The server accepts more than a list allows; nil if it doesn't.
    init?(violated expectation: ExpectationResult) {
        guard let first = expectation.beyond.first else { return nil }
        let count = expectation.beyond.count
        let place = first.version.map { " in \($0)" } ?? ""
        self.init(
            exit: .violation,
            kind: "expectation",
            reason: count == 1
                ? "the server accepts \(first.name)\(place), which \(expectation.source) does not allow"
                : "the server accepts \(count) suites that \(expectation.source) does not allow, such as \(first.name)\(place)",
            hint: "disable what is not allowed on the server, or allow it in the list"
        )
    }
}

extension StopReason {
    /// The reason as the end of a sentence.
    fileprivate var clause: String {
        switch self {
        case .connectionLimit: "the limit on connections was reached"
        case .deadline: "the time was up"
        case .cancelled: "it was stopped"
        case .throttled: "it stopped answering"
        }
    }
}
