import ArgumentParser
import Diagnostics
import Reporting

/// `sechan ciphers`: the suites known here, or those that a server speaks.
struct CiphersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ciphers",
        abstract: "List the suites known here, or the versions and suites of a server.",
        discussion: """
            Without a target: every cipher suite there is, with its names, its strength and what this machine's libssl \
            can do with it. With a target: which versions the server speaks, SSL 2.0 to TLS 1.3, with which suites in \
            which order, and with --with groups, signature schemes, extensions, tolerance and fingerprints too.
            """
    )

    @Argument(
        help: ArgumentHelp(
            "The server to probe: host, host:port, [2001:db8::1]:443 or unix:/path.",
            valueName: "target"
        )
    )
    var target: String?

    @Option(
        help: ArgumentHelp(
            "Only suites that match: names or words such as ECDHE+AESGCM:CHACHA20:!SHA1.",
            valueName: "expression"
        )
    )
    var match: String?

    @Option(
        name: [.customLong("protocol"), .customLong("only")],
        help: ArgumentHelp("Only these versions: a list or a range, as in ssl3,tls1.0-tls1.2.", valueName: "list")
    )
    var protocols: String?

    @Option(
        name: .customLong("min-strength"),
        parsing: .unconditional,
        help: ArgumentHelp("Only suites of at least this strength.", valueName: "bits")
    )
    var minStrength: Int?

    @Option(
        name: .customLong("max-strength"),
        parsing: .unconditional,
        help: ArgumentHelp("Only suites of at most this strength.", valueName: "bits")
    )
    var maxStrength: Int?

    @OptionGroup(title: "Survey") var survey: SurveyOptions
    @OptionGroup(title: "Endpoint") var endpoint: EndpointOptions
    @OptionGroup(title: "Limits") var limits: LimitOptions
    @OptionGroup(title: "Limits") var probe: ProbeOptions
    @OptionGroup(title: "Output") var output: SurveyOutputOptions
    @OptionGroup(title: "Output") var destination: DestinationOptions

    func run() async throws {
        let filter = try SuiteFilter(
            expression: match,
            protocols: protocols,
            minStrength: minStrength,
            maxStrength: maxStrength
        )
        guard let target else {
            let csv = output.format == .testsslCSV ? ["--format testssl-csv"] : []
            if let option = (survey.given + endpoint.given + limits.given + probe.given + csv).first {
                throw RequestProblem(
                    reason: "\(option) has no effect without a target",
                    hint: "name a server, as in 'sechan ciphers example.com', or leave the option out"
                )
            }
            let report = try LocalCiphersOperation(filter: filter).run()
            try output.writer(destination).finish(report, LocalCiphersText.document)
            return
        }
        if output.format == .testsslCSV, survey.evidence {
            throw RequestProblem(
                reason: "--evidence has no effect with --format testssl-csv",
                hint: "that format has no place for bytes; --format json has"
            )
        }
        let operation = try CiphersOperation(
            target: Target(parsing: target),
            endpoint: endpoint.settings,
            limits: limits.settings,
            probe: probe.settings,
            filter: filter,
            survey: survey.request()
        )
        let writer = try output.writer(destination)
        let (report, signal) = await Waiting.watch(for: target) { await operation.run(watcher: $0) }
        if output.format == .testsslCSV {
            try writer.finish(report.interrupted(by: signal), as: TestsslCSV.render)
        } else {
            try writer.finish(report.interrupted(by: signal), CiphersText.document)
        }
    }
}
