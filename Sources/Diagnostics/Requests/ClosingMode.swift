/// How `shutdown` ends a session.
public enum ClosingMode: String, Codable, Sendable, CaseIterable {
    /// close_notify, then it waits for the peer's before it closes the connection.
    case bidirectional
    /// close_notify and FIN at once, as most clients do.
    case sendOnly = "send-only"
    /// A request, and behind it close_notify: does the peer still answer? Once more with a FIN behind that.
    case half
    /// RST, without a word: does the server still resume the session?
    case abort
}
