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
            "A server, as in 'sechan connect', or a file of certificates, or - for standard input.",
            valueName: "target|file"
        ),
        completion: .file()
    )
    var subject: String?

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
        if judging.listsPolicies { return try judging.showPolicies(reports.listWriter(), subject: subject) }
        guard let subject else {
            throw RequestProblem(
                reason: "there is no target",
                hint: "name a server, a file or a report: sechan inspect example.com"
            )
        }
        let assessment = try judging.assessment()
        let plan = try judging.plan(reports)
        switch try InspectSubject(parsing: subject) {
        case .report(let path):
            let idle = channel.optionsWithoutPeer + channel.optionsForClients + inspection.given + probe.given
            if let option = idle.first ?? trace.given {
                throw RequestProblem(reason: "\(option) has no effect on a saved report", hint: "leave it out")
            }
            let reports = try JSONInput.reports(try ReportFile.read(path), from: path)
            let judged = reports.map { assessment.applied(to: $0.unjudged, now: Timestamp.now) }
            try judging.tellEnd(judged)
            try plan.finish(judged, text: view.document)
        case .file(let path):
            let idle = channel.optionsWithoutPeer.filter { $0 != "--cert" } + inspection.given + probe.given
            if let option = idle.first ?? trace.given {
                throw RequestProblem(
                    reason: "\(option) has no effect on a file",
                    hint: "leave it out, or write \(path):443 if '\(path)' is a host"
                )
            }
            let found = try await InspectFileOperation(
                path: path,
                validation: channel.validation.settings,
                certificate: channel.credentials.comparedCertificate(for: path),
                passphrase: channel.credentials.passphrase
            ).run()
            let report = assessment.applied(to: found, now: Timestamp.now)
            try judging.tellEnd([report])
            try plan.finish([report], text: view.document)
        case .server(let target):
            let operation = try InspectOperation(
                channel: channel.request(target),
                settings: inspection.settings(probe: probe.settings),
                recordsBytes: trace.hex
            )
            channel.keyLog.warn()
            judging.tellBeginning(target.input)
            let (found, signal) = await Waiting.watch(for: target.input) { await operation.run(watcher: $0) }
            let report = assessment.applied(to: found.interrupted(by: signal), now: Timestamp.now)
            try judging.tellEnd([report])
            try plan.finish([report], text: view.document)
        }
    }
}
