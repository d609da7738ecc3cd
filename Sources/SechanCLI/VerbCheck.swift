import Diagnostics

/// Finds a misspelt verb before the argument parser takes it for an argument too many.
enum VerbCheck {
    /// Checks the first word of a command line.
    ///
    /// - Throws: `RequestProblem` that names the verb which was probably meant.
    static func check(_ arguments: [String]) throws(RequestProblem) {
        let verbs = Verb.allCases.map(\.rawValue)
        guard let word = arguments.first, !word.hasPrefix("-"), word != "help", !verbs.contains(word) else { return }
        let nearest = verbs.min { distance(word, $0) < distance(word, $1) }
        let meant = nearest.flatMap { distance(word, $0) <= 2 || $0.hasPrefix(word) ? $0 : nil }
        throw RequestProblem(
            reason: "there is no verb '\(word)'",
            hint: meant.map { "did you mean 'sechan \($0)'?" }
                ?? "the verbs are \(verbs.joined(separator: ", ")), as in 'sechan connect \(word)'"
        )
    }

    /// How many letters have to be added, taken away or changed to make one word of the other.
    private static func distance(_ one: String, _ other: String) -> Int {
        let other = Array(other)
        var row = Array(0...other.count)
        for (index, letter) in one.prefix(32).enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for column in other.indices {
                let change = diagonal + (letter == other[column] ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(change, diagonal + 1, row[column] + 1)
            }
        }
        return row[other.count]
    }
}
