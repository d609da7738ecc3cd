/// Makes one order of several, asking the server: a k-way merge that gallops. For suites, and all else that is offered
/// in a list.
///
/// A question offers one item of the leading chain, some steps ahead, and the heads of the others. If the server takes
/// it, all the steps up to it come first too; if not, the best of the other heads comes first of all that is left from
/// some step on, which a binary search finds. Chains that don't interleave cost one question each, and any cost at most
/// about one an item; what is known already costs none.
struct OrderMerger<Item: Hashable & Sendable>: Sendable {
    private var chains: [[Item]]
    /// Chains beyond the number that one hello can compare; they come after the others are one.
    private var waiting: [[Item]] = []
    private var done: [Item] = []
    /// How far ahead to look; at first at the whole chain.
    private var stride = Int.max
    /// The item this many steps into the leading chain comes after `best`.
    private var losing: Int?
    /// The best of the other chains' heads, once it has won.
    private var best: Item?
    private let limit: Int
    private var facts: PreferenceFacts<Item>

    /// `chains`, each in the server's order; `limit`: items in one hello; `facts`: what needn't be asked.
    init(chains: [[Item]], limit: Int, facts: PreferenceFacts<Item> = PreferenceFacts<Item>()) {
        let chains = chains.filter { !$0.isEmpty }
        self.limit = limit
        self.facts = facts
        self.chains = Array(chains.prefix(max(1, limit)))
        waiting = Array(chains.dropFirst(max(1, limit)))
        useFacts()
    }

    /// Nothing is left to compare (or one hello can't compare any two).
    var isFinished: Bool { isStuck || chains.count < 2 && waiting.isEmpty }

    /// A hello of one item compares nothing.
    var isStuck: Bool { limit < 2 && chains.count + waiting.count > 1 }

    /// What is known: the merged part, then the rest chain by chain.
    var merged: [Item] { done + chains.flatMap { $0 } + waiting.flatMap { $0 } }

    /// The items to compare.
    var offer: [Item]? {
        guard !isFinished, let chain = chains.first, !chain.isEmpty else { return nil }
        return chains.dropFirst().compactMap(\.first) + [chain[steps - 1]]
    }

    /// The step that is asked about.
    private var steps: Int { max(1, min(stride, chains.first?.count ?? 1)) }

    /// What the server chose of ``offer``.
    mutating func take(_ item: Item) {
        guard let offer else { return }
        facts.note(item, of: offer)
        advance(item)
        useFacts()
    }

    private mutating func useFacts() {
        // Every turn takes an item or halves a distance.
        while let offer, let winner = facts.winner(of: offer) { advance(winner) }
    }

    private mutating func advance(_ item: Item) {
        guard !isFinished, let chain = chains.first, !chain.isEmpty else { return }
        let asked = steps
        if item == chain[asked - 1] {
            done += chain.prefix(asked)
            chains[0].removeFirst(asked)
            if chains[0].isEmpty {
                lead(by: 1, stride: .max)
            } else if let losing {
                narrow(to: losing - asked)
            } else {
                stride = asked * 2
            }
        } else {
            best = item
            narrow(to: asked)
        }
    }

    /// The item `count` steps ahead comes after `best`; when that is the first, it's the turn of `best`.
    private mutating func narrow(to count: Int) {
        losing = count
        stride = max(1, count / 2)
        guard count <= 1, let best, let other = chains.firstIndex(where: { $0.first == best }) else { return }
        done.append(best)
        chains[other].removeFirst()
        lead(by: other, stride: 1)
    }

    private mutating func lead(by index: Int, stride: Int) {
        self.stride = stride
        losing = nil
        best = nil
        chains.swapAt(0, min(index, chains.count - 1))
        chains.removeAll(where: \.isEmpty)
        guard chains.count < 2, !waiting.isEmpty, limit > 1 else { return }
        chains = [done + chains.flatMap { $0 }] + waiting.prefix(limit - 1)
        waiting.removeFirst(min(limit - 1, waiting.count))
        done = []
        self.stride = .max
    }
}
