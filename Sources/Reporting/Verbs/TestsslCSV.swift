public import Diagnostics
import TLSParameters

/// Renders a survey as the seven columns of testssl.sh's CSV, which DefectDojo and others import, with that program's ids
/// where it has one for the same fact, and the finding's own id where it has none.
///
/// Severities are `OK`, `INFO`, `LOW`, `MEDIUM`, `HIGH`, `CRITICAL`, `WARN` (not known) and `FATAL` (nothing learnt). What was
/// not asked for has no row, and what stayed open is never `OK`.
public enum TestsslCSV {
    /// The header and a row a fact; every field is quoted, lines end with a line feed.
    public static func render(_ report: Report<CiphersResult>) -> String {
        header + lines(report, report.result.map { rows($0) + findings(report.findings) } ?? [])
    }

    /// The same for whole inspections, with a row a check too. Rules of a policy have no place here.
    static func render(_ reports: [Report<InspectResult>]) -> String {
        header
            + reports.map { report in
                guard let result = report.result else { return lines(report, []) }
                let survey = result.survey.map { rows($0) } ?? []
                let findings = result.survey == nil ? report.findings.map(row) : findings(report.findings)
                return lines(report, survey + findings + result.checks.compactMap(row))
            }.joined()
    }

    private static func rows(_ survey: CiphersResult) -> [Row] {
        TestsslRows.versions(survey) + TestsslRows.lists(survey) + TestsslRows.suites(survey)
            + TestsslRows.details(survey) + TestsslRows.weaknesses(survey)
    }

    private static let header = line(
        ["id", "fqdn/ip", "port", "severity", "finding", "cve", "cwe"].map { PeerText($0) }
    )

    private static func line(_ fields: [PeerText]) -> String {
        fields.map { $0.encoded(for: .csv) }.joined(separator: ",") + "\n"
    }

    /// The rows of one report, and why there aren't more.
    private static func lines(_ report: Report<some Codable & Sendable>, _ facts: [Row]) -> String {
        var rows = facts
        if let reason = report.status.reason {
            rows.append(Row("scanProblem", report.result == nil ? "FATAL" : "WARN", PeerText(reason)))
        }
        let place = place(report.target)
        return rows.map { row in
            line(
                [PeerText(row.id), place.host, PeerText(place.port), PeerText(row.severity), row.finding]
                    + [PeerText(row.cve), PeerText(row.cwe)]
            )
        }.joined()
    }

    /// One fact.
    struct Row {
        var id: String
        var severity: String
        var finding: PeerText
        /// Names of vulnerabilities, separated by spaces.
        var cve: String
        /// `CWE-327`, or nothing.
        var cwe: String

        init(_ id: String, _ severity: String, _ finding: PeerText, cve: String = "", cwe: String = "") {
            self.id = id
            self.severity = severity
            self.finding = finding
            self.cve = cve
            self.cwe = cwe
        }

        /// A fact in words of ours.
        init(_ id: String, _ severity: String, _ finding: String, cve: String = "", cwe: String = "") {
            self.init(id, severity, PeerText(finding), cve: cve, cwe: cwe)
        }
    }

    /// `example.com/192.0.2.1` and the port, which is empty for a UNIX-domain socket.
    private static func place(_ target: TargetSummary?) -> (host: PeerText, port: String) {
        guard let target else { return (PeerText(""), "") }
        let name = target.host ?? target.input
        return (PeerText(target.address.map { "\(name)/\($0)" } ?? name), target.port.map(String.init) ?? "")
    }

    /// What testssl.sh has no id for.
    private static func findings(_ findings: [Finding]) -> [Row] {
        let told = [
            "protocol.", "suite.", "key-exchange.", "renegotiation.", "session.compression", "downgrade.no-fallback",
        ]
        let own = ["protocol.pct", "protocol.violation", "key-exchange.weak-dh"]
        return findings.filter { finding in
            own.contains(finding.id) || !told.contains { finding.id.hasPrefix($0) }
        }.map(row)
    }

    private static func row(_ finding: Finding) -> Row {
        Row(
            finding.id,
            finding.severity.rawValue.uppercased(),
            finding.statement,
            cve: finding.references.filter { $0.hasPrefix("CVE-") }.joined(separator: " ")
        )
    }

    /// What was looked for and isn't there, or isn't known; what there is, a finding tells.
    private static func row(_ check: CheckOutcome) -> Row? {
        switch check.verdict {
        case .absent: Row(check.id, "OK", "not found")
        case .undetermined: Row(check.id, "WARN", check.reason.map { "not determined: \($0)" } ?? "not determined")
        case .found, .notRun, .notApplicable: nil
        }
    }
}
