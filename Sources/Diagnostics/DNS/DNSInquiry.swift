import Certificates
import TLSParameters
import Transport

/// Asks the DNS what it says of a server: CAA, TLSA, HTTPS, and for mail MTA-STS, all at once.
struct DNSInquiry: Sendable {
    let lookup: RecordLookup
    let host: String
    let port: Int
    /// Whether the server speaks SMTP, which is what MTA-STS is for.
    let isMail: Bool

    /// Names above the host that may say who issues for it (RFC 8659 §3); nobody has more that matter.
    private static let levels = 8

    /// What the DNS says.
    func run(deadline: Deadline) async -> [(RecordLookup.Question, RecordLookup.Answer)] {
        let questions = questions
        return Array(zip(questions, await lookup.ask(questions, deadline: deadline)))
    }

    private var parents: [String] {
        let labels = host.split(separator: ".")
        return (0..<min(labels.count, Self.levels)).map { labels.dropFirst($0).joined(separator: ".") }
    }

    private var questions: [RecordLookup.Question] {
        // RFC 9460 §9.1: another port than 443 has a name of its own.
        let web = port == 443 ? host : "_\(port)._https.\(host)"
        var questions = [RecordLookup.Question("_\(port)._tcp.\(host)", .tlsa)]
        if isMail {
            questions += parents.prefix(2).map { RecordLookup.Question("_mta-sts.\($0)", .txt) }
        } else {
            questions.append(RecordLookup.Question(web, .https))
        }
        return questions + parents.map { RecordLookup.Question($0, .caa) }
    }

    /// The facts, and what is wrong with them for a server that shows `chain`.
    func facts(
        _ answers: [(RecordLookup.Question, RecordLookup.Answer)],
        chain: [Certificate]
    ) -> (DNSFacts, [Finding]) {
        // A resolver that passes no signatures, not even the root's, tells nothing of the zone's.
        let isDeaf = answers.contains { _, answer in
            if case .bogus(let reason) = answer.security {
                reason.contains("DNSKEY rrset for trust anchor")
            } else {
                false
            }
        }
        var facts = DNSFacts(validates: lookup.trustAnchor != nil && !isDeaf, records: [], tlsaMatches: [])
        var issuers: DNSFacts.Records?
        var mayMeanRoot = false
        for (question, found) in answers {
            var answer = found
            if isDeaf { answer.security = .insecure }
            let records = Self.records(question, answer)
            switch question.kind {
            case .caa:
                // The closest name that has any decides; one that can't be asked leaves it open.
                if issuers == nil, records.verdict != "none" { issuers = records }
            case .txt:
                if records.verdict != "none" || question.name == "_mta-sts.\(host)" { facts.records.append(records) }
            case .tlsa:
                facts.records.append(records)
                let associations = answer.records.map { CertificateAssociation($0) }
                facts.tlsaMatches = associations.map { $0?.fits(chain) ?? false }
                mayMeanRoot = associations.contains { $0?.mayMeanRoot ?? false }
            case .https:
                facts.records.append(records)
            }
        }
        let none = DNSFacts.Records(kind: "CAA", name: host, verdict: "none", security: .insecure)
        facts.records.append(issuers ?? none)
        return (facts, DNSFindings.all(facts, showsChain: !chain.isEmpty, mayMeanRoot: mayMeanRoot))
    }

    /// What a resolver's failure is called (RFC 1035 §4.1.1, RFC 2136 §2.2).
    static func words(_ code: Int) -> String {
        let names = [1: "FORMERR", 2: "SERVFAIL", 4: "NOTIMP", 5: "REFUSED", 9: "NOTAUTH"]
        // What nobody answered comes back as the same code.
        if code == 2 { return "SERVFAIL: the resolver failed, or can't be reached" }
        return "the resolver answered with \(names[code] ?? "code \(code)")"
    }

    private static func records(
        _ question: RecordLookup.Question,
        _ answer: RecordLookup.Answer
    ) -> DNSFacts.Records {
        let (kind, read): (String, ([UInt8]) -> String?) =
            switch question.kind {
            case .caa: ("CAA", RecordText.caa)
            case .tlsa: ("TLSA", RecordText.tlsa)
            case .https: ("HTTPS", RecordText.https)
            // Other text may stand at the same name (RFC 8461 §3.1).
            case .txt: ("MTA-STS", { RecordText.txt($0).flatMap { $0.hasPrefix("v=STSv1") ? $0 : nil } })
            }
        let texts = answer.records.compactMap { data in
            read(data) ?? (question.kind == .txt ? nil : "(malformed, \(data.count) bytes)")
        }
        var records = DNSFacts.Records(
            kind: kind,
            name: question.name,
            verdict: texts.isEmpty ? "none" : "found",
            security: .insecure,
            records: texts.map { PeerText($0) }
        )
        switch answer.security {
        case .secure: records.security = .secure
        case .insecure: records.security = .insecure
        case .bogus(let reason):
            records.security = .bogus
            records.reason = PeerText(reason)
        }
        switch answer.outcome {
        case .found, .noSuchName: break
        case .failed(let code) where records.reason == nil:
            (records.verdict, records.reason) = ("not-determined", PeerText(Self.words(code)))
        case .failed: records.verdict = "not-determined"
        case .unanswered:
            (records.verdict, records.reason) = ("not-determined", PeerText("no answer in time"))
        }
        return records
    }
}
