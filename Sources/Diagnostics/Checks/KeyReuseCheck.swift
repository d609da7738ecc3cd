import Probing
import TLSParameters
import TLSWire

/// Whether the server makes a new public value for every key exchange.
struct KeyReuseCheck {
    let survey: CiphersResult
    let serverName: String?
    let connect: ProbeRunner.Connect
    let budget: ProbeBudget

    /// Two hellos for each kind of key exchange that the server has.
    func run() async -> CheckRun {
        var run = CheckRun()
        let questions = questions
        var verdicts: [KeyReusePlanner.Verdict] = []
        if !questions.isEmpty {
            let planner = KeyReusePlanner(questions, serverName: serverName, seed: .random(in: 0...UInt64.max))
            let (outcome, spending) = await ProbeRunner(connect: connect, budget: budget).run(planner)
            verdicts = outcome
            run.spent.add(Spending(spending))
        }
        for (id, isFinite) in [("key-exchange.dh-reuse", true), ("key-exchange.ecdh-reuse", false)] {
            let mine = zip(questions, verdicts).filter { $0.0.kind.hasPrefix("DHE") == isFinite }
            let reused = mine.filter { $0.1 == .reused }.map(\.0.kind)
            let doubt = mine.lazy.compactMap { pair -> String? in
                if case .unknown(let reason) = pair.1 { return "\(pair.0.kind): \(reason)" }
                return nil
            }.first
            if !reused.isEmpty {
                run.found(VulnerabilityFindings.reuse(id, kinds: reused))
            } else if let doubt {
                run.settle(id, .undetermined, doubt)
            } else if mine.isEmpty {
                let isKnown =
                    survey.versions.allSatisfy { $0.verdict != "inconclusive" && $0.complete } && survey.everySuite
                run.settle(
                    id,
                    isKnown ? .notApplicable : .undetermined,
                    isKnown ? "the server has no such key exchange" : "not every suite is known"
                )
            } else {
                run.settle(id, .absent)
            }
        }
        return run
    }

    /// One question for finite fields, one for curves before TLS 1.3, one for TLS 1.3.
    private var questions: [KeyReusePlanner.Question] {
        var questions: [KeyReusePlanner.Question] = []
        for kind in ["DHE", "ECDHE"] {
            for id in ["tls1.2", "tls1.1", "tls1.0"] {
                guard let version = ProtocolVersion(id: id),
                    !questions.contains(where: { $0.kind.hasPrefix(kind + " ") })
                else { continue }
                let suites = suites(id) { $0.keyExchange == kind }
                guard !suites.isEmpty else { continue }
                questions.append(
                    KeyReusePlanner.Question(
                        kind: "\(kind) in \(version.name)",
                        version: version,
                        suites: suites.compactMap { CipherSuite($0.suite) },
                        groups: []
                    )
                )
            }
        }
        let modern = suites("tls1.3") { _ in true }
        let groups = survey.groups.filter { $0.version == "tls1.3" && $0.verdict == "supported" }.map(\.codePoint)
        // A survey without groups has still seen the one that came with a suite.
        let seen = modern.compactMap(\.exchange.groupCodePoint)
        let usable = (seen + groups).compactMap { UInt16($0.dropFirst(2), radix: 16) }.map(NamedGroup.init(rawValue:))
            .filter { KeyShareEntry.throwaway(for: $0) != nil && $0.facts?.kind != .finiteField }
        if !modern.isEmpty, let group = usable.first {
            questions.append(
                KeyReusePlanner.Question(
                    kind: "TLS 1.3",
                    version: .tls13,
                    suites: modern.compactMap { CipherSuite($0.suite) },
                    groups: [group]
                )
            )
        }
        return questions
    }

    private func suites(_ version: String, _ isMeant: (SuiteDescription) -> Bool) -> [SuiteSupport] {
        survey.versions.first { $0.version == version && $0.verdict == "supported" }?.suites.filter {
            isMeant($0.suite)
        }
            ?? []
    }
}
