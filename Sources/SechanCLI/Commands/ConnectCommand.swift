import ArgumentParser
import Diagnostics
import Glibc
import Reporting

/// `sechan connect`: a full session with a peer.
struct ConnectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "connect",
        abstract: "Open a session with a peer, show it, and relay standard input and output.",
        discussion: """
            Prints whether a session stands, with which version and suite, and whether the peer is who it claims to be; \
            then relays until either side ends, and closes cleanly. Without a terminal the end of input closes the \
            session after the answer was read.
            """
    )

    @OptionGroup var target: TargetArgument
    @OptionGroup var channel: ChannelOptions

    @Flag(help: ArgumentHelp("Keep the session open after the end of input, until the peer ends it."))
    var hold = false

    @Option(
        name: .customLong("answer-timeout"),
        parsing: .unconditional,
        help: ArgumentHelp(
            "How long to wait for an answer, or for more of it, after the end of input.",
            valueName: "duration"
        )
    )
    var answerTimeout: DurationArgument = DurationArgument(.seconds(3))

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Close a session in which both sides are silent for this long; 60s without a terminal, otherwise never.",
            valueName: "duration"
        )
    )
    var idle: DurationArgument?

    @Flag(
        name: [.customShort("q"), .customLong("quiet")],
        help: "Write nothing but what the peer sends to standard output."
    )
    var quiet = false

    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Output") var destination: DestinationOptions
    @OptionGroup(title: "Output") var trace: TraceOptions

    func validate() throws {
        if quiet, output.format != .text {
            throw ValidationError("--quiet has no effect with --format \(output.format)")
        }
        if quiet, trace.trace || trace.hex { throw ValidationError("--quiet leaves --trace and --hex without effect") }
    }

    func run() async throws {
        let operation = try ConnectOperation(
            channel: channel.request(target.parsed()),
            relay: RelayLimits(
                answer: answerTimeout.duration,
                idle: idle?.duration ?? (Streams.isTerminal(STDIN_FILENO) ? nil : .seconds(60)),
                hold: hold
            ),
            recordsBytes: trace.hex
        )
        let writer = output.writer(destination)
        let view = ConnectText(trace: trace.trace || trace.hex, hex: trace.hex)
        // Text tells of the session before the peer's data; any other format is one document, written at the end, and
        // leaves standard output to the data only if it goes to a file.
        let streams = writer.format == .text && writer.file == nil
        let showsReport = !quiet
        let standardOutput = StandardOutput()
        let relay = StandardRelay(showsData: streams || writer.file != nil, output: standardOutput)
        let notice = Waiting.notice(for: target.target)
        let (report, signal) = await Interruption.watch {
            await operation.run(relay: relay) { opening in
                notice.cancel()
                guard streams, showsReport else { return }
                try? await writer.write(opening, to: standardOutput, view.opening)
                if Streams.isTerminal(STDIN_FILENO), Streams.isTerminal(STDERR_FILENO) {
                    Streams.note("\nsechan: what you type is sent; Ctrl-D ends the session")
                }
            }
        }
        notice.cancel()
        let final = report.interrupted(by: signal)
        try await ReportWriter.writeLast(after: signal) {
            try await relay.finish()
            if showsReport { try await writer.write(final, to: standardOutput, streams ? view.closing : view.whole) }
        }
        try writer.end(final.status)
    }
}
