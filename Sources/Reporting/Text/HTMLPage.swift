import TLSParameters

/// A document as one HTML page that needs nothing else: no script, no picture, no other file.
struct HTMLPage {
    /// The title, in our own words.
    var title: String
    /// The document.
    var document: TextDocument
    /// Links at the end: a label and a reference, both our own.
    var links: [(label: String, reference: String)] = []

    /// The page.
    var html: String {
        var body = "<h1>\(Self.escaped(title))</h1>\n"
        for block in document.blocks { body += Self.block(block) }
        if !links.isEmpty {
            let items = links.map { "<a href=\"\(Self.escaped($0.reference))\">\(Self.escaped($0.label))</a>" }
            body += "<p>\(items.joined(separator: " · "))</p>\n"
        }
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(Self.escaped(title))</title>
            <style>\(Self.style)</style>
            </head>
            <body>
            \(body)</body>
            </html>

            """
    }

    private static func block(_ block: TextDocument.Block) -> String {
        switch block {
        case .line(let text):
            return "<p>\(inline(text))</p>\n"
        case .section(let title, let rows):
            let lines = rows.map {
                "<tr><th scope=\"row\">\(escaped($0.label))</th><td>\(value($0))</td></tr>\n"
            }
            return "<h2>\(escaped(title))</h2>\n<table>\n\(lines.joined())</table>\n"
        case .table(let title, let table):
            let header = table.header.map { "<th scope=\"col\">\(escaped($0))</th>" }.joined()
            let lines = table.rows.map { row in
                let cells = row.enumerated().map { column, cell in
                    "<td\(table.rightAligned.contains(column) ? " class=\"right\"" : "")>\(inline(cell))</td>"
                }
                return "<tr>\(cells.joined())</tr>\n"
            }
            return "<h2>\(escaped(title))</h2>\n<table>\n<tr>\(header)</tr>\n\(lines.joined())</table>\n"
        case .verbatim(let title, let lines):
            return "<h2>\(escaped(title))</h2>\n<pre>\(lines.map { inline($0) + "\n" }.joined())</pre>\n"
        }
    }

    private static func value(_ row: TextDocument.Row) -> String {
        guard row.items.count > 1 else { return inline(row.value) }
        return "<ul>\(row.items.map { "<li>\(inline($0))</li>" }.joined())</ul>"
    }

    static func inline(_ text: StyledText) -> String {
        text.pieces.map { piece in
            let words =
                switch piece.words {
                case .ours(let text): escaped(text)
                case .peers(let text): text.encoded(for: .html)
                }
            return piece.tone == .plain || words.isEmpty
                ? words : "<span class=\"\(name(of: piece.tone))\">\(words)</span>"
        }.joined()
    }

    /// Our own words go the same way as a peer's: one encoder that is right is enough.
    private static func escaped(_ text: String) -> String {
        PeerText(text).encoded(for: .html)
    }

    private static func name(of tone: Tone) -> String {
        switch tone {
        case .plain: "plain"
        case .strong: "strong"
        case .faint: "faint"
        case .good: "good"
        case .weak: "weak"
        case .bad: "bad"
        }
    }

    private static let style =
        """
        :root{color-scheme:light dark}\
        body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}\
        h1{font-size:1.4rem}h2{font-size:1.05rem;margin:1.6rem 0 .3rem}\
        table{border-collapse:collapse;width:100%}\
        th,td{text-align:left;vertical-align:top;padding:.15rem 1rem .15rem 0;overflow-wrap:anywhere}\
        th{font-weight:normal;opacity:.7;white-space:nowrap;width:1%}td,pre{font-family:ui-monospace,monospace;font-size:.9rem}\
        ul{list-style:none;margin:0;padding:0}a{color:#0969da}\
        .right{text-align:right}.strong{font-weight:bold}.faint{opacity:.7}\
        .good{color:#18794e}.weak{color:#9a6700}.bad{color:#cf222e;font-weight:bold}\
        @media(prefers-color-scheme:dark){a{color:#58a6ff}.good{color:#3fb950}.weak{color:#d29922}.bad{color:#ff7b72}}
        """
}
