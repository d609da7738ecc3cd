import Diagnostics
import TLSParameters

/// GitLab's Code Quality report: a flat list of what has to be mended or is worth knowing.
enum GitLabReport {
    static func render(_ reports: [Report<InspectResult>], places: [ReportPlace?]) throws -> String {
        try JSONReport.encode(
            zip(reports, places).flatMap { report, place in
                ReportEntry.all(report).filter { $0.outcome == .failed || $0.outcome == .noted || $0.kind == .run }
                    .map { Issue($0, of: report, at: place) }
            }
        )
    }

    private struct Issue: Encodable {
        var type = "issue"
        var description: String
        var check_name: String
        /// GitLab drops what has the fingerprint of another, and takes what had it in an older run for the same.
        var fingerprint: String
        var severity: String
        var location: Location

        init(_ entry: ReportEntry, of report: Report<InspectResult>, at place: ReportPlace?) {
            let name = report.targetName.encoded(for: .terminal)
            var text = "\(name): \(entry.statement.encoded(for: .terminal))"
            if let reason = entry.reason { text += ": \(reason.encoded(for: .terminal))" }
            if let evidence = entry.shortEvidence { text += " [\(evidence.encoded(for: .terminal))]" }
            if let remedy = entry.remedy { text += "; \(remedy.encoded(for: .terminal))" }
            description = text
            check_name = entry.id
            fingerprint = StableHash.hex("\(entry.uniqueID) \(name)")
            severity =
                switch entry.severity {
                case .high?: "critical"
                case .medium?: "major"
                case .low?: "minor"
                case .info?: "info"
                case nil: "major"
                }
            if entry.verdict == RuleOutcome.Verdict.waived.rawValue { severity = "info" }
            // A path is wanted in any case; a target without a file stands for itself.
            location = Location(
                path: PeerText(place?.file ?? name).encoded(for: .terminal),
                lines: Location.Lines(begin: place?.line ?? 1)
            )
        }
    }

    private struct Location: Encodable {
        struct Lines: Encodable {
            var begin: Int
        }

        var path: String
        var lines: Lines
    }
}
