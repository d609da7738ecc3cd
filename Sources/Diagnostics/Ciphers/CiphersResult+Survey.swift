import Probing
import TLSParameters
import TLSWire

extension CiphersResult {
    /// The facts of a survey as a report writes them.
    ///
    /// `evidence` is what the run kept of its requests, if anything; it is looked at for alerts in any case, and becomes part
    /// of the result if `keepsEvidence` says so.
    init(
        _ outcome: SurveyOutcome,
        aspects: Set<SurveyAspect>,
        evidence: [ProbeEvidence],
        keepsEvidence: Bool
    ) {
        let claims = Claims(evidence, isShown: keepsEvidence)
        self.init(versions: outcome.versions.map { VersionSupport($0, claims) }, notes: outcome.notes)
        self.aspects = SurveyAspect.allCases.filter(aspects.contains).map(\.rawValue)
        certificates = outcome.leaves.enumerated().map { LeafSummary(index: $0, der: $1) }
        for list in outcome.details.groups {
            groupLists.append(
                SupportList(
                    version: list.version.id,
                    family: list.family,
                    order: list.order?.rawValue,
                    complete: list.isComplete,
                    notes: list.notes
                )
            )
            groups += list.groups.map { GroupSupport($0, in: list, claims) }
        }
        for list in outcome.details.signatures {
            signatureLists.append(
                SupportList(
                    version: list.version.id,
                    family: nil,
                    order: list.order?.rawValue,
                    complete: list.isComplete,
                    notes: list.notes
                )
            )
            signatureSchemes += list.schemes.map { found in
                var scheme = SchemeSupport(
                    version: list.version.id,
                    codePoint: found.scheme.codePointText,
                    name: found.scheme.name,
                    verdict: found.verdict.id,
                    reason: found.verdict.reason
                )
                scheme.evidence = claims.id(found.evidence)
                return scheme
            }
        }
        applicationProtocols = outcome.details.applicationProtocols.map { PeerText($0) }
        applicationProtocolDoubt = outcome.details.applicationProtocolDoubt
        // Nothing was asked in a version that may be spoken. SSL has no extensions.
        let wasAsked = outcome.details.features.contains { $0.feature == .alpn }
        let mayHave = outcome.versions.contains { $0.version >= .tls10 && $0.verdict != .rejected }
        if aspects.contains(.extensions), !wasAsked, mayHave {
            applicationProtocolDoubt = "no version is known to ask for them in"
        }
        features = outcome.details.features.map { FeatureSupport($0, claims) }
        if aspects.contains(.fingerprints) {
            fingerprints = ServerFingerprints(
                jarm: outcome.details.jarm,
                jarmDoubt: outcome.details.jarmDoubt,
                ja3s: Dictionary(uniqueKeysWithValues: outcome.details.ja3s.map { ($0.key.id, $0.value) })
            )
        }
        if keepsEvidence {
            // Stable, so that the answers to what was sent again stay in order.
            let order = evidence.enumerated().sorted { ($0.element.id, $0.offset) < ($1.element.id, $1.offset) }
            self.evidence = order.map { ProbeRecord($0.element) }
        }
    }
}

/// Finds what was kept of a request.
private struct Claims {
    private let records: [ProbeRequest.ID: ProbeEvidence]
    private let isShown: Bool

    init(_ evidence: [ProbeEvidence], isShown: Bool) {
        // What was sent again counts by its last answer.
        records = Dictionary(evidence.map { ($0.id, $0) }, uniquingKeysWith: { _, last in last })
        self.isShown = isShown
    }

    /// The number to refer to a request by; nil if the report doesn't show it.
    func id(_ request: ProbeRequest.ID?) -> Int? {
        guard isShown, let request, records[request] != nil else { return nil }
        return request.rawValue
    }

    /// What the server said that settled a version without a hello: an alert by its name, or how the connection ended.
    func refusal(_ request: ProbeRequest.ID?) -> String? {
        guard let record = request.flatMap({ records[$0] }) else { return nil }
        switch record.observation {
        case "alert": return AlertGlance.name(record.received).map { "alert \($0)" } ?? "an alert"
        case "closed", "reset": return record.observation
        default: return nil
        }
    }
}

extension VersionSupport {
    fileprivate init(_ outcome: VersionOutcome, _ claims: Claims) {
        let said = [outcome.verdict.reason].compactMap { $0 } + outcome.notes
        self.init(
            version: outcome.version.id,
            verdict: outcome.verdict.id,
            reason: said.isEmpty ? nil : said.joined(separator: "; "),
            order: outcome.order?.rawValue,
            suites: outcome.kinds.map {
                SuiteSupport(suite: SuiteDescription($0), exchange: Self.exchange(outcome, claims))
            }
                + outcome.suites.map { SuiteSupport($0, claims) },
            complete: outcome.isComplete,
            answer: outcome.verdict == .supported ? nil : claims.refusal(outcome.evidence),
            evidence: claims.id(outcome.evidence)
        )
    }

    /// SSL 2.0's one answer lists every kind, and has the certificate.
    private static func exchange(_ outcome: VersionOutcome, _ claims: Claims) -> SuiteSupport.Exchange {
        var exchange = SuiteSupport.Exchange()
        exchange.certificate = outcome.leaf
        exchange.evidence = claims.id(outcome.evidence)
        return exchange
    }
}

extension SuiteSupport {
    fileprivate init(_ found: FoundSuite, _ claims: Claims) {
        self.init(suite: SuiteDescription(found.suite))
        exchange.group = found.group?.name
        exchange.groupCodePoint = found.group?.codePointText
        exchange.groupBits = found.groupBits
        exchange.primeName = found.primeName
        exchange.certificate = found.leaf
        exchange.evidence = claims.id(found.evidence)
    }
}

extension GroupSupport {
    fileprivate init(_ outcome: GroupOutcome, in list: GroupsOutcome, _ claims: Claims) {
        self.init(
            version: list.version.id,
            family: list.family,
            codePoint: outcome.group.codePointText,
            name: outcome.group.name,
            verdict: outcome.verdict.id
        )
        strength = outcome.group.facts?.strengthBits
        postQuantum = outcome.group.facts?.isPostQuantum
        reason = outcome.verdict.reason
        preferred = outcome.isPreferred
        evidence = claims.id(outcome.evidence)
    }
}

extension FeatureSupport {
    fileprivate init(_ outcome: FeatureOutcome, _ claims: Claims) {
        self.init(
            id: outcome.feature.rawValue,
            name: outcome.feature.name,
            kind: outcome.feature.kind,
            version: outcome.version?.id,
            verdict: outcome.verdict.id
        )
        reason = outcome.verdict.reason
        detail = outcome.detail
        evidence = claims.id(outcome.evidence)
    }
}

extension ProbeRecord {
    fileprivate init(_ evidence: ProbeEvidence) {
        self.init(
            id: evidence.id.rawValue,
            sent: Self.hex(evidence.sent),
            sentBytes: evidence.sentCount,
            received: Self.hex(evidence.received),
            receivedBytes: evidence.receivedCount,
            observation: evidence.observation
        )
        asked = Self.words(hello: evidence.sent)
        answered = Self.words(answer: evidence.received)
    }

    private static func hex(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
