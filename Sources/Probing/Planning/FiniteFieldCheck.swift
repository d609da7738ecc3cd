import TLSParameters

/// Hellos with DHE suites and without RFC 7919 groups: does the server take any of them?
struct FiniteFieldCheck: Sendable {
    /// Nothing is left to ask, and nothing is left to make lines of.
    var isOver = false
    private(set) var hasBegun = false
    private var groups: [[CipherSuite]] = []
    private var outbox: [Int] = []
    private var awaited: Set<Int> = []
    private var isTaken: [Bool] = []

    mutating func begin(_ groups: [[CipherSuite]]) {
        hasBegun = true
        self.groups = groups
        outbox = Array(groups.indices)
        awaited = Set(outbox)
        isTaken = groups.map { _ in false }
    }

    /// Tokens are negative.
    mutating func questions() -> [(token: Int, suites: [CipherSuite])] {
        defer { outbox = [] }
        return outbox.map { (-1 - $0, groups[$0]) }
    }

    /// A refusal settles its group; all else is for lines to find out.
    mutating func answer(_ token: Int, _ answer: Answer) {
        let index = -1 - token
        guard awaited.remove(index) != nil else { return }
        switch answer {
        case .refused, .closes: break
        default: isTaken[index] = true
        }
    }

    /// DHE suites were found with RFC 7919 groups in the hello.
    mutating func giveUp() {
        isOver = true
        outbox = []
    }

    /// Once all answers are in: the groups of which the server takes something.
    mutating func finish() -> [[CipherSuite]]? {
        guard hasBegun, !isOver, awaited.isEmpty else { return nil }
        isOver = true
        return groups.indices.filter { isTaken[$0] }.map { groups[$0] }
    }
}
