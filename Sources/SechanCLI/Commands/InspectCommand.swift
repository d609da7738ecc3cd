import ArgumentParser
import Diagnostics
import Reporting

/// `sechan inspect`: everything worth knowing of a server or a certificate.
struct InspectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Show everything worth knowing of a server or of certificates in a file, and judge it.",
        discussion: """
            For a server: what was negotiated, the versions and suites that it speaks, the certificates as sent and as \
            verified, and what is wrong with all that. \
            For a file ('-' reads standard input) of certificates, keys, requests, CRLs, PKCS#7, PKCS#12 or OCSP responses, PEM or DER: \
            what is in it and whether it fits together, at no traffic unless --fetch asks for it. \
            For a report in JSON: judged again, at no traffic. '--policy list' shows the policies that are built in.
            """
    )

    @Argument(
        help: ArgumentHelp(
            "Servers, as in 'sechan connect', files, reports in JSON to judge again; - is standard input.",
            valueName: "target|file"
        ),
        completion: .file()
    )
    var subjects: [String] = []

    @OptionGroup(title: "Targets") var targets: TargetsOptions
    @OptionGroup(title: "Inspection") var inspection: InspectionOptions
    @OptionGroup var channel: ChannelOptions
    @OptionGroup(title: "Limits") var probe: ProbeOptions
    @OptionGroup(title: "Judgement") var judging: PolicyOptions
    @OptionGroup(title: "Output") var reports: ReportOptions
    @OptionGroup(title: "Output") var verbosity: VerbosityOptions
    @OptionGroup(title: "Output") var trace: TraceOptions

    func run() async throws {
        let view = InspectText(
            verbose: verbosity.verbose,
            trace: trace.showsLegs,
            hex: trace.hex,
            explain: trace.explain
        )
        if judging.listsPolicies { return try judging.showPolicies(reports.listWriter(), subject: subjects.first) }
        let assessment = try judging.assessment()
        let plan = try judging.plan(reports)
        let jobs = try jobs()
        let (found, signal) =
            if jobs.count == 1 { try await runAlone(jobs[0]) } else { try await runAll(jobs) }
        let now = Timestamp.now
        let judged = found.map { reports in
            reports.map { report in
                // Of many, those that were done by then stay what they are.
                let isCut = jobs.count == 1 || report.status.exit == .incomplete
                return assessment.applied(to: isCut ? report.interrupted(by: signal) : report, now: now)
            }
        }
        let places = zip(jobs, judged).flatMap { job, reports in reports.map { _ in job.place } }
        try judging.tellEnd(judged.flatMap(\.self))
        try plan.finish(judged.flatMap(\.self), places: places, text: view.document)
    }

    /// A job that can't work ends the run before anything is sent.
    private func runAlone(_ job: InspectJob) async throws -> (reports: [[Report<InspectResult>]], signal: Int32?) {
        let run = try job.ready()
        if case .server = job.work {
            channel.keyLog.warn()
            judging.tellBeginning(job.input)
        }
        let (reports, signal) = await Waiting.watch(for: job.input) { await run($0) }
        return ([reports], signal)
    }

    private func runAll(_ jobs: [InspectJob]) async throws -> (reports: [[Report<InspectResult>]], signal: Int32?) {
        // What is wrong with the options that all share is said once, and before anything is sent.
        if let first = jobs.first(where: { if case .server = $0.work { true } else { false } }) {
            _ = try first.ready()
        }
        channel.keyLog.warn()
        let (width, ci) = (targets.width, judging.ci)
        let (found, signal) = await Waiting.watch(count: jobs.count) { done in
            var found: [[Report<InspectResult>]] = []
            try? await TargetRuns.run(jobs.count, atOnce: width) {
                await jobs[$0].attempt()
            } deliver: { _, reports in
                found.append(reports)
                done(found.count)
                // A log has no line that is written over.
                if ci { Streams.note("sechan: \(found.count) of \(jobs.count) targets") }
            }
            // A signal leaves the rest of the list unasked, which is no reason to leave it out.
            found += jobs[found.count...].map { [Report(unasked: $0.input)] }
            return found
        }
        return (found, signal)
    }
}
