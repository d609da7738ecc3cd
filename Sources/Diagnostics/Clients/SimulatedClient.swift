/// What a known client would negotiate with a server, worked out from what the server is known to speak.
public struct SimulatedClient: Codable, Hashable, Sendable {
    /// What it comes to.
    public enum Verdict: String, Codable, Sendable, CaseIterable {
        /// A session stands.
        case connects
        /// Nothing in common.
        case fails
        /// What is known of the server doesn't tell.
        case undetermined = "not-determined"
    }

    /// The client and its version, such as `Firefox 128 ESR`.
    public var name: String
    /// When that version appeared: a month, such as `2024-07`.
    public var date: String
    /// Where what it offers is known from.
    public var source: String
    /// What it comes to.
    public var verdict: Verdict
    /// Why, where the verdict does not speak for itself; nil where it does.
    @Nullable public var reason: String?
    /// `tls1.3`, …; nil without a session.
    @Nullable public var version: String?
    /// The suite's IANA name; nil without a session, or where it isn't known.
    @Nullable public var suite: String?
    /// The group; nil without one, or where it isn't known.
    @Nullable public var group: String?
    /// Whether recorded sessions stay secret if the server's key is lost; nil where the suite isn't known.
    @Nullable public var forwardSecrecy: Bool?

    /// A client's fate.
    public init(name: String, date: String, source: String = "", verdict: Verdict, reason: String? = nil) {
        self.name = name
        self.date = date
        self.source = source
        self.verdict = verdict
        self.reason = reason
    }
}
