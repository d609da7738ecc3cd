import TLSParameters
import TLSWire

/// Which schemes a TLS 1.3 server can't sign with.
///
/// Its signature is encrypted, so that a ServerHello proves nothing; but a server that looks at the schemes before it answers
/// refuses a hello without one of its own. Whether it looks, a scheme that nobody has shows; since the rare schemes are
/// mostly refused as well, it goes along with them first. May start once TLS 1.3 is
/// known to be spoken with one suite; a group that is supported saves a round trip.
struct ModernSignatureInquiry: Inquiry {
    private enum Purpose: Sendable {
        /// All that hardly any server has, and one that none has.
        case rareAndBogus
        case bogus
        case schemes([SignatureScheme])
    }

    private var hello: ModernHello
    private var open = OpenQuestions<Purpose>()
    private var search = HalvingSearch(Self.lists)
    /// The request that was answered although it held only rare schemes, and one that nobody has.
    private var rareEvidence: ProbeRequest.ID?
    /// Why nothing is known of any scheme.
    private var doubt: String?
    private var doubtEvidence: ProbeRequest.ID?
    /// Hellos that were sent again with another share.
    private var retries = 0

    /// `suites`: TLS 1.3 suites that the server accepts, one at least; `groups`: groups that it is known to support, the best
    /// first, if any are.
    init(suites: [CipherSuite], groups: [NamedGroup] = [], serverName: String? = nil) {
        hello = ModernHello(suites: suites, groups: groups, serverName: serverName)
        ask(Self.rare + [Self.bogus], for: .rareAndBogus)
    }

    var isFinished: Bool { open.isEmpty }

    mutating func questions() -> [(token: Int, question: HelloQuestion)] { open.take() }

    mutating func answer(_ token: Int, _ answer: HelloAnswer) {
        guard let purpose = open.close(token) else { return }
        if retries < Self.retryLimit, hello.adopt(answer) {
            retries += 1
            ask(schemes(purpose), for: purpose)
            return
        }
        switch (purpose, Self.read(answer)) {
        case (.rareAndBogus, .none):
            search.take(Self.rare, .none, evidence: answer.request)
            searchOn()
        case (.rareAndBogus, .some):
            rareEvidence = answer.request
            ask([Self.bogus], for: .bogus)
        case (.bogus, .none):
            searchOn()
        case (.bogus, .some):
            doubt = "the server answers even if it is offered a scheme that nobody has, and its signature is encrypted"
            doubtEvidence = answer.request
        case (.rareAndBogus, .unknown(let reason)), (.bogus, .unknown(let reason)):
            doubt = reason
            doubtEvidence = answer.request
        case (.schemes(let schemes), .some) where schemes.count > 1 && looksAtNoKeys:
            search.take(schemes, .unknown(Self.keylessReason), evidence: answer.request)
        case (.schemes(let schemes), let read):
            search.take(schemes, read, evidence: answer.request)
            searchOn()
        }
    }

    /// It has answered every one of the common schemes: no server has keys for all of them, so it looks only at whether it
    /// knows the scheme.
    private var looksAtNoKeys: Bool { Self.common.allSatisfy { search.settled[$0]?.answer == .some } }

    private mutating func searchOn() {
        if let evidence = rareEvidence, Self.common.allSatisfy({ search.settled[$0] != nil }) {
            rareEvidence = nil
            search.take(Self.rare, looksAtNoKeys ? .unknown(Self.keylessReason) : .some, evidence: evidence)
        }
        for schemes in search.offers() { ask(schemes, for: .schemes(schemes)) }
    }

    private func schemes(_ purpose: Purpose) -> [SignatureScheme] {
        switch purpose {
        case .rareAndBogus: Self.rare + [Self.bogus]
        case .bogus: [Self.bogus]
        case .schemes(let schemes): schemes
        }
    }

    private mutating func ask(_ schemes: [SignatureScheme], for purpose: Purpose) {
        var template = hello.template
        template.signatureSchemes = schemes
        // So that the certificates are no reason to refuse (RFC 8446 §4.2.3).
        template.additionalExtensions.append(
            Extension(CertificateSignatureAlgorithms(schemes: HelloRecipe.allSchemes))
        )
        let isBogus = schemes.contains(Self.bogus)
        open.ask(HelloQuestion(draft: .template(template), isLikelyFollowed: isBogus), for: purpose)
    }

    private static func read(_ answer: HelloAnswer) -> HalvingSearch<SignatureScheme>.Answer {
        switch answer.result(in: .tls13) {
        case .refused: .none
        case .unknown(let reason): .unknown(reason)
        case .hello(let hello, _) where hello.isHelloRetryRequest:
            .unknown("the server asks for another key share before it looks at the schemes")
        case .hello: .some
        }
    }

    private static let retryLimit = 8

    /// One that is reserved for never meaning anything (RFC 8701 §2).
    private static let bogus = SignatureScheme(rawValue: 0xDADA)
}

extension ModernSignatureInquiry {
    /// The reason of schemes that may be supported: the server answers when each is offered alone, and refuses others.
    static let unprovenReason =
        "the server answers when it is offered alone; only a full handshake proves it, for the signature is encrypted"

    private static let keylessReason =
        "the server answers to some of the rare schemes, as it does to common ones that it can't have a key for"

    /// What is known by now: what is rejected, and what may be supported.
    var outcome: SignaturesOutcome {
        var outcome = SignaturesOutcome(version: .tls13)
        for scheme in Self.common + Self.rare {
            var verdict = Verdict.inconclusive(reason: doubt ?? "the question is still open")
            if let settled = search.settled[scheme] {
                switch settled.answer {
                case .none: verdict = .rejected
                case .some: verdict = .inconclusive(reason: Self.unprovenReason)
                case .unknown(let reason): verdict = .inconclusive(reason: reason)
                }
            }
            let evidence = search.settled[scheme]?.evidence ?? doubtEvidence
            outcome.schemes.append(SignatureOutcome(scheme: scheme, verdict: verdict, evidence: evidence))
            if case .inconclusive(let reason) = verdict, reason != Self.unprovenReason { outcome.isComplete = false }
        }
        let (rejected, others) = (outcome.schemes.filter { $0.verdict == .rejected }, outcome.schemes)
        outcome.schemes = others.filter { $0.verdict != .rejected } + rejected
        if let doubt { outcome.notes.append(doubt) }
        if search.settled.values.contains(where: { $0.answer == .unknown(Self.keylessReason) }) {
            outcome.notes.append(Self.keylessReason)
        }
        return outcome
    }

    /// Each server has one or some of them. An ECDSA key of the two longer curves is so rare that one refusal is expected to
    /// settle both.
    private static let lists: [[SignatureScheme]] = [
        [.ecdsa_secp256r1_sha256], [.ecdsa_secp384r1_sha384, .ecdsa_secp521r1_sha512],
        [.rsa_pss_rsae_sha256], [.rsa_pss_rsae_sha384], [.rsa_pss_rsae_sha512],
    ]

    /// Asked for first, and in the end one by one.
    private static let common: [SignatureScheme] = [
        .ecdsa_secp256r1_sha256, .ecdsa_secp384r1_sha384, .ecdsa_secp521r1_sha512,
        .rsa_pss_rsae_sha256, .rsa_pss_rsae_sha384, .rsa_pss_rsae_sha512,
    ]

    /// Asked for all together, since hardly any server has any.
    private static let rare = SignatureScheme.all.filter { !common.contains($0) && !$0.isOnlyForTLS12 }
}

extension SignatureScheme {
    /// A pair of hash and signature of TLS 1.2 that TLS 1.3 doesn't know (RFC 8446 §4.2.3), or a GOST number of TLS 1.2.
    fileprivate var isOnlyForTLS12: Bool {
        switch rawValue {
        case 0x0101...0x0103, 0x0301...0x0303, 0x0202, 0x0402, 0x0502, 0x0602, 0x0840, 0x0841, 0xED00...0xEFFF: true
        default: false
        }
    }
}
