import Diagnostics

/// Finds a misspelt verb before the argument parser takes it for an argument too many.
enum VerbCheck {
    /// Checks the first word of a command line.
    ///
    /// - Throws: `RequestProblem` that names the verb which was probably meant.
    static func check(_ arguments: [String]) throws(RequestProblem) {
        let verbs = Verb.allCases.map(\.rawValue)
        guard let word = arguments.first, !word.hasPrefix("-"), word != "help", !verbs.contains(word) else { return }
        throw RequestProblem(
            reason: "there is no verb '\(word)'",
            hint: NearestNames.of(word, among: verbs).first.map { "did you mean 'sechan \($0)'?" }
                ?? "the verbs are \(verbs.joined(separator: ", ")), as in 'sechan connect \(word)'"
        )
    }
}
