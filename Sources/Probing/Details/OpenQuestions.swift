/// The questions of an inquiry: what is to be asked, what is on its way, and what each was asked for.
struct OpenQuestions<Purpose: Sendable>: Sendable {
    private var outbox: [(token: Int, question: HelloQuestion)] = []
    private var purposes: [Int: Purpose] = [:]
    private var nextToken = 0

    /// Every question was answered.
    var isEmpty: Bool { purposes.isEmpty }

    /// Asks when the inquiry is next asked for its questions. Returns the token.
    @discardableResult
    mutating func ask(_ question: HelloQuestion, for purpose: Purpose) -> Int {
        outbox.append((nextToken, question))
        purposes[nextToken] = purpose
        nextToken += 1
        return nextToken - 1
    }

    /// What may be asked now, each once.
    mutating func take() -> [(token: Int, question: HelloQuestion)] {
        defer { outbox = [] }
        return outbox
    }

    /// What the question was for; nil if it was answered before.
    mutating func close(_ token: Int) -> Purpose? { purposes.removeValue(forKey: token) }
}
