/// Which of the connections that stand are kept for requests that hang on an answer: those shouldn't have to wait for a
/// connection as well.
///
/// Pure: the caller says what time it is.
struct HeldConnections: Sendable {
    typealias Instant = ContinuousClock.Instant

    /// When the connections were dialled that don't stand yet, oldest first.
    private var dialled: [Instant] = []
    /// When the urgent requests were sent that wait for an answer.
    private var urgent: [ProbeRequest.ID: Instant] = [:]
    /// When the connections were dialled that wait for an answer.
    private var awaiting: [Instant] = []
    /// A connection was answered before an older one.
    private(set) var servesSideBySide = false
    /// When the connection was dialled whose request was sent although an older connection had not been used.
    private var overtaking: Instant?

    /// What happens within this time is taken to happen at once.
    private static let moment = Duration.milliseconds(5)

    mutating func dialled(_ now: Instant) { dialled.append(now) }

    /// A connection that was dialled stands, or has failed.
    mutating func stands() { if !dialled.isEmpty { dialled.removeFirst() } }

    mutating func sent(_ request: ProbeRequest, on connection: Instant, _ now: Instant) {
        awaiting.append(connection)
        if request.isUrgent { urgent[request.id] = now }
    }

    /// `unused`: when the oldest connection was dialled that has no request yet.
    mutating func answered(_ request: ProbeRequest, on connection: Instant, inTLS: Bool, unused: Instant?) {
        urgent[request.id] = nil
        if connection == overtaking { overtaking = nil }
        if let index = awaiting.firstIndex(of: connection) { awaiting.remove(at: index) }
        guard inTLS, let oldest = (awaiting + (unused.map { [$0] } ?? [])).min(), oldest < connection else { return }
        servesSideBySide = true
    }

    /// How many connections to keep for `ahead` requests that will follow on answers: a connection that is being dialled
    /// will do where it is no later than the request that the answer is awaited to, for both take a round trip.
    func count(of ahead: Int) -> Int {
        guard ahead > 0 else { return 0 }
        var coming = dialled[...]
        var inTime = 0
        for sent in urgent.values.sorted() {
            guard let first = coming.first, first <= sent + Self.moment else { continue }
            coming.removeFirst()
            inTime += 1
        }
        return max(0, ahead - inTime)
    }

    /// The connection to use of those that stand, by when they were dialled, oldest first; nil if all of them are among
    /// the `held`.
    ///
    /// The oldest are held, for they are the likeliest to stand already in the eyes of the peer too. Where it serves one
    /// connection after the other that would be the wrong turn, so that no more than one request at a time overtakes them
    /// until one was answered before an older one.
    mutating func place(after held: Int, in standing: [Instant]) -> Int? {
        guard standing.indices.contains(held) else { return nil }
        guard held > 0, !servesSideBySide else { return held }
        guard overtaking == nil else { return 0 }
        overtaking = standing[held]
        return held
    }
}
