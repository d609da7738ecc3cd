import SecureChannel
import TLSParameters
import Transport

/// `connect`: a session with a peer, shown and relayed.
public struct ConnectOperation: Sendable {
    private let opening: Opening
    private let limits: RelayLimits
    private let errand: Errand?
    private let diagnoses: Bool

    /// Prepares a session; files are read, nothing is sent.
    ///
    /// - Parameters:
    ///   - errand: what the session is for; nil relays what the user gives.
    ///   - diagnoses: whether a handshake that fails is followed by a few connections more that find out why.
    /// - Throws: `RequestProblem` for anything that can't work.
    public init(
        channel: ChannelRequest,
        relay: RelayLimits,
        errand: Errand? = nil,
        recordsBytes: Bool,
        diagnoses: Bool = true
    ) throws(RequestProblem) {
        try errand?.check(channel)
        opening = try Opening(channel, recordsBytes: recordsBytes)
        limits = relay
        self.errand = errand
        self.diagnoses = diagnoses
    }

    /// Dials, shakes hands, relays, closes.
    ///
    /// `standing` is called once, when the session stands and before anything is relayed.
    public func run(
        relay ends: some RelayEnds,
        standing: (Report<ConnectResult>) async -> Void
    ) async -> Report<ConnectResult> {
        let startedAt = Timestamp.text(Timestamp.now)
        let clock = ContinuousClock()
        let start = clock.now
        var run = await firstAttempt()

        func report() -> Report<ConnectResult> {
            var report = account(of: run, startedAt: startedAt)
            report.spent.seconds = start.duration(to: clock.now).seconds
            return report
        }

        guard run.attempt.isEstablished else {
            await run.attempt.session?.stream.close()
            return report()
        }
        await standing(report())
        await relay(&run, through: ends)
        return report()
    }

    /// What has become of the run so far.
    private struct Run {
        /// The connection that counts: the last one, and the way to it.
        var attempt: Opening.Attempt
        var opening: Opening
        var status: RunStatus
        var relay: RelaySummary?
        /// What the connections beside it cost.
        var before = Spending()
        /// What was found out about a failure.
        var diagnosis: DiagnosisSummary?

        init(_ opening: Opening, attempt: Opening.Attempt) {
            self.attempt = attempt
            self.opening = opening
            status = attempt.status
        }

        /// Adds what was found out about a failure.
        mutating func explain(
            _ found: (diagnosis: DiagnosisSummary, spent: Spending),
            request: ChannelRequest,
            attributes: ConnectionAttributes
        ) {
            before.add(found.spent)
            diagnosis = found.diagnosis
            guard let finding = RefusalFinding.make(found.diagnosis, request: request, attributes: attributes) else {
                return
            }
            diagnosis?.conclusion = finding.clause
            status = status.explained(by: finding)
        }

        /// Goes on with another connection.
        mutating func replace(by next: Opening.Attempt) {
            if let session = attempt.session { before.add(session.spending) }
            attempt = next
            status = next.status
        }
    }

    /// The first connection, and a second look at what went wrong with it, all within the time for the target.
    private func firstAttempt() async -> Run {
        let timeout = opening.request.limits.timeout
        let deadline = Deadline.after(timeout)
        guard diagnoses else { return Run(opening, attempt: await opening.attempt(deadline: deadline)) }
        let look = SecondLook(request: opening.request)
        // A peer that says nothing leaves no time for a look afterwards. One that begins to answer needs none.
        let early = Task { await look.run(after: timeout / 2, deadline: deadline) }
        let attempt = await withTaskCancellationHandler {
            await opening.attempt(deadline: deadline) { early.cancel() }
        } onCancel: {
            early.cancel()
        }
        var run = Run(opening, attempt: attempt)
        let isSilent = if case .ended(.timedOut)? = attempt.outcome { attempt.session?.received == 0 } else { false }
        if !isSilent { early.cancel() }
        var found = await early.value
        if !isSilent, let begun = found {
            // What had been asked by then is told, and says nothing.
            run.before.add(begun.spent)
            run.diagnosis = begun.diagnosis
            found = nil
        }
        if !isSilent, await tryClassicEngine(&run, deadline: deadline) { return run }
        if !isSilent, SecondLook.isWorthIt(attempt) {
            await attempt.session?.stream.close()
            found = await look.run(
                helloLength: attempt.session.flatMap { $0.received == 0 ? $0.sent : nil },
                deadline: deadline
            )
        }
        if let found, await tryClassicEngine(&run, after: found, deadline: deadline) { return run }
        if let found, let attributes = attempt.session?.context.attributes {
            run.explain(found, request: opening.request, attributes: attributes)
        }
        return run
    }

    /// Tries the classic engine where libssl failed for a reason that it may mend, if everything old is allowed: true if it came
    /// further, so that what it ended with is what is the matter.
    private func tryClassicEngine(
        _ run: inout Run,
        after found: (diagnosis: DiagnosisSummary, spent: Spending)? = nil,
        deadline: Deadline
    ) async -> Bool {
        guard let classic = opening.withClassicEngine(after: run.attempt, found?.diagnosis) else { return false }
        await run.attempt.session?.stream.close()
        let attempt = await classic.attempt(deadline: deadline)
        guard attempt.cameFurther(than: run.attempt) else {
            await attempt.session?.stream.close()
            if let session = attempt.session { run.before.add(session.spending) }
            return false
        }
        if let found { run.before.add(found.spent) }
        run.opening = classic
        run.replace(by: attempt)
        return true
    }

    /// Relays until the session ends for good: a user may have it resumed on another connection.
    private func relay(_ run: inout Run, through ends: some RelayEnds) async {
        let kept = KeptBytes()
        let errandEnds = errand.map { ErrandEnds($0, opening.request, ends: ends) }
        let refused = refusedEarlyData(run.attempt)
        let early = run.attempt.session?.context.attributes.session.earlyData
        let earlyBytesTaken = early?.status == .accepted ? early?.byteCount ?? 0 : 0
        let user = RecordingEnds(ends: errandEnds ?? ends as any RelayEnds, kept: kept, first: refused)
        var total = Relay.Outcome(ending: .endOfInput)
        var legsBefore = 0
        while let session = run.attempt.session, run.attempt.isEstablished {
            legsBefore = session.context.legs.count
            let relay = Relay(
                session: session,
                ends: user,
                limits: limits,
                // How long a session is used is the user's business; how long its end takes is not the peer's.
                patience: opening.request.limits.timeout
            )
            let outcome = await withTaskExecutorPreference(EventLoopExecutor.shared) { await relay.run() }
            total.add(outcome)
            await close(session, after: outcome.ending)
            guard outcome.resumes, !Task.isCancelled else { break }
            run.replace(by: await resumption(of: session, by: run.opening))
            await ends.show(.note(Self.account(of: run.attempt)))
            guard run.attempt.isEstablished else {
                await run.attempt.session?.stream.close()
                break
            }
        }
        let summary = RelaySummary(
            legsBefore: legsBefore,
            bytesSent: total.bytesSent + earlyBytesTaken,
            earlyBytesResent: min(refused.count, total.bytesSent),
            bytesUnsent: total.bytesUnsent,
            bytesReceived: total.bytesReceived,
            ending: total.ending,
            received: ends.showsData ? nil : PeerText(bytes: kept.bytes),
            answer: errandEnds?.summary(after: total.ending)
        )
        run.relay = summary
        if run.status.exit == .ok, run.attempt.isEstablished {
            run.status = RunStatus(relayed: total, summary, request: opening.request, limits: limits)
        }
        run.status = opening.keeper.status(run.status)
    }

    /// Early data that the server did not take. It has not seen it then, so that it may go through the session like any other
    /// (RFC 8446 §4.2.10).
    private func refusedEarlyData(_ attempt: Opening.Attempt) -> [UInt8] {
        attempt.session?.context.attributes.session.earlyData?.status == .rejected ? opening.keeper.earlyData : []
    }

    /// Another connection that offers the session of one that was closed.
    private func resumption(of session: Session, by opening: Opening) async -> Opening.Attempt {
        await opening.attempt(
            resuming: session.context.sessions.last { $0.isResumable },
            earlyData: [],
            deadline: .after(opening.request.limits.timeout)
        )
    }

    /// What came of it, in a line.
    private static func account(of attempt: Opening.Attempt) -> String {
        guard attempt.isEstablished, let attributes = attempt.session?.context.attributes else {
            return attempt.status.reason ?? "the session could not be resumed"
        }
        guard attributes.session.resumed else {
            return "connected again, with a full handshake: the server did not resume the session"
        }
        return "connected again, and resumed by \(attributes.session.mechanism?.rawValue ?? "session")"
    }

    private func account(of run: Run, startedAt: String) -> Report<ConnectResult> {
        let attempt = run.attempt
        let closure =
            run.relay?.ending == .truncated
            ? [ClosureFindings.noCloseNotify(evidence: RelaySummary.Ending.truncated.rawValue)] : []
        let attributes = attempt.session?.context.attributes
        var spent = run.before
        if let session = attempt.session { spent.add(session.spending) }
        return Report(
            tool: .current,
            verb: .connect,
            target: opening.target(attempt),
            startedAt: startedAt,
            status: run.status,
            result: attempt.dial == nil
                ? nil
                : ConnectResult(
                    credential: run.opening.summary(attributes),
                    dial: attempt.dial,
                    established: attempt.isEstablished,
                    attributes: attributes,
                    relay: run.relay,
                    diagnosis: run.diagnosis
                ),
            findings: ConnectionFindings.all(attributes, now: opening.request.validation.time ?? Timestamp.now)
                + closure + attempt.findings,
            events: attempt.session?.context.legs ?? [],
            spent: spent
        )
    }

    /// Sends close_notify where there is still a channel to close, and ends the connection.
    private func close(_ session: Session, after ending: RelaySummary.Ending) async {
        switch ending {
        case .reset, .failed: break
        default: _ = await session.sendCloseNotify(deadline: .after(.seconds(2)))
        }
        await session.stream.close()
    }
}

extension Opening.Attempt {
    /// Whether a session stands.
    var isEstablished: Bool {
        if case .established = outcome { return true }
        return false
    }

    /// Whether the peer showed more of itself than at another attempt: a session, or else its certificate.
    func cameFurther(than other: Opening.Attempt) -> Bool {
        isEstablished || (showsCertificate && !other.showsCertificate && !other.isEstablished)
    }

    private var showsCertificate: Bool { session?.context.attributes.peer.chain.isEmpty == false }
}

extension Relay.Outcome {
    /// Adds what came of a later relay for the same user.
    fileprivate mutating func add(_ next: Relay.Outcome) {
        bytesSent += next.bytesSent
        bytesUnsent += next.bytesUnsent
        bytesReceived += next.bytesReceived
        ending = next.ending
        failure = next.failure
        outputProblem = next.outputProblem
    }
}
