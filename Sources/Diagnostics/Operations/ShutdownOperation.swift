import SecureChannel
import TLSParameters
import Transport

/// `shutdown`: how a connection to a peer ends.
public struct ShutdownOperation: Sendable {
    private let opening: Opening
    private let answerTimeout: Duration

    /// Prepares the session; files are read, nothing is sent.
    ///
    /// - Throws: `RequestProblem` for anything that can't work.
    public init(
        channel: ChannelRequest,
        answerTimeout: Duration,
        recordsBytes: Bool
    ) throws(RequestProblem) {
        opening = try Opening(channel, recordsBytes: recordsBytes)
        self.answerTimeout = answerTimeout
    }

    /// Dials, shakes hands, sends close_notify, and watches.
    public func run() async -> Report<ShutdownResult> {
        let startedAt = Timestamp.text(Timestamp.now)
        let deadline = Deadline.after(opening.request.limits.timeout)
        let attempt = await opening.attempt(deadline: deadline)
        guard let session = attempt.session, attempt.isEstablished else {
            await attempt.session?.stream.close()
            return report(startedAt, attempt, attempt.status, nil)
        }
        var watch = Watch(session: session)
        if await watch.sayGoodbye(deadline: deadline) {
            await watch.untilItEnds(deadline: deadline.sooner(of: .after(answerTimeout)))
        }
        await session.stream.close()
        let result = watch.result
        return report(startedAt, attempt, status(attempt.status, result), result)
    }

    private func report(
        _ startedAt: String,
        _ attempt: Opening.Attempt,
        _ status: RunStatus,
        _ result: ShutdownResult?
    ) -> Report<ShutdownResult> {
        let attributes = attempt.session?.context.attributes
        return Report(
            tool: .current,
            verb: .shutdown,
            target: opening.target(attempt),
            startedAt: startedAt,
            status: status,
            result: result,
            findings: ConnectionFindings.all(attributes) + (result.map(Self.findings) ?? [])
                + attempt.findings,
            events: attempt.session?.context.legs ?? [],
            spent: attempt.session?.spending ?? Spending()
        )
    }

    /// Silence is the one answer that leaves the question open.
    private func status(_ soFar: RunStatus, _ result: ShutdownResult) -> RunStatus {
        guard soFar.exit == .ok, result.answer == .nothing else { return soFar }
        return RunStatus(
            exit: .incomplete,
            kind: "incomplete:no-close",
            reason: "\(opening.request.target.input) did not close within \(Int(answerTimeout.seconds)) s",
            hint: "--answer-timeout waits longer"
        )
    }

    private static func findings(_ result: ShutdownResult) -> [Finding] {
        guard result.truncation else { return [] }
        return [ClosureFindings.noCloseNotify(evidence: result.answer.rawValue)]
    }
}

/// Watches a session end, and writes down what happens.
private struct Watch {
    let session: Session
    private var timeline: [ShutdownResult.Moment] = []
    private var goodbye: Double?
    private var earlyBytes = 0
    private var lateBytes = 0
    private var gotCloseNotify = false
    private var ending: ShutdownResult.Answer?
    /// A peer that talks on for ever is cut off here, after so many reads: the answer is known long before.
    private static let patience = 10_000

    init(session: Session) {
        self.session = session
    }

    private mutating func add(_ what: String, _ direction: Direction, bytes: Int? = nil, detail: String? = nil) {
        timeline.append(
            ShutdownResult.Moment(
                what: what,
                direction: direction,
                seconds: session.seconds,
                bytes: bytes,
                detail: detail
            )
        )
    }

    /// Adds bytes to the moment before, if that was of the same kind: a peer may send data in as many pieces as it likes.
    private mutating func addData(_ what: String, _ count: Int) {
        if let last = timeline.indices.last, timeline[last].what == what, let bytes = timeline[last].bytes {
            timeline[last].bytes = bytes + count
        } else {
            add(what, .received, bytes: count)
        }
    }

    /// Takes what came with the handshake, then sends our close_notify; false if the session failed before it could.
    mutating func sayGoodbye(deadline: Deadline) async -> Bool {
        let isOver = await take(deadline: deadline)
        goodbye = session.seconds
        if isOver { return false }
        if let error = await session.sendCloseNotify(deadline: deadline) {
            add(error.kind == .reset ? "rst" : "error", .received, detail: error.detail)
        } else if session.context.attributes.close.closeNotifySent {
            add("close_notify", .sent)
        } else {
            // A handshake that the peer began and has not ended is in the way.
            add("error", .sent, detail: "close_notify can't be sent during a handshake")
        }
        return true
    }

    /// Reads until the peer has ended the connection, or time is up.
    mutating func untilItEnds(deadline: Deadline) async {
        for _ in 0..<Self.patience {
            switch await session.receive(deadline: deadline) {
            case nil:
                if await take(deadline: deadline) { return }
            case .finished:
                _ = session.context.transportEnded()
                add("fin", .received)
                ending = gotCloseNotify ? .closeNotifyThenFIN : .finOnly
                return
            case .reset:
                add("rst", .received)
                ending = .reset
                return
            case .timedOut:
                add("timeout", .sent)
                ending = gotCloseNotify ? .closeNotifyOnly : .nothing
                return
            case .failed(let error) where error.kind == .cancelled:
                // Our own doing, which says nothing about the peer.
                ending = gotCloseNotify ? .closeNotifyOnly : .nothing
                return
            case .failed(let error):
                add("error", .received, detail: error.detail)
                ending = .reset
                return
            }
        }
        add("timeout", .sent, detail: "the peer went on sending")
    }

    /// Unprotects what has arrived; true once the session has failed.
    private mutating func take(deadline: Deadline) async -> Bool {
        let result = await session.unprotect(deadline: deadline)
        if !result.plaintext.isEmpty {
            if goodbye == nil {
                earlyBytes += result.plaintext.count
            } else {
                lateBytes += result.plaintext.count
                addData("data", result.plaintext.count)
            }
        }
        switch result.status {
        case .contextExpired where !gotCloseNotify:
            gotCloseNotify = true
            add("close_notify", .received)
        case .failed(let failure):
            if let alert = failure.alertReceived {
                add("alert", .received, detail: alert.description.name)
            } else {
                add("error", .received, detail: failure.text)
            }
            ending = .alert
            return true
        default: break
        }
        // Nobody reads what comes after close_notify (RFC 8446 §6.1), so it isn't kept either.
        if gotCloseNotify {
            let count = session.discardInput()
            if count > 0 { addData("data after close_notify", count) }
        }
        return false
    }

    var result: ShutdownResult {
        let attributes = session.context.attributes
        let zero = goodbye ?? 0
        let timeline = timeline.map { moment in
            var moment = moment
            moment.seconds -= zero
            return moment
        }
        let answered = timeline.first { $0.what == "close_notify" && $0.direction == .received && $0.seconds >= 0 }
        let answer = ending ?? (gotCloseNotify ? .closeNotifyOnly : .nothing)
        return ShutdownResult(
            answer: answer,
            first: timeline.first { $0.what == "close_notify" }?.direction,
            answerSeconds: answered?.seconds,
            earlyBytes: earlyBytes,
            lateBytes: lateBytes,
            truncation: !gotCloseNotify && (answer == .finOnly || answer == .reset),
            timeline: timeline,
            attributes: attributes
        )
    }
}
