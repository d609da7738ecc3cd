import SecureChannel
import TLSParameters
import TLSWire
import Transport

/// Whether a server checks padding and MAC of records in CBC mode, and keeps to itself which of them was wrong.
struct PaddingCheck {
    static let ids = ["attack.poodle-tls", "attack.padding-oracle", "attack.mac-unchecked"]
    /// How often every flaw is sent where the reactions differ: once more for what a network may do, and once for luck.
    private static let rounds = 3
    /// How long an end of the connection may take after an alert.
    private static let endPatience = Duration.seconds(1)

    let opening: Opening
    /// What the server speaks.
    let survey: CiphersResult
    /// Whether the server waits for a request, and answers it: then data shows that a record was taken.
    let speaksHTTP: Bool
    /// How many sessions may be open at a time.
    let concurrency: Int
    /// The addresses that sessions go to; empty for the target's own.
    let addresses: [SocketEndpoint]
    let answerTimeout: Duration
    let deadline: Deadline

    /// Sessions in the newest version that has suites in CBC mode: two for records that are right, to compare with, and one for
    /// each flaw.
    func run() async -> CheckRun {
        var run = CheckRun()
        let way: Opening
        switch choice {
        case .none(let verdict, let reason):
            run.settle(Self.ids, verdict, reason)
            return run
        case .session(let version, let suites):
            guard let made = opening(version, suites) else {
                run.settle(Self.ids, .undetermined, "the classic engine has none of the server's suites in CBC mode")
                return run
            }
            way = made
        }
        let controls = await trials([.right(isEmpty: false), .right(isEmpty: true)], way)
        var reactions = PaddingReactions(
            controls: PaddingReactions.Controls(
                withContent: controls[.right(isEmpty: false)]?.reaction,
                empty: controls[.right(isEmpty: true)]?.reaction
            )
        )
        for trial in controls.values { run.spent.add(trial.spent) }
        if let failure = controls.values.first(where: { $0.reaction == nil }) {
            run.settle(Self.ids, .undetermined, Self.noSession(failure))
            return run
        }
        for _ in 0..<Self.rounds where reactions.rounds.isEmpty || !reactions.isUniform {
            let round = await trials(RecordFlaw.allCases.map(Record.wrong), way)
            for trial in round.values { run.spent.add(trial.spent) }
            if let failure = round.values.first(where: { $0.reaction == nil }) {
                run.settle(Self.ids, .undetermined, Self.noSession(failure))
                return run
            }
            reactions.rounds.append(
                Dictionary(
                    uniqueKeysWithValues: RecordFlaw.allCases.compactMap { flaw in
                        round[.wrong(flaw)]?.reaction.map { (flaw, $0) }
                    }
                )
            )
        }
        settle("attack.poodle-tls", reactions.unchecksPadding, &run)
        settle("attack.padding-oracle", reactions.tellsApart, &run)
        settle("attack.mac-unchecked", reactions.unchecksMAC, &run)
        return run
    }

    private func settle(_ id: String, _ verdict: PaddingReactions.Verdict, _ run: inout CheckRun) {
        switch verdict {
        case .found(let evidence):
            if let finding = VulnerabilityFindings.finding(id, evidence: evidence) { run.found(finding) }
        case .absent: run.settle(id, .absent)
        case .undetermined(let reason): run.settle(id, .undetermined, reason)
        }
    }

    // MARK: What to offer

    private enum Choice {
        case session(ProtocolVersion, [CipherSuite])
        case none(CheckOutcome.Verdict, String)
    }

    /// The newest version in which the server takes suites in CBC mode that need no key known beforehand.
    private var choice: Choice {
        let versions = ["tls1.2", "tls1.1", "tls1.0"]
        let asked = survey.versions.filter { versions.contains($0.version) }
        for id in versions {
            guard let version = ProtocolVersion(id: id),
                let known = asked.first(where: { $0.version == id && $0.verdict == "supported" })
            else { continue }
            let suites = known.suites.compactMap { CipherSuite($0.suite) }.filter {
                $0.facts.map { $0.isCBC && !$0.keyExchange.usesPSK } ?? false
            }
            if !suites.isEmpty { return .session(version, suites) }
        }
        if let open = asked.first(where: { $0.verdict == "inconclusive" || ($0.verdict == "supported" && !$0.complete) }
        ) {
            return .none(.undetermined, "\(open.version): \(open.reason ?? "not every suite is known")")
        }
        guard asked.count == versions.count, survey.everySuite else {
            return .none(.undetermined, "not every version and suite was asked for")
        }
        return .none(.notApplicable, "the server accepts no suite in CBC mode")
    }

    /// The same way by the classic engine; nil where it lacks the suites.
    private func opening(_ version: ProtocolVersion, _ suites: [CipherSuite]) -> Opening? {
        let possible = suites.filter { ChannelLibrary.classicSuites.contains($0) }
        guard !possible.isEmpty else { return nil }
        return try? opening.with { credential in
            credential.engine = .classic
            credential.legacy = true
            credential.protocols = [version]
            credential.suites = possible
            // Encrypt-then-MAC leaves nothing to tell apart.
            credential.hello.omitted.insert(.encrypt_then_mac)
            // Whose certificate it is makes no difference to its records.
            credential.verification = .none
        }
    }

    // MARK: Trying

    private struct Trial: Sendable {
        /// Nil if no session stood.
        var reaction: PaddingReaction?
        /// Why none did.
        var why: String?
        var spent = Spending()
    }

    private static func noSession(_ trial: Trial) -> String { "no session stood: \(trial.why ?? "the time was up")" }

    /// What is sent.
    private enum Record: Hashable, Sendable {
        case right(isEmpty: Bool)
        case wrong(RecordFlaw)

        var flaw: RecordFlaw? { if case .wrong(let flaw) = self { flaw } else { nil } }

        var isEmpty: Bool {
            switch self {
            case .right(let isEmpty): isEmpty
            case .wrong(let flaw): flaw.isEmpty
            }
        }
    }

    /// Each once, in a session of its own, as many at a time as may be.
    private func trials(_ records: [Record], _ way: Opening) async -> [Record: Trial] {
        await withTaskGroup(of: (Record, Trial).self) { group in
            var waiting = records[...]
            var trials: [Record: Trial] = [:]
            func begin() {
                guard let next = waiting.popFirst() else { return }
                group.addTask { (next, await trial(next, way)) }
            }
            for _ in 0..<max(1, concurrency) { begin() }
            for await (done, trial) in group {
                trials[done] = trial
                begin()
            }
            return trials
        }
    }

    private func trial(_ record: Record, _ way: Opening) async -> Trial {
        let attempt = await way.attempt(to: addresses, deadline: deadline)
        guard let session = attempt.session, attempt.isEstablished, let context = session.context as? EngineContext
        else {
            await attempt.session?.stream.close()
            return Trial(
                why: attempt.status.reason ?? attempt.status.kind,
                spent: attempt.session?.spending ?? Spending(connections: 1)
            )
        }
        // Short enough for padding to be longer than it.
        let request = speaksHTTP ? "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n" : "\r\n"
        var trial = Trial(why: "the record could not be sent")
        if let token = try? context.protect(record.isEmpty ? [] : Array(request.utf8), flaw: record.flaw) {
            let limit = deadline.sooner(of: .after(answerTimeout))
            // A server that has gone already says so in its own way.
            await session.send(token, deadline: limit)
            trial.reaction = await reaction(of: session, until: limit)
        }
        trial.spent = session.spending
        await session.stream.close()
        return trial
    }

    private func reaction(of session: Session, until limit: Deadline) async -> PaddingReaction {
        switch await answer(of: session, until: limit) {
        case .silent?:
            // Who has taken the record still knows the channel, and says goodbye on it.
            let patience = Deadline.after(answerTimeout).sooner(of: deadline)
            guard await session.sendCloseNotify(deadline: patience) == nil else { return .silent }
            switch await answer(of: session, until: patience, afterGoodbye: true) {
            case .accepted?, .goodbye?: return .accepted
            default: return .silent
            }
        case let reaction?: return reaction
        case nil: return .silent
        }
    }

    private func answer(
        of session: Session,
        until limit: Deadline,
        afterGoodbye: Bool = false
    ) async -> PaddingReaction? {
        while true {
            let result = await session.unprotect(deadline: limit)
            if !result.plaintext.isEmpty, speaksHTTP || afterGoodbye { return .accepted }
            switch result.status {
            case .contextExpired: return .goodbye
            case .failed(let failure):
                guard let alert = failure.alertReceived else { return .ended(failure.text) }
                return .alert(alert.description.name, ends: await ends(session, after: limit))
            default: break
            }
            switch await session.receive(deadline: limit) {
            case nil: continue
            case .finished?: return .ended("the end of the connection")
            case .reset?: return .ended("a reset")
            case .timedOut?: return .silent
            case .failed(let error)?: return error.kind == .reset ? .ended("a reset") : .silent
            }
        }
    }

    /// Whether the connection ends after an alert, by whatever means.
    private func ends(_ session: Session, after limit: Deadline) async -> Bool {
        let patience = Deadline.after(Self.endPatience).sooner(of: deadline)
        while true {
            switch await session.receive(deadline: patience) {
            case nil: _ = session.discardInput()
            case .timedOut?: return false
            default: return true
            }
        }
    }
}
