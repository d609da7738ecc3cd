import Certificates
import Diagnostics
import SecureChannel
import TLSParameters

// The facts: versions and suites, certificates, the handshake, and what else was asked for.

extension HTMLTarget {
    private func x(_ text: PeerText) -> String { HTMLReport.x(text) }
    private func x(_ text: String) -> String { HTMLReport.x(text) }

    var facts: String {
        guard let result = report.result else { return "" }
        return contents(result) + versions(result) + certificates(result) + handshake + clients(result)
            + addresses(result) + http(result) + connection(result)
    }

    // MARK: Versions and suites

    private func versions(_ result: InspectResult) -> String {
        guard let survey = result.survey, !survey.versions.isEmpty else { return "" }
        let tags = survey.versions.map { version in
            let tone = version.verdict == "supported" ? Self.tone(of: version.version) : "open"
            let word = version.verdict == "supported" ? "yes" : version.verdict == "rejected" ? "no" : version.verdict
            return "<span class=\"tag \(tone)\">\(x(version.version)): \(x(word))</span>"
        }
        var body = "<p class=\"tags\">\(tags.joined(separator: " "))</p>\n"
        let spoken = survey.versions.filter { !$0.suites.isEmpty }
        body += matrix(spoken)
        body += preference(spoken)
        body += HTMLReport.list((survey.notes + survey.versions.compactMap(\.reason)).map { x($0) })
        let groups = survey.groups.filter { $0.verdict == "supported" }
        if !groups.isEmpty {
            let names = Self.unique(groups.map { $0.postQuantum == true ? "\($0.name) (post-quantum)" : $0.name })
            body += "<p><b>Groups:</b> \(names.map { "<code>\(x($0))</code>" }.joined(separator: ", "))</p>\n"
        }
        if !survey.applicationProtocols.isEmpty {
            let names = survey.applicationProtocols.prefix(20).map { "<code>\(x($0.excerpt(100)))</code>" }
            body += "<p><b>Application protocols:</b> \(names.joined(separator: ", "))</p>\n"
        }
        return HTMLReport.section("\(prefix)-versions", "Versions and suites", body)
    }

    /// Whose order decides, said once where all versions agree.
    private func preference(_ versions: [VersionSupport]) -> String {
        let orders = versions.map {
            $0.order.map { "the \($0) decides on the suite" } ?? "whose order decides isn't known"
        }
        guard let first = orders.first else { return "" }
        let text =
            Set(orders).count == 1
            ? x("In every version \(first).")
            : zip(versions, orders).map { "\(x($0.version)): \(x($1))" }.joined(separator: "; ") + "."
        return "<p class=\"faint\">\(text)</p>\n"
    }

    /// A row a suite, a column a version; a cell holds the suite's place in the server's order.
    private func matrix(_ versions: [VersionSupport]) -> String {
        guard !versions.isEmpty else { return "" }
        var order: [SuiteDescription] = []
        var places: [String: [String: Int]] = [:]
        for version in versions.reversed() {
            for (index, support) in version.suites.enumerated() {
                if places[support.suite.codePoint] == nil { order.append(support.suite) }
                places[support.suite.codePoint, default: [:]][version.version] = index + 1
            }
        }
        let rows = order.map { suite -> [String] in
            let weaknesses = suite.bits.map { $0 < 112 } ?? false
            let tone = weaknesses ? "bad" : suite.forwardSecrecy == true && suite.mac == "AEAD" ? "good" : "weak"
            return [
                "<code>\(x(suite.name))</code>",
                "<span class=\"tag \(tone)\">\(suite.bits.map { "\($0) bits" } ?? "unknown")</span>",
                suite.forwardSecrecy.map { $0 ? "yes" : "no" } ?? "unknown",
            ] + versions.map { places[suite.codePoint]?[$0.version].map { "\($0)" } ?? "" }
        }
        let table = HTMLReport.table(["suite", "strength", "forward secrecy"] + versions.map(\.version), rows)
        return HTMLReport.details(
            HTMLReport.count(rows.count, "suite") + "; a number is the suite's place in that version",
            table,
            open: rows.count <= 12
        )
    }

    private static func tone(of version: String) -> String {
        switch version {
        case "tls1.2", "tls1.3": "good"
        case "tls1.0", "tls1.1": "weak"
        default: "bad"
        }
    }

    private static func unique(_ names: [String]) -> [String] {
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }
    }

    // MARK: Certificates

    private func certificates(_ result: InspectResult) -> String {
        guard !result.certificates.isEmpty else { return "" }
        var body = ChainDrawing(result, id: "\(prefix)-chain").html
        var document = TextDocument()
        CertificateText.add(result.validation, order: result.order, to: &document)
        body += blocks(document, open: true)
        var texts = TextDocument()
        CertificateText.add(Array(result.certificates.prefix(12)), to: &texts)
        body += blocks(texts)
        for (number, chain) in result.chains.prefix(12).enumerated() {
            var document = TextDocument()
            CertificateText.add(Array(chain.certificates.prefix(1)), to: &document)
            let title = "also shown: " + chain.circumstances.joined(separator: ", ")
            body += blocks(document, renamed: number == 0 || !chain.circumstances.isEmpty ? title : nil)
        }
        return HTMLReport.section("\(prefix)-certificates", "Certificates", body)
    }

    // MARK: Files and the DNS

    /// What text has too: keys, requests and lists of a file, and what the DNS says of a server.
    private func contents(_ result: InspectResult) -> String {
        var document = TextDocument()
        FileText.add(result.file, result.comparedKey, to: &document)
        DNSText.add(result.dns, to: &document)
        let title = result.kind == .file ? "What is in the file" : "What the DNS says"
        return HTMLReport.section("\(prefix)-contents", title, blocks(document, open: true))
    }

    // MARK: The handshake

    private var handshake: String {
        guard !report.events.isEmpty else { return "" }
        return HTMLReport.section(
            "\(prefix)-handshake",
            "Handshake",
            TimelineDrawing(report.events, peer: report.targetName, id: "\(prefix)-timeline").html
        )
    }

    private func connection(_ result: InspectResult) -> String {
        guard let attributes = result.attributes else { return "" }
        var document = TextDocument()
        AttributesText.add(attributes, to: &document)
        AttributesText.addDetails(attributes, result.dial, to: &document)
        return HTMLReport.section(
            "\(prefix)-connection",
            "Connection",
            HTMLReport.details("Everything that is known of it", lists(document))
        )
    }

    // MARK: What else was asked for

    private func clients(_ result: InspectResult) -> String {
        guard !result.clients.isEmpty else { return "" }
        let connecting = result.clients.count { $0.verdict == .connects }
        let rows = result.clients.map { client -> [String] in
            let tone = client.verdict == .connects ? "good" : client.verdict == .fails ? "weak" : "open"
            let what = [client.version, client.suite, client.group].compactMap { $0 }.map { x($0) }.joined(
                separator: ", "
            )
            return [
                "\(x(client.name)) <span class=\"faint\">\(x(client.date))</span>",
                "<span class=\"tag \(tone)\">\(x(client.verdict.rawValue))</span>",
                what.isEmpty ? client.reason.map { x($0) } ?? "" : what,
            ]
        }
        return HTMLReport.section(
            "\(prefix)-clients",
            "Known clients",
            HTMLReport.details(
                "\(connecting) of \(result.clients.count) would connect",
                HTMLReport.table(["client", "verdict", "with"], rows)
            )
        )
    }

    private func addresses(_ result: InspectResult) -> String {
        guard !result.addresses.isEmpty else { return "" }
        let rows = result.addresses.map { address in
            [
                "<code>\(x(address.address))</code>", x(address.status.kind),
                x(address.versions.joined(separator: ", ")),
                address.differences.map { x($0.excerpt(300)) }.joined(separator: "<br>"),
            ]
        }
        return HTMLReport.section(
            "\(prefix)-addresses",
            "Addresses",
            HTMLReport.table(["address", "status", "versions", "differs"], rows)
        )
    }

    private func http(_ result: InspectResult) -> String {
        guard let http = result.http else { return "" }
        var rows: [[String]] = []
        func row(_ name: String, _ value: PeerText?) {
            if let value { rows.append([x(name), "<code>\(x(value.excerpt(400)))</code>"]) }
        }
        row("status", http.status.map { PeerText("\($0)") })
        row("problem", http.problem)
        row("Strict-Transport-Security", http.strictTransportSecurity)
        row("Server", http.server)
        row("Content-Encoding", http.contentEncoding)
        row(
            "weak cookies",
            http.weakCookies.isEmpty
                ? nil : PeerText(bytes: Array(http.weakCookies.map(\.bytes).joined(separator: Array(", ".utf8))))
        )
        row("port 80 redirects to", http.redirect)
        return rows.isEmpty
            ? "" : HTMLReport.section("\(prefix)-http", "HTTP", HTMLReport.table(["what", "value"], rows))
    }

    // MARK: Blocks that text has too

    /// The document's sections, one below the other.
    private func lists(_ document: TextDocument) -> String {
        document.blocks.map { block in
            guard case .section(let title, let rows) = block else { return "" }
            return "<h3>\(x(title))</h3>\n" + list(rows)
        }.joined()
    }

    private func list(_ rows: [TextDocument.Row]) -> String {
        let lines = rows.map { row in
            let value =
                row.items.count > 1
                ? "<ul class=\"plain\">\(row.items.prefix(200).map { "<li>\(HTMLPage.inline($0))</li>" }.joined())</ul>"
                : HTMLPage.inline(row.value.cut(to: 4_000))
            return "<div><dt>\(x(row.label))</dt><dd>\(value)</dd></div>\n"
        }
        return "<dl>\n\(lines.joined())</dl>\n"
    }

    /// The document's sections, each folded away until it is wanted.
    private func blocks(_ document: TextDocument, open: Bool = false, renamed: String? = nil) -> String {
        document.blocks.map { block in
            switch block {
            case .line(let text): return "<p>\(HTMLPage.inline(text))</p>\n"
            case .section(let title, let rows):
                return HTMLReport.details(x(renamed ?? title), list(rows), open: open)
            case .table(let title, let table):
                return HTMLReport.details(
                    x(renamed ?? title),
                    HTMLReport.table(table.header, table.rows.map { $0.map { HTMLPage.inline($0.cut(to: 1_000)) } })
                )
            case .verbatim(let title, let lines):
                return HTMLReport.details(
                    x(renamed ?? title),
                    "<pre>\(lines.prefix(500).map { HTMLPage.inline($0) + "\n" }.joined())</pre>\n"
                )
            }
        }.joined()
    }
}
