/// What went over the wire for one request: what a claim rests on.
public struct ProbeEvidence: Hashable, Sendable {
    /// Bytes that are kept of each direction.
    public static let limit = 256

    /// The request.
    public var id: ProbeRequest.ID
    /// The first bytes of the hello.
    public var sent: [UInt8]
    /// How many bytes were sent in all.
    public var sentCount: Int
    /// The first bytes of the answer.
    public var received: [UInt8]
    /// How many bytes of the answer were read.
    public var receivedCount: Int
    /// What the answer was taken for, ``Observation/id``.
    public var observation: String

    /// The evidence for a request.
    public init(
        id: ProbeRequest.ID,
        sent: [UInt8],
        sentCount: Int,
        received: [UInt8],
        receivedCount: Int,
        observation: String
    ) {
        self.id = id
        self.sent = sent
        self.sentCount = sentCount
        self.received = received
        self.receivedCount = receivedCount
        self.observation = observation
    }
}
