import ArgumentParser
import Diagnostics
import Glibc
import Reporting
import TLSParameters

/// What a run is held against, and what makes it fail.
struct PolicyOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Judge by this policy: a name that 'list' shows, FILE.toml, or FILE.json#LEVEL as Mozilla publishes them.",
            valueName: "name|file"
        ),
        completion: .file()
    )
    var policy: String?

    @Option(
        name: .customLong("fail-on"),
        help: ArgumentHelp(
            "Fail for findings of this severity or worse, and with 'incomplete' for what was not determined; a list.",
            valueName: "info|low|medium|high|incomplete|none"
        )
    )
    var failOn: String?

    @Option(
        help: ArgumentHelp(
            "Fail unless this is so: tls1.3=supported, version>=tls1.2, days-left>=30, grade>=A, finding:ID=absent, ….",
            valueName: "key=value"
        )
    )
    var expect: [String] = []

    @Option(
        help: ArgumentHelp("Violations that are accepted for a time: a file in TOML.", valueName: "file"),
        completion: .file()
    )
    var waivers: String?

    @Option(
        help: ArgumentHelp("Compare with this older report in JSON, and fail for regressions.", valueName: "file"),
        completion: .file()
    )
    var baseline: String?

    @Option(
        help: ArgumentHelp(
            "Write the report in JSON to this file as well, for --baseline and for judging again.",
            valueName: "file"
        ),
        completion: .file()
    )
    var save: String?

    @Flag(
        help: "Do what continuous integration wants: no colour, --fail-on incomplete, progress in lines, annotations."
    )
    var ci = false

    @Flag(name: .customLong("exit-zero"), help: "End with 0 whatever the target is like.")
    var exitZero = false

    /// Whether the policies are only to be listed.
    var listsPolicies: Bool { policy == "list" }

    /// Whether annotations are wanted for the GitHub workflow that this runs in.
    var wantsAnnotations: Bool { ci && getenv("GITHUB_ACTIONS").map { String(cString: $0) } == "true" }

    /// The first of the options that judge; nil if none was given.
    var given: String? {
        if policy != nil { return "--policy" }
        if failOn != nil { return "--fail-on" }
        if !expect.isEmpty { return "--expect" }
        if waivers != nil { return "--waivers" }
        if baseline != nil { return "--baseline" }
        return exitZero ? "--exit-zero" : nil
    }

    /// What to hold reports against. Every file is read, and nothing is sent.
    ///
    /// - Throws: `RequestProblem` for a name, a file or a value that makes no sense.
    func assessment() throws(RequestProblem) -> Assessment {
        var assessment = Assessment()
        if let policy { assessment.policy = try Self.read(policy) }
        for text in expect { assessment.expectations.append(try Expectation(parsing: text)) }
        if let waivers {
            assessment.waivers = try PolicyWaiver.read(
                path: waivers,
                for: assessment.policy,
                assessment.expectations
            )
            if policy == nil, failOn == nil {
                throw RequestProblem(
                    reason: "--waivers has no effect without --policy or --fail-on",
                    hint: "name what is waived: --policy mozilla-intermediate"
                )
            }
        }
        assessment.threshold = try threshold()
        if let baseline {
            let reports = try JSONInput.reports(try ReportFile.read(baseline), from: baseline)
            assessment.baseline = Baseline(source: baseline, reports: reports)
        }
        assessment.exitsZero = exitZero
        return assessment
    }

    private static func read(_ text: String) throws(RequestProblem) -> Policy {
        let source = try PolicySource(parsing: text)
        if let policy = try source.policy() { return policy }
        guard case .json(let name, let bytes, let level) = source else {
            throw RequestProblem(reason: "'\(text)' is no policy")
        }
        return try JSONInput.guidelines(bytes, from: name).policy(level: level, source: name)
    }

    private func threshold() throws(RequestProblem) -> Assessment.FailureThreshold {
        var threshold = Assessment.FailureThreshold(severity: nil, incomplete: ci)
        guard let failOn else { return threshold }
        let words = failOn.lowercased().split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        let known = Finding.Severity.allCases.map(\.rawValue) + ["incomplete", "none"]
        for word in words {
            if let severity = Finding.Severity(rawValue: word), threshold.severity == nil {
                threshold.severity = severity
            } else if word == "incomplete" {
                threshold.incomplete = true
            } else if word == "none", words.count == 1 {
                threshold = .none
            } else {
                let isKnown = known.contains(word)
                let nearest = NearestNames.of(word, among: known).first
                throw RequestProblem(
                    reason: isKnown ? "--fail-on \(failOn) contradicts itself" : "--fail-on: there is no '\(word)'",
                    hint: !isKnown && nearest != nil
                        ? "did you mean '\(nearest ?? "")'?"
                        : "one severity of \(known.dropLast(2).joined(separator: ", ")), and 'incomplete' beside it: --fail-on medium,incomplete"
                )
            }
        }
        return threshold
    }

    /// Shows the policies that are built in.
    ///
    /// - Throws: `RequestProblem` for anything else that was asked for; `Streams.WriteError` if writing failed.
    func showPolicies(_ writer: ReportWriter, subject: String?) throws {
        guard subject == nil else {
            throw RequestProblem(
                reason: "'--policy list' takes no target",
                hint: "name a policy: --policy mozilla-intermediate"
            )
        }
        guard writer.format == .text else {
            throw RequestProblem(reason: "'--policy list' is text", hint: "leave --format out")
        }
        try Streams.write(JudgementText.list().text(writer.style), to: STDOUT_FILENO)
    }

    /// Where results go: in continuous integration without colour, unless that was asked for, and into `--save`'s file too.
    ///
    /// - Throws: as ``ReportOptions/plan(saving:)``.
    func plan(_ reports: ReportOptions) throws(RequestProblem) -> ReportPlan {
        var plan = try reports.plan(saving: save)
        if ci, reports.colour.color == nil { plan.colour = .never }
        return plan
    }

    /// Says in the log of continuous integration what begins.
    func tellBeginning(_ target: String) {
        if ci { Streams.note("sechan: inspecting \(PeerText(target).encoded(for: .terminal))") }
    }

    /// Says in the log of continuous integration how it ended, and annotates a workflow of GitHub's. Both go to standard
    /// error, where a workflow's commands are read as well, so that standard output stays what was asked for.
    func tellEnd(_ reports: [Report<InspectResult>]) throws {
        guard ci else { return }
        for report in reports {
            let target = PeerText(report.target?.input ?? "").encoded(for: .terminal)
            Streams.note("sechan: \(target): status \(report.status.exit.code), \(report.status.kind)")
        }
        guard wantsAnnotations else { return }
        let commands = try ReportFormat.github.render(reports, style: TextStyle(colour: false, columns: nil)) { _ in
            TextDocument()
        }
        try Streams.write(commands, to: STDERR_FILENO, called: "standard error")
    }
}
