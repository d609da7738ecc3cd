import TLSParameters

/// What a web server's answer shows its owner to be wrong.
enum HTTPFindings {
    /// Half a year, in seconds: less than what browsers' own lists ask for (hstspreload.org wants a year).
    private static let shortest = 15_552_000

    /// All of them, of an answer that came.
    static func all(_ facts: HTTPFacts) -> [Finding] {
        [transportSecurity(facts), cookies(facts), compression(facts), server(facts)].compactMap { $0 }
    }

    private static func transportSecurity(_ facts: HTTPFacts) -> Finding? {
        guard facts.strictTransportSecurity != nil, let seconds = facts.maxAge, seconds > 0 else {
            return Finding(
                id: "http.no-hsts",
                severity: .low,
                statement: "the server does not tell browsers to come over TLS only",
                evidence: [facts.strictTransportSecurity].compactMap { $0 },
                remedy: "send Strict-Transport-Security: max-age=31536000 once everything works over TLS",
                references: ["RFC 6797"]
            )
        }
        guard seconds < shortest else { return nil }
        return Finding(
            id: "http.short-hsts",
            severity: .info,
            statement: "browsers are to remember for \(seconds / 86_400) days only that they should come over TLS",
            evidence: [facts.strictTransportSecurity].compactMap { $0 },
            remedy: "raise max-age to half a year or more",
            references: ["RFC 6797 §6.1.1"]
        )
    }

    private static func cookies(_ facts: HTTPFacts) -> Finding? {
        guard !facts.weakCookies.isEmpty else { return nil }
        return Finding(
            id: "http.weak-cookie",
            severity: .low,
            statement: "the server sets cookies that lack Secure or HttpOnly",
            evidence: facts.weakCookies,
            remedy: "set both where nothing speaks against it",
            references: ["RFC 6265 §4.1.2"]
        )
    }

    private static func compression(_ facts: HTTPFacts) -> Finding? {
        guard let coding = facts.contentEncoding else { return nil }
        return Finding(
            id: "http.compression",
            severity: .info,
            statement:
                "answers are compressed: pages that repeat what a request says beside a secret give it away by length (BREACH)",
            evidence: [coding],
            remedy: "leave compression off for pages that hold secrets, or mask the secrets",
            references: ["CVE-2013-3587"]
        )
    }

    private static func server(_ facts: HTTPFacts) -> Finding? {
        guard let server = facts.server, server.encoded(for: .json).utf8.contains(where: { (0x30...0x39).contains($0) })
        else { return nil }
        return Finding(
            id: "http.server-name",
            severity: .info,
            statement: "the server tells its version to anybody",
            evidence: [server],
            remedy: "leave the version out of the Server field",
            references: ["RFC 9110 §10.2.4"]
        )
    }

    /// Port 80 answers without leading to HTTPS.
    static func noRedirect(evidence: PeerText) -> Finding {
        Finding(
            id: "http.no-redirect",
            severity: .low,
            statement: "port 80 answers and does not lead to HTTPS",
            evidence: [evidence],
            remedy: "have it redirect to https://",
            references: ["RFC 6797 §7.2"]
        )
    }
}
