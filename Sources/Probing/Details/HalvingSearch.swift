/// Which items of a list a server takes, where it only shows that it takes some of those offered: a list that is refused is
/// done with, any other is halved.
struct HalvingSearch<Item: Hashable & Sendable>: Sendable {
    enum Answer: Hashable, Sendable {
        /// At least one of them is taken.
        case some
        /// None of them.
        case none
        case unknown(String)
    }

    /// What is known of each item that is settled.
    private(set) var settled: [Item: (answer: Answer, evidence: ProbeRequest.ID)] = [:]
    private var pending: [[Item]]

    /// `lists`: what to offer first, side by side.
    init(_ lists: [[Item]]) { pending = lists.filter { !$0.isEmpty } }

    /// The lists to offer now, each once.
    mutating func offers() -> [[Item]] {
        defer { pending = [] }
        return pending
    }

    mutating func take(_ list: [Item], _ answer: Answer, evidence: ProbeRequest.ID) {
        if answer == .some, list.count > 1 {
            pending.append(Array(list.prefix(list.count / 2)))
            pending.append(Array(list.dropFirst(list.count / 2)))
        } else {
            for item in list { settled[item] = (answer, evidence) }
        }
    }
}
