/// What a server takes of a list, by offering all of it, striking what is chosen, and repeating.
struct StrikeLine<Item: Hashable & Sendable>: Sendable {
    /// What the server made of the items that were offered.
    enum Choice: Hashable, Sendable {
        case chose(Item)
        case refused
        case unknown(String)
    }

    enum End: Hashable, Sendable {
        /// Nothing is left to offer.
        case exhausted
        /// The server refused all that was left.
        case refused
        /// Nobody knows about what was left.
        case unknown(String)
        /// The server chose this, which was struck, or never offered.
        case violation(Item)
    }

    /// As offered at first.
    let items: [Item]
    /// Not chosen so far, in the order in which they are offered.
    private(set) var remaining: [Item]
    /// What the server chose, in that order, and the requests that showed it.
    private(set) var picks: [(item: Item, evidence: ProbeRequest.ID)]
    private(set) var end: End?
    /// The request that ended the line.
    private(set) var endEvidence: ProbeRequest.ID?
    /// Items that the server may need to see to take any other at all; see ``anchors``.
    private let anchorable: Set<Item>
    private var isAnchored = false
    /// Items that hardly any server takes.
    private let rare: Set<Item>

    /// `favourite`: what the server is known to choose when it is offered that and all `items`, in another order; `anchorable`:
    /// items that may have to stand in the list for the others to be taken; `rare`: items that hardly any
    /// server takes.
    init(
        _ items: [Item],
        favourite: (item: Item, evidence: ProbeRequest.ID)? = nil,
        anchorable: Set<Item> = [],
        rare: Set<Item> = []
    ) {
        picks = favourite.map { [$0] } ?? []
        self.items = items
        self.rare = rare
        self.anchorable = anchorable
        remaining = items
        if items.isEmpty { end = .exhausted }
    }

    /// What to offer now.
    var offer: [Item] { remaining + anchors }

    /// The server probably chooses something of ``offer``: not where only rare items are left, or such as a server that has
    /// followed our order so far has passed over.
    var isLikelyTaken: Bool {
        if isAnchored { return true }
        // Without its anchor the rest is mostly refused.
        if picks.contains(where: { anchorable.contains($0.item) }) { return false }
        let usual = remaining.filter { !rare.contains($0) }
        // One choice may as well be the server's favourite.
        guard picks.count > 1, let last = picks.last, items.filter(found.contains) == found else {
            return !usual.isEmpty
        }
        let later = items.drop { $0 != last.item }
        return usual.contains { later.contains($0) }
    }

    /// Chosen before, and offered again behind the others after a refusal that may be due to their absence.
    private var anchors: [Item] { isAnchored ? picks.map(\.item).filter(anchorable.contains) : [] }

    /// In the order in which the server chose them.
    var found: [Item] { picks.map(\.item) }

    /// Nothing at all was chosen, although nothing stands in doubt.
    var isRefusedOutright: Bool { picks.isEmpty && end == .refused }

    mutating func take(_ choice: Choice, evidence: ProbeRequest.ID) {
        guard end == nil else { return }
        switch choice {
        case .chose(let item):
            if let index = remaining.firstIndex(of: item) {
                remaining.remove(at: index)
                picks.append((item, evidence))
                if remaining.isEmpty { finish(.exhausted, evidence) }
            } else {
                // Whoever offers what is left gets an anchor, or nothing: never one of them.
                finish(anchors.contains(item) ? .refused : .violation(item), evidence)
            }
        case .refused:
            if !isAnchored, picks.contains(where: { anchorable.contains($0.item) }) {
                isAnchored = true
            } else {
                finish(.refused, evidence)
            }
        case .unknown(let reason):
            finish(.unknown(reason), evidence)
        }
    }

    private mutating func finish(_ end: End, _ evidence: ProbeRequest.ID) {
        self.end = end
        endEvidence = evidence
    }
}
