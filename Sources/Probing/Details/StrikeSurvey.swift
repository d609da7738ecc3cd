/// Everything a server takes of a list that is too long, or too deep, for one line: several lines side by side, and then
/// whose order decides.
struct StrikeSurvey<Item: Hashable & Sendable>: Sendable {
    /// Which of its questions is asked.
    enum Part: Hashable, Sendable {
        case line(Int)
        case order
    }

    private(set) var lines: [StrikeLine<Item>]
    private var finder: PreferenceFinder<Item>?
    private var isAsking: Set<Part> = []

    /// Lines without items are left out.
    init(_ lines: [StrikeLine<Item>]) {
        self.lines = lines.filter { !$0.items.isEmpty }
        advance()
    }

    /// All lines have ended; the order may still be open.
    var hasAllItems: Bool { lines.allSatisfy { $0.end != nil } }

    var isFinished: Bool { finder?.isFinished ?? false }

    /// What to offer now, each once.
    mutating func offers() -> [(part: Part, items: [Item], isLikelyTaken: Bool)] {
        var offers: [(Part, [Item], Bool)] = []
        for index in lines.indices where lines[index].end == nil && isAsking.insert(.line(index)).inserted {
            offers.append((.line(index), lines[index].offer, lines[index].isLikelyTaken))
        }
        if let offer = finder?.offer, isAsking.insert(.order).inserted { offers.append((.order, offer, true)) }
        return offers
    }

    mutating func take(_ part: Part, _ choice: StrikeLine<Item>.Choice, evidence: ProbeRequest.ID) {
        guard isAsking.remove(part) != nil else { return }
        switch part {
        case .line(let index):
            lines[index].take(choice, evidence: evidence)
            advance()
        case .order:
            switch choice {
            case .chose(let item): finder?.take(item)
            case .refused: finder?.take(nil)
            case .unknown(let reason): finder?.leaveOpen(reason)
            }
        }
    }

    private mutating func advance() {
        guard finder == nil, hasAllItems else { return }
        finder = PreferenceFinder(lines.map { (offered: $0.items, found: $0.found) })
    }
}

// MARK: - What is known

extension StrikeSurvey {
    /// One item with what is known of it.
    struct Finding: Sendable {
        var item: Item
        var verdict: Verdict
        var evidence: ProbeRequest.ID?
    }

    /// Whose order decides.
    var order: CipherOrder? { finder?.order }

    /// What the server chose, in its own order where it has one.
    var found: [Item] { finder?.items ?? lines.flatMap(\.found) }

    /// Nothing at all was chosen, and nothing stands in doubt.
    var isRefusedOutright: Bool { lines.allSatisfy(\.isRefusedOutright) }

    /// No verdict is inconclusive, and nothing kept the order from being found out.
    var isComplete: Bool {
        guard finder?.isLeftOpen != true else { return false }
        return lines.allSatisfy { line in
            switch line.end {
            case .exhausted, .refused: true
            case .unknown, .violation, nil: false
            }
        }
    }

    /// What is known of every item: those that were chosen first. `name` puts one into words.
    func findings(_ name: (Item) -> String) -> [Finding] {
        let evidence = Dictionary(
            lines.flatMap(\.picks).map { ($0.item, $0.evidence) },
            uniquingKeysWith: { one, _ in one }
        )
        return found.map { Finding(item: $0, verdict: .supported, evidence: evidence[$0]) }
            + lines.flatMap { line in
                let verdict = verdict(of: line.end, name)
                return line.remaining.map { Finding(item: $0, verdict: verdict, evidence: line.endEvidence) }
            }
    }

    private func verdict(of end: StrikeLine<Item>.End?, _ name: (Item) -> String) -> Verdict {
        switch end {
        case .exhausted, .refused: .rejected
        case .unknown(let reason): .inconclusive(reason: reason)
        case .violation(let item): .inconclusive(reason: Self.violationText(name(item)))
        case nil: .inconclusive(reason: "the question is still open")
        }
    }

    /// What is odd, one sentence each. `name` puts an item into words.
    func notes(_ name: (Item) -> String) -> [String] {
        var notes: [String] = []
        for line in lines {
            switch line.end {
            case .violation(let item): notes.append(Self.violationText(name(item)))
            case .unknown(let reason): notes.append("\(line.remaining.count) of them are undecided: \(reason)")
            default: break
            }
        }
        return notes + (finder?.notes ?? [])
    }

    private static func violationText(_ name: String) -> String {
        "the server chose \(name), which was not offered at that time"
    }
}
