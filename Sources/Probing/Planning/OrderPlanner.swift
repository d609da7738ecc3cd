import TLSParameters

/// Whose order decides, and what the server's own is.
///
/// The lines of a ``SuitePlanner`` have shown which of their suites the server chose first when they were offered in our
/// order. Offering them the other way round tells the server's preference from ours; then an ``OrderMerger`` makes one
/// order of the lines'.
struct OrderPlanner: Sendable {
    private enum Step: Sendable {
        /// What the server picks of `sample` offered in our order.
        case forward
        /// … offered backwards, its own favourite last and ChaCha20 first.
        case backward
        /// The same, but without ChaCha20 in front.
        case withoutChaCha
        case merging
        case done
    }

    private(set) var order: CipherOrder?
    /// What is odd about the answers.
    private(set) var notes: [String] = []
    private(set) var isWhole = true
    private let version: ProtocolVersion
    private let shape: HelloShape
    private var merger: OrderMerger
    private var sample: [CipherSuite]
    private var favourite: CipherSuite?
    private var step: Step
    private var asked: [CipherSuite]?

    /// `chains`: what each line chose, in that order; `limit`: suites in one hello.
    init(version: ProtocolVersion, shape: HelloShape, chains: [[CipherSuite]], limit: Int) {
        self.version = version
        self.shape = shape
        let chains = chains.filter { !$0.isEmpty }
        merger = OrderMerger(chains: chains, limit: limit)
        let longest = chains.max { $0.count < $1.count } ?? []
        if longest.count > 1 {
            sample = Array(longest.prefix(max(2, limit)))
            favourite = sample.first
            step = .backward
        } else {
            sample = Array(chains.compactMap(\.first).prefix(max(2, limit)))
            step = .forward
        }
        if sample.count < 2 || limit < 2 { step = .done }
    }

    var isFinished: Bool { step == .done }

    /// The suites in the server's order if it has one; otherwise line by line.
    var suites: [CipherSuite] { merger.merged }

    mutating func questions() -> [(token: Int, question: Question)] {
        guard asked == nil, let offer = offer() else { return [] }
        asked = offer
        return [
            (
                0,
                Question(
                    version: version,
                    suites: offer,
                    shape: shape,
                    isLikelyFollowed: step == .merging,
                    purpose: "\(version.id) order"
                )
            )
        ]
    }

    mutating func answer(_ answer: Answer) {
        guard let offer = asked else { return }
        asked = nil
        guard case .chose(let found) = answer else {
            // These suites were chosen a moment ago.
            isWhole = false
            notes.append(
                order == nil
                    ? "whose order decides is unknown: suites that were chosen before were refused when offered again"
                    : "the order is not the server's throughout: suites that were chosen before were refused later"
            )
            step = .done
            return
        }
        take(found.suite, of: offer)
    }

    private func offer() -> [CipherSuite]? {
        switch step {
        case .forward: return sample
        case .backward: return backward(chaChaFirst: true)
        case .withoutChaCha: return backward(chaChaFirst: false)
        case .merging: return merger.offer
        case .done: return nil
        }
    }

    private func backward(chaChaFirst: Bool) -> [CipherSuite] {
        let others = sample.reversed().filter { $0 != favourite }
        let chaCha = others.filter(CandidateSuites.isChaCha)
        let rest = others.filter { !CandidateSuites.isChaCha($0) }
        let last = favourite.map { [$0] } ?? []
        guard let favourite, !CandidateSuites.isChaCha(favourite) else { return others + last }
        return chaChaFirst ? chaCha + rest + last : rest + chaCha + last
    }

    private mutating func take(_ suite: CipherSuite, of offer: [CipherSuite]) {
        switch step {
        case .forward:
            favourite = suite
            step = .backward
        case .backward:
            if suite == favourite {
                settle(.server)
            } else if CandidateSuites.isChaCha(suite), let first = offer.first, CandidateSuites.isChaCha(first),
                backward(chaChaFirst: false) != offer
            {
                // Because it came first, or because it's ChaCha20?
                step = .withoutChaCha
            } else {
                settle(suite == offer.first ? .client : nil)
            }
        case .withoutChaCha:
            if suite == favourite {
                // With one suite besides ChaCha20 both explanations give the same answers.
                settle(offer.first == favourite ? .client : .serverUnlessChaCha)
            } else {
                settle(suite == offer.first ? .client : nil)
            }
        case .merging:
            merger.take(suite)
            if merger.isFinished { step = .done }
        case .done:
            break
        }
    }

    private mutating func settle(_ found: CipherOrder?) {
        order = found
        if found == nil { notes.append("neither the server's nor the client's order explains its choices") }
        let isServers = found == .server || found == .serverUnlessChaCha
        step = isServers && !merger.isFinished ? .merging : .done
    }
}

/// Makes one order of several, asking the server: a k-way merge that gallops.
///
/// A question offers one suite of the leading chain, some steps ahead, and the heads of the others. If the server takes
/// it, all the steps up to it come first too. Chains that don't interleave cost few questions, and any cost fewer than
/// twice their suites.
struct OrderMerger: Sendable {
    private var chains: [[CipherSuite]]
    private var done: [CipherSuite] = []
    private var stride = 1
    private let limit: Int

    /// `chains`, each in the server's order; `limit`: suites in one hello.
    init(chains: [[CipherSuite]], limit: Int) {
        self.chains = chains
        self.limit = limit
    }

    /// Nothing is left to compare (or there are more chains than one hello can compare).
    var isFinished: Bool { chains.count < 2 || chains.count > limit }

    /// What is known: the merged part, then the rest chain by chain.
    var merged: [CipherSuite] { done + chains.flatMap { $0 } }

    /// The suites to compare; ChaCha20 last, so that it gets no priority.
    var offer: [CipherSuite]? {
        guard !isFinished, let leader = leader else { return nil }
        return CandidateSuites.chaChaLast(chains.dropFirst().compactMap(\.first) + [leader])
    }

    /// The suite `stride` steps into the first chain.
    private var leader: CipherSuite? {
        guard let chain = chains.first, !chain.isEmpty else { return nil }
        return chain[min(stride, chain.count) - 1]
    }

    /// What the server chose of ``offer``.
    mutating func take(_ suite: CipherSuite) {
        guard let leader, let first = chains.first else { return }
        if suite == leader {
            let steps = min(stride, first.count)
            done += first.prefix(steps)
            chains[0].removeFirst(steps)
            stride *= 2
            if chains[0].isEmpty { lead(by: 1) }
        } else if stride > 1 {
            stride = max(1, min(stride, first.count) / 2)
        } else if let other = chains.firstIndex(where: { $0.first == suite }) {
            // The head of another chain comes before all other heads.
            done.append(suite)
            chains[other].removeFirst()
            lead(by: other)
        }
    }

    private mutating func lead(by index: Int) {
        stride = 1
        chains.swapAt(0, min(index, chains.count - 1))
        chains.removeAll(where: \.isEmpty)
    }
}
