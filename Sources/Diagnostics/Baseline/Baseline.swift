/// Older reports that new ones are compared with.
public struct Baseline: Sendable {
    /// Where they come from: a file's name.
    public var source: String
    /// The reports, one or more a target.
    public var reports: [Report<InspectResult>]

    /// Reports from a file.
    public init(source: String, reports: [Report<InspectResult>]) {
        self.source = source
        self.reports = reports
    }

    /// How a report differs from the older one of the same target; nil if there is none.
    ///
    /// Of several the newest counts.
    func comparison(with report: Report<InspectResult>) -> BaselineComparison? {
        guard let result = report.result else { return nil }
        let older = reports.filter { $0.result != nil && Self.isSame($0.target, report.target) }
        guard let old = older.max(by: { $0.startedAt < $1.startedAt }), let before = old.result else { return nil }
        var differ = Differ()
        differ.compareFindings(old, report)
        differ.compareSurvey(before, result)
        differ.compareSession(before, result)
        differ.compareCertificates(before, result)
        differ.compareJudgements(before.judgement, result.judgement)
        let sorted = differ.differences.enumerated().sorted { one, other in
            (one.element.regression ? 0 : 1, one.offset) < (other.element.regression ? 0 : 1, other.offset)
        }
        return BaselineComparison(
            source: source,
            startedAt: old.startedAt,
            differences: sorted.map(\.element),
            hidden: Self.hidden + differ.leftOut
        )
    }

    /// The same server by the same name, however it was written; the same file.
    private static func isSame(_ one: TargetSummary?, _ other: TargetSummary?) -> Bool {
        guard let one, let other else { return one == nil && other == nil }
        if one.input == other.input { return true }
        guard let host = one.host else { return false }
        return host.lowercased() == other.host?.lowercased() && one.port == other.port && one.starttls == other.starttls
    }

    /// What differs from run to run and says nothing of the server.
    static let hidden = [
        "startedAt", "status", "tool", "spent", "events", "target.address", "result.dial",
        "result.attributes.transport",
        "result.attributes.session", "result.attributes.bindings", "result.attributes.extensions",
        "days and percent left",
        "serial numbers", "dates of certificates", "evidence", "the order of findings",
    ]
}
