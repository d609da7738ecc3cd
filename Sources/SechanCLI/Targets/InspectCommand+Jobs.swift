import ArgumentParser
import Diagnostics
import Reporting

extension InspectCommand {
    /// The targets of the command line, or of a list, each with its options.
    func jobs() throws -> [InspectJob] {
        guard let file = targets.file else {
            guard !subjects.isEmpty else {
                throw RequestProblem(
                    reason: "there is no target",
                    hint: "name a server, a file or a report: sechan inspect example.com"
                )
            }
            if subjects.count == 1, targets.parallel != nil { throw Self.problem("--parallel", "one target") }
            let others = Self.hasServer(subjects)
            return try subjects.map { try job($0, at: nil, others: others) }
        }
        guard subjects.isEmpty else {
            throw RequestProblem(
                reason: "'\(subjects[0])' and --targets \(file) both name targets",
                hint: "put all of them into the list, or leave the list out"
            )
        }
        let list = try TargetList(path: file)
        let shared = TargetsOptions.words(Array(CommandLine.arguments.dropFirst(2)))
        let others = Self.hasServer(list.lines.map(\.target))
        return try list.lines.map { line in
            let place = ReportPlace(file: file, line: line.number)
            guard !line.options.isEmpty else {
                return try located(line, list) {
                    try job(line.target, at: place, others: others)
                }
            }
            let words = line.options.map { $0.prefix { $0 != "=" } }
            if let option = words.first(where: { TargetsOptions.shared.contains(String($0)) }) {
                throw RequestProblem(
                    reason: "line \(line.number) of \(list.name): \(option) is for all targets",
                    hint: "write it on the command line"
                )
            }
            return try located(line, list) {
                let command = try InspectCommand.parse(shared + line.options + ["--", line.target])
                return try command.job(line.target, at: place, others: others)
            }
        }
    }

    /// Says which line of a list a problem is in.
    private func located(
        _ line: TargetList.Line,
        _ list: TargetList,
        _ make: () throws -> InspectJob
    ) throws -> InspectJob {
        do {
            return try make()
        } catch let problem as RequestProblem {
            throw RequestProblem(reason: "line \(line.number) of \(list.name): \(problem.reason)", hint: problem.hint)
        } catch {
            let complaint = UsageComplaint(message: InspectCommand.fullMessage(for: error))
            throw RequestProblem(
                reason: "line \(line.number) of \(list.name): \(complaint.reason)",
                hint: complaint.hint
            )
        }
    }

    /// The job for a target. Options that mean nothing for it are an error where there is no server that they are for: of
    /// several targets `others` may be some.
    private func job(_ text: String, at place: ReportPlace?, others: Bool = false) throws -> InspectJob {
        let work: InspectJob.Work
        switch try InspectSubject(parsing: text) {
        case .report(let path):
            let idle = channel.optionsWithoutPeer + channel.optionsForClients + inspection.given + probe.given
            if !others, let option = idle.first ?? trace.given { throw Self.problem(option, "a saved report") }
            work = .report(path: path)
        case .file(let path):
            let idle = channel.optionsWithoutPeer.filter { $0 != "--cert" } + inspection.given + probe.given
            if !others, let option = idle.first ?? trace.given {
                throw RequestProblem(
                    reason: "\(option) has no effect on a file",
                    hint: "leave it out, or write \(path):443 if '\(path)' is a host"
                )
            }
            work = .file(
                path: path,
                validation: channel.validation.settings,
                certificate: try channel.credentials.comparedCertificate(for: path),
                passphrase: channel.credentials.passphrase
            )
        case .server(let target):
            work = try .server(
                channel.request(target),
                inspection.settings(probe: probe.settings),
                recordsBytes: trace.hex
            )
        }
        return InspectJob(input: text, place: place, work: work)
    }

    /// Whether a server is among targets.
    private static func hasServer(_ targets: [String]) -> Bool {
        targets.contains { if case .server? = try? InspectSubject(parsing: $0) { true } else { false } }
    }

    private static func problem(_ option: String, _ subject: String) -> RequestProblem {
        RequestProblem(reason: "\(option) has no effect on \(subject)", hint: "leave it out")
    }
}
