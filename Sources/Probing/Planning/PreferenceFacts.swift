/// Which items of a list a server was seen to take before which others.
///
/// Only for a server that goes by an order of its own: for others it says nothing.
struct PreferenceFacts<Item: Hashable & Sendable>: Sendable {
    private var offers: [Item: [[Item]]] = [:]

    /// The server chose `winner` of `offer`.
    mutating func note(_ winner: Item, of offer: [Item]) {
        offers[winner, default: []].append(offer)
    }

    /// Forgets what was said of some of the items: they were in the offers and could not be chosen.
    func without(_ isOut: (Item) -> Bool) -> PreferenceFacts {
        var facts = self
        facts.offers = offers.mapValues { $0.map { offer in offer.filter { !isOut($0) } } }
        return facts
    }

    /// `winner` was chosen while `other` was offered as well.
    func isKnown(_ winner: Item, before other: Item) -> Bool {
        offers[winner]?.contains { $0.contains(other) } ?? false
    }

    /// The one of `offer` that is known to come before all others.
    func winner(of offer: [Item]) -> Item? {
        offer.first { winner in offer.allSatisfy { $0 == winner || isKnown(winner, before: $0) } }
    }
}
