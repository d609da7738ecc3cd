import TLSParameters

/// How one target's run ended: a number for the shell, a stable word for scripts, a sentence for people.
public struct RunStatus: Codable, Hashable, Sendable {
    /// The exit status.
    public var exit: ExitStatus
    /// Stable text to branch on: `ok`, `dns`, `refused`, `timeout`, `reset`, `not-tls`, `alert:handshake_failure`,
    /// `verify:expired`, `incomplete:throttled`, `usage`, … `docs/status.md` lists them all.
    public var kind: String
    /// One sentence, lower case, without a full stop; nil when all is well.
    @Nullable public var reason: String?
    /// What to try next, as a sentence or a command; nil when there is nothing to add.
    @Nullable public var hint: String?

    /// Everything asked for ran, and passed.
    public static let ok = RunStatus(exit: .ok, kind: "ok")

    /// A status from its parts. Control characters, as in the path of a socket, become escapes: each stays one line.
    public init(exit: ExitStatus, kind: String, reason: String? = nil, hint: String? = nil) {
        self.exit = exit
        self.kind = kind
        self.reason = reason.map { PeerText($0).encoded(for: .terminal) }
        self.hint = hint.map { PeerText($0).encoded(for: .terminal) }
    }
}
