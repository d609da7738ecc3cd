import Certificates
import TLSParameters

/// The grade that a server gets after the SSL Labs rating guide, version 2009r (May 2025): a score of three parts, then caps.
struct GradeOutcome {
    /// The grade; nil if the report has too little to give one.
    var grade: Grade?
    /// Why there is no grade, or why it may be lower.
    var doubt: String?

    /// A reason to lower the grade, and whether there is one.
    private struct Cap {
        var letter: String
        var answer: ReportFacts.Answer
        var text: String
    }

    /// Grades a server.
    init(_ facts: ReportFacts) {
        guard !facts.isFile else {
            doubt = "the report is of a file"
            return
        }
        guard let survey = facts.survey, !facts.spoken.isEmpty else {
            doubt = facts.survey == nil ? ReportFacts.noSurvey : "no version is known to be spoken"
            return
        }
        guard survey.everySuite, let parts = Self.parts(facts) else {
            doubt = "too little is known of the suites, or of the certificate"
            return
        }
        // Guide, "Methodology overview": a zero in any category makes the whole a zero.
        let sum = parts.reduce(0) { $0 + $1.score * $1.weight }
        let score = parts.contains { $0.score == 0 } ? 0 : (sum + 50) / 100
        var letter = Self.letter(of: score)
        let caps = Self.caps(facts)
        let applied = caps.filter { $0.answer == .yes }
            .sorted { Self.rank($0.letter) > Self.rank($1.letter) }
        if let worst = applied.first, Self.rank(worst.letter) > Self.rank(letter) { letter = worst.letter }
        if letter == "A", applied.isEmpty, facts.hstsAge.map({ $0 >= 15_768_000 }) == true { letter = "A+" }
        let open = caps.compactMap { cap -> String? in
            guard case .unknown(let why) = cap.answer, Self.rank(cap.letter) > Self.rank(letter) else { return nil }
            return "\(cap.letter) if \(cap.text): \(why)"
        }
        grade = Grade(
            letter: letter,
            score: score,
            caps: applied.map { "\($0.letter): \($0.text)" },
            parts: parts,
            open: open
        )
        doubt = open.first.map { "the grade is \(letter) at best, \($0)" }
    }

    private static func letter(of score: Int) -> String {
        switch score {
        case 80...: "A"
        case 65...: "B"
        case 50...: "C"
        case 35...: "D"
        case 20...: "E"
        default: "F"
        }
    }

    /// How bad a grade is; 0 for the best.
    private static func rank(_ letter: String) -> Int {
        PolicyNames.grades.firstIndex(of: letter) ?? PolicyNames.grades.count
    }

    // MARK: The score

    private static func parts(_ facts: ReportFacts) -> [Grade.Part]? {
        let versionScores = ["ssl2": 0, "ssl3": 80, "tls1.0": 90, "tls1.1": 95, "tls1.2": 100, "tls1.3": 100]
        let spoken = facts.spoken
        let versions = spoken.compactMap { versionScores[$0] }
        let suites = facts.suites(in: []).elements
        let bits = suites.compactMap(\.suite.bits)
        guard let lowest = versions.min(), let highest = versions.max(), let weakest = bits.min(),
            let strongest = bits.max(), let exchange = keyExchange(facts, suites)
        else { return nil }
        let range = weakest == strongest ? "\(weakest) bits" : "\(weakest) to \(strongest) bits"
        return [
            Grade.Part(
                text: "versions: \(spoken.map(facts.name).joined(separator: ", "))",
                score: (lowest + highest) / 2,
                weight: 30
            ),
            exchange,
            Grade.Part(
                text: "cipher strength: \(range)",
                score: (cipherScore(weakest) + cipherScore(strongest)) / 2,
                weight: 40
            ),
        ]
    }

    private static func cipherScore(_ bits: Int) -> Int {
        switch bits {
        case 256...: 100
        case 128...: 80
        case 1...: 20
        default: 0
        }
    }

    /// The weakest of certificates' keys and groups, as the size of an RSA key of that strength.
    private static func keyExchange(_ facts: ReportFacts, _ suites: [ReportFacts.Suite]) -> Grade.Part? {
        var sizes: [(bits: Int, what: String)] = []
        for leaf in facts.leaves {
            guard let bits = leaf.keyBits else { continue }
            let isClassic = ["RSA", "RSA-PSS", "DSA", "DH"].contains(leaf.key ?? "")
            sizes.append((isClassic ? bits : equivalent(bits), "\(leaf.key ?? "key") \(bits) bits"))
        }
        guard !sizes.isEmpty else { return nil }
        for suite in suites {
            guard let bits = suite.exchange.groupBits, bits > 0 else { continue }
            let group = suite.exchange.group.flatMap { NamedGroup(named: $0) }?.facts
            guard group?.isPostQuantum != true else { continue }
            let isField = group.map { $0.kind == .finiteField } ?? (suite.suite.keyExchange?.hasPrefix("DHE") == true)
            let name = suite.exchange.group ?? "a group without a name"
            sizes.append((isField ? bits : equivalent(bits), "\(name), \(bits) bits"))
        }
        let isAnonymous = suites.contains { $0.suite.authentication == "anon" || $0.suite.authentication == "NULL" }
        let isExport = suites.contains { $0.suite.export == true }
        guard let weakest = sizes.min(by: { $0.bits < $1.bits }) else { return nil }
        let size =
            switch weakest.bits {
            case 4096...: 100
            case 2048...: 90
            case 1024...: 80
            case 512...: 40
            default: 20
            }
        let text = isAnonymous ? "without authentication" : isExport ? "weakened for export" : weakest.what
        return Grade.Part(
            text: "key exchange: \(text)",
            score: isAnonymous ? 0 : isExport ? min(40, size) : size,
            weight: 30
        )
    }

    /// The size of an RSA key as strong as a curve of that size (NIST SP 800-57 part 1, table 2).
    private static func equivalent(_ bits: Int) -> Int {
        switch bits {
        case 512...: 15_360
        case 384...: 7680
        case 255...: 3072
        case 224...: 2048
        case 160...: 1024
        default: 512
        }
    }

    // MARK: The caps

    /// Flaws that make the grade an F, by the ids of their findings.
    static let flaws: [(id: String, text: String)] = [
        ("attack.heartbleed", "Heartbleed"), ("attack.ccs-injection", "ChangeCipherSpec injection"),
        ("attack.robot", "ROBOT"), ("attack.ticketbleed", "Ticketbleed"), ("attack.poodle-tls", "POODLE over TLS"),
        ("attack.padding-oracle", "a padding oracle"), ("attack.mac-unchecked", "unchecked MACs"),
        ("renegotiation.unprotected", "insecure renegotiation"),
    ]

    private static func caps(_ facts: ReportFacts) -> [Cap] {
        let suites = facts.suites(in: [])
        /// Whether there is such a suite.
        func any(_ matches: (ReportFacts.Suite) -> Bool) -> ReportFacts.Answer {
            if suites.elements.contains(where: matches) { return .yes }
            return suites.doubt.map { .unknown($0) } ?? .no
        }
        func not(_ answer: ReportFacts.Answer) -> ReportFacts.Answer {
            switch answer {
            case .yes: .no
            case .no: .yes
            default: answer
            }
        }
        func modern(_ suite: ReportFacts.Suite) -> Bool { ["tls1.1", "tls1.2", "tls1.3"].contains(suite.version) }
        func size(_ check: PolicyRule.Check, below bound: Int) -> ReportFacts.Answer {
            let rule = PolicyRule(id: "size", check: check, requirement: .minimum(.number(bound)))
            return verdict(RuleJudge(facts: facts, grade: { GradeOutcome() }).outcome(rule))
        }
        func signed(_ names: [String]) -> ReportFacts.Answer {
            let rule = PolicyRule(id: "signature", check: .certificateSignatures, requirement: .forbidden(names))
            return verdict(RuleJudge(facts: facts, grade: { GradeOutcome() }).outcome(rule))
        }
        func verdict(_ outcome: RuleOutcome) -> ReportFacts.Answer {
            switch outcome.verdict {
            case .violated: .yes
            case .undetermined: .unknown(outcome.reason ?? "not determined")
            default: .no
            }
        }
        let hasSecrecy = any { $0.suite.forwardSecrecy == true || $0.version == "tls1.3" }
        let hasAEAD = any { $0.suite.mac == "AEAD" || $0.version == "tls1.3" }
        let secure = facts.answer(.secureRenegotiation, wanted: true, versions: [])
        let flawed = flaws.map { Cap(letter: "F", answer: facts.finding($0.id), text: $0.text) }
        return flawed + [
            Cap(letter: "T", answer: not(facts.isTrusted), text: "the certificate is not trusted"),
            Cap(letter: "T", answer: signed(["SHA-1"]), text: "the certificate is signed with SHA-1"),
            Cap(letter: "M", answer: not(facts.nameMatches), text: "the certificate is for other names"),
            Cap(letter: "F", answer: facts.speaks("ssl2"), text: "SSL 2.0 is accepted"),
            Cap(letter: "F", answer: any { $0.suite.bits == 0 }, text: "a suite does not encrypt"),
            Cap(
                letter: "F",
                answer: any { $0.suite.authentication == "anon" || $0.suite.authentication == "NULL" },
                text: "a suite does not authenticate the server"
            ),
            Cap(letter: "F", answer: any { $0.suite.export == true }, text: "a suite was weakened for export"),
            Cap(
                letter: "F",
                answer: signed(["MD5", "MD4", "MD2"]),
                text: "the certificate is signed with MD5 or weaker"
            ),
            Cap(letter: "F", answer: size(.rsaBits, below: 1024), text: "the RSA key has less than 1024 bits"),
            Cap(
                letter: "F",
                answer: size(.dhBits, below: 1024),
                text: "a Diffie-Hellman group has less than 1024 bits"
            ),
            Cap(letter: "C", answer: not(tls12(facts)), text: "neither TLS 1.2 nor TLS 1.3 is spoken"),
            Cap(
                letter: "C",
                answer: facts.answer(.compression, wanted: false, versions: []),
                text: "compression (CRIME)"
            ),
            Cap(
                letter: "C",
                answer: any { modern($0) && $0.suite.cipher?.hasPrefix("RC4") == true },
                text: "RC4 with TLS 1.1 or newer"
            ),
            Cap(
                letter: "C",
                answer: any { modern($0) && $0.suite.cipher?.hasPrefix("3DES") == true },
                text: "triple DES with TLS 1.1 or newer"
            ),
            Cap(letter: "C", answer: poodle(facts), text: "SSL 3.0 with suites in CBC mode (POODLE)"),
            Cap(letter: "B", answer: facts.speaks("ssl3"), text: "SSL 3.0 is accepted"),
            Cap(letter: "B", answer: facts.speaks("tls1.0"), text: "TLS 1.0 is accepted"),
            Cap(letter: "B", answer: facts.speaks("tls1.1"), text: "TLS 1.1 is accepted"),
            Cap(letter: "B", answer: any { $0.suite.cipher?.hasPrefix("RC4") == true }, text: "RC4"),
            Cap(letter: "B", answer: not(hasSecrecy), text: "no suite has forward secrecy"),
            Cap(letter: "B", answer: not(hasAEAD), text: "no suite is an AEAD"),
            Cap(letter: "B", answer: size(.rsaBits, below: 2048), text: "the RSA key has less than 2048 bits"),
            Cap(
                letter: "B",
                answer: size(.dhBits, below: 2048),
                text: "a Diffie-Hellman group has less than 2048 bits"
            ),
            Cap(letter: "A-", answer: not(facts.speaks("tls1.3")), text: "TLS 1.3 is not spoken"),
            Cap(letter: "A-", answer: not(secure), text: "no secure renegotiation"),
        ]
    }

    private init() {}

    private static func tls12(_ facts: ReportFacts) -> ReportFacts.Answer {
        let answers = [facts.speaks("tls1.2"), facts.speaks("tls1.3")]
        return answers.contains(.yes) ? .yes : answers.first { $0 != .no } ?? .no
    }

    private static func poodle(_ facts: ReportFacts) -> ReportFacts.Answer {
        guard facts.speaks("ssl3") == .yes else { return facts.speaks("ssl3") }
        let suites = facts.suites(in: ["ssl3"])
        if suites.elements.contains(where: { $0.suite.cipher?.contains("CBC") == true }) { return .yes }
        return suites.doubt.map { .unknown($0) } ?? .no
    }
}
