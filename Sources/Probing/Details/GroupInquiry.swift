import TLSParameters
import TLSWire

/// Which groups a TLS 1.3 server takes, in whose order, and which one it chooses when it has shares for all.
///
/// Without a key share the server has to name the group that it wants (HelloRetryRequest, RFC 8446 §4.1.4): strike it and
/// repeat: in one line the groups of RFC 8446, in another all else that TLS 1.3 may use. A server that refuses an empty
/// `key_share` gets real shares instead.
///
/// May start as soon as TLS 1.3 is known to be spoken with one suite; the group that the server named with it needn't be
/// asked for again.
struct GroupInquiry: Inquiry {
    private enum Purpose: Sendable {
        case strike(StrikeSurvey<NamedGroup>.Part)
        case shares
    }

    private let hello: PlainHello
    private let suites: [CipherSuite]
    private var survey: StrikeSurvey<NamedGroup>
    private var open = OpenQuestions<Purpose>()
    private var sendsShares: Bool
    private var preferred: NamedGroup?
    /// Groups that the server had shares for; nil as long as the question wasn't asked.
    private var shared: [NamedGroup]?
    private var notes: [String] = []

    /// `suites`: TLS 1.3 suites that the server accepts, one at least. `favourite`: the group that it named when it was offered
    /// all that RFC 8446 has and no share. `needsKeyShare`: it is known to refuse an empty `key_share`; otherwise that is found out.
    init(
        suites: [CipherSuite],
        favourite: (item: NamedGroup, evidence: ProbeRequest.ID)? = nil,
        serverName: String? = nil,
        needsKeyShare: Bool = false
    ) {
        hello = PlainHello(serverName: serverName)
        self.suites = suites
        sendsShares = needsKeyShare
        survey = StrikeSurvey(Self.lines(favourite))
        ask()
    }

    var isFinished: Bool { open.isEmpty }

    mutating func questions() -> [(token: Int, question: HelloQuestion)] { open.take() }

    mutating func answer(_ token: Int, _ answer: HelloAnswer) {
        guard let purpose = open.close(token) else { return }
        let choice = Self.choice(answer)
        switch purpose {
        case .strike(let part):
            survey.take(part, choice, evidence: answer.request)
            if survey.hasAllItems { restartOrGoOn() }
        case .shares:
            takePreferred(choice)
        }
        ask()
    }

    private static func choice(_ answer: HelloAnswer) -> StrikeLine<NamedGroup>.Choice {
        switch answer.result(in: .tls13) {
        case .hello(let hello, _):
            hello.selectedGroup.map { .chose($0) } ?? .unknown("the server answered without naming a group")
        case .refused: .refused
        case .unknown(let reason): .unknown(reason)
        }
    }

    private mutating func ask() {
        for (part, groups, isLikelyTaken) in survey.offers() {
            let template = hello.template(.tls13, suites: suites, groups: groups, shares: sendsShares ? groups : [])
            let question = HelloQuestion(
                draft: .template(template),
                isLikelyFollowed: part != .order,
                topic: isLikelyTaken && !sendsShares ? .modernGroups : nil
            )
            open.ask(question, for: .strike(part))
        }
    }

    private mutating func restartOrGoOn() {
        if survey.isRefusedOutright, !sendsShares {
            // It accepts the suites, so it has a group: what it refused was an empty key share.
            sendsShares = true
            survey = StrikeSurvey(Self.lines(nil))
            return
        }
        guard shared == nil else { return }
        let groups = Self.byPreference.filter { survey.found.contains($0) && KeyShareEntry.throwaway(for: $0) != nil }
        shared = groups
        guard groups.count > 1 else { return }
        let template = hello.template(.tls13, suites: suites, groups: groups, shares: groups)
        open.ask(HelloQuestion(draft: .template(template)), for: .shares)
    }

    private mutating func takePreferred(_ choice: StrikeLine<NamedGroup>.Choice) {
        switch choice {
        case .chose(let group) where shared?.contains(group) ?? false:
            preferred = group
        case .chose(let group):
            notes.append("the server chose \(group.name), which was not offered at that time")
        case .refused:
            notes.append("which group it prefers is unknown: it refuses a hello with shares for all of them")
        case .unknown(let reason):
            notes.append("which group it prefers is unknown: \(reason)")
        }
    }
}

extension GroupInquiry {
    /// What is known by now.
    var outcome: GroupsOutcome {
        let findings = survey.findings(\.name)
        var outcome = GroupsOutcome(version: .tls13, order: survey.order, isComplete: survey.isComplete)
        outcome.groups = findings.map { finding in
            var group = GroupOutcome(group: finding.item, verdict: finding.verdict, evidence: finding.evidence)
            if let preferred, shared?.contains(finding.item) ?? false { group.isPreferred = finding.item == preferred }
            return group
        }
        outcome.notes = survey.notes(\.name) + notes
        if survey.isRefusedOutright {
            outcome.isComplete = false
            outcome.groups = outcome.groups.map {
                GroupOutcome(group: $0.group, verdict: .inconclusive(reason: Self.noneText), evidence: $0.evidence)
            }
            outcome.notes.append(Self.noneText)
        } else if sendsShares {
            outcome.notes.append("the server refuses a hello without a key share")
            withholdUnshared(&outcome)
        }
        return outcome
    }

    /// A server that wants a share for everything hasn't said no to a group that none is known for.
    private func withholdUnshared(_ outcome: inout GroupsOutcome) {
        for index in outcome.groups.indices
        where outcome.groups[index].verdict == .rejected
            && KeyShareEntry.throwaway(for: outcome.groups[index].group) == nil
        {
            outcome.groups[index].verdict = .inconclusive(
                reason: "the server refuses a hello without a key share, and this group can't be given one"
            )
            outcome.isComplete = false
        }
    }

    private static let noneText = "none of the groups was taken, although the server speaks TLS 1.3"

    /// Not in the order of anyone's preference, so that a server's own order shows.
    private static func lines(
        _ favourite: (item: NamedGroup, evidence: ProbeRequest.ID)?
    ) -> [StrikeLine<NamedGroup>] {
        let curves: [NamedGroup] = [.secp521r1, .x448, .secp384r1, .secp256r1, .x25519]
        let fields: [NamedGroup] = [.ffdhe8192, .ffdhe6144, .ffdhe4096, .ffdhe3072, .ffdhe2048]
        let others = NamedGroup.all.filter { group in
            group.facts?.keyShareLengths != nil && !curves.contains(group) && !fields.contains(group)
        }
        // Post-quantum groups first, as in most servers' own orders: such lines are cheap to merge.
        let rare = StrikeLine(others.reversed(), rare: Set(others))
        let usual = fields + curves
        guard let favourite, usual.contains(favourite.item) else { return [rare, StrikeLine(usual)] }
        return [rare, StrikeLine(usual.filter { $0 != favourite.item }, favourite: favourite)]
    }

    /// As a client lists them that would like the best: post-quantum first.
    private static let byPreference: [NamedGroup] = {
        let common: [NamedGroup] = [.X25519MLKEM768, .SecP256r1MLKEM768, .SecP384r1MLKEM1024, .x25519, .secp256r1]
        return common + NamedGroup.all.filter { !common.contains($0) }
    }()
}
