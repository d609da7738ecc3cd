import TLSParameters

extension RunStatus {
    /// The filters let no suite through, or none that could be asked for.
    init(noMatch filter: SuiteFilter) {
        let known = SuiteFilter.knownCount
        let matching = filter.withoutVersions.matchCount
        self.init(
            exit: .violation,
            kind: "no-match",
            reason: matching == 0
                ? "none of the \(known) known suites matches"
                : matching == 1
                    ? "the one suite that matches belongs to none of the versions asked for"
                    : "none of the \(matching) suites that match belongs to the versions asked for",
            hint: Self.hint(noMatch: filter, matching)
        )
    }

    private static func hint(noMatch filter: SuiteFilter, _ matching: Int) -> String {
        if matching > 0 { return "leave out the versions, or name others" }
        // Each condition may have suites of its own.
        if filter.withoutStrength.matchCount > 0 { return "no suite that matches has such a strength" }
        return "words are joined with '+', terms with ':', as in ECDHE+AESGCM:CHACHA20"
    }
}
