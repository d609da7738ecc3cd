/// Whose order decides which item of a list is chosen, and what the server's own order is.
///
/// The lines have shown in what order the server chose their items when they were offered in ours. Where it followed ours,
/// one question the other way round tells whether that was by chance. Then an ``OrderMerger`` makes one order of the
/// lines'.
struct PreferenceFinder<Item: Hashable & Sendable>: Sendable {
    private enum Step: Sendable {
        /// What the server picks of the lines' first items in our order; only if no line has two.
        case forward
        /// … the other way round, the server's favourite last.
        case backward
        case merging
        case done
    }

    /// Nil where it can't be told.
    private(set) var order: CipherOrder?
    /// What is odd about the answers.
    private(set) var notes: [String] = []
    /// A question was asked in vain.
    private(set) var isLeftOpen = false
    private var merger: OrderMerger<Item>
    private var sample: [Item]
    private var step: Step

    /// What each line offered, and what the server chose, in that order; what a line didn't offer was chosen when all of it
    /// was offered in another order.
    init(_ lines: [(offered: [Item], found: [Item])]) {
        let chains = lines.map(\.found).filter { !$0.isEmpty }
        merger = OrderMerger(chains: chains, limit: .max)
        let longest = chains.max { $0.count < $1.count } ?? []
        sample = longest.count > 1 ? longest : chains.compactMap(\.first)
        step = longest.count > 1 ? .backward : .forward
        if sample.count < 2 {
            step = .done
        } else if lines.contains(where: { line in
            line.offered.filter(line.found.contains) != line.found.filter(line.offered.contains)
        }) {
            // It's not our order that it followed.
            settle(.server)
        }
    }

    var isFinished: Bool { step == .done }

    /// The items in the server's order if it has one; otherwise line by line.
    var items: [Item] { merger.merged }

    /// What to offer next.
    var offer: [Item]? {
        switch step {
        case .forward: sample
        case .backward: sample.reversed()
        case .merging: merger.offer
        case .done: nil
        }
    }

    /// What the server chose of ``offer``; nil if it chose nothing, or something else.
    mutating func take(_ item: Item?) {
        guard let offer else { return }
        guard let item, offer.contains(item) else {
            notes.append(
                order == nil
                    ? "whose order decides is unknown: the server didn't choose again from what it had chosen before"
                    : "the order is not the server's throughout: it didn't choose again from what it had chosen before"
            )
            step = .done
            return
        }
        switch step {
        case .forward:
            sample = [item] + sample.filter { $0 != item }
            step = .backward
        case .backward:
            if item == offer.last {
                settle(.server)
            } else {
                settle(item == offer.first ? .client : nil)
            }
        case .merging:
            merger.take(item)
            if merger.isFinished { step = .done }
        case .done:
            break
        }
    }

    /// Ends with what is known, for whatever is still to ask got no answer; `reason` is why.
    mutating func leaveOpen(_ reason: String) {
        guard offer != nil else { return }
        isLeftOpen = true
        notes.append(
            order == nil ? "whose order decides is unknown: \(reason)" : "the order is not known throughout: \(reason)"
        )
        step = .done
    }

    private mutating func settle(_ found: CipherOrder?) {
        order = found
        if found == nil { notes.append("neither the server's nor the client's order explains its choices") }
        step = found == .server && !merger.isFinished ? .merging : .done
    }
}
