import Diagnostics
import Reporting

/// One target of an inspection: a server, a file, or a report to judge again.
struct InspectJob: Sendable {
    /// What is to be done.
    enum Work: Sendable {
        /// Ask a server.
        case server(ChannelRequest, InspectSettings, recordsBytes: Bool)
        /// Look at a file, and at a certificate that it may belong to.
        case file(path: String, validation: ValidationSettings, certificate: String?, passphrase: String?)
        /// Read reports of earlier runs.
        case report(path: String)
    }

    /// Runs a job that is ready; a watcher is told how far a survey is. A report to judge again may be several.
    typealias Run = @Sendable (@escaping SurveyProgress.Watcher) async -> [Report<InspectResult>]

    /// The target as it was written.
    let input: String
    /// The line of a list that it stands in; nil for one of the command line.
    let place: ReportPlace?
    let work: Work

    /// Checks what it asks for and reads its files; nothing is sent.
    ///
    /// - Throws: `RequestProblem` for anything that can't work.
    func ready() throws(RequestProblem) -> Run {
        switch work {
        case .server(let channel, let settings, let recordsBytes):
            let operation = try InspectOperation(channel: channel, settings: settings, recordsBytes: recordsBytes)
            return { watcher in [await operation.run(watcher: watcher)] }
        case .file(let path, let validation, let certificate, let passphrase):
            let operation = try InspectFileOperation(
                path: path,
                validation: validation,
                certificate: certificate,
                passphrase: passphrase
            )
            return { _ in [await operation.run()] }
        case .report(let path):
            let reports = try JSONInput.reports(try ReportFile.read(path), from: path).map(\.unjudged)
            return { _ in reports }
        }
    }

    /// The same for one of many: what can't work becomes its report, so that the others still have theirs.
    func attempt() async -> [Report<InspectResult>] {
        do throws(RequestProblem) {
            let run = try ready()
            return await run { _ in }
        } catch {
            return [Report(refused: error, target: input)]
        }
    }
}
