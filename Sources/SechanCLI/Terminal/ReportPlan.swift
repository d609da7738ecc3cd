import Diagnostics
import Glibc
import Reporting

/// Where the reports of a run go, in which formats: settled before the run, so that nothing is sent for a report that can't be
/// written.
struct ReportPlan {
    /// One report.
    struct Output {
        var format: ReportFormat
        /// The file to write to; nil for standard output.
        var file: String?
    }

    var outputs: [Output]
    var colour: ColourChoice

    /// Writes all the reports, then says on standard error what went wrong, and ends the verb with the run's status.
    ///
    /// - Parameters:
    ///   - places: where in a file each target stands; nil for those that stand in none.
    ///   - text: how the text of one report reads.
    /// - Throws: `Finished` with the run's status, unless that is 0. What could not be written makes it 6 where nothing worse is to be
    ///   told. A monitoring plugin's line on standard output has the status that such plugins have, and what could not be written
    ///   makes it unknown.
    func finish(
        _ reports: [Report<InspectResult>],
        places: [ReportPlace?] = [],
        text: (Report<InspectResult>) -> TextDocument
    ) throws {
        var problems: [Streams.WriteError] = []
        for output in outputs {
            let writer = ReportWriter(format: .text, file: output.file, colour: colour)
            let document = try output.format.render(reports, places: places, style: writer.style, text: text)
            do {
                try writer.deliver(document)
            } catch let problem as Streams.WriteError {
                problems.append(problem)
            }
        }
        problems.removeAll(where: \.isBrokenPipe)
        for problem in problems { Streams.complain(problem.problem.reason) }
        for report in reports {
            if let reason = report.status.reason { complain(reason, report, isOnly: reports.count == 1) }
        }
        let statuses = reports.map(\.status.exit) + problems.map { _ in .incomplete }
        var status = ExitStatus.combined(statuses)
        if outputs.contains(where: { $0.format == .nagios && $0.file == nil }) {
            // What is nowhere to be read isn't known to be well.
            let state = NagiosReport.state(reports)
            status = (problems.isEmpty ? state : max(state, .unknown)).exit
        }
        if status != .ok { throw Finished(status: status) }
    }

    private func complain(_ reason: String, _ report: Report<InspectResult>, isOnly: Bool) {
        let name = report.target.map { "\(RequestProblem(reason: $0.input).reason): " } ?? ""
        // What couldn't be read has its name in the reason.
        let isNamed = isOnly || reason.hasPrefix(name)
        Streams.complain(isNamed ? reason : name + reason, hint: report.status.hint)
    }
}

extension NagiosReport.State {
    /// The exit status whose number this state has. In that interface the numbers mean something else.
    fileprivate var exit: ExitStatus {
        switch self {
        case .ok: .ok
        case .warning: .violation
        case .critical: .usage
        case .unknown: .unreachable
        }
    }
}
