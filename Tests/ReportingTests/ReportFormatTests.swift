import Diagnostics
import Foundation
import TLSParameters
import Testing

@testable import Reporting

/// Every format of `inspect`, read back by somebody else's program.
@Suite(.serialized) struct ReportFormatTests {
    private static let places: [ReportPlace?] = [ReportPlace(file: "ops/target list.txt", line: 7), nil]

    private func render(_ format: ReportFormat, _ reports: [Report<InspectResult>]) throws -> String {
        try format.render(
            reports,
            places: Self.places,
            style: TextStyle(colour: false, columns: 100),
            text: InspectText(verbose: true, trace: true, hex: false).document
        )
    }

    private func read(_ format: ReportFormat, _ reports: [Report<InspectResult>]) throws -> [[String: Any]] {
        try ForeignReader.read(render(format, reports), as: format.rawValue)
    }

    /// One target that says everything, and one that couldn't be asked; their names differ.
    private func two(text: String = "server.test") throws -> [Report<InspectResult>] {
        var second = Samples.unreachable()
        second.target?.host = "gone.test"
        return [try Samples.inspection(text: text), second]
    }

    private func ids(_ entries: [[String: Any]], where key: String, _ value: String) -> [String] {
        entries.filter { $0[key] as? String == value }.compactMap { $0["id"] as? String }
    }

    @Test func jsonIsOneObjectOrAnArrayOfTargets() throws {
        let reports = try two()
        #expect(
            try ForeignReader.jq(".schema, .target.host, .result.judgement.verdict", render(.json, [reports[0]]))
                == "sechan/1\nserver.test\nviolated\n"
        )
        #expect(
            try ForeignReader.jq(".schema, (.targets | length), .targets[1].status.kind", render(.json, reports))
                == "sechan/1\n2\nrefused\n"
        )
    }

    @Test func ndjsonIsALineATarget() throws {
        let text = try render(.ndjson, two())
        #expect(text.split(separator: "\n").count == 2)
        #expect(try ForeignReader.jq(".status.kind", text) == "ok\nrefused\n")
    }

    @Test func csvHasARowAnEntry() throws {
        let rows = try read(.csv, two())
        #expect(rows.first.map { Set($0.keys) } == Set(CSVReport.columns))
        #expect(ids(rows, where: "kind", "finding").count == 5)
        #expect(ids(rows, where: "kind", "rule").count == 6)
        #expect(
            ids(rows, where: "kind", "check").sorted() == [
                "http.cookies", "vulnerability.heartbleed", "vulnerability.robot", "vulnerability.ticketbleed",
            ]
        )
        #expect(ids(rows, where: "verdict", "not-determined") == ["vulnerability.robot"])
        #expect(ids(rows, where: "target", "gone.test:443") == ["run"])
    }

    @Test func testsslCSVHasSurveyFindingsAndChecks() throws {
        let rows = try read(.testsslCSV, two())
        let severities = Dictionary(rows.map { ($0["id"] as? String ?? "", $0["severity"] as? String ?? "") }) { $1 }
        #expect(severities["SSLv2"] == "CRITICAL")
        #expect(severities["certificate.malformed"] == "LOW")
        #expect(severities["vulnerability.ticketbleed"] == "OK")
        #expect(severities["vulnerability.robot"] == "WARN")
        #expect(severities["vulnerability.heartbleed"] == nil, "what was not asked has no row")
        #expect(severities["scanProblem"] == "FATAL")
    }

    @Test func junitTellsFailuresFromWhatIsNotKnown() throws {
        let text = try render(.junit, two())
        try ForeignReader.xmllint(text)
        let cases = try ForeignReader.read(text, as: "junit")
        #expect(
            ids(cases, where: "result", "failure") == [
                "session.compression", "protocol.obsolete", "protocol.obsolete#2", "house/suites",
            ]
        )
        #expect(
            Set(ids(cases, where: "result", "skipped")) == [
                "house/groups", "house/storage", "house/headers", "vulnerability.heartbleed", "vulnerability.robot",
                "http.cookies",
            ]
        )
        #expect(ids(cases, where: "result", "error") == ["run"])
        #expect(ids(cases, where: "result", "passed").contains("vulnerability.ticketbleed"))
        let robot = cases.first { $0["id"] as? String == "vulnerability.robot" }
        #expect((robot?["message"] as? String)?.contains("it fell silent") == true)
    }

    @Test func sarifIsValidAndStable() throws {
        let reports = try two()
        let results = try read(.sarif, reports)
        #expect(ids(results, where: "level", "error") == ["session.compression", "house/suites", "house/lifetime"])
        #expect(ids(results, where: "level", "warning") == ["protocol.obsolete", "protocol.obsolete"])
        #expect(
            Set(ids(results, where: "level", "notification")) == ["house/groups", "vulnerability.robot", "run/refused"]
        )
        #expect(results.first?["file"] as? String == "ops/target%20list.txt")
        #expect(results.first?["line"] as? Int == 7)
        #expect(results.first { $0["id"] as? String == "house/lifetime" }?["suppressed"] as? Bool == true)
        // Another day, other findings before it, other numbers in its words: the same result.
        var later = reports
        later[0].startedAt = "2027-01-01T00:00:00Z"
        later[0].findings.removeFirst(2)
        let again = try read(.sarif, later)
        let prints = Dictionary(results.map { ($0["id"] as? String ?? "", $0["fingerprint"] as? String) }) { first, _ in
            first
        }
        #expect(
            again.filter { $0["fingerprint"] != nil }.allSatisfy { entry in
                let id = entry["id"] as? String ?? ""
                return results.contains {
                    $0["fingerprint"] as? String == entry["fingerprint"] as? String && prints[id] != nil
                }
            }
        )
    }

    @Test func sarifWithoutAFileHasNoPhysicalPlace() throws {
        let text = try ReportFormat.sarif.render(
            [Samples.inspection()],
            style: TextStyle(colour: false, columns: nil),
            text: { _ in TextDocument() }
        )
        #expect(try ForeignReader.read(text, as: "sarif").allSatisfy { $0["file"] == nil || $0["file"] is NSNull })
    }

    @Test func defectDojoTakesIt() throws {
        let findings = try read(.defectDojo, two())
        #expect(
            findings.compactMap { $0["id"] as? String } == [
                "session.compression", "protocol.obsolete", "protocol.obsolete", "certificate.malformed",
                "key-exchange.no-post-quantum", "house/suites", "house/lifetime",
            ]
        )
        #expect(findings.first?["severity"] as? String == "High")
        #expect(findings.first?["endpoints"] as? [String] == ["server.test:443"])
        #expect(findings.first?["vulnerability_ids"] as? [String] == ["CVE-2012-4929"])
        #expect(findings.last?["active"] as? Bool == false, "a violation that is waived")
    }

    @Test func gitlabTakesIt() throws {
        let issues = try read(.gitlab, two())
        #expect(ids(issues, where: "severity", "critical") == ["session.compression", "house/suites"])
        #expect(issues.first?["file"] as? String == "ops/target list.txt")
        #expect(issues.last?["file"] as? String == "gone.test:443", "a target that stands in no file")
    }

    @Test func githubAnnotatesTheWorstFirst() throws {
        let commands = try read(.github, two())
        #expect(
            commands.compactMap { $0["level"] as? String } == [
                "error", "error", "error", "warning", "warning", "notice", "notice", "notice", "notice",
            ]
        )
        #expect(commands.first?["file"] as? String == "ops/target list.txt")
        #expect(commands.first?["line"] as? String == "7")
        #expect(
            commands.last?["message"] as? String
                == "2 targets: 1 high, 2 medium, 1 low, 1 info, 1 rule violated, 2 not determined"
        )
    }

    @Test func nagiosHasAStateAndNumbers() throws {
        let report = try Samples.inspection()
        let line = try read(.nagios, [report])
        #expect(
            line.compactMap { $0["id"] as? String } == [
                "CRITICAL", "days", "high", "medium", "low", "info", "violated", "seconds",
            ]
        )
        #expect(try read(.nagios, two()).first?["lines"] as? Int == 3)
        var clean = report
        clean.findings = []
        clean.result?.judgement = nil
        #expect(NagiosReport.state(clean) == .ok)
        clean.findings = report.findings.filter { $0.severity == .medium }
        #expect(NagiosReport.state(clean) == .warning)
        clean.status = RunStatus(exit: .incomplete, kind: "incomplete:throttled", reason: "throttled")
        #expect(NagiosReport.state(clean) == .warning, "what is known to be wrong isn't unknown")
        clean.findings = []
        #expect(NagiosReport.state(clean) == .unknown)
        #expect(NagiosReport.state(Samples.unreachable()) == .critical)
        #expect(NagiosReport.state([clean, Samples.unreachable()]) == .critical)
    }

    @Test func prometheusTakesIt() throws {
        let reports = try two()
        // The same target again would be the same series again.
        let samples = try read(.prometheus, reports + [reports[0]])
        func value(_ name: String, _ label: String, _ text: String, target: String = "server.test:443") -> Double? {
            samples.first {
                $0["id"] as? String == name && $0[label] as? String == text && $0["target"] as? String == target
            }?["value"] as? Double
        }
        #expect(value("sechan_up", "target", "server.test:443") == 1)
        #expect(value("sechan_up", "target", "gone.test:443", target: "gone.test:443") == 0)
        #expect(value("sechan_findings", "severity", "medium") == 2)
        #expect(value("sechan_protocol_supported", "version", "ssl2") == 1)
        #expect(value("sechan_protocol_supported", "version", "tls1.3") == 0)
        #expect(value("sechan_checks", "verdict", "not-determined") == 1)
        #expect(value("sechan_policy_rules", "verdict", "violated") == 1)
        #expect(value("sechan_certificate_not_after_timestamp_seconds", "depth", "0") != nil)
    }

    /// What only differs behind what a label shows is one series, and would be there twice.
    @Test func prometheusCutsNamesBeforeItComparesThem() throws {
        var reports = try two()
        for index in reports.indices {
            reports[index].target?.input = String(repeating: "a", count: 400) + "\(index)"
            reports[index].target?.host = nil
        }
        #expect(try read(.prometheus, reports).count { $0["id"] as? String == "sechan_up" } == 1)
    }

    /// A recommendation that is not followed is told, and fails nothing, in whatever format.
    @Test func recommendationsFailNothing() throws {
        var report = try Samples.inspection()
        report.findings = []
        let rules = try #require(report.result?.judgement).rules
        report.result?.judgement?.rules = rules.map { rule in
            var rule = rule
            if rule.verdict == .violated { rule.severity = .info }
            return rule
        }
        report.result?.judgement?.verdict = .met
        #expect(ReportEntry.all(report).allSatisfy { $0.outcome != .failed })
        #expect(NagiosReport.state(report) == .ok)
        let junit = try ReportFormat.junit.render([report], style: TextStyle(colour: false, columns: nil)) { _ in
            TextDocument()
        }
        #expect(!junit.contains("<failure"))
        var document = TextDocument()
        JudgementText.add(report.result?.judgement, to: &document)
        let text = document.text(TextStyle(colour: false, columns: nil))
        #expect(!text.contains("1 violated") && text.contains("1 recommended"), "\(text)")
        let samples = try read(.prometheus, [report])
        func count(_ verdict: String) -> Double? {
            samples.first { $0["verdict"] as? String == verdict && $0["id"] as? String == "sechan_policy_rules" }?[
                "value"
            ]
                as? Double
        }
        #expect(count("violated") == 0 && count("recommended") == 1)
    }

    @Test func markdownHasAHeadingASection() throws {
        let headings = try read(.markdown, two()).compactMap { $0["id"] as? String }
        #expect(headings.first == "2 targets")
        #expect(headings.contains("Findings") && headings.contains("Policy") && headings.contains("Not determined"))
    }
}
