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
            can do with it. With a target: which versions the server speaks, and with which suites in which order.
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
        name: .customLong("protocol"),
        help: ArgumentHelp("Only these versions: a list or a range such as tls1.0-tls1.2.", valueName: "list")
    )
    var protocols: String?

    @Option(
        name: .customLong("min-strength"),
        help: ArgumentHelp("Only suites of at least this strength.", valueName: "bits")
    )
    var minStrength: Int?

    @Option(
        name: .customLong("max-strength"),
        help: ArgumentHelp("Only suites of at most this strength.", valueName: "bits")
    )
    var maxStrength: Int?

    @OptionGroup(title: "Endpoint") var endpoint: EndpointOptions
    @OptionGroup(title: "Limits") var limits: LimitOptions
    @OptionGroup(title: "Limits") var probe: ProbeOptions
    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Output") var destination: DestinationOptions

    func run() async throws {
        let filter = try SuiteFilter(
            expression: match,
            protocols: protocols,
            minStrength: minStrength,
            maxStrength: maxStrength
        )
        guard let target else {
            if let option = (endpoint.given + limits.given + probe.given).first {
                throw RequestProblem(
                    reason: "\(option) has no effect without a target",
                    hint: "name a server, as in 'sechan ciphers example.com', or leave the option out"
                )
            }
            let report = try LocalCiphersOperation(filter: filter).run()
            try output.writer(destination).finish(report, LocalCiphersText.document)
            return
        }
        let operation = try CiphersOperation(
            target: Target(parsing: target),
            endpoint: endpoint.settings,
            limits: limits.settings,
            probe: probe.settings,
            filter: filter
        )
        let (report, signal) = await Waiting.watch(for: target) { await operation.run() }
        try output.writer(destination).finish(report.interrupted(by: signal), CiphersText.document)
    }
}
