import Certificates

/// The ids that findings can have, for whoever names one: the catalogue's, those of a chain's problems, and those of the rules
/// for certificates.
enum FindingIDs {
    /// All of them.
    static var all: [String] {
        CheckCatalogue.all.map(\.id) + ValidationProblem.ids.map { "certificate.\($0)" } + LintRule.all.map(\.findingID)
    }

    /// Whether an id, or a pattern in which `*` stands for anything, can mean a finding.
    static func has(_ pattern: String) -> Bool {
        // What OpenSSL finds wrong beyond the problems that have names here goes by its number.
        pattern.hasPrefix("certificate.\(ValidationProblem.numbered)") || all.contains { Pattern.matches(pattern, $0) }
    }

    /// An id, or a pattern that fits one.
    ///
    /// - Throws: `RequestProblem` with the nearest ids.
    static func checked(_ pattern: String) throws(RequestProblem) -> String {
        if has(pattern) { return pattern }
        throw RequestProblem(
            reason: pattern.contains("*")
                ? "no finding has an id like '\(pattern)'" : "there is no finding '\(pattern)'",
            hint: NearestNames.hint(pattern, among: all, otherwise: "docs/findings.md lists them")
        )
    }
}
