import TLSParameters

/// Whose order decides: the server's or ours?
///
/// Lines show which of their suites the server chose first when they were offered in our order. Offering them the other
/// way round, its favourite last, tells its preference from ours; with ChaCha20 in front, whether that has priority.
struct OrderKindPlanner: Sendable {
    private enum Step: Sendable {
        /// Too little is known to ask.
        case waiting
        /// What the server picks of `sample` offered in our order.
        case forward
        /// … offered backwards, its own favourite last and ChaCha20 first.
        case backward
        /// The same, but without ChaCha20 in front.
        case withoutChaCha
        case done
    }

    /// Whose it is, as far as is known.
    private(set) var kind: CipherOrder?
    /// What is odd about the answers.
    private(set) var notes: [String] = []
    /// The question got an answer.
    private(set) var isWhole = true
    private let limit: Int
    private var step = Step.waiting
    private var sample: [CipherSuite] = []
    private var favourite: CipherSuite?
    private var asked: [CipherSuite]?
    /// ChaCha20 was in front of a suite that is preferred to it.
    private var hasTriedChaCha = false

    /// A chain of so many suites is asked about before its line has ended.
    private static let early = 7

    /// `limit`: suites in one hello.
    init(limit: Int) {
        self.limit = limit
    }

    /// Nothing is left to ask once all chains are whole.
    var isFinished: Bool { step == .done }

    /// Looks whether there is enough to ask: `chains` is what lines have shown, `isLast` that they won't show more.
    mutating func look(at chains: [[CipherSuite]], isLast: Bool) {
        guard step == .waiting else { return }
        if limit < 2 || kind == .client || kind == .serverUnlessChaCha || kind == nil && !notes.isEmpty {
            step = .done
            return
        }
        let telling = chains.filter(tellsOfChaCha).max { $0.count < $1.count }
        if kind == .server {
            if !hasTriedChaCha, let telling { start(telling) } else if isLast { step = .done }
            return
        }
        let longest = telling ?? chains.max { $0.count < $1.count } ?? []
        if telling != nil || longest.count >= Self.early || isLast && longest.count > 1 {
            start(longest)
        } else if isLast {
            sample = Array(chains.compactMap(\.first).prefix(limit))
            step = sample.count > 1 ? .forward : .done
        }
    }

    private mutating func start(_ chain: [CipherSuite]) {
        sample = Array(chain.prefix(limit))
        favourite = chain.first
        step = .backward
    }

    /// A chain that can show whether ChaCha20 has priority.
    private func tellsOfChaCha(_ chain: [CipherSuite]) -> Bool {
        guard chain.count > 2, let first = chain.first, !CandidateSuites.isChaCha(first) else { return false }
        return chain.prefix(limit).contains(where: CandidateSuites.isChaCha)
    }

    /// What to offer now, once.
    mutating func offer() -> [CipherSuite]? {
        guard asked == nil else { return nil }
        switch step {
        case .forward: asked = CandidateSuites.chaChaLast(sample)
        case .backward: asked = backward(chaChaFirst: true)
        case .withoutChaCha: asked = backward(chaChaFirst: false)
        case .waiting, .done: break
        }
        return asked
    }

    private func backward(chaChaFirst: Bool) -> [CipherSuite] {
        let others = sample.reversed().filter { $0 != favourite }
        let chaCha = others.filter(CandidateSuites.isChaCha)
        let rest = others.filter { !CandidateSuites.isChaCha($0) }
        let last = favourite.map { [$0] } ?? []
        guard let favourite, !CandidateSuites.isChaCha(favourite) else { return others + last }
        return chaChaFirst ? chaCha + rest + last : rest + chaCha + last
    }

    /// The question was asked in vain, or not at all.
    mutating func leaveOpen(_ doubt: Doubt) {
        guard asked != nil else { return }
        asked = nil
        isWhole = false
        notes.append("whose order decides is unknown: \(doubt.text)")
        kind = nil
        step = .done
    }

    /// What the server chose of the offer; nil if it chose none of these suites, which it had chosen a moment ago.
    mutating func answer(_ suite: CipherSuite?) {
        guard let offer = asked else { return }
        asked = nil
        guard let suite else {
            isWhole = false
            notes.append(
                "whose order decides is unknown: suites that were chosen before were refused when offered again"
            )
            kind = nil
            step = .done
            return
        }
        let isFirst = suite == offer.first
        switch step {
        case .forward:
            favourite = suite
            step = .backward
        case .backward:
            let chaChaFirst = offer.first.map(CandidateSuites.isChaCha) ?? false
            if chaChaFirst, favourite.map(CandidateSuites.isChaCha) == false { hasTriedChaCha = sample.count > 2 }
            if suite == favourite {
                settle(.server)
            } else if isFirst, chaChaFirst, kind == .server {
                settle(.serverUnlessChaCha)
            } else if CandidateSuites.isChaCha(suite), chaChaFirst, !isFirst {
                // Neither the first nor its favourite: the best of the ChaCha20 suites.
                settle(.serverUnlessChaCha)
            } else if CandidateSuites.isChaCha(suite), chaChaFirst, backward(chaChaFirst: false) != offer {
                // Because it came first, or because it's ChaCha20?
                step = .withoutChaCha
            } else {
                settle(isFirst ? .client : nil)
            }
        case .withoutChaCha:
            if suite == favourite {
                // With one suite besides ChaCha20 both explanations give the same answers.
                settle(isFirst ? .client : .serverUnlessChaCha)
            } else {
                settle(isFirst ? .client : nil)
            }
        case .waiting, .done:
            break
        }
    }

    private mutating func settle(_ found: CipherOrder?) {
        kind = found
        if found == nil { notes.append("neither the server's nor the client's order explains its choices") }
        step = .waiting
    }
}
