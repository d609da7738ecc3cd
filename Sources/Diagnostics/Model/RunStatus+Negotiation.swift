import TLSParameters
import Transport

extension RunStatus {
    /// What a connection means that stood, and on which TLS could never begin: a STARTTLS dialogue or a proxy was in the way.
    init(beforeTLS error: TransportError, place: String) {
        let reason = "\(place): \(error.detail)" + Self.quoted(error.said)
        switch error.kind {
        case .negotiationRefused:
            self.init(
                exit: .noSession,
                kind: "starttls:refused",
                reason: reason,
                hint: "another port may speak TLS at once, or STARTTLS has to be switched on in the server"
            )
        case .busy:
            self.init(
                exit: .incomplete,
                kind: "busy",
                reason: reason,
                hint: "that says nothing on TLS; try again later, or with fewer connections at a time"
            )
        case .negotiationTimedOut:
            self.init(
                exit: .incomplete,
                kind: "incomplete:timeout",
                reason: reason,
                hint: "--timeout waits longer; a server that waits for TLS at once says nothing either"
            )
        case .proxyRefused:
            self.init(
                exit: .unreachable,
                kind: "proxy:refused",
                reason: reason,
                hint: "that is the proxy's word; whether the target can be reached is not known"
            )
        case .proxyFailed:
            self.init(
                exit: .unreachable,
                kind: "proxy:failed",
                reason: reason,
                hint: "check the address and the scheme in --proxy"
            )
        default:
            self.init(
                exit: .noSession,
                kind: "starttls:failed",
                reason: reason,
                hint: "check the port, and the protocol that --starttls or the target's scheme names"
            )
        }
    }

    /// The most of a peer's words that a sentence repeats.
    private static let quoteLimit = 200

    /// A peer's words behind a sentence of ours; nothing if there are none.
    private static func quoted(_ said: [UInt8]) -> String {
        var words = said[...]
        while let last = words.last, last == 0x0a || last == 0x0d { words = words.dropLast() }
        guard !words.isEmpty else { return "" }
        let text = PeerText(bytes: words.prefix(quoteLimit)).encoded(for: .terminal)
        return ": \"\(text)\(words.count > quoteLimit ? "…" : "")\""
    }
}
