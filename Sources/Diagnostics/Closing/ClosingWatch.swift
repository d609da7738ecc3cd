import SecureChannel
import TLSParameters
import Transport

/// Ends a session in one of the ways, and writes down what happens.
struct ClosingWatch {
    /// What is done.
    struct Plan {
        var mode: ClosingMode
        /// What is asked for before the end; nil for nothing.
        var request: [UInt8]?
        /// Whether a FIN follows our close_notify at once.
        var sendsFIN: Bool
        /// How long to wait for the peer's answer, and for its end.
        var answerTimeout: Duration
        /// The alert to send instead of close_notify; nil sends that.
        var alert: ChosenAlert?
        /// The most of an answer's body that is read before the end; nil for all of it. With it the head's fields are kept.
        var bodyLimit: Int?
    }

    let session: Session
    let plan: Plan
    private var timeline: [ShutdownResult.Moment] = []
    private var goodbye: Double?
    private var earlyBytes = 0
    private var lateBytes = 0
    private var gotCloseNotify = false
    private var ending: ShutdownResult.Answer?
    /// What came of the request; nil without one.
    private(set) var answer: HTTPAnswer?
    /// A peer that talks on for ever is cut off here, after so many reads: the answer is known long before.
    private static let patience = 10_000
    /// How long a server that was asked to close after its answer is given to do so, and one that said it would close.
    private static let grace = Duration.milliseconds(500)

    init(session: Session, plan: Plan) {
        self.session = session
        self.plan = plan
        if plan.request != nil {
            answer = HTTPAnswer(keepingBodyTo: plan.bodyLimit, keepsFields: plan.bodyLimit != nil)
        }
    }

    /// The whole of it; the stream is the caller's to close.
    mutating func run(deadline: Deadline) async {
        // What came with the handshake.
        var isOver = await take(deadline: deadline)
        if !isOver, let request = plan.request { isOver = await ask(request, deadline: deadline) }
        guard !isOver else {
            // There is nobody left to say goodbye to; times count from the end.
            goodbye = goodbye ?? session.seconds
            return
        }
        if plan.mode == .abort { return await abort() }
        if goodbye == nil { await sayGoodbye(deadline: deadline) }
        _ = await watch(until: deadline.sooner(of: .after(plan.answerTimeout)), isLast: true)
    }

    // MARK: Our part

    /// Asks for something; true once the session or the connection is over.
    private mutating func ask(_ request: [UInt8], deadline: Deadline) async -> Bool {
        do throws(ContextFailure) {
            if let error = await session.send(try session.context.protect(request), deadline: deadline) {
                // What went wrong on our side, or took too long, says nothing about how the peer ends.
                add(
                    error.kind == .reset ? "rst" : "error",
                    error.kind == .reset ? .received : .sent,
                    detail: error.detail
                )
                ending = error.kind == .reset ? .reset : .nothing
                return true
            }
        } catch {
            add("error", .sent, detail: error.text)
            return false
        }
        add("request", .sent, bytes: request.count)
        if plan.mode == .half {
            await sayGoodbye(deadline: deadline)
            return false
        }
        let limit = deadline.sooner(of: .after(plan.answerTimeout))
        return await watch(until: limit, isLast: false)
    }

    /// Sends the chosen alert, after which nothing is promised: the peer may close, answer, or go on.
    private mutating func send(_ alert: ChosenAlert, deadline: Deadline) async {
        do throws(ContextFailure) {
            let token = try session.context.send(alert: alert.description, level: alert.level)
            let error = await session.send(token, deadline: deadline)
            goodbye = session.seconds
            if let error {
                add(error.kind == .reset ? "rst" : "error", .received, detail: error.detail)
            } else {
                add("alert", .sent, detail: alert.text)
            }
        } catch {
            goodbye = session.seconds
            add("error", .sent, detail: error.text)
        }
    }

    private mutating func sayGoodbye(deadline: Deadline) async {
        if let alert = plan.alert { return await send(alert, deadline: deadline) }
        let error = await session.sendCloseNotify(deadline: deadline)
        goodbye = session.seconds
        // SSL 2.0 has nothing to say goodbye with but the end of the connection.
        let isSSL2 = session.context.version == .ssl2
        if let error {
            add(error.kind == .reset ? "rst" : "error", .received, detail: error.detail)
        } else if session.context.attributes.close.closeNotifySent {
            add("close_notify", .sent)
        } else if !isSSL2 {
            // A handshake that the peer began and has not ended is in the way.
            add("error", .sent, detail: "close_notify can't be sent during a handshake")
        }
        guard plan.sendsFIN || isSSL2 else { return }
        await session.stream.closeOutput()
        add("fin", .sent)
    }

    private mutating func abort() async {
        await session.stream.abort()
        goodbye = session.seconds
        add("rst", .sent)
        ending = ending ?? .notWatched
    }

    // MARK: The peer's part

    /// Reads until the peer has ended the connection, or time is up; where it isn't the `last` thing to be done, also until the
    /// answer to our request is over. True once the connection is over.
    private mutating func watch(until deadline: Deadline, isLast: Bool) async -> Bool {
        var deadline = deadline
        var isGraced = false
        for _ in 0..<Self.patience {
            if !isLast, !isGraced, gotCloseNotify || (answer?.hasEnded ?? true) {
                isGraced = true
                deadline = deadline.sooner(of: .after(Self.grace))
            }
            switch await session.receive(deadline: deadline) {
            case nil:
                if await take(deadline: deadline) { return true }
            case .finished:
                _ = session.context.transportEnded()
                add("fin", .received)
                ending = gotCloseNotify ? .closeNotifyThenFIN : .finOnly
                return true
            case .reset:
                add("rst", .received)
                ending = .reset
                return true
            case .timedOut:
                guard isLast else { return false }
                add("timeout", .sent)
                ending = gotCloseNotify ? .closeNotifyOnly : .nothing
                return true
            case .failed(let error) where error.kind == .cancelled:
                // Our own doing, which says nothing about the peer.
                ending = gotCloseNotify ? .closeNotifyOnly : .nothing
                return true
            case .failed(let error):
                add("error", .received, detail: error.detail)
                ending = error.kind == .reset ? .reset : gotCloseNotify ? .closeNotifyOnly : .nothing
                return true
            }
        }
        add("timeout", .sent, detail: "the peer went on sending")
        return true
    }

    /// Unprotects what has arrived; true once the session has failed.
    private mutating func take(deadline: Deadline) async -> Bool {
        let result = await session.unprotect(deadline: deadline)
        if !result.plaintext.isEmpty {
            answer?.take(result.plaintext)
            if goodbye == nil { earlyBytes += result.plaintext.count } else { lateBytes += result.plaintext.count }
            if goodbye != nil || plan.request != nil { addData("data", result.plaintext.count) }
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

    // MARK: The time line

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

    /// What it all came to.
    var close: ShutdownResult.Close {
        // One clock: what was sent is on the time line when it is on its way, and the rest counts from there.
        let sent = timeline.first { $0.direction == .sent && ["close_notify", "alert", "rst"].contains($0.what) }
        let isSSL2 = session.context.version == .ssl2
        let zero = sent?.seconds ?? goodbye ?? 0
        let timeline = timeline.map { moment in
            var moment = moment
            moment.seconds -= zero
            return moment
        }
        let answered = timeline.first { $0.what == "close_notify" && $0.direction == .received && $0.seconds >= 0 }
        let end = ending ?? (gotCloseNotify ? .closeNotifyOnly : .nothing)
        return ShutdownResult.Close(
            version: session.versionID ?? "",
            mode: plan.mode,
            alert: plan.alert?.text,
            answer: end,
            first: timeline.first { $0.what == "close_notify" }?.direction,
            firstToEnd: timeline.first { $0.what == "fin" || $0.what == "rst" }?.direction,
            answerSeconds: answered?.seconds,
            earlyBytes: earlyBytes,
            lateBytes: lateBytes,
            // In SSL 2.0 it can't be seen, however the peer ends.
            truncation: !isSSL2 && plan.alert == nil && !gotCloseNotify && (end == .finOnly || end == .reset),
            halfClose: halfClose(end),
            body: answer.map {
                HTTPBodySummary($0, isClean: gotCloseNotify ? true : end == .finOnly || end == .reset ? false : nil)
            },
            timeline: timeline
        )
    }

    /// Whether the peer sent more once we had closed our end.
    private func halfClose(_ answer: ShutdownResult.Answer) -> Bool? {
        guard plan.mode == .half else { return nil }
        if lateBytes > 0 { return true }
        return [.nothing, .alert].contains(answer) ? nil : false
    }
}
