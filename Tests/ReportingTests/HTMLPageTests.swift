import TLSParameters
import Testing

@testable import Reporting

@Suite("HTMLPage")
struct HTMLPageTests {
    /// Everything that a peer could use to get out of text, in any place where text stands.
    private let hostile = PeerText("</td><script>alert(\"1\")</script><a href='javascript:x'>&amp;\u{202E}\u{0}")

    @Test("no text of a peer, and none of ours, becomes markup")
    func escapes() {
        var document = TextDocument()
        document.line("\(hostile) & ours <b>")
        document.section("section <i>") { rows in rows.row("label <u>", StyledText(hostile, .bad)) }
        document.table("table", TextDocument.Table(header: ["<em>"], rows: [[StyledText(hostile)]]))
        document.verbatim("verbatim", [StyledText(hostile)])
        let html = HTMLPage(title: "<title>", document: document, links: [("\"<", "?a=\"&'")]).html
        for tag in ["<script", "<a href='", "<b>", "<i>", "<u>", "<em>", "javascript:x'", "\u{202E}", "\u{0}"] {
            #expect(!html.contains(tag), "\(tag)")
        }
        #expect(html.ranges(of: "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;").count == 4)
        #expect(html.contains("<span class=\"bad\">&lt;/td&gt;"))
        #expect(html.contains("<a href=\"?a=&quot;&amp;&#39;\">&quot;&lt;</a>"))
    }

    @Test("the page needs nothing from elsewhere")
    func selfContained() {
        let html = HTMLPage(title: "t", document: TextDocument()).html
        #expect(html.hasPrefix("<!DOCTYPE html>\n"))
        for word in ["src=", "http:", "https:", "<link", "@import", "url("] { #expect(!html.contains(word), "\(word)") }
    }
}
