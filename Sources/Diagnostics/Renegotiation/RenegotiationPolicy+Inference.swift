extension RenegotiationPolicy {
    /// What rows of one kind on one connection add up to; nil if nothing of the kind was tried.
    init?(_ attempts: [RenegotiationAttempt], of action: RenegotiationAttempt.Action, asked: Int) {
        let rows = attempts.filter { $0.action == action && $0.answer != .notTried }
        guard let last = rows.last else { return nil }
        let honoured = rows.count { $0.answer == .honoured }
        switch last.answer {
        case .honoured:
            self.init(kind: .allows, asked: asked, honoured: honoured, ending: nil, detail: nil)
        case .silence, .unconfirmed:
            self.init(kind: .unclear, asked: asked, honoured: honoured, ending: last.answer, detail: last.detail)
        default:
            self.init(
                kind: honoured > 0 ? .stops : .refuses,
                asked: asked,
                honoured: honoured,
                ending: last.answer,
                detail: last.detail
            )
        }
    }

    /// The policy in words that follow the peer's name; `asker` is who asked for the renegotiation.
    func sentence(asker: String) -> String {
        let times = honoured == 1 ? "once" : "\(honoured) times"
        switch kind {
        case .allows: return "renegotiates when the \(asker) asks (\(times) of \(asked))"
        case .stops: return "renegotiates when the \(asker) asks, and stops after \(honoured): \(end)"
        case .refuses:
            switch ending {
            case .refusedByAlert: return "refuses to renegotiate with the alert \(detail ?? "no_renegotiation")"
            case .closed: return "closes the connection when asked to renegotiate"
            case .reset: return "resets the connection when asked to renegotiate"
            case .ignored: return "ignores a request to renegotiate"
            default: return "breaks off when asked to renegotiate"
            }
        case .unclear:
            guard honoured > 0 else { return "did not say whether it renegotiates" }
            return "renegotiates when the \(asker) asks, and said nothing more after \(honoured)"
        }
    }

    private var end: String {
        switch ending {
        case .refusedByAlert: "refuses with \(detail ?? "no_renegotiation")"
        case .closed: "closes"
        case .reset: "resets"
        case .ignored: "ignores the next"
        default: "breaks off"
        }
    }
}

extension RenegotiationVerdict {
    /// A server that has RFC 5746, and does not insist on it.
    static let withoutSignal = RenegotiationVerdict(
        kind: .insecure,
        text: "it renegotiates with clients without RFC 5746: somebody in between can put data before such a client's"
    )

    /// What a server's policy means; `isSecure` is RFC 5746, `hasOlderVersions` whether there was anything to ask.
    init(server policy: RenegotiationPolicy?, isSecure: Bool?, onlyModern: Bool) {
        guard let policy else {
            self =
                onlyModern
                ? RenegotiationVerdict(
                    kind: .notApplicable,
                    text: "TLS 1.3 has no renegotiation, and nothing older was spoken"
                ) : .open
            return
        }
        if policy.honoured > 0, isSecure == false {
            self.init(
                kind: .insecure,
                text: "it renegotiates without RFC 5746: somebody in between can put data before a client's"
            )
            return
        }
        switch policy.kind {
        case .refuses: self.init(kind: .refused, text: "a client can't make it renegotiate")
        case .stops:
            let times = policy.honoured == 1 ? "once" : "\(policy.honoured) times"
            self.init(kind: .limited, text: "a client can make it renegotiate \(times) a connection, safely")
        case .allows:
            let times = policy.honoured == 1 ? "once" : "\(policy.honoured) times"
            self.init(
                kind: .unlimited,
                text:
                    "a client can make it renegotiate at least \(times) a connection, safely; --count looks for a limit"
            )
        case .unclear: self = .open
        }
    }

    /// What a client's policy means.
    init(client policy: RenegotiationPolicy?, isSecure: Bool?) {
        guard let policy else {
            self.init(kind: .notApplicable, text: "TLS 1.3 has no renegotiation")
            return
        }
        if policy.honoured > 0, isSecure == false {
            self.init(kind: .insecure, text: "it renegotiates with a server without RFC 5746")
            return
        }
        switch policy.kind {
        case .refuses: self.init(kind: .refused, text: "a server can't make it renegotiate")
        case .stops:
            self.init(
                kind: .limited,
                text:
                    "a server can make it renegotiate \(policy.honoured == 1 ? "once" : "\(policy.honoured) times"), safely"
            )
        case .allows: self.init(kind: .unlimited, text: "a server can make it renegotiate, safely")
        case .unclear: self = .open
        }
    }
}
