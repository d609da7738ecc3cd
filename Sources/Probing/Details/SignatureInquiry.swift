import TLSParameters
import TLSWire

/// Which schemes a TLS 1.2 server signs its key exchange with, and in whose order.
///
/// ServerKeyExchange names the scheme (RFC 5246 §7.4.3): strike it and repeat, by suites of one kind of certificate at a
/// time. May start as soon as a suite of each kind is known: one suite a kind is enough.
struct SignatureInquiry: Inquiry {
    private typealias Part = StrikeSurvey<SignatureScheme>.Part

    /// The suites of one kind of certificate.
    private struct Family: Sendable {
        var authentication: Authentication
        var suites: [CipherSuite]
        var survey: StrikeSurvey<SignatureScheme>
    }

    private let hello: PlainHello
    private var families: [Family]
    private var open = OpenQuestions<(family: Int, part: StrikeSurvey<SignatureScheme>.Part)>()

    /// `suites`: what the server accepts in TLS 1.2. Suites whose key exchange isn't signed have no part in this; if there are
    /// no others, nothing is asked.
    init(suites: [CipherSuite], serverName: String? = nil) {
        hello = PlainHello(serverName: serverName)
        families = []
        note(suites)
    }

    /// Tells what the server was found to accept besides.
    mutating func note(_ suites: [CipherSuite]) {
        for family in Self.families(suites) {
            guard let index = families.firstIndex(where: { $0.authentication == family.authentication }) else {
                families.append(family)
                continue
            }
            families[index].suites += family.suites.filter { !families[index].suites.contains($0) }
        }
        ask()
    }

    var isFinished: Bool { open.isEmpty }

    mutating func questions() -> [(token: Int, question: HelloQuestion)] { open.take() }

    mutating func answer(_ token: Int, _ answer: HelloAnswer) {
        guard let (index, part) = open.close(token), families.indices.contains(index) else { return }
        let choice = Self.choice(answer, families[index].suites)
        families[index].survey.take(part, choice, evidence: answer.request)
        ask()
    }

    private mutating func ask() {
        for index in families.indices {
            for (part, schemes, isLikelyTaken) in families[index].survey.offers() {
                var template = hello.template(.tls12, suites: families[index].suites)
                template.signatureSchemes = schemes
                // So that the certificates are no reason to refuse (RFC 8446 §4.2.3).
                template.additionalExtensions.append(
                    Extension(CertificateSignatureAlgorithms(schemes: HelloRecipe.allSchemes))
                )
                let question = HelloQuestion(
                    draft: .template(template),
                    goal: .keyExchange,
                    isLikelyFollowed: part != .order,
                    topic: isLikelyTaken ? .schemes : nil
                )
                open.ask(question, for: (index, part))
            }
        }
    }

    private static func choice(
        _ answer: HelloAnswer,
        _ suites: [CipherSuite]
    ) -> StrikeLine<SignatureScheme>.Choice {
        switch answer.exchangeResult(in: .tls12) {
        case .refused: .refused
        case .unknown(let reason): .unknown(reason)
        case .hello(let hello, _) where !suites.contains(hello.cipherSuite):
            .unknown("the server chose \(hello.cipherSuite.name), which was not offered")
        case .hello(_, let parts):
            parts.keyExchange?.signed?.scheme.map { .chose($0) } ?? .unknown("the server's key exchange can't be read")
        }
    }
}

extension SignatureInquiry {
    /// What is known by now; nil if none of the suites is signed.
    var outcome: SignaturesOutcome? {
        guard !families.isEmpty else { return nil }
        var outcome = SignaturesOutcome(version: .tls12)
        outcome.schemes = schemes
        let orders = Set(families.map(\.survey.order).filter { $0 != nil })
        outcome.order = orders.count == 1 ? orders.first ?? nil : nil
        outcome.isComplete = families.allSatisfy { $0.survey.isComplete && !$0.survey.isRefusedOutright }
        for family in families {
            let notes = family.survey.notes(\.name)
            outcome.notes += families.count > 1 ? notes.map { "with \(family.authentication) suites, \($0)" } : notes
            if family.survey.isRefusedOutright { outcome.notes.append(Self.noneText(family.authentication)) }
        }
        if orders.count > 1 { outcome.notes.append("whose order decides depends on the kind of certificate") }
        return outcome
    }

    /// A scheme is there if any kind of certificate has it, and not there if none has.
    private var schemes: [SignatureOutcome] {
        var all: [SignatureOutcome] = []
        for family in families {
            for finding in family.survey.findings(\.name) {
                var verdict = finding.verdict
                if family.survey.isRefusedOutright {
                    verdict = .inconclusive(reason: Self.noneText(family.authentication))
                }
                let found = SignatureOutcome(scheme: finding.item, verdict: verdict, evidence: finding.evidence)
                guard let index = all.firstIndex(where: { $0.scheme == finding.item }) else {
                    all.append(found)
                    continue
                }
                if Self.weight(verdict) > Self.weight(all[index].verdict) { all[index] = found }
            }
        }
        // Those that are supported in the order in which each family has them, not in that of the first to reject them.
        var ranks: [SignatureScheme: Int] = [:]
        for scheme in families.flatMap(\.survey.found) where ranks[scheme] == nil { ranks[scheme] = ranks.count }
        let supported = all.filter { $0.verdict == .supported }
            .sorted { (ranks[$0.scheme] ?? .max) < (ranks[$1.scheme] ?? .max) }
        return supported + all.filter { $0.verdict != .supported }
    }

    private static func weight(_ verdict: Verdict) -> Int {
        switch verdict {
        case .supported: 2
        case .inconclusive: 1
        case .rejected, .noneAccepted: 0
        }
    }

    private static func noneText(_ authentication: Authentication) -> String {
        "no scheme was taken with \(authentication) suites, although they are accepted"
    }

    private static func families(_ suites: [CipherSuite]) -> [Family] {
        var families: [Family] = []
        for suite in suites {
            guard let facts = suite.facts, !facts.isExport, facts.keyExchange == .ecdhe || facts.keyExchange == .dhe,
                let lines = lines(facts.authentication)
            else { continue }
            if let index = families.firstIndex(where: { $0.authentication == facts.authentication }) {
                families[index].suites.append(suite)
            } else {
                let survey = StrikeSurvey(lines)
                families.append(Family(authentication: facts.authentication, suites: [suite], survey: survey))
            }
        }
        return families
    }

    /// The usual schemes of a kind of certificate, and all others in a line that is mostly refused at once. Not in the order of
    /// anyone's preference, so that a server's own order shows. Nil for suites that aren't signed.
    private static func lines(_ authentication: Authentication) -> [StrikeLine<SignatureScheme>]? {
        let usual: [SignatureScheme]
        switch authentication {
        case .rsa:
            usual = [
                .rsa_pss_rsae_sha384, .rsa_pss_rsae_sha512, .rsa_pss_rsae_sha256,
                .rsa_pkcs1_sha224, .rsa_pkcs1_sha384, .rsa_pkcs1_sha512, .rsa_pkcs1_sha256,
            ]
        case .ecdsa:
            usual = [.ecdsa_sha224, .ecdsa_secp384r1_sha384, .ecdsa_secp521r1_sha512, .ecdsa_secp256r1_sha256]
        case .dss:
            usual = [.dsa_sha224, .dsa_sha384, .dsa_sha512, .dsa_sha256, .dsa_sha1]
        default:
            return nil
        }
        let others = SignatureScheme.all.filter { !usual.contains($0) }
        return [StrikeLine(usual), StrikeLine(others, rare: Set(others))]
    }
}
