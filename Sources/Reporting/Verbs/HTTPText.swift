import Diagnostics
import TLSParameters

/// What a web server's answer says about its security.
enum HTTPText {
    static func add(_ facts: HTTPFacts?, to document: inout TextDocument) {
        guard let facts else { return }
        document.section("http") { rows in
            if let status = facts.status { rows.row("status", StyledText("\(status)")) }
            if let problem = facts.problem { rows.row("no answer", StyledText(problem)) }
            guard facts.status != nil else { return }
            if let text = facts.strictTransportSecurity {
                rows.row("hsts", StyledText(text))
            } else {
                rows.row("hsts", StyledText("none", .weak))
            }
            if let redirect = facts.redirect { rows.row("port 80 leads to", StyledText(redirect)) }
            if let server = facts.server { rows.row("server", StyledText(server)) }
            if let coding = facts.contentEncoding { rows.row("compressed", StyledText(coding)) }
            for cookie in facts.weakCookies { rows.row("weak cookie", StyledText(cookie)) }
        }
    }
}
