import Diagnostics
import TLSParameters

/// Workflow commands of GitHub Actions: an annotation for whatever has to be mended, is worth knowing or isn't known.
///
/// GitHub shows the first ten of each kind, so the worst come first; the last one counts what there is.
enum GitHubReport {
    static func render(_ reports: [Report<InspectResult>], places: [ReportPlace?]) -> String {
        var lines: [(rank: Int, text: String)] = []
        for (report, place) in zip(reports, places) {
            for entry in ReportEntry.all(report) {
                guard let level = Level(entry) else { continue }
                lines.append((level.rawValue, command(level, entry, report.targetName, place)))
            }
        }
        let sorted = lines.enumerated().sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }
        return sorted.map(\.element.text).joined() + summary(reports)
    }

    private enum Level: Int {
        case error
        case warning
        case notice

        init?(_ entry: ReportEntry) {
            switch entry.outcome {
            case .failed: self = entry.severity == .high ? .error : .warning
            case .open where entry.kind == .run: self = .error
            case .noted: self = .notice
            // One line for each that isn't known would drown the rest.
            case .open, .passed, .skipped: return nil
            }
        }

        var name: String {
            switch self {
            case .error: "error"
            case .warning: "warning"
            case .notice: "notice"
            }
        }
    }

    private static func command(
        _ level: Level,
        _ entry: ReportEntry,
        _ target: PeerText,
        _ place: ReportPlace?
    ) -> String {
        var properties: [String] = []
        if let place {
            properties.append("file=\(PeerText(place.file).encoded(for: .githubProperty))")
            properties.append("line=\(place.line)")
        }
        let title = PeerText(bytes: target.bytes + Array(" \(entry.id)".utf8)).excerpt(200)
        properties.append("title=\(title.encoded(for: .githubProperty))")
        var message = entry.statement.encoded(for: .githubMessage)
        if let reason = entry.reason { message += ": " + reason.encoded(for: .githubMessage) }
        // A line's end within a message is written so.
        if let evidence = entry.shortEvidence { message += "%0Aseen: " + evidence.encoded(for: .githubMessage) }
        if let remedy = entry.remedy { message += "%0A" + remedy.encoded(for: .githubMessage) }
        return "::\(level.name) \(properties.joined(separator: ","))::\(message)\n"
    }

    private static func summary(_ reports: [Report<InspectResult>]) -> String {
        let entries = reports.flatMap { ReportEntry.all($0) }
        let open = entries.count { $0.outcome == .open && $0.kind != .run }
        var text = "\(reports.count) target\(reports.count == 1 ? "" : "s"): "
        text += FindingsText.count(reports.flatMap(\.findings).sorted { $0.severity > $1.severity }) ?? "no findings"
        let violated = entries.count { $0.kind == .rule && $0.outcome == .failed }
        if violated > 0 { text += ", \(violated) rule\(violated == 1 ? "" : "s") violated" }
        if open > 0 { text += ", \(open) not determined" }
        return "::notice title=sechan::\(PeerText(text).encoded(for: .githubMessage))\n"
    }
}
