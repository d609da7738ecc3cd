import Diagnostics
import Glibc
import Reporting

/// Writes a report where the user wants it, in the format that they want.
struct ReportWriter {
    var format: OutputFormat
    /// The file to write to; nil for standard output.
    var file: String?
    var colour: ColourChoice

    /// Writes the report's result to standard output or the file, and what went wrong to standard error.
    ///
    /// - Throws: `Finished` with the report's status, or 6 for a result that could not be written, unless both are 0.
    func finish<Outcome>(_ report: Report<Outcome>, _ document: (Report<Outcome>) -> TextDocument) throws {
        try finish(report.status) { try text(of: report, document, pretty: true) }
    }

    /// Writes the report as `render` has it, whatever the format, and what went wrong to standard error.
    ///
    /// - Throws: as ``finish(_:_:)``.
    func finish<Outcome>(_ report: Report<Outcome>, as render: (Report<Outcome>) -> String) throws {
        try finish(report.status) { render(report) }
    }

    private func finish(_ status: RunStatus, _ render: () throws -> String?) throws {
        do {
            if let text = try render() { try deliver(text) }
        } catch let problem as Streams.WriteError {
            return try end(status, unwritten: problem)
        }
        try end(status)
    }

    /// Writes the result alone, without blocking a task when standard output stalls.
    ///
    /// - Throws: also `CancellationError`, as ``StandardOutput/write(_:)``.
    func write<Outcome>(
        _ report: Report<Outcome>,
        to output: StandardOutput,
        _ document: (Report<Outcome>) -> TextDocument
    ) async throws {
        guard let text = try text(of: report, document, pretty: true) else { return }
        if file == nil { try await output.write(text) } else { try deliver(text) }
    }

    /// Writes one report of many: a line of JSON, or its text. It is out when this returns.
    ///
    /// - Throws: also `CancellationError`, as ``StandardOutput/write(_:)``.
    func writeLine<Outcome>(
        _ report: Report<Outcome>,
        to output: StandardOutput,
        _ document: (Report<Outcome>) -> TextDocument
    ) async throws {
        guard let text = try text(of: report, document, pretty: false) else { return }
        if file == nil { try await output.write(text) } else { try deliver(text) }
    }

    /// Runs the last writes of a verb that a signal may have ended. A reader that has stopped is not waited for longer than
    /// a moment then, and another signal ends the waiting at once: the status still tells.
    ///
    /// - Returns: why something could not be written; nil if all was.
    static func writeLast(
        after signal: Int32?,
        _ write: @escaping @Sendable () async throws -> Void
    ) async throws -> Streams.WriteError? {
        let work = Task { try await write() }
        let timer = Task {
            guard signal != nil, (try? await Task.sleep(for: .seconds(1))) != nil else { return }
            work.cancel()
        }
        defer { timer.cancel() }
        do {
            try await work.value
        } catch let problem as Streams.WriteError {
            return problem
        } catch is CancellationError {}
        return nil
    }

    private func text<Outcome>(
        of report: Report<Outcome>,
        _ document: (Report<Outcome>) -> TextDocument,
        pretty: Bool
    ) throws -> String? {
        switch format {
        case .json: try JSONReport.render(report, pretty: pretty)
        case .text: report.result == nil ? nil : document(report).text(style)
        }
    }

    /// Says on standard error what a status other than 0 means, and ends the verb with it.
    ///
    /// - Parameter problem: why the result is not where it should be. It is told beside what else went wrong, and is the status
    ///   where nothing did. That a reader has left is nobody's fault.
    func end(_ status: RunStatus, unwritten problem: Streams.WriteError? = nil) throws {
        var exit = status.exit
        if let problem, !problem.isBrokenPipe {
            Streams.complain(problem.problem.reason)
            exit = ExitStatus.combined([exit, .incomplete])
        }
        if let reason = status.reason { Streams.complain(reason, hint: status.hint) }
        if exit != .ok { throw Finished(status: exit) }
    }

    /// How text is laid out where it is going.
    var style: TextStyle {
        guard file == nil else { return TextStyle(colour: colour == .always, columns: nil) }
        return TextStyle(
            colour: TerminalColour.isWanted(colour, terminal: Streams.isTerminal(STDOUT_FILENO)),
            columns: Streams.columns(of: STDOUT_FILENO)
        )
    }

    /// Writes a document to standard output or the file.
    func deliver(_ text: String) throws {
        guard let file else {
            try Streams.write(text, to: STDOUT_FILENO)
            return
        }
        try WholeFile.write(text, to: file)
    }
}

/// Whether a stream gets colours: the option first, then `NO_COLOR`, `CLICOLOR_FORCE`, `TERM` and the stream itself.
enum TerminalColour {
    static func isWanted(
        _ choice: ColourChoice,
        terminal: Bool,
        environment: (String) -> String? = { getenv($0).map { String(cString: $0) } }
    ) -> Bool {
        switch choice {
        case .always: return true
        case .never: return false
        case .auto:
            if let value = environment("NO_COLOR"), !value.isEmpty { return false }
            if let value = environment("CLICOLOR_FORCE"), !value.isEmpty, value != "0" { return true }
            return terminal && environment("TERM") != "dumb"
        }
    }
}
