import ArgumentParser
import Diagnostics
import Reporting

/// `sechan shutdown`: how a connection ends.
struct ShutdownCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "shutdown",
        abstract: "Show how a connection to a server ends: who closes, how, and what could be lost.",
        discussion: """
            Completes a handshake, sends close_notify, and records what comes back: a close_notify, a FIN, a reset or \
            nothing, in which order, after how long, and any data that was still under way.
            """
    )

    @OptionGroup var target: TargetArgument
    @OptionGroup var channel: ChannelOptions

    @Option(
        name: .customLong("answer-timeout"),
        parsing: .unconditional,
        help: ArgumentHelp("How long to wait for the peer to close.", valueName: "duration")
    )
    var answerTimeout: DurationArgument = DurationArgument(.seconds(5))

    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Output") var destination: DestinationOptions
    @OptionGroup(title: "Output") var trace: TraceOptions

    func run() async throws {
        let operation = try ShutdownOperation(
            channel: channel.request(target.parsed()),
            answerTimeout: answerTimeout.duration,
            recordsBytes: trace.hex
        )
        let view = ShutdownText(trace: trace.trace || trace.hex, hex: trace.hex)
        let (report, signal) = await Waiting.watch(for: target.target) { await operation.run() }
        try output.writer(destination).finish(report.interrupted(by: signal), view.document)
    }
}
