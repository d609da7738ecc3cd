import TLSParameters
import TLSWire

/// Whether a server answers odd hellos as it does plain ones.
///
/// One hello is odd in five ways at once, which most servers take; where one doesn't, each way is tried alone. A refusal
/// counts only if a plain hello of the same kind is answered afterwards. May start once the versions and a suite of each
/// are known.
struct ToleranceInquiry: Inquiry {
    private enum Purpose: Sendable {
        case odd([ServerFeature])
        case plain
        /// A plain hello after odd ones, repeated or not, got no answer.
        case afterSilence([ServerFeature], HelloAnswer)
    }

    private enum Finding: Sendable {
        case answered(ProtocolVersion, ProbeRequest.ID)
        case refused(String, ProbeRequest.ID)
        /// Twice no answer, and then one to a plain hello.
        case silent(ProbeRequest.ID)
        case unknown(String, ProbeRequest.ID?)
    }

    private let hello: OddHello?
    private var open = OpenQuestions<Purpose>()
    private var findings: [ServerFeature: Finding] = [:]
    /// What became of a plain hello; nil as long as no refusal made it necessary.
    private var plain: HelloResult?
    private var asksPlain = false

    /// `suites`: what the server accepts, by version; without any, nothing is asked. `groups`: groups that it is known to support
    /// in TLS 1.3, if any are.
    init(suites: [ProtocolVersion: [CipherSuite]], groups: [NamedGroup] = [], serverName: String? = nil) {
        hello = OddHello(suites: suites, groups: groups, serverName: serverName)
        guard let hello else { return }
        guard hello.newest >= .tls10 else {
            let reason = "\(hello.newest.name) has no extensions"
            for feature in Self.combined + Self.separate { findings[feature] = .unknown(reason, nil) }
            return
        }
        ask(Self.combined, alternative: Self.short)
        for feature in Self.separate { ask([feature]) }
    }

    var isFinished: Bool { open.isEmpty }

    mutating func questions() -> [(token: Int, question: HelloQuestion)] { open.take() }

    mutating func answer(_ token: Int, _ answer: HelloAnswer) {
        guard let purpose = open.close(token) else { return }
        switch purpose {
        case .plain: plain = answer.result
        case .afterSilence(let features, let silence): takeSilence(features, silence, answer)
        case .odd(let features): take(features, answer)
        }
    }

    /// All at once.
    private static let combined: [ServerFeature] = [
        .toleratesGREASE, .toleratesUnknownExtension, .toleratesUnknownVersion, .toleratesLongSuiteList,
        .toleratesHello1500,
    ]
    /// Those of them that don't make a hello long: what is asked instead if nothing comes of the long one.
    private static let short: [ServerFeature] = [
        .toleratesGREASE, .toleratesUnknownExtension, .toleratesUnknownVersion,
    ]
    private static let separate: [ServerFeature] = [
        .toleratesHello255, .toleratesHello256, .toleratesHello512, .toleratesSplitHello, .toleratesNewerVersion,
    ]

    private mutating func ask(_ features: [ServerFeature], alternative: [ServerFeature] = []) {
        guard let draft = hello?.draft(features) else {
            for feature in features {
                findings[feature] = .unknown(
                    "the hello is longer even without anything odd, for its name, suites or key share",
                    nil
                )
            }
            return
        }
        var question = HelloQuestion(draft: draft)
        // No answer to a single oddity is a finding, if there is none the second time either.
        question.alternative = alternative.isEmpty ? draft : hello?.draft(alternative)
        if features == [.toleratesSplitHello] {
            // In the middle of the key share, where a packet would end.
            question.delivery = .split(after: 1_000, pause: .milliseconds(30))
        }
        open.ask(question, for: .odd(features))
    }

    private mutating func take(_ features: [ServerFeature], _ answer: HelloAnswer) {
        var features = features
        if answer.usedAlternative, features.count > 1 {
            for feature in features where !Self.short.contains(feature) {
                let reason = "no answer in time to a hello with more, although such a one without it is answered"
                findings[feature] = .unknown(reason, answer.request)
            }
            features = Self.short
        }
        switch answer.result {
        case .hello(let hello, _):
            for feature in features { findings[feature] = .answered(hello.selectedVersion, answer.request) }
        case .refused where features.count > 1:
            for feature in features { ask([feature]) }
        case .refused:
            for feature in features { findings[feature] = .refused(answer.refusalText ?? "refused", answer.request) }
            askPlain()
        case .unknown(let reason):
            if answer.content == .unknown(.timedOut), let hello {
                open.ask(HelloQuestion(draft: .template(hello.plain)), for: .afterSilence(features, answer))
            }
            for feature in features { findings[feature] = .unknown(reason, answer.request) }
        }
    }

    /// A hello that hangs while plain ones are answered isn't tolerated (RFC 7685 §1). One that is odd in several ways
    /// doesn't tell which of them it is.
    private mutating func takeSilence(_ features: [ServerFeature], _ silence: HelloAnswer, _ control: HelloAnswer) {
        guard case .hello = control.result else {
            let reason = "\(Doubt.timedOut.text), and then none to a plain hello either"
            for feature in features { findings[feature] = .unknown(reason, silence.request) }
            return
        }
        if features.count == 1, silence.isSilence {
            findings[features[0]] = .silent(silence.request)
        } else {
            let reason = "\(Doubt.timedOut.text) to a hello with this and more, although plain hellos are answered"
            for feature in features { findings[feature] = .unknown(reason, control.request) }
        }
    }

    private mutating func askPlain() {
        guard let hello, !asksPlain else { return }
        asksPlain = true
        open.ask(HelloQuestion(draft: .template(hello.plain)), for: .plain)
    }
}

// MARK: - What is known

extension ToleranceInquiry {
    /// In the order of ``ServerFeature``.
    var features: [FeatureOutcome] {
        ServerFeature.allCases.compactMap { feature in findings[feature].map { outcome(feature, $0) } }
    }

    private func outcome(_ feature: ServerFeature, _ finding: Finding) -> FeatureOutcome {
        switch finding {
        case .answered(let version, let request):
            let expected = expectedVersion(feature)
            var outcome = FeatureOutcome(feature, verdict: .supported, evidence: request)
            if version != expected {
                outcome.verdict = .rejected
                outcome.detail = "the server answers with \(version.name) instead of \(expected?.name ?? "")"
            } else if feature == .toleratesNewerVersion || feature == .toleratesUnknownVersion {
                outcome.detail = "the server answers with \(version.name)"
            }
            return outcome
        case .refused(let text, let request):
            return FeatureOutcome(feature, verdict: refusal, detail: "such a hello is \(text)", evidence: request)
        case .silent(let request):
            let detail = "no answer, twice, while plain hellos were answered"
            return FeatureOutcome(feature, verdict: .rejected, detail: detail, evidence: request)
        case .unknown(let reason, let request):
            return FeatureOutcome(feature, verdict: .inconclusive(reason: reason), evidence: request)
        }
    }

    private func expectedVersion(_ feature: ServerFeature) -> ProtocolVersion? {
        guard feature == .toleratesNewerVersion else { return hello?.newest }
        return hello?.newestClassic ?? hello?.newest
    }

    private var refusal: Verdict {
        switch plain {
        case .hello: .rejected
        case .refused: .inconclusive(reason: "a plain hello was refused as well")
        case .unknown(let reason): .inconclusive(reason: "a plain hello got no answer to compare with: \(reason)")
        case nil: .unsettled
        }
    }
}
