import ArgumentParser
import Diagnostics
import Reporting

/// What the verbs have in common that open a session, do something to it, and write down how the peer takes that.
struct SessionReportOptions: ParsableArguments {
    @OptionGroup var channel: ChannelOptions

    @Option(
        name: .customLong("answer-timeout"),
        parsing: .unconditional,
        help: ArgumentHelp("How long to wait for the peer each time.", valueName: "duration")
    )
    var answerTimeout: DurationArgument = DurationArgument(.seconds(5))

    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Output") var destination: DestinationOptions
    @OptionGroup(title: "Output") var trace: TraceOptions

    /// Runs what makes the report, and writes that; `target` is named if it takes long.
    func write<Outcome: SessionOutcome>(
        for target: String,
        _ view: (Report<Outcome>) -> TextDocument,
        _ operation: @escaping @Sendable () async -> Report<Outcome>
    ) async throws {
        let writer = try output.writer(destination)
        channel.keyLog.warn()
        let (report, signal) = await Waiting.watch(for: target, operation)
        if let warning = report.result?.attributes.protectionWarning { Streams.complain("warning: \(warning)") }
        try writer.finish(report.interrupted(by: signal), view)
    }
}
