public import ArgumentParser
public import Diagnostics
import Reporting

/// `sechan shutdown`: how a connection ends.
struct ShutdownCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "shutdown",
        abstract: "Show how a connection to a server ends: who closes, how, and what could be lost.",
        discussion: """
            Completes a handshake, asks for a page if the target is https://, ends the session, and records what comes \
            back: a close_notify, a FIN, a reset or nothing, in which order, after how long, and any data that was still \
            under way. Where a server speaks TLS 1.3 and 1.2, both are watched.
            """
    )

    @OptionGroup var target: TargetArgument

    @Option(
        help: ArgumentHelp(
            "How the session is ended: close_notify and wait, close_notify and FIN, in the middle of a request, or RST.",
            valueName: "bidirectional|send-only|half|abort"
        )
    )
    var mode: ClosingMode = .bidirectional

    @Option(
        help: ArgumentHelp(
            "Send this alert in place of close_notify, as in unexpected_message or user_canceled:warning (not in TLS 1.3).",
            valueName: "name[:level]"
        )
    )
    var alert: String?

    @OptionGroup var session: SessionReportOptions

    func run() async throws {
        let operation = try ShutdownOperation(
            channel: session.channel.request(target.parsed()),
            mode: mode,
            alert: alert.map { text throws(RequestProblem) in try ChosenAlert(parsing: text) },
            answerTimeout: session.answerTimeout.duration,
            recordsBytes: session.trace.hex
        )
        let view = ShutdownText(
            trace: session.trace.showsLegs,
            hex: session.trace.hex,
            explain: session.trace.explain
        )
        try await session.write(for: target.target, view.document) { await operation.run() }
    }
}

extension ClosingMode: ExpressibleByArgument {}
