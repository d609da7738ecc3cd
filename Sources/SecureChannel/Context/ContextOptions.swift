/// What differs from connection to connection under one credential.
public struct ContextOptions: Sendable {
    /// A client's SNI instead of the credential's.
    public var serverName: String?
    /// A session to resume.
    public var session: SavedSession?
    /// How many bytes of tokens the legs keep, for a hex dump; 0 keeps none, only their counts.
    public var keptBytes = 256 * 1024
    /// How many legs are kept, and how many events; later ones are only counted, in ``TransportAttributes``.
    public var keptLegs = 2_000
    /// How many records are kept in all legs together, the messages within them counted too; at most 20,000 in one leg.
    public var keptRecords = 20_000
    /// Whether secrets come out as key log lines.
    public var revealsSecrets = false
    /// The time since the context was made, in seconds; nil uses the monotonic clock.
    public var clock: (@Sendable () -> Double)?

    /// The defaults.
    public init() {}
}
