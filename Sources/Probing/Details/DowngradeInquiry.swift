import TLSParameters
import TLSWire

/// How a server treats clients that come with less than it has.
///
/// Does it refuse a fallback that says so (RFC 7507), does it mark the random of an older version's hello (RFC 8446
/// §4.1.3), and does it take newer versions in the format of SSL 2.0 (RFC 5246 §E.2)? May start once the versions and a
/// suite of each are known.
struct DowngradeInquiry: Inquiry {
    private enum Purpose: Sendable {
        case fallback(ProtocolVersion)
        case sentinel(ProtocolVersion)
        case ssl2Format(ProtocolVersion)
        /// The same version and suites without any extension, to tell the format from what it can't carry.
        case bare(ProtocolVersion, refused: HelloAnswer)
    }

    private let hello: PlainHello
    private let suites: [ProtocolVersion: [CipherSuite]]
    private let versions: [ProtocolVersion]
    private var open = OpenQuestions<Purpose>()
    private var found: [FeatureOutcome] = []

    /// `suites`: what the server accepts, by version.
    init(suites: [ProtocolVersion: [CipherSuite]], serverName: String? = nil) {
        hello = PlainHello(serverName: serverName)
        self.suites = suites
        versions = suites.filter { !$0.value.isEmpty && $0.key >= .ssl3 }.keys.sorted()
        askFallback()
        askSentinels()
        askSSL2Format()
    }

    var isFinished: Bool { open.isEmpty }

    mutating func questions() -> [(token: Int, question: HelloQuestion)] { open.take() }

    mutating func answer(_ token: Int, _ answer: HelloAnswer) {
        switch open.close(token) {
        case .fallback(let version): readFallback(version, answer)
        case .sentinel(let version): readSentinel(version, answer)
        case .ssl2Format(let version): readSSL2Format(version, answer)
        case .bare(let version, let refused): readBare(version, refused, answer)
        case nil: break
        }
    }

    /// In the order of ``ServerFeature``, older versions first.
    var features: [FeatureOutcome] {
        ServerFeature.allCases.flatMap { feature in
            found.filter { $0.feature == feature }
                .sorted { ($0.version?.rawValue ?? 0) < ($1.version?.rawValue ?? 0) }
        }
    }

    private mutating func settle(
        _ feature: ServerFeature,
        _ version: ProtocolVersion?,
        _ verdict: Verdict,
        _ answer: HelloAnswer? = nil,
        _ detail: String? = nil
    ) {
        found.append(
            FeatureOutcome(feature, version: version, verdict: verdict, detail: detail, evidence: answer?.request)
        )
    }
}

// MARK: - Fallback

extension DowngradeInquiry {
    /// With one version there is nothing to fall back to.
    private mutating func askFallback() {
        guard let version = versions.dropLast().last else { return }
        var template = hello.template(version, suites: suites[version] ?? [])
        template.isFallback = true
        open.ask(HelloQuestion(draft: .template(template)), for: .fallback(version))
    }

    private mutating func readFallback(_ version: ProtocolVersion, _ answer: HelloAnswer) {
        switch answer.result(in: version) {
        case .hello:
            settle(.fallbackSCSV, version, .rejected, answer)
        case .refused where answer.isAlert(.inappropriate_fallback):
            settle(.fallbackSCSV, version, .supported, answer)
        case .refused:
            let text = answer.refusalText ?? "refused"
            let reason = "a fallback is not answered with inappropriate_fallback: \(text)"
            settle(.fallbackSCSV, version, .inconclusive(reason: reason), answer)
        case .unknown(let reason):
            settle(.fallbackSCSV, version, .inconclusive(reason: reason), answer)
        }
    }
}

// MARK: - Sentinels

extension DowngradeInquiry {
    /// Sentinels are for servers of TLS 1.2 and newer.
    private mutating func askSentinels() {
        guard let newest = versions.last, newest >= .tls12 else { return }
        for version in versions where version < newest {
            let template = hello.template(version, suites: suites[version] ?? [])
            open.ask(HelloQuestion(draft: .template(template)), for: .sentinel(version))
        }
    }

    private mutating func readSentinel(_ version: ProtocolVersion, _ answer: HelloAnswer) {
        switch answer.result(in: version) {
        case .hello(let hello, _):
            let expected: DowngradeSentinel = version == .tls12 ? .tls12 : .tls11OrBelow
            switch hello.downgradeSentinel {
            case expected: settle(.downgradeSentinel, version, .supported, answer)
            case nil:
                let isDuty = versions.last == .tls13
                let detail = isDuty ? "there is none" : "there is none, which TLS 1.3 alone makes a duty"
                settle(.downgradeSentinel, version, .rejected, answer, detail)
            default: settle(.downgradeSentinel, version, .rejected, answer, "it is the one of another version")
            }
        case .refused:
            let reason = "the server refused a plain hello that it accepted before"
            settle(.downgradeSentinel, version, .inconclusive(reason: reason), answer)
        case .unknown(let reason):
            settle(.downgradeSentinel, version, .inconclusive(reason: reason), answer)
        }
    }
}

// MARK: - The format of SSL 2.0

extension DowngradeInquiry {
    /// Suites that need least of the extensions that the format has no room for: RSA's key exchange if there is one.
    private func plainSuites(_ version: ProtocolVersion) -> [CipherSuite] {
        let all = suites[version] ?? []
        let plain = all.filter { $0.facts?.keyExchange == .rsa }
        return Array((plain + all.filter { !plain.contains($0) }).prefix(8))
    }

    private mutating func askSSL2Format() {
        guard let version = versions.filter({ $0 <= .tls12 }).max() else { return }
        let kinds = plainSuites(version).map { SSL2CipherKind(rawValue: UInt32($0.rawValue)) }
        open.ask(HelloQuestion(draft: .ssl2Format(version, kinds)), for: .ssl2Format(version))
    }

    private mutating func readSSL2Format(_ version: ProtocolVersion, _ answer: HelloAnswer) {
        switch answer.result {
        case .hello(let hello, _):
            let detail = "the server answers with \(hello.selectedVersion.name)"
            settle(.ssl2FormatHello, version, .supported, answer, detail)
        case .refused:
            var bare = ClientHello(
                legacyVersion: version,
                random: [UInt8](repeating: 0, count: 32),
                cipherSuites: plainSuites(version),
                extensions: nil
            )
            var bytes = SeededBytes(seed: UInt64(version.rawValue))
            bare.random = bytes.next(32)
            let record = bare.record(version: min(version, .tls10))
            open.ask(HelloQuestion(draft: .bytes(record)), for: .bare(version, refused: answer))
        case .unknown(let reason):
            settle(.ssl2FormatHello, version, .inconclusive(reason: reason), answer)
        }
    }

    private mutating func readBare(_ version: ProtocolVersion, _ refused: HelloAnswer, _ answer: HelloAnswer) {
        switch answer.result {
        case .hello:
            settle(.ssl2FormatHello, version, .rejected, refused, refused.refusalText)
        case .refused:
            settle(.ssl2FormatHello, version, .inconclusive(reason: ServerFeature.needsExtensions), refused)
        case .unknown(let reason):
            settle(.ssl2FormatHello, version, .inconclusive(reason: reason), refused)
        }
    }
}
