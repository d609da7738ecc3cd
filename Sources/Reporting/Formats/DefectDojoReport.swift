import Diagnostics
import TLSParameters

/// DefectDojo's "Generic Findings Import" in JSON. That importer refuses a file for a single key that it doesn't know, so there
/// are none but its own.
enum DefectDojoReport {
    static func render(_ reports: [Report<InspectResult>]) throws -> String {
        let tool = reports.first?.tool
        return try JSONReport.encode(
            Import(
                name: "sechan inspect",
                type: "sechan",
                version: tool?.version ?? "",
                description: "What sechan \(tool?.version ?? "") found out about \(targets(reports.count)).",
                findings: reports.flatMap { report in
                    ReportEntry.all(report).filter { $0.outcome == .failed || $0.outcome == .noted }
                        .map { Item($0, of: report) }
                }
            )
        )
    }

    private static func targets(_ count: Int) -> String {
        "\(count) target\(count == 1 ? "" : "s")"
    }

    private struct Import: Encodable {
        var name: String
        var type: String
        var version: String
        var description: String
        var findings: [Item]
    }

    private struct Item: Encodable {
        var title: String
        var date: String
        var severity: String
        var description: String
        var mitigation: String?
        var references: String?
        var active: Bool
        var verified = false
        // Observed from outside, not read in a source.
        var dynamic_finding = true
        var static_finding = false
        var unique_id_from_tool: String
        var vuln_id_from_tool: String
        var vulnerability_ids: [String]?
        var service: String?
        var endpoints: [String]?
        var tags: [String]

        init(_ entry: ReportEntry, of report: Report<InspectResult>) {
            // A title is a line of plain text, 511 characters at most there.
            title = entry.statement.excerpt(400).encoded(for: .terminal)
            date = String(report.startedAt.prefix(10))
            severity = Self.name(of: entry.severity)
            var paragraphs = [entry.statement.encoded(for: .markdown)]
            if let reason = entry.reason { paragraphs.append(reason.encoded(for: .markdown)) }
            if let evidence = entry.shortEvidence {
                paragraphs.append("Evidence: " + evidence.encoded(for: .markdown))
            }
            if let policy = entry.policy {
                paragraphs.append("Policy: " + PeerText("\(policy.name) \(policy.version)").encoded(for: .markdown))
            }
            description = paragraphs.joined(separator: "\n\n")
            mitigation = entry.remedy?.encoded(for: .markdown)
            references =
                entry.references.isEmpty
                ? nil : entry.references.map { PeerText($0).encoded(for: .terminal) }.joined(separator: "\n")
            active = entry.verdict != RuleOutcome.Verdict.waived.rawValue
            let name = report.targetName.encoded(for: .terminal)
            unique_id_from_tool = StableHash.hex("\(entry.uniqueID) \(name)")
            vuln_id_from_tool = entry.id
            vulnerability_ids = entry.vulnerabilities.isEmpty ? nil : entry.vulnerabilities
            service = report.target?.starttls.map { PeerText($0).encoded(for: .terminal) }
            endpoints = report.endpoint.map { [$0.encoded(for: .terminal)] }
            tags = ["tls", entry.kind.rawValue]
        }

        private static func name(of severity: Finding.Severity?) -> String {
            switch severity {
            case .info?, nil: "Info"
            case .low?: "Low"
            case .medium?: "Medium"
            case .high?: "High"
            }
        }
    }
}
