public import Diagnostics

/// The forms in which `inspect` tells what it found out: one report, or those of many targets.
public enum ReportFormat: String, CaseIterable, Sendable {
    /// For a person at a terminal.
    case text
    /// The whole report, `sechan/1`.
    case json
    /// The same, a line a target.
    case ndjson
    /// A row a finding, rule and check.
    case csv
    /// testssl.sh's seven columns.
    case testsslCSV = "testssl-csv"
    /// DefectDojo's Generic Findings Import.
    case defectDojo = "defectdojo"
    /// For continuous integration.
    case junit
    /// SARIF 2.1.0.
    case sarif
    /// Workflow commands of GitHub Actions.
    case github
    /// GitLab's Code Quality report.
    case gitlab
    /// A monitoring plugin's line.
    case nagios
    /// Prometheus' text format.
    case prometheus
    /// For a ticket, or a step's summary.
    case markdown
    /// A page for a browser.
    case html

    /// What a format is called on the command line.
    public var name: String { rawValue }

    /// Renders the reports of one run, in their order.
    ///
    /// - Parameters:
    ///   - places: where in a file each target stands; nil for those that stand in none.
    ///   - text: how the text of one report reads, laid out by `style`.
    /// - Throws: what the JSON encoder throws, which is a fault of ours.
    public func render(
        _ reports: [Report<InspectResult>],
        places: [ReportPlace?] = [],
        style: TextStyle,
        text: (Report<InspectResult>) -> TextDocument
    ) throws -> String {
        let places = places + [ReportPlace?](repeating: nil, count: max(0, reports.count - places.count))
        switch self {
        case .text:
            return reports.filter { $0.result != nil }.map { text($0).text(style) }.joined(separator: "\n")
        case .json: return try JSONReport.render(reports)
        case .ndjson: return try reports.map { try JSONReport.render($0, pretty: false) }.joined()
        case .csv: return CSVReport.render(reports)
        case .testsslCSV: return TestsslCSV.render(reports)
        case .defectDojo: return try DefectDojoReport.render(reports)
        case .junit: return JUnitReport.render(reports)
        case .sarif: return try SARIFReport.render(reports, places: places)
        case .github: return GitHubReport.render(reports, places: places)
        case .gitlab: return try GitLabReport.render(reports, places: places)
        case .nagios: return NagiosReport.render(reports)
        case .prometheus: return PrometheusReport.render(reports)
        case .markdown: return MarkdownReport.render(reports)
        case .html: return HTMLReport.render(reports)
        }
    }
}
