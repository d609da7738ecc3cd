import Probing
import TLSParameters
import TLSWire

/// Whether the server makes a new public value for every key exchange.
struct KeyReuseCheck {
    let survey: CiphersResult
    let serverName: String?
    let connect: ProbeRunner.Connect
    let budget: ProbeBudget

    /// What a public value is a member of; each has a finding of its own.
    private enum Field: CaseIterable {
        case finite
        case curve

        var id: String { self == .finite ? "key-exchange.dh-reuse" : "key-exchange.ecdh-reuse" }

        /// The key exchange before TLS 1.3.
        var classic: String { self == .finite ? "DHE" : "ECDHE" }

        /// Whether a group of TLS 1.3 has public values of that kind; ML-KEM alone has none that could come again.
        func holds(_ group: NamedGroup) -> Bool {
            switch group.facts?.kind {
            case .finiteField?: self == .finite
            case .mlkem?, nil: false
            default: self == .curve
            }
        }
    }

    /// Two hellos for each kind of key exchange that the server has.
    func run() async -> CheckRun {
        var run = CheckRun()
        let asked = Field.allCases.flatMap { field in
            (classic(field) + modern(field)).map { (field: field, question: $0) }
        }
        var verdicts: [KeyReusePlanner.Verdict] = []
        if !asked.isEmpty {
            let planner = KeyReusePlanner(
                asked.map(\.question),
                serverName: serverName,
                seed: .random(in: 0...UInt64.max)
            )
            let (outcome, spending) = await ProbeRunner(connect: connect, budget: budget).run(planner)
            verdicts = outcome
            run.spent.add(Spending(spending))
        }
        for field in Field.allCases {
            let mine = zip(asked, verdicts).filter { $0.0.field == field }.map { ($0.0.question.kind, $0.1) }
            judge(field, mine, &run)
        }
        return run
    }

    private func judge(_ field: Field, _ verdicts: [(kind: String, KeyReusePlanner.Verdict)], _ run: inout CheckRun) {
        let reused = verdicts.filter { $0.1 == .reused }.map(\.kind)
        guard reused.isEmpty else { return run.found(VulnerabilityFindings.reuse(field.id, kinds: reused)) }
        for case (let kind, .unknown(let reason)) in verdicts {
            return run.settle(field.id, .undetermined, "\(kind): \(reason)")
        }
        if let reason = unasked(field) { return run.settle(field.id, .undetermined, reason) }
        if verdicts.isEmpty {
            run.settle(field.id, .notApplicable, "the server has no such key exchange")
        } else {
            run.settle(field.id, .absent)
        }
    }

    /// Why there may be a key exchange of that kind that was not asked for; nil if there is none.
    private func unasked(_ field: Field) -> String? {
        guard survey.everySuite, survey.versions.allSatisfy({ $0.verdict != "inconclusive" && $0.complete }) else {
            return "not every suite is known"
        }
        guard !suites("tls1.3", { _ in true }).isEmpty, modern(field).isEmpty else { return nil }
        if let group = groups.first(where: field.holds) {
            return "TLS 1.3: no hello of ours can take part in \(group.name)"
        }
        let lists = survey.groupLists.filter { $0.version == "tls1.3" }
        return lists.isEmpty || !lists.allSatisfy(\.complete) ? "TLS 1.3: not every group is known" : nil
    }

    // MARK: Questions

    private func classic(_ field: Field) -> [KeyReusePlanner.Question] {
        for id in ["tls1.2", "tls1.1", "tls1.0"] {
            let suites = suites(id) { $0.keyExchange == field.classic }
            guard let version = ProtocolVersion(id: id), !suites.isEmpty else { continue }
            return [
                KeyReusePlanner.Question(
                    kind: "\(field.classic) in \(version.name)",
                    version: version,
                    suites: suites.compactMap { CipherSuite($0.suite) }
                )
            ]
        }
        return []
    }

    private func modern(_ field: Field) -> [KeyReusePlanner.Question] {
        let suites = suites("tls1.3") { _ in true }.compactMap { CipherSuite($0.suite) }
        let usable = groups.first { field.holds($0) && KeyShareEntry.throwaway(for: $0) != nil }
        guard !suites.isEmpty, let usable else { return [] }
        return [
            KeyReusePlanner.Question(
                kind: "\(usable.name) in TLS 1.3",
                version: .tls13,
                suites: suites,
                groups: [usable]
            )
        ]
    }

    /// What the server takes in TLS 1.3. A survey without groups has still seen those that came with suites.
    private var groups: [NamedGroup] {
        let seen = suites("tls1.3") { _ in true }.compactMap(\.exchange.groupCodePoint)
        let taken = survey.groups.filter { $0.version == "tls1.3" && $0.verdict == "supported" }.map(\.codePoint)
        return (seen + taken).compactMap { UInt16($0.dropFirst(2), radix: 16) }.map(NamedGroup.init(rawValue:))
    }

    private func suites(_ version: String, _ isMeant: (SuiteDescription) -> Bool) -> [SuiteSupport] {
        let known = survey.versions.first { $0.version == version && $0.verdict == "supported" }
        return known?.suites.filter { isMeant($0.suite) } ?? []
    }
}
