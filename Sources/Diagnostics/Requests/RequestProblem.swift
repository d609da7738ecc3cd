import TLSParameters

/// A request that can't be carried out as it was made: found before anything is sent.
public struct RequestProblem: Error, Hashable, Sendable {
    /// What is wrong; lower case, no full stop.
    public let reason: String
    /// What to do about it.
    public let hint: String?

    /// A problem and a way out of it. What a user wrote may stand in both as it is: control characters become escapes
    /// here, so that each stays one line and none of it reaches a terminal.
    public init(reason: String, hint: String? = nil) {
        self.reason = PeerText(reason).encoded(for: .terminal)
        self.hint = hint.map { PeerText($0).encoded(for: .terminal) }
    }
}
