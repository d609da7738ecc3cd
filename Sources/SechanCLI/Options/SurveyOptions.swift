import ArgumentParser
import Diagnostics

/// What a survey finds out besides versions and suites, and what its result is held against.
struct SurveyOptions: ParsableArguments {
    @Option(
        name: .customLong("with"),
        help: ArgumentHelp(
            "Find out these too: groups, signatures, extensions, tolerance, fingerprints, or all.",
            valueName: "list"
        ),
        completion: .list(SurveyRequest.words)
    )
    var aspects: String?

    @Option(
        name: .customLong("expect"),
        help: ArgumentHelp("Fail if the server accepts a suite that this file does not list.", valueName: "file"),
        completion: .file()
    )
    var expectation: String?

    @Flag(name: .customLong("evidence"), help: "Show the first bytes of every hello and of every answer.")
    var evidence = false

    /// The options of this group that were given, by name.
    var given: [String] {
        let given: [(Bool, String)] = [
            (aspects != nil, "--with"), (expectation != nil, "--expect"), (evidence, "--evidence"),
        ]
        return given.filter(\.0).map(\.1)
    }

    /// The request for the engine.
    ///
    /// - Throws: `RequestProblem` for a word that `--with` doesn't know, or a list of suites that can't be used.
    func request() throws(RequestProblem) -> SurveyRequest {
        var request = SurveyRequest()
        if let aspects { try request.find(aspects) }
        if let expectation { request.expectation = try SuiteExpectation(path: expectation) }
        request.keepsEvidence = evidence
        return request
    }
}
