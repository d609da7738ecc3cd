import TLSParameters

/// Makes one order of the chains that lines have shown, for a server with an order of its own.
///
/// Lines are intervals of the order that was predicted, so the last suite of each probably comes before the first of the
/// next: one question each, all side by side. Where the chains contradict that prediction, another one that fits is tried in
/// the same way: that of another stack, or the order that a newer version of the same server has turned out to have.
/// Only where none fits does an ``OrderMerger`` take over.
struct OrderJoiner: Sendable {
    private var chains: [[CipherSuite]]
    private let limit: Int
    private var facts: PreferenceFacts<CipherSuite>
    /// The chains as one, if the prediction holds.
    private var proposal: [CipherSuite]
    /// Neighbours in the proposal that are not known to come in this order.
    private var outbox: [Int] = []
    private var awaited: Set<Int> = []
    private var isRefuted = false
    /// No prediction held so far; another may.
    private(set) var needsReference = false
    private var merger: OrderMerger<CipherSuite>?
    private var isMerging = false

    /// The token of the merger's questions.
    private static let mergeToken = -1

    init(chains: [[CipherSuite]], limit: Int, facts: PreferenceFacts<CipherSuite>) {
        self.chains = chains.filter { !$0.isEmpty }
        self.limit = limit
        self.facts = facts
        proposal = []
        // The chains fit one of the known orders throughout, or else it's the first that's tried.
        let fitting = KnownOrders.predictions.first { place in
            self.chains.allSatisfy { chain in zip(chain, chain.dropFirst()).allSatisfy { place($0) < place($1) } }
        }
        propose(by: fitting ?? KnownOrders.predictions[0], isLikely: fitting != nil)
    }

    var isFinished: Bool { isStuck || merger?.isFinished ?? (awaited.isEmpty && !isRefuted && !needsReference) }

    /// One suite a hello can't show any order.
    var isStuck: Bool { limit < 2 && chains.count > 1 }

    var merged: [CipherSuite] { merger?.merged ?? proposal }

    // MARK: Questions

    /// What may be compared now, each once.
    mutating func offers() -> [(token: Int, offer: [CipherSuite])] {
        defer { outbox = [] }
        var offers = outbox.map { (token: $0, offer: offer($0)) }
        if let merger, !isMerging, let offer = merger.offer {
            isMerging = true
            offers.append((Self.mergeToken, CandidateSuites.chaChaLast(offer)))
        }
        return offers
    }

    /// What the server chose of an offer.
    mutating func take(_ suite: CipherSuite, _ token: Int) {
        if token == Self.mergeToken {
            isMerging = false
            merger?.take(suite)
        } else if awaited.remove(token) != nil {
            facts.note(suite, of: offer(token))
            if suite != proposal[token] { isRefuted = true }
            if awaited.isEmpty, isRefuted {
                useSegments()
                needsReference = true
            }
        }
    }

    /// Tries the order of another version, by the place of each suite in it; nil if there is none, and then the suites are
    /// merged one by one.
    mutating func tryReference(_ places: [CipherSuite: Int]?) {
        guard needsReference else { return }
        needsReference = false
        if let places { propose(by: { places[$0] ?? .max }, isLikely: true) } else { needsReference = true }
        guard needsReference else { return }
        needsReference = false
        merger = OrderMerger(chains: chains, limit: limit, facts: facts)
    }

    /// The suite that should win goes last, so that it wins against our order.
    private func offer(_ index: Int) -> [CipherSuite] {
        CandidateSuites.chaChaLast([proposal[index + 1], proposal[index]])
    }

    /// Asks about an order unless that costs nearly as much as asking suite by suite: then it needs another one.
    private mutating func propose(by place: (CipherSuite) -> Int, isLikely: Bool) {
        proposal = Self.merge(chains, by: place)
        isRefuted = false
        let seams = limit < 2 ? [] : Self.seams(proposal, facts)
        let worthwhile = chains.count + proposal.count / (isLikely ? 2 : 8)
        // What the server has shown to be otherwise needn't be asked.
        if seams.count > worthwhile
            || seams.contains(where: { facts.isKnown(proposal[$0 + 1], before: proposal[$0]) })
        {
            needsReference = true
            return
        }
        outbox = seams
        awaited = Set(seams)
    }

    /// What lies between two neighbours that come the other way round is in order; where that makes fewer chains than there
    /// were, they take their place.
    private mutating func useSegments() {
        var segments: [[CipherSuite]] = []
        for index in proposal.indices {
            if index > 0, facts.isKnown(proposal[index - 1], before: proposal[index]) {
                segments[segments.count - 1].append(proposal[index])
            } else {
                segments.append([proposal[index]])
            }
        }
        if segments.count < chains.count { chains = segments }
    }

    /// Where the proposal needs a question.
    private static func seams(_ proposal: [CipherSuite], _ facts: PreferenceFacts<CipherSuite>) -> [Int] {
        proposal.indices.dropLast().filter { !facts.isKnown(proposal[$0], before: proposal[$0 + 1]) }
    }

    /// One sequence of all chains that keeps each chain's order and otherwise goes by `place`.
    private static func merge(_ chains: [[CipherSuite]], by place: (CipherSuite) -> Int) -> [CipherSuite] {
        var rest = chains.map { chain in chain.map { (suite: $0, place: place($0)) }[...] }
        var merged: [CipherSuite] = []
        while let next = rest.indices.filter({ !rest[$0].isEmpty }).min(by: { one, other in
            (rest[one].first?.place ?? .max, one) < (rest[other].first?.place ?? .max, other)
        }) {
            if let first = rest[next].popFirst() { merged.append(first.suite) }
        }
        return merged
    }
}
