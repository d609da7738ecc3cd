import Probing

/// What a survey is to find out besides versions and suites, and what its result is held against.
public struct SurveyRequest: Sendable {
    /// What to find out besides versions and suites.
    var aspects: Set<SurveyAspect> = []
    /// The suites that are allowed; nil for no opinion.
    public var expectation: SuiteExpectation?
    /// Whether the bytes of every hello and answer become part of the report.
    public var keepsEvidence = false

    /// Versions and suites alone.
    public init() {}

    /// The words that ``find(_:)`` knows.
    public static let words = SurveyAspect.allCases.map(\.rawValue) + ["all"]

    /// Asks for what a user lists: `groups`, `signatures`, `extensions`, `tolerance`, `fingerprints`, or `all`.
    ///
    /// - Throws: `RequestProblem` for any other word.
    public mutating func find(_ list: String) throws(RequestProblem) {
        for word in list.split(separator: ",", omittingEmptySubsequences: false) {
            let word = word.filter { $0 != " " }.lowercased()
            if word == "all" {
                aspects.formUnion(SurveyAspect.allCases)
            } else if let aspect = SurveyAspect(rawValue: word) {
                aspects.insert(aspect)
            } else {
                throw RequestProblem(
                    reason: "'\(word)' is nothing that --with knows",
                    hint: "choose from \(Self.words.joined(separator: ", "))"
                )
            }
        }
    }
}
