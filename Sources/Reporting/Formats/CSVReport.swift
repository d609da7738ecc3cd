import Diagnostics
import TLSParameters

/// A row a finding, rule and check, for spreadsheets and scripts: every field is quoted, nothing is a formula, each row is one
/// line.
enum CSVReport {
    static let columns = [
        "target", "address", "started_at", "kind", "id", "severity", "verdict", "statement", "reason", "evidence",
        "remedy",
        "references",
    ]

    static func render(_ reports: [Report<InspectResult>]) -> String {
        var text = row(columns.map { PeerText($0) })
        for report in reports {
            let start = [report.targetName, PeerText(report.target?.address ?? ""), PeerText(report.startedAt)]
            for entry in ReportEntry.all(report) {
                text += row(
                    start + [
                        PeerText(entry.kind.rawValue), PeerText(entry.id), PeerText(entry.severity?.rawValue ?? ""),
                        PeerText(entry.verdict), entry.statement, entry.reason ?? PeerText(""),
                        entry.shortEvidence ?? PeerText(""), entry.remedy ?? PeerText(""),
                        PeerText(entry.references.joined(separator: "; ")),
                    ]
                )
            }
        }
        return text
    }

    private static func row(_ fields: [PeerText]) -> String {
        fields.map { $0.encoded(for: .csv) }.joined(separator: ",") + "\n"
    }
}
