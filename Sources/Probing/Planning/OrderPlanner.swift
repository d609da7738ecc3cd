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
    private var merger: OrderMerger<CipherSuite>
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
        let longest = chains.max { (Self.tellsOfChaCha($0), $0.count) < (Self.tellsOfChaCha($1), $1.count) } ?? []
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

    /// 1 for a chain that can show whether ChaCha20 has priority.
    private static func tellsOfChaCha(_ chain: [CipherSuite]) -> Int {
        guard chain.count > 2, let first = chain.first, !CandidateSuites.isChaCha(first) else { return 0 }
        return chain.contains(where: CandidateSuites.isChaCha) ? 1 : 0
    }

    var isFinished: Bool { step == .done }

    /// The suites in the server's order if it has one; otherwise line by line.
    var suites: [CipherSuite] { merger.merged }

    mutating func questions() -> [(token: Int, question: SuiteQuestion)] {
        guard asked == nil, let offer = offer() else { return [] }
        asked = offer
        return [
            (
                0,
                SuiteQuestion(
                    version: version,
                    suites: offer,
                    shape: shape,
                    isLikelyFollowed: step == .merging
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
        // ChaCha20 last, so that it gets no priority.
        case .merging: return merger.offer.map(CandidateSuites.chaChaLast)
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
