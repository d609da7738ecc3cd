import Certificates
import Diagnostics
import SecureChannel
import TLSParameters

/// A page for a browser: one file that needs nothing else, no script, no network, and that a policy of its own holds to that.
///
/// The answer comes first, then what is wrong, then the policy, then the facts; drawings say nothing that isn't there in words too.
enum HTMLReport {
    static func render(_ reports: [Report<InspectResult>]) -> String {
        let title =
            reports.count == 1 ? "TLS of \(x(reports[0].targetName.excerpt(200)))" : "TLS of \(reports.count) targets"
        var main = ""
        if reports.count > 1 { main += index(reports) }
        for (number, report) in reports.enumerated() {
            main += HTMLTarget(report, number: number + 1, isOnly: reports.count == 1).html
        }
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '\(HTMLStyle.hash)'; \
            base-uri 'none'; form-action 'none'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="referrer" content="no-referrer">
            <meta name="color-scheme" content="light dark">
            <title>\(title)</title>
            <style>\(HTMLStyle.sheet)</style>
            </head>
            <body>
            <a class="skip" href="#main">Skip to the report</a>
            <header class="page"><p class="brand">sechan <span>inspect</span></p></header>
            <main id="main">
            \(main)</main>
            <footer class="page">\(footer(reports))</footer>
            </body>
            </html>

            """
    }

    /// The targets, each with its verdict and a link to its part of the page.
    private static func index(_ reports: [Report<InspectResult>]) -> String {
        let rows = reports.enumerated().map { number, report -> [String] in
            let summary = ReportSummary(report)
            return [
                "<a href=\"#t\(number + 1)\">\(x(report.targetName.excerpt(200)))</a>",
                "<span class=\"tag \(summary.tone.name)\">\(x(summary.word))</span>", summary.sentence(.html),
            ]
        }
        return "<h1>TLS of \(reports.count) targets</h1>\n<nav aria-label=\"Targets\">\n"
            + table(["target", "verdict", "why"], rows) + "</nav>\n"
    }

    private static func footer(_ reports: [Report<InspectResult>]) -> String {
        guard let report = reports.first else { return "" }
        return
            "<p>\(x(report.tool.name)) \(x(report.tool.version)), \(x(report.tool.libssl)); begun at \(x(report.startedAt)). "
            + "The same facts for programs: <code>--report json:report.json</code>.</p>"
    }

    // MARK: Pieces

    /// Text that may be anybody's.
    static func x(_ text: PeerText) -> String { text.encoded(for: .html) }

    static func x(_ text: String) -> String { x(PeerText(text)) }

    /// A table that folds into blocks where it doesn't fit: each cell knows its column's name.
    static func table(_ header: [String], _ rows: [[String]], caption: String? = nil, kind: String = "fold") -> String {
        var html = "<table class=\"\(kind)\">\n"
        if let caption { html += "<caption>\(caption)</caption>\n" }
        html += "<thead><tr>\(header.map { "<th scope=\"col\">\(x($0))</th>" }.joined())</tr></thead>\n<tbody>\n"
        for row in rows {
            let cells = zip(header, row).map { name, cell in
                "<td data-label=\"\(x(name))\"><div>\(cell.isEmpty ? "<span class=\"faint\">–</span>" : cell)</div></td>"
            }
            html += "<tr>\(cells.joined())</tr>\n"
        }
        return html + "</tbody>\n</table>\n"
    }

    /// A heading and what stands below it; nothing without that.
    static func section(_ id: String, _ title: String, _ body: String) -> String {
        body.isEmpty
            ? "" : "<section aria-labelledby=\"\(id)\">\n<h2 id=\"\(id)\">\(x(title))</h2>\n\(body)</section>\n"
    }

    /// What is there for those who ask.
    static func details(_ summary: String, _ body: String, open: Bool = false) -> String {
        body.isEmpty ? "" : "<details\(open ? " open" : "")>\n<summary>\(summary)</summary>\n\(body)</details>\n"
    }

    static func list(_ items: [String], kind: String = "plain") -> String {
        items.isEmpty ? "" : "<ul class=\"\(kind)\">\(items.map { "<li>\($0)</li>" }.joined())</ul>\n"
    }

    static func count(_ number: Int, _ noun: String) -> String {
        "\(number) \(noun)\(number == 1 ? "" : "s")"
    }
}

extension ReportSummary.Tone {
    /// The class of the style sheet.
    var name: String {
        switch self {
        case .good: "good"
        case .weak: "weak"
        case .bad: "bad"
        case .open: "open"
        }
    }
}
