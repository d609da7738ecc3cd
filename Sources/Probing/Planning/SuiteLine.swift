import TLSParameters

/// One hello's worth of suites on its way: offer them all, strike the one that is chosen, repeat until the server refuses.
struct SuiteLine: Sendable {
    enum End: Hashable, Sendable {
        /// The server refused all that was left, or nothing was left.
        case whole
        case unknown(Doubt)
        case violation(CipherSuite)
        case foreign
    }

    let shape: HelloShape
    /// Not chosen so far, in the order in which they are offered.
    private(set) var remaining: [CipherSuite]
    /// So many at the end of `remaining` were offered in front of others that a server chose by our order.
    private var passed = 0
    /// In the order in which the server chose them.
    private(set) var picks: [FoundSuite] = []
    /// The first pick was made of another offer than the line's.
    private(set) var hasForeignHead = false
    /// Of so many suites it is known whether the server takes them, and of so many that it does.
    private var settled = 0
    private var taken = 0
    private(set) var isAsking = false
    var end: End?
    /// How the server refused what was left.
    var refusal: SuiteRefusal?

    init(_ suites: [CipherSuite], shape: HelloShape) {
        remaining = suites
        self.shape = shape
    }

    var isReady: Bool { end == nil && !isAsking }

    /// What to offer now.
    mutating func ask(inOurOrder: Bool) -> [CipherSuite] {
        isAsking = true
        return inOurOrder ? remaining : CandidateSuites.chaChaLast(remaining)
    }

    mutating func answered() { isAsking = false }

    /// What was refused and is left to others to ask for.
    mutating func handOver() -> [CipherSuite] {
        defer { remaining = [] }
        return remaining
    }

    /// Begins with a suite that was chosen of `offer`, another hello's.
    mutating func begin(with found: FoundSuite, offer: [CipherSuite]) {
        picks.append(found)
        taken += 1
        settled += 1
        hasForeignHead = Set(remaining) != Set(offer)
        remove(found.suite)
    }

    mutating func pick(_ found: FoundSuite, inOurOrder: Bool) {
        picks.append(found)
        strike(found.suite, inOurOrder: inOurOrder)
    }

    /// The server does something else with the suite than take it in this version.
    mutating func strike(_ suite: CipherSuite, inOurOrder: Bool) {
        taken += 1
        settled += 1
        if inOurOrder, let index = remaining.firstIndex(of: suite), index > 0, index < remaining.count - passed {
            remaining = Array(remaining[index...] + remaining[..<index])
            passed += index
            settled += index
        }
        remove(suite)
    }

    private mutating func remove(_ suite: CipherSuite) {
        if let index = remaining.firstIndex(of: suite) {
            if index >= remaining.count - passed { passed -= 1 }
            remaining.remove(at: index)
        }
        if remaining.isEmpty { end = .whole }
    }

    // MARK: Cutting

    /// How many more suites the server may be expected to take.
    func expected(inOurOrder: Bool) -> Int {
        guard !remaining.isEmpty else { return 0 }
        let all = inOurOrder ? settled : settled + remaining.count
        return (remaining.count - passed) * taken / max(1, all)
    }

    /// Leaves half of what may still be taken to another line.
    mutating func cut() -> SuiteLine? {
        let open = remaining.count - passed
        guard isReady, open > 1 else { return nil }
        let half = (open + 1) / 2
        var other = SuiteLine(Array(remaining[half...]), shape: shape)
        other.passed = passed
        // Both go on from what is known of the whole.
        (other.taken, other.settled) = (taken, settled)
        remaining = Array(remaining[..<half])
        passed = 0
        return other
    }
}
