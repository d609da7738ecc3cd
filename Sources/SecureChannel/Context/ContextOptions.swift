/// What differs from connection to connection under one credential.
public struct ContextOptions: Sendable {
    /// A client's SNI instead of the credential's.
    public var serverName: String?
    /// A session to resume.
    public var session: SavedSession?
    /// Data a client sends with its hello, before the server has answered (RFC 8446 section 2.3). Takes a session that
    /// allows as much; anyone who records it may send it again.
    public var earlyData: [UInt8] = []
    /// Keying material to export as soon as the channel stands.
    public var exports: [ExportRequest] = []
    /// How many bytes of tokens the legs keep, for a hex dump; 0 keeps none, only their counts.
    public var keptBytes = 256 * 1024
    /// How many legs are kept; later ones are only counted, in ``TransportAttributes``.
    public var keptLegs = 2_000
    /// How many events are kept; later ones are only counted, in ``TransportAttributes``.
    public var keptEvents = 2_000
    /// How many records are kept in all legs together, the messages within them counted too; at most 20,000 in one leg.
    public var keptRecords = 20_000
    /// Whether secrets come out: as key log lines and among the attributes.
    public var revealsSecrets = false
    /// Takes each key log line as soon as there is one, whether or not secrets are revealed otherwise. Called within the
    /// context's calls; it must not call back.
    public var keyLogSink: (@Sendable (_ line: String) -> Void)?
    /// Takes each session that can be resumed as soon as there is one. Called within the context's calls; it must not call
    /// back.
    public var sessionSink: (@Sendable (SavedSession) -> Void)?
    /// The time since the context was made, in seconds; nil uses the monotonic clock.
    public var clock: (@Sendable () -> Double)?

    /// The defaults.
    public init() {}
}
