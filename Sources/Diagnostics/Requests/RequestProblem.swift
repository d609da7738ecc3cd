/// A request that can't be carried out as it was made: found before anything is sent.
public struct RequestProblem: Error, Hashable, Sendable {
    /// What is wrong; lower case, no full stop.
    public var reason: String
    /// What to do about it.
    public var hint: String?

    /// A problem and a way out of it.
    public init(reason: String, hint: String? = nil) {
        self.reason = reason
        self.hint = hint
    }
}
