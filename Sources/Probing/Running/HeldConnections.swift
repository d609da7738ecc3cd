/// Which of the connections that stand are kept for requests that hang on an answer: those shouldn't have to wait for a
/// connection as well.
///
/// Pure: the caller says what time it is.
struct HeldConnections: Sendable {
    typealias Instant = ContinuousClock.Instant

    /// When the connections were dialled that don't stand yet, oldest first.
    private var dialled: [Instant] = []
    /// When the requests were sent that wait for an answer, and which of them are urgent.
    private var sent: [ProbeRequest.ID: (at: Instant, isUrgent: Bool)] = [:]
    /// The shortest time that an answer took.
    private(set) var quickestAnswer = Duration.seconds(3_600)
    /// The peer serves one connection after the other: none is held, and the oldest goes first.
    var servesInTurn = false

    /// What happens within this time is taken to happen at once.
    private static let moment = Duration.milliseconds(5)

    mutating func dialled(_ now: Instant) { dialled.append(now) }

    /// A connection that was dialled stands, or has failed.
    mutating func stands() { if !dialled.isEmpty { dialled.removeFirst() } }

    mutating func sent(_ request: ProbeRequest, _ now: Instant) { sent[request.id] = (now, request.isUrgent) }

    mutating func answered(_ request: ProbeRequest, _ now: Instant) {
        guard let entry = sent.removeValue(forKey: request.id) else { return }
        quickestAnswer = min(quickestAnswer, entry.at.duration(to: now))
    }

    /// How many connections to keep for `ahead` requests that will follow on answers: a connection that is being dialled
    /// will do where it is no later than the request that the answer is awaited to, for both take a round trip.
    ///
    /// The oldest are kept, for they are the likeliest to stand already in the eyes of the peer too.
    func count(of ahead: Int) -> Int {
        guard ahead > 0, !servesInTurn else { return 0 }
        var coming = dialled[...]
        var inTime = 0
        for sent in sent.values.lazy.filter(\.isUrgent).map(\.at).sorted() {
            guard let first = coming.first, first <= sent + Self.moment else { continue }
            coming.removeFirst()
            inTime += 1
        }
        return max(0, ahead - inTime)
    }
}
