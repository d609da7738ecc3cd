import TLSParameters
import TLSWire

/// Which groups a server takes in a version before TLS 1.3, for each kind of (EC)DHE suite of its own.
///
/// Curves are asked for by ECDHE suites, the finite fields of RFC 7919 by DHE suites; ServerKeyExchange tells what was
/// chosen. May start as soon as a suite of each kind is known: one suite a kind is enough.
struct ClassicGroupInquiry: Inquiry {
    private struct Family: Sendable {
        var name: String
        var suites: [CipherSuite]
        var usesFiniteFields: Bool
        var survey: StrikeSurvey<NamedGroup>
        /// Bits of a prime of the server's own, which it uses whatever is offered.
        var ownPrime: Int?
    }

    let version: ProtocolVersion
    private let hello: PlainHello
    private var families: [Family]
    private var open = OpenQuestions<(family: Int, part: StrikeSurvey<NamedGroup>.Part)>()

    /// `version`: TLS 1.0 to TLS 1.2; `suites`: what the server accepts in it. Suites without an ephemeral group have no part
    /// in this; if there are no others, nothing is asked.
    init(version: ProtocolVersion, suites: [CipherSuite], serverName: String? = nil) {
        self.version = version
        hello = PlainHello(serverName: serverName)
        families = []
        note(suites)
    }

    /// Tells what the server was found to accept besides.
    mutating func note(_ suites: [CipherSuite]) {
        guard (ProtocolVersion.tls10 ... .tls12).contains(version) else { return }
        for family in Self.families(suites) {
            guard let index = families.firstIndex(where: { $0.name == family.name }) else {
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
        guard let purpose = open.close(token), families.indices.contains(purpose.family) else { return }
        let choice = choice(answer, &families[purpose.family], purpose.part)
        families[purpose.family].survey.take(purpose.part, choice, evidence: answer.request)
        ask()
    }

    private mutating func ask() {
        for index in families.indices {
            for (part, groups, isLikelyTaken) in families[index].survey.offers() {
                let template = hello.template(version, suites: families[index].suites, groups: groups)
                let question = HelloQuestion(
                    draft: .template(template),
                    goal: .keyExchange,
                    isLikelyFollowed: part != .order,
                    topic: isLikelyTaken ? .groups : nil
                )
                open.ask(question, for: (index, part))
            }
        }
    }

    private func choice(
        _ answer: HelloAnswer,
        _ family: inout Family,
        _ part: StrikeSurvey<NamedGroup>.Part
    ) -> StrikeLine<NamedGroup>.Choice {
        switch answer.exchangeResult(in: version) {
        case .refused: return .refused
        case .unknown(let reason): return .unknown(reason)
        case .hello(let hello, let parts):
            guard family.suites.contains(hello.cipherSuite) else {
                return .unknown("the server chose \(hello.cipherSuite.name), which was not offered")
            }
            switch parts.keyExchange?.parameters {
            case .ecdhe(let parameters):
                return parameters.namedGroup.map { .chose($0) }
                    ?? .unknown("the server spells its curve out instead of naming it")
            case .dhe(let parameters):
                if let group = NamedGroup(finiteField: parameters),
                    part == .order || family.survey.lines.contains(where: { $0.remaining.contains(group) })
                {
                    return .chose(group)
                }
                // A server that doesn't know RFC 7919 uses the same prime whatever is offered, which is its right.
                family.ownPrime = parameters.bits
                return .refused
            default:
                return .unknown("the server's key exchange can't be read")
            }
        }
    }
}

extension ClassicGroupInquiry {
    /// What is known by now: one entry for each kind of suite.
    var outcomes: [GroupsOutcome] {
        families.map { family in
            var outcome = GroupsOutcome(
                version: version,
                family: family.name,
                order: family.survey.order,
                isComplete: family.survey.isComplete,
                notes: family.survey.notes(\.name)
            )
            outcome.groups = family.survey.findings(\.name).map {
                GroupOutcome(group: $0.item, verdict: $0.verdict, evidence: $0.evidence)
            }
            if let bits = family.ownPrime {
                outcome.notes.append(
                    "with the suite asked for the server uses a prime of \(bits) bits, whatever groups are offered"
                )
            } else if family.survey.isRefusedOutright, family.usesFiniteFields {
                outcome.notes.append("the server takes DHE suites only from clients that list no RFC 7919 group")
            } else if family.survey.isRefusedOutright {
                settleNone(&outcome)
            }
            return outcome
        }
    }

    /// The suites are accepted, so it can't be that there is no group for them.
    private func settleNone(_ outcome: inout GroupsOutcome) {
        let reason = "none of the groups was taken, although the suites are accepted"
        outcome.isComplete = false
        outcome.notes.append(reason)
        for index in outcome.groups.indices { outcome.groups[index].verdict = .inconclusive(reason: reason) }
    }

    private static func families(_ suites: [CipherSuite]) -> [Family] {
        var families: [Family] = []
        for suite in suites {
            guard let facts = suite.facts, !facts.isExport, let name = name(facts) else { continue }
            if let index = families.firstIndex(where: { $0.name == name }) {
                families[index].suites.append(suite)
                continue
            }
            let usesFiniteFields = facts.keyExchange == .dhe || facts.keyExchange == .dhePSK
            let lines = usesFiniteFields ? [StrikeLine(fields)] : curveLines(facts.authentication)
            families.append(
                Family(
                    name: name,
                    suites: [suite],
                    usesFiniteFields: usesFiniteFields,
                    survey: StrikeSurvey(lines)
                )
            )
        }
        return families
    }

    /// Such as `ECDHE RSA`; nil for suites without an ephemeral group.
    private static func name(_ facts: CipherSuiteFacts) -> String? {
        switch facts.keyExchange {
        case .ecdhe, .dhe: "\(facts.keyExchange) \(facts.authentication)"
        case .ecdhePSK, .dhePSK: facts.keyExchange.rawValue
        default: nil
        }
    }

    /// With an ECDSA certificate there is one line: a server may take a curve only if the certificate's own is in the list
    /// as well (RFC 8422 §5.1), so curves that were chosen have to come back behind the others.
    private static func curveLines(_ authentication: Authentication) -> [StrikeLine<NamedGroup>] {
        guard authentication == .ecdsa else { return [StrikeLine(common), StrikeLine(rare, rare: Set(rare))] }
        let montgomery: [NamedGroup] = [.x25519, .x448]
        let all = common + rare
        return [StrikeLine(all, anchorable: Set(all).subtracting(montgomery), rare: Set(rare))]
    }

    // Not in the order of anyone's preference, so that a server's own order shows.
    private static let common: [NamedGroup] = [.secp521r1, .x448, .secp384r1, .secp256r1, .x25519]
    private static let rare = HelloRecipe.allGroups.filter { group in
        !common.contains(group) && group.facts?.kind != .finiteField && !group.isOnlyForTLS13
    }
    private static let fields: [NamedGroup] = [.ffdhe8192, .ffdhe6144, .ffdhe4096, .ffdhe3072, .ffdhe2048]
}

extension NamedGroup {
    /// Brainpool's and SM2's numbers for TLS 1.3 (RFC 8734 §2, RFC 8998 §3.1.1), which have no place in an older hello.
    fileprivate var isOnlyForTLS13: Bool { (0x001F...0x0021).contains(rawValue) || rawValue == 0x0029 }
}
