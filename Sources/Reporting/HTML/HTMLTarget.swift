import Certificates
import Diagnostics
import SecureChannel
import TLSParameters

/// One target's part of the page.
struct HTMLTarget {
    let report: Report<InspectResult>
    /// Before every id of this part, so that two targets' don't meet.
    let prefix: String
    private let isOnly: Bool
    private let entries: [ReportEntry]

    init(_ report: Report<InspectResult>, number: Int, isOnly: Bool) {
        self.report = report
        self.isOnly = isOnly
        prefix = "t\(number)"
        entries = ReportEntry.all(report)
    }

    var html: String {
        "<article id=\"\(prefix)\" aria-labelledby=\"\(prefix)-title\">\n" + head + findings + policy + comparison
            + checks + facts
            + "</article>\n"
    }

    private func x(_ text: PeerText) -> String { HTMLReport.x(text) }
    private func x(_ text: String) -> String { HTMLReport.x(text) }

    // MARK: The answer

    private var head: String {
        // The findings are counted beside it.
        let summary = ReportSummary(report, countsFindings: false)
        // Where there are several targets, the page's own heading is the first.
        let level = isOnly ? "h1" : "h2"
        let name = "<\(level) id=\"\(prefix)-title\">\(x(report.targetName.excerpt(200)))</\(level)>\n"
        var facts: [String] = []
        if let address = report.target?.address { facts.append("at \(x(address))") }
        if let sni = report.target?.sni { facts.append("server name \(x(sni))") }
        if let starttls = report.target?.starttls { facts.append("STARTTLS of \(x(starttls))") }
        if let via = report.target?.via { facts.append("through \(x(via))") }
        facts.append(x(report.startedAt))
        if report.spent.connections > 0 {
            facts.append(
                HTMLReport.count(report.spent.connections, "connection") + ", " + Seconds.text(report.spent.seconds)
            )
        }
        let counts = Finding.Severity.allCases.reversed().compactMap { severity -> String? in
            let count = report.findings.count { $0.severity == severity }
            return count == 0 ? nil : "<span class=\"tag \(Self.tone(severity))\">\(count) \(severity.rawValue)</span>"
        }
        return name + "<p class=\"meta\">\(facts.joined(separator: " · "))</p>\n"
            + "<div class=\"verdict \(summary.tone.name)\">\n<p class=\"word\">\(x(summary.word))</p>\n"
            + (summary.parts.isEmpty ? "" : "<p>\(summary.sentence(.html))</p>\n")
            + (report.status.hint.map { "<p>\(x(PeerText($0).excerpt(400)))</p>\n" } ?? "")
            + (counts.isEmpty ? "" : "<p class=\"tags\">\(counts.joined(separator: " "))</p>\n") + "</div>\n"
    }

    // MARK: What is wrong

    private var findings: String {
        guard report.result != nil else { return "" }
        let found = entries.filter { $0.kind == .finding }
        guard !found.isEmpty else {
            return HTMLReport.section("\(prefix)-findings", "Findings", "<p>None.</p>\n")
        }
        return HTMLReport.section("\(prefix)-findings", "Findings", found.map(finding).joined())
    }

    private func finding(_ entry: ReportEntry) -> String {
        let severity = entry.severity ?? .info
        var body = ""
        if let remedy = entry.remedy { body += "<p><b>What to do:</b> \(x(remedy))</p>\n" }
        if !entry.evidence.isEmpty {
            let shown = entry.evidence.prefix(12).map { "<code>\(x($0.excerpt(300)))</code>" }
            body +=
                "<p><b>Seen in:</b></p>\n"
                + HTMLReport.list(Array(shown) + (entry.evidence.count > 12 ? ["…"] : []), kind: "seen")
        }
        if !entry.references.isEmpty {
            body += "<p><b>See:</b> \(entry.references.map(Self.reference).joined(separator: ", "))</p>\n"
        }
        body += "<p class=\"faint\"><code>\(x(entry.id))</code></p>\n"
        return HTMLReport.details(
            "<span class=\"tag \(Self.tone(severity))\">\(severity.rawValue)</span> \(x(entry.statement))",
            body,
            open: severity >= .medium
        )
    }

    /// A link for what has an address of ours to give; no address of a peer's ever becomes one.
    static func reference(_ text: String) -> String {
        let digits: (Substring) -> Bool = { !$0.isEmpty && $0.allSatisfy { $0.isASCII && $0.isNumber } }
        var address: String?
        let words = text.split(separator: " ")
        if words.count >= 2, words[0] == "RFC", digits(words[1]) {
            address = "https://www.rfc-editor.org/rfc/rfc\(words[1])"
        } else if text.hasPrefix("CVE-"),
            text.dropFirst(4).split(separator: "-", omittingEmptySubsequences: false).allSatisfy(digits)
        {
            address = "https://www.cve.org/CVERecord?id=\(text)"
        }
        guard let address else { return HTMLReport.x(text) }
        return "<a href=\"\(HTMLReport.x(address))\" rel=\"noopener noreferrer\">\(HTMLReport.x(text))</a>"
    }

    static func tone(_ severity: Finding.Severity) -> String {
        switch severity {
        case .high: "bad"
        case .medium: "weak"
        case .low: "low"
        case .info: "open"
        }
    }

    // MARK: The policy

    private var policy: String {
        guard let judgement = report.result?.judgement else { return "" }
        let identity = judgement.policy
        var body = "<p>\(x(identity.name)) \(x(identity.version))"
        if let date = identity.date { body += ", \(x(date))" }
        body += "; \(x(identity.source)). <b>\(x(judgement.summary))</b></p>\n"
        if let grade = judgement.grade {
            body += "<p class=\"grade\"><b>\(x(grade.letter))</b> <span>score \(grade.score) of 100</span></p>\n"
            body += HTMLReport.list(grade.caps.map { x($0) })
        }
        let ranked = entries.filter { $0.kind == .rule }.enumerated().sorted {
            (Self.rank($0.element), $0.offset) < (Self.rank($1.element), $1.offset)
        }
        body += HTMLReport.table(
            ["verdict", "rule", "why"],
            ranked.map(\.element).map { entry in
                let why = [entry.reason.map { x($0) }, entry.shortEvidence.map { "<code>\(x($0))</code>" }].compactMap {
                    $0
                }
                return [
                    "<span class=\"tag \(Self.tone(entry))\">\(x(entry.verdict))</span>",
                    "\(x(entry.statement)) <code class=\"faint\">\(x(entry.id))</code>", why.joined(separator: "<br>"),
                ]
            }
        )
        return HTMLReport.section("\(prefix)-policy", "Policy", body)
    }

    private static func rank(_ entry: ReportEntry) -> Int {
        switch entry.outcome {
        case .failed: 0
        case .noted: 1
        case .open: 2
        case .passed: 3
        case .skipped: 4
        }
    }

    private static func tone(_ entry: ReportEntry) -> String {
        switch entry.outcome {
        case .failed: entry.severity.map { tone($0) } ?? "weak"
        case .noted: "weak"
        case .passed: "good"
        case .open, .skipped: "open"
        }
    }

    // MARK: What else was looked at

    private var comparison: String {
        guard let comparison = report.result?.comparison else { return "" }
        let rows = comparison.differences.map { difference in
            [
                "<span class=\"tag \(difference.regression ? "bad" : "open")\">\(difference.regression ? "worse" : difference.kind.rawValue)</span>",
                "<code>\(x(PeerText(difference.subject).excerpt(200)))</code>",
                difference.before.map { x($0.excerpt(300)) } ?? "",
                difference.after.map { x($0.excerpt(300)) } ?? "",
            ]
        }
        let table = rows.isEmpty ? "<p>Nothing.</p>\n" : HTMLReport.table(["kind", "what", "before", "now"], rows)
        return HTMLReport.section(
            "\(prefix)-comparison",
            "What has changed",
            "<p>Since \(x(comparison.startedAt)), by \(x(comparison.source)).</p>\n" + table
        )
    }

    private var checks: String {
        let checks = entries.filter { $0.kind == .check }
        guard !checks.isEmpty else { return "" }
        let open = checks.filter { $0.outcome == .open }
        func table(_ checks: [ReportEntry]) -> String {
            HTMLReport.table(
                ["verdict", "check", "why"],
                checks.map { entry in
                    [
                        "<span class=\"tag \(Self.tone(entry))\">\(x(entry.verdict))</span>",
                        "<code>\(x(entry.id))</code>",
                        entry.reason.map { x($0) } ?? "",
                    ]
                }
            )
        }
        let others = checks.filter { $0.outcome != .open }
        return HTMLReport.section(
            "\(prefix)-checks",
            "Checks that found nothing",
            (open.isEmpty
                ? ""
                : HTMLReport.details(
                    HTMLReport.count(open.count, "check") + " could not be determined",
                    table(open),
                    open: true
                ))
                + (others.isEmpty
                    ? ""
                    : HTMLReport.details(
                        HTMLReport.count(others.count, "check") + " passed, not applicable or not run",
                        table(others)
                    ))
        )
    }
}
