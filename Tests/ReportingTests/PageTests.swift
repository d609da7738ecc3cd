import Diagnostics
import Foundation
import Testing

@testable import Reporting

/// The page in a browser: it fits, it can be read, and it does as its own policy says.
@Suite(.serialized) struct PageTests {
    private static let reports = Result {
        var second = Samples.unreachable()
        second.target?.host = "gone.test"
        var third = try Samples.inspection()
        third.target?.host = "good.test"
        third.findings = []
        third.result?.judgement = nil
        let hostile = try Samples.inspection(text: Samples.poison)
        return [hostile, second, third]
    }

    private static func page(_ reports: [Report<InspectResult>]) throws -> String {
        try ReportFormat.html.render(
            reports,
            style: TextStyle(colour: false, columns: nil),
            text: { _ in TextDocument() }
        )
    }

    @Test("the policy of the page names the hash of its style sheet")
    func styleHash() throws {
        let page = try Self.page([Samples.unreachable()])
        let start = try #require(page.firstRange(of: "<style>")).upperBound
        let end = try #require(page.firstRange(of: "</style>")).lowerBound
        let hash = try ForeignReader.sha256(String(page[start..<end]))
        #expect(HTMLStyle.hash == "sha256-\(hash)")
    }

    @Test("nothing but our own addresses becomes a link")
    func references() {
        #expect(HTMLTarget.reference("RFC 8996").contains("href=\"https://www.rfc-editor.org/rfc/rfc8996\""))
        #expect(
            HTMLTarget.reference("CVE-2014-0160").contains("href=\"https://www.cve.org/CVERecord?id=CVE-2014-0160\"")
        )
        for text in ["javascript:alert(1)", "http://e.test/", "RFC \"onclick=x", "CVE-1\"-2", "RFC 12x"] {
            #expect(!HTMLTarget.reference(text).contains("href"), "\(text)")
        }
    }

    @Test("it has no ids twice, and its own links lead somewhere")
    func links() throws {
        let page = try Self.page(Self.reports.get())
        let ids = page.matches(of: /\bid="([^"]*)"/).map { String($0.1) }
        #expect(Set(ids).count == ids.count)
        for link in page.matches(of: /href="#([^"]*)"/) { #expect(ids.contains(String(link.1)), "\(link.1)") }
        for link in page.matches(of: /aria-labelledby="([^"]*)"/) {
            for id in link.1.split(separator: " ") { #expect(ids.contains(String(id)), "\(id)") }
        }
    }

    @Test("it fits and can be read", arguments: [360, 768, 1440], [false, true])
    func browser(width: Int, dark: Bool) throws {
        let seen = try Browser.look(at: Self.page(Self.reports.get()), width: width, dark: dark)
        #expect(seen.dark == dark)
        #expect(seen.isStyled, "the policy must let the style sheet through")
        #expect(seen.scrollWidth <= seen.clientWidth)
        #expect(seen.beyond == [], "elements that stick out")
        #expect(seen.texts > 200)
        #expect(seen.faint == [], "contrast below 4.5")
        #expect(seen.leastContrast >= 4.5)
        #expect(seen.scripts == 0)
        #expect(seen.complaints == [], "what the browser has to say")
        #expect(seen.tabStops > 5 && seen.unfocusable == 0)
    }
}
