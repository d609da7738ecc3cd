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
            session after the answer was read. On a terminal Ctrl-] opens a command line.
            """
    )

    @OptionGroup var target: TargetArgument
    @OptionGroup(title: "Data") var relay: RelayOptions
    @OptionGroup var channel: ChannelOptions
    @OptionGroup(title: "Protocols") var hello: HelloOptions
    @OptionGroup(title: "Session") var session: SessionOptions

    @Flag(
        name: [.customShort("q"), .customLong("quiet")],
        help: "Write nothing but what the peer sends to standard output."
    )
    var quiet = false

    @Flag(
        name: .customLong("no-diagnosis"),
        help: "Open no further connections to find out why a handshake failed."
    )
    var noDiagnosis = false

    @Option(
        name: .customLong("certs-out"),
        help: ArgumentHelp("Write the certificates that the peer sent to this file, as PEM.", valueName: "file"),
        completion: .file()
    )
    var certificatesFile: String?

    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Output") var destination: DestinationOptions
    @OptionGroup(title: "Output") var trace: TraceOptions
    @OptionGroup(title: "Output") var verbosity: VerbosityOptions

    func validate() throws {
        if quiet, output.format != .text {
            throw ValidationError("--quiet has no effect with --format \(output.format)")
        }
        if quiet, let option = trace.given ?? (verbosity.verbose ? "--verbose" : nil) {
            throw ValidationError("--quiet leaves \(option) without effect")
        }
    }

    func run() async throws {
        var request = try channel.request(target.parsed())
        request.hello = hello.settings
        session.apply(to: &request)
        let operation = try ConnectOperation(
            channel: request,
            relay: relay.limits(timeout: request.limits.timeout),
            errand: relay.errand(),
            recordsBytes: trace.hex,
            diagnoses: !noDiagnosis
        )
        let writer = try output.writer(destination)
        if let certificatesFile { try WholeFile.check(certificatesFile) }
        channel.keyLog.warn()
        let view = ConnectText(
            trace: trace.showsLegs,
            hex: trace.hex,
            explain: trace.explain,
            verbose: verbosity.verbose
        )
        // Text tells of the session before the peer's data; any other format is one document, written at the end, and
        // leaves standard output to the data only if it goes to a file.
        let streams = writer.format == .text && writer.file == nil
        // Quiet is standard output only: a file was asked for.
        let showsReport = !quiet || writer.file != nil
        let standardOutput = StandardOutput()
        let ends = ends(showsData: streams || writer.file != nil, to: standardOutput)
        let notice = Waiting.notice(for: target.target)
        let (report, signal) = await Interruption.watch {
            await operation.run(relay: ends) { opening in
                notice.cancel()
                if let warning = opening.result?.attributes?.protectionWarning {
                    Streams.complain("warning: \(warning)")
                }
                if streams, showsReport { try? await writer.write(opening, to: standardOutput, view.opening) }
                begin(ends, announcing: streams && showsReport)
            }
        }
        notice.cancel()
        ends.stopListening()
        let final = report.interrupted(by: signal)
        var problem = try await ReportWriter.writeLast(after: signal) {
            try await ends.finish()
            if showsReport { try await writer.write(final, to: standardOutput, streams ? view.closing : view.whole) }
        }
        do throws(Streams.WriteError) {
            if let certificatesFile { try write(final.result, to: certificatesFile) }
        } catch {
            problem = problem.flatMap { $0.isBrokenPipe ? nil : $0 } ?? error
        }
        try writer.end(final.status, unwritten: problem)
    }

    private func ends(showsData: Bool, to output: StandardOutput) -> StandardRelay {
        guard case .byte(let escape)? = relay.escapeKey else {
            return StandardRelay(showsData: showsData, output: output)
        }
        let prompt = SessionPrompt(colour: self.output.colour.choice)
        return StandardRelay(showsData: showsData, output: output, escape: escape, prompt: prompt)
    }

    /// Lets whoever types know how to go on.
    private func begin(_ ends: StandardRelay, announcing: Bool) {
        guard relay.isInteractive else { return }
        ends.listen()
        guard announcing, Streams.isTerminal(STDERR_FILENO) else { return }
        let commands = relay.escapeKey.map { ", \($0.name) opens a command line" } ?? ""
        Streams.note("\nsechan: what you type is sent; Ctrl-D ends the session\(commands)")
    }

    private func write(_ result: ConnectResult?, to file: String) throws(Streams.WriteError) {
        guard let chain = result?.chainPEM, !chain.isEmpty else {
            return Streams.note("sechan: the peer sent no certificate, so '\(file)' was not written")
        }
        try WholeFile.write(chain, to: file)
    }
}
