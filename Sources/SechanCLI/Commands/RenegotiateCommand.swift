import ArgumentParser
import Diagnostics
import Reporting

/// `sechan renegotiate`: what a peer allows once a session stands.
struct RenegotiateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "renegotiate",
        abstract: "Show how a server renegotiates, updates its keys and resumes a lost session.",
        discussion: """
            On TLS 1.2 and older: does the server renegotiate when a client asks, and safely (RFC 5746)? On TLS 1.3: \
            does it follow a key update? On all: is a session resumed after its connection was lost? A row an attempt.
            """
    )

    @OptionGroup var target: TargetArgument
    @OptionGroup var channel: ChannelOptions

    @Option(
        name: .customLong("answer-timeout"),
        parsing: .unconditional,
        help: ArgumentHelp("How long to wait for the answer to each attempt.", valueName: "duration")
    )
    var answerTimeout: DurationArgument = DurationArgument(.seconds(5))

    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Output") var destination: DestinationOptions
    @OptionGroup(title: "Output") var trace: TraceOptions

    func run() async throws {
        let operation = try RenegotiateOperation(
            channel: channel.request(target.parsed()),
            answerTimeout: answerTimeout.duration,
            recordsBytes: trace.hex
        )
        let view = RenegotiateText(trace: trace.trace || trace.hex, hex: trace.hex)
        let (report, signal) = await Waiting.watch(for: target.target) { await operation.run() }
        try output.writer(destination).finish(report.interrupted(by: signal), view.document)
    }
}
