import TLSParameters
import TLSWire

/// Which extensions, and what else of a ServerHello before TLS 1.3, a server answers with.
///
/// Two hellos ask for everything, since some things exclude each other: a session id is for clients without tickets, a
/// maximal fragment length for those without a record size limit. If one of them is refused, its features are asked for one
/// by one. May start as soon as a suite is known; encrypt-then-MAC waits for one with CBC, and has a hello of its own.
struct ExtensionInquiry: Inquiry {
    private let version: ProtocolVersion?
    private let asksOnlyModern: Bool
    private let hello: PlainHello
    private let suites: [CipherSuite]
    private var asksForCBC = false
    private var open = OpenQuestions<[ServerFeature]>()
    private var found: [ServerFeature: FeatureOutcome] = [:]

    /// `version`: the newest one up to TLS 1.2 that the server speaks, nil if it has none; `suites`: what it is known to accept
    /// in it; `isWhole`: there won't be more.
    ///
    /// `asksOnlyModern`: older versions than TLS 1.3 were not asked for.
    init(
        version: ProtocolVersion?,
        suites: [CipherSuite],
        isWhole: Bool = false,
        asksOnlyModern: Bool = false,
        serverName: String? = nil
    ) {
        self.version = version
        self.asksOnlyModern = asksOnlyModern
        self.suites = suites
        hello = PlainHello(serverName: serverName)
        for set in Self.sets {
            let askable = set.filter { reasonNotToAsk($0) == nil }
            for feature in set where !askable.contains(feature) {
                settle(feature, .inconclusive(reason: reasonNotToAsk(feature) ?? ""))
            }
            ask(askable)
        }
        if reasonNotToAsk(.encryptThenMAC) == nil {
            found[.encryptThenMAC] = FeatureOutcome(.encryptThenMAC, version: version, verdict: .unsettled)
            note(suites, isWhole: isWhole)
        } else {
            settle(.encryptThenMAC, .inconclusive(reason: reasonNotToAsk(.encryptThenMAC) ?? ""))
        }
    }

    /// Tells what the server accepts in the version; `isWhole`: there won't be more.
    mutating func note(_ suites: [CipherSuite], isWhole: Bool) {
        guard let version, !asksForCBC, reasonNotToAsk(.encryptThenMAC) == nil else { return }
        let suites = suites.filter { $0.facts?.isCBC ?? false }
        if !suites.isEmpty {
            asksForCBC = true
            var template = hello.template(version, suites: suites)
            template.offersEncryptThenMAC = true
            open.ask(HelloQuestion(draft: .template(template)), for: [.encryptThenMAC])
        } else if isWhole {
            asksForCBC = true
            let reason = "it is for suites with CBC, and none is accepted in \(version.name)"
            settle(.encryptThenMAC, .inconclusive(reason: reason))
        }
    }

    var isFinished: Bool { open.isEmpty }

    mutating func questions() -> [(token: Int, question: HelloQuestion)] { open.take() }

    mutating func answer(_ token: Int, _ answer: HelloAnswer) {
        guard let features = open.close(token), let version else { return }
        switch answer.result(in: version) {
        case .hello(let hello, let parts):
            for feature in features { read(feature, hello, parts, answer.request) }
        case .refused where features.count > 1:
            for feature in features { ask([feature]) }
        case .refused:
            for feature in features { settleRefused(feature, answer) }
        case .unknown(let reason):
            for feature in features { settle(feature, .inconclusive(reason: reason), answer.request) }
        }
    }

    /// In the order of ``ServerFeature``.
    var features: [FeatureOutcome] { ServerFeature.allCases.compactMap { found[$0] } }

    private static let sets: [[ServerFeature]] = [
        [
            .extendedMasterSecret, .renegotiationInfo, .sessionTicket, .recordSizeLimit, .heartbeat, .ocspStapling,
            .certificateTimestamps,
        ],
        [.renegotiationSCSV, .sessionID, .maxFragmentLength, .compression],
    ]

    private func reasonNotToAsk(_ feature: ServerFeature) -> String? {
        guard let version else {
            let why = asksOnlyModern ? "only TLS 1.3 was asked for" : "the server has only TLS 1.3"
            return "\(ServerFeature.olderOnly), and \(why)"
        }
        switch feature {
        case .renegotiationSCSV, .sessionID, .compression: return nil
        case _ where version < .tls10: return "\(version.name) has no extensions"
        default: return nil
        }
    }
}

// MARK: - Hellos

extension ExtensionInquiry {
    private mutating func ask(_ features: [ServerFeature]) {
        guard let version, !features.isEmpty else { return }
        let goal = features.contains(.ocspStapling) ? FlightReader.Goal.helloDone : .serverHello
        var topic: HelloTopic?
        if features.count > 1, version >= .tls10 { topic = .extensions }
        open.ask(HelloQuestion(draft: .template(template(version, features)), goal: goal, topic: topic), for: features)
    }

    private func template(_ version: ProtocolVersion, _ features: [ServerFeature]) -> ClientHelloTemplate {
        var template = hello.template(version, suites: suites)
        template.offersExtendedMasterSecret = features.contains(.extendedMasterSecret)
        template.offersSessionTicket = features.contains(.sessionTicket)
        template.requestsStatus = features.contains(.ocspStapling)
        template.requestsTimestamps = features.contains(.certificateTimestamps)
        if features.contains(.renegotiationSCSV) { template.secureRenegotiation = .signallingSuite }
        if features.contains(.compression) { template.compressionMethods = [.DEFLATE, .NULL] }
        if features.contains(.maxFragmentLength) {
            template.additionalExtensions.append(Extension(MaxFragmentLengthExtension(code: Self.fragmentLength)))
        }
        if features.contains(.recordSizeLimit) {
            template.additionalExtensions.append(Extension(RecordSizeLimit(limit: 1 << 14)))
        }
        if features.contains(.heartbeat) {
            template.additionalExtensions.append(Extension(Heartbeat(mode: .peer_allowed_to_send)))
        }
        return template
    }

    /// 4,096 bytes.
    private static let fragmentLength = MaxFragmentLength(rawValue: 4)
}

// MARK: - Answers

extension ExtensionInquiry {
    private mutating func read(
        _ feature: ServerFeature,
        _ hello: ServerHello,
        _ parts: FlightParts,
        _ request: ProbeRequest.ID
    ) {
        let answers = hello.extensions ?? []
        func has(_ type: ExtensionType) -> Bool { answers.contains { $0.type == type } }
        var detail: String?
        let isThere: Bool
        switch feature {
        case .extendedMasterSecret: isThere = has(.extended_master_secret)
        case .encryptThenMAC: isThere = has(.encrypt_then_mac)
        case .renegotiationInfo, .renegotiationSCSV: isThere = has(.renegotiation_info)
        case .sessionTicket: isThere = has(.session_ticket)
        case .ocspStapling:
            isThere = parts.hasCertificateStatus || has(.status_request)
            // Having said that it will, a server may still send none (RFC 6066 §8).
            if isThere, parts.isWhole, !parts.hasCertificateStatus {
                detail = "the server announces a response and sends none"
            }
        case .certificateTimestamps: isThere = has(.signed_certificate_timestamp)
        case .sessionID: isThere = !hello.sessionID.isEmpty
        case .compression:
            isThere = hello.compressionMethod == .DEFLATE
            if !isThere, hello.compressionMethod != .NULL {
                detail = "the server chose \(hello.compressionMethod.name), which was not offered"
            }
        case .maxFragmentLength:
            isThere = has(.max_fragment_length)
            if let code = (try? answers.decode(MaxFragmentLengthExtension.self))?.code, code != Self.fragmentLength {
                detail = "the server answers with another length than was asked for"
            }
        case .recordSizeLimit:
            isThere = has(.record_size_limit)
            detail = (try? answers.decode(RecordSizeLimit.self)).map { "records of up to \($0.limit) bytes" }
        case .heartbeat:
            isThere = has(.heartbeat)
            detail = (try? answers.decode(Heartbeat.self)).map {
                $0.mode == .peer_allowed_to_send ? "the server answers requests" : "the server takes no requests"
            }
        default: return
        }
        settle(feature, isThere ? .supported : .rejected, request, detail)
    }

    private mutating func settleRefused(_ feature: ServerFeature, _ answer: HelloAnswer) {
        // Nothing in that hello asks for a session id, so there's nothing that it could have refused.
        let verdict = feature == .sessionID ? Verdict.inconclusive(reason: "a plain hello was refused") : .rejected
        settle(feature, verdict, answer.request, answer.refusalText.map { "hellos that ask for it are \($0)" })
    }

    private mutating func settle(
        _ feature: ServerFeature,
        _ verdict: Verdict,
        _ request: ProbeRequest.ID? = nil,
        _ detail: String? = nil
    ) {
        found[feature] = FeatureOutcome(
            feature,
            version: version,
            verdict: verdict,
            detail: detail,
            evidence: request
        )
    }
}
