import Certificates
import SecureChannel
import TLSParameters

@testable import Diagnostics

extension Samples {
    /// What survive.md's worst certificate holds, in one text.
    static let poison =
        "=cmd()\u{1b}[31m\u{1b}]0;x\u{7}\r\n::error::pwned\u{0}\u{202e}\u{9b}]]><script>alert(1)</script>"
        + "\t\u{2028}\u{2066}\u{200b}\u{7f}\u{fffe}`id`$HOME|'days'=0 \"'&%0A{0}[a](javascript:x)\\ ![i](http://e.test/) #x *y* <!-- "

    /// An inspection in which everything that can be said is said, `text` wherever a peer's own words stand.
    static func inspection(text: String = "server.test", identity: Identity? = nil) throws -> Report<InspectResult> {
        let identity = try identity ?? Self.identity(named: text)
        let ends = try session(.tls12, text: text)
        let survey = survey(text: text)
        var result = InspectResult(
            kind: .server,
            dial: nil,
            attributes: ends.client,
            chain: identity.chain,
            validation: ends.client.peer.validation,
            now: 1_790_000_000
        )
        result.survey = survey.result
        result.checks = [
            CheckOutcome(
                id: "vulnerability.heartbleed",
                intrusive: true,
                verdict: .notRun,
                reason: "wants --intrusive"
            ),
            CheckOutcome(
                id: "vulnerability.robot",
                intrusive: true,
                verdict: .undetermined,
                reason: "it fell silent: \(text)"
            ),
            CheckOutcome(id: "vulnerability.ticketbleed", intrusive: true, verdict: .absent),
            CheckOutcome(id: "session.compression", verdict: .found),
            CheckOutcome(id: "http.cookies", verdict: .notApplicable, reason: "no web server"),
        ]
        result.judgement = judgement(text)
        result.http = http(text)
        result.clients = clients
        result.addresses = [
            AddressReport(
                address: "192.0.2.1",
                status: .ok,
                versions: ["tls1.2"],
                certificate: identity.chain.first?.sha256,
                differences: []
            ),
            AddressReport(
                address: "192.0.2.2",
                status: RunStatus(exit: .unreachable, kind: "refused", reason: "nobody listens"),
                versions: [],
                certificate: nil,
                differences: [PeerText(text)]
            ),
        ]
        result.comparison = BaselineComparison(
            source: "old.json",
            startedAt: "2026-10-22T16:00:00Z",
            differences: [
                BaselineComparison.Difference(
                    subject: "certificate:leaf",
                    kind: .changed,
                    regression: true,
                    before: PeerText(text),
                    after: PeerText(text)
                )
            ]
        )
        return report(.inspect, result, findings: findings(text), events: ends.legs)
    }

    private static func findings(_ text: String) -> [Finding] {
        [
            Finding(
                id: "certificate.malformed",
                severity: .low,
                statement: "something is wrong with the certificate",
                evidence: [PeerText(text)] + Array(repeating: PeerText(text).excerpt(1_000), count: 9),
                remedy: "have it reissued"
            ),
            Finding(
                id: "session.compression",
                severity: .high,
                statement: "it compresses what it encrypts",
                evidence: [PeerText(bytes: Array(text.utf8) + [0xff, 0xc3])],
                remedy: "switch compression off",
                references: ["CVE-2012-4929", "RFC 7525"]
            ),
            // The same id twice, in one target.
            Finding(
                id: "protocol.obsolete",
                severity: .medium,
                statement: "it speaks TLS 1.0",
                references: ["RFC 8996"]
            ),
            Finding(
                id: "protocol.obsolete",
                severity: .medium,
                statement: "it speaks TLS 1.1",
                references: ["RFC 8996"]
            ),
            Finding(
                id: "key-exchange.no-post-quantum",
                severity: .info,
                statement: "no group of its resists a quantum computer"
            ),
        ]
    }

    private static func judgement(_ text: String) -> Judgement {
        func rule(
            _ id: String,
            _ verdict: RuleOutcome.Verdict,
            reason: String? = nil,
            waiver: RuleOutcome.Waiver? = nil
        ) -> RuleOutcome {
            RuleOutcome(
                id: id,
                clause: "§\(id.count)",
                text: "rule \(id) is to be kept",
                severity: .high,
                verdict: verdict,
                evidence: verdict == .violated ? [PeerText(text)] : [],
                reason: reason,
                waiver: waiver
            )
        }
        return Judgement(
            policy: PolicyIdentity(
                id: "house",
                name: "The house's policy",
                version: "2.1",
                date: "2026-01-01",
                source: "house.toml"
            ),
            verdict: .violated,
            rules: [
                rule("versions", .met), rule("suites", .violated),
                rule("groups", .undetermined, reason: "nobody answered"),
                rule(
                    "lifetime",
                    .waived,
                    waiver: RuleOutcome.Waiver(reason: "until the move | \(text)", until: "2027-01-01")
                ),
                rule("storage", .untestable), rule("headers", .notApplicable),
            ],
            grade: Grade(letter: "B", score: 82, caps: ["it speaks TLS 1.0"])
        )
    }

    private static func http(_ text: String) -> HTTPFacts {
        var http = HTTPFacts()
        http.status = 200
        http.server = PeerText(text)
        http.strictTransportSecurity = PeerText(text)
        http.weakCookies = [PeerText(text)]
        return http
    }

    private static var clients: [SimulatedClient] {
        var first = SimulatedClient(name: "Firefox 128 ESR", date: "2024-07", verdict: .connects)
        first.version = "tls1.2"
        first.suite = "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"
        first.group = "x25519"
        return [
            first, SimulatedClient(name: "Java 6", date: "2006-12", verdict: .fails, reason: "no suite in common"),
            SimulatedClient(name: "curl 7.88", date: "2023-02", verdict: .undetermined, reason: "no answer"),
        ]
    }

    /// A target that nobody answers at.
    static func unreachable() -> Report<InspectResult> {
        report(
            .inspect,
            nil,
            status: RunStatus(
                exit: .unreachable,
                kind: "refused",
                reason: "nobody listens on port 443 of 192.0.2.1",
                hint: "ask"
            ),
            input: "gone.test:443"
        )
    }
}
