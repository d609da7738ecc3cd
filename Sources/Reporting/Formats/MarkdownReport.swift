import Certificates
import Diagnostics
import TLSParameters

/// A document in GitHub's dialect of Markdown: for a step's summary, a ticket, a chat.
enum MarkdownReport {
    static func render(_ reports: [Report<InspectResult>]) -> String {
        var text = ""
        if reports.count > 1 {
            text += "# \(reports.count) targets\n\n"
            text += table(
                ["target", "verdict", "why"],
                reports.map { report in
                    let summary = ReportSummary(report)
                    return [code(report.targetName), summary.word, summary.sentence(.markdown)]
                }
            )
        }
        for report in reports { text += document(report, level: reports.count > 1 ? "##" : "#") }
        return text
    }

    private static func document(_ report: Report<InspectResult>, level: String) -> String {
        let summary = ReportSummary(report)
        var text = "\(level) \(md(report.targetName)): \(summary.word)\n\n"
        let sentence = summary.sentence(.markdown)
        if !sentence.isEmpty { text += sentence + "\n\n" }
        let entries = ReportEntry.all(report)
        let findings = entries.filter { $0.kind == .finding }
        text += section(
            level,
            "Findings",
            ["severity", "what", "seen", "what to do"],
            findings.map { entry in
                [
                    entry.severity?.rawValue ?? "", "\(md(entry.statement)) (\(md(entry.id)))",
                    entry.shortEvidence.map(md) ?? "", entry.remedy.map(md) ?? "",
                ]
            }
        )
        let rules = entries.filter { $0.kind == .rule && $0.outcome != .passed && $0.outcome != .skipped }
        text += section(
            level,
            "Policy",
            ["verdict", "rule", "why"],
            rules.map { entry in
                [entry.verdict, "\(md(entry.statement)) (\(md(entry.id)))", entry.reason.map(md) ?? ""]
            }
        )
        text += section(
            level,
            "Not determined",
            ["check", "why"],
            entries.filter { $0.kind == .check && $0.outcome == .open }.map { [md($0.id), $0.reason.map(md) ?? ""] }
        )
        guard let result = report.result else { return text }
        text += section(
            level,
            "Versions",
            ["version", "verdict", "suites"],
            (result.survey?.versions ?? []).map { version in
                [
                    md(version.version), md(version.verdict),
                    version.suites.map { md($0.suite.name) }.joined(separator: "<br>"),
                ]
            }
        )
        text += section(
            level,
            "Certificates",
            ["", "subject", "key", "valid until", "days left"],
            result.certificates.enumerated().map { depth, report in
                [
                    "\(depth)", md(report.certificate.subject.text.excerpt(200)),
                    md(CertificateText.key(report.certificate.publicKey)), md(report.certificate.notAfter.text),
                    report.daysLeft.map(String.init) ?? "",
                ]
            }
        )
        return text
    }

    private static func section(_ level: String, _ title: String, _ header: [String], _ rows: [[String]]) -> String {
        rows.isEmpty ? "" : "\(level)# \(title)\n\n" + table(header, rows)
    }

    private static func table(_ header: [String], _ rows: [[String]]) -> String {
        ([header, header.map { _ in "---" }] + rows)
            .map { "| \($0.joined(separator: " | ")) |\n" }.joined() + "\n"
    }

    private static func md(_ text: PeerText) -> String { text.encoded(for: .markdown) }

    private static func md(_ text: String) -> String { md(PeerText(text)) }

    private static func code(_ text: PeerText) -> String { "**\(md(text))**" }
}
