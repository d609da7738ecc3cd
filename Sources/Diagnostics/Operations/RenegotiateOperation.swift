import SecureChannel
import TLSParameters
import Transport

/// `renegotiate`: what a server allows once a session stands, and whether a lost session is resumed.
public struct RenegotiateOperation: Sendable {
    private let opening: Opening
    private let answerTimeout: Duration

    /// Prepares the sessions; files are read, nothing is sent.
    ///
    /// - Throws: `RequestProblem` for anything that can't work.
    public init(
        channel: ChannelRequest,
        answerTimeout: Duration,
        recordsBytes: Bool
    ) throws(RequestProblem) {
        // Whether the server has secure renegotiation is a question here, not a condition.
        opening = try Opening(channel, recordsBytes: recordsBytes) { $0.connectsToLegacyServers = true }
        self.answerTimeout = answerTimeout
    }

    /// Three connections: one to change, one to lose, one to resume it with.
    public func run() async -> Report<RenegotiateResult> {
        let startedAt = Timestamp.text(Timestamp.now)
        let deadline = Deadline.after(opening.request.limits.timeout)
        let first = await opening.attempt(deadline: deadline)
        var spent = first.session?.spending ?? Spending()

        func report(_ status: RunStatus, _ result: RenegotiateResult?) -> Report<RenegotiateResult> {
            Report(
                tool: .current,
                verb: .renegotiate,
                target: opening.target(first),
                startedAt: startedAt,
                status: status,
                result: result,
                findings: ConnectionFindings.all(first.session?.context.attributes)
                    + (result.map(Self.findings) ?? []) + first.findings,
                events: first.session?.context.legs ?? [],
                spent: spent
            )
        }

        guard let session = first.session, first.isEstablished else {
            await first.session?.stream.close()
            return report(first.status, nil)
        }
        let before = session.context.attributes
        let version = before.version ?? .tls12
        let change = SessionChange(
            session: session,
            answerTimeout: answerTimeout,
            deadline: deadline,
            incentive: opening.request.target.httpRequest
        )
        var attempts =
            version >= .tls13 ? await change.updateKeys() : [await change.renegotiate()]
        // A refusal leaves the library with a session half taken apart, which is no change of the peer's.
        let after = attempts.contains { $0.answer == .honoured } ? session.context.attributes : before
        spent = session.spending
        await session.stream.close()

        let resumption = await Resumption(opening: opening, deadline: deadline).run()
        attempts.append(resumption.attempt)
        spent.add(resumption.spent)
        let result = RenegotiateResult(
            summary: Self.summary(attempts),
            version: version.id,
            secureRenegotiation: version >= .tls13 ? nil : before.security.secureRenegotiation,
            attempts: attempts,
            changes: Self.changes(before, after),
            attributes: after
        )
        return report(status(first.status, attempts), result)
    }

    private func status(_ soFar: RunStatus, _ attempts: [RenegotiationAttempt]) -> RunStatus {
        guard soFar.exit == .ok, let silent = attempts.first(where: { $0.answer == .silence }) else { return soFar }
        return RunStatus(
            exit: .incomplete,
            kind: "incomplete:no-answer",
            reason: "\(opening.request.target.input) did not answer a \(silent.action.rawValue) in time",
            hint: "--answer-timeout waits longer"
        )
    }

    private static func findings(_ result: RenegotiateResult) -> [Finding] {
        guard result.attempts.contains(where: { $0.action == .keyUpdateRequested && $0.answer == .ignored }) else {
            return []
        }
        return [
            Finding(
                id: "key-update.ignored",
                severity: .low,
                statement: "the server went on sending under its old keys after it was asked for new ones",
                remedy: "update the server's TLS library",
                references: ["RFC 8446 §4.6.3"]
            )
        ]
    }

    private static func changes(_ before: ConnectionAttributes, _ after: ConnectionAttributes) -> [AttributeChange] {
        let pairs: [(String, (ConnectionAttributes) -> String?)] = [
            ("suite", { $0.suite?.name }),
            ("group", { $0.keyExchange?.group?.name }),
            // In TLS 1.3 the id changes with every ticket, and means nothing.
            ("session id", { $0.version == .tls13 ? nil : $0.session.id?.hex }),
            ("renegotiations", { String($0.security.renegotiations) }),
            ("key updates sent", { String($0.security.keyUpdatesSent) }),
            ("key updates received", { String($0.security.keyUpdatesReceived) }),
        ]
        return pairs.compactMap { name, value in
            let (old, new) = (value(before), value(after))
            return old == new ? nil : AttributeChange(attribute: name, before: old, after: new)
        }
    }

    private static func summary(_ attempts: [RenegotiationAttempt]) -> String {
        attempts.map { attempt in
            switch (attempt.action, attempt.answer) {
            case (.renegotiation, .honoured): "renegotiates when the client asks"
            case (.renegotiation, .refusedByAlert):
                "refuses to renegotiate with the alert \(attempt.detail ?? "no_renegotiation")"
            case (.renegotiation, .closed): "closes the connection when asked to renegotiate"
            case (.renegotiation, .reset): "resets the connection when asked to renegotiate"
            case (.renegotiation, _): "did not say whether it renegotiates"
            case (.keyUpdate, .honoured): "follows a key update"
            case (.keyUpdate, .refusedByAlert): "refuses a key update with the alert \(attempt.detail ?? "unknown")"
            case (.keyUpdate, .closed), (.keyUpdate, .reset): "ends the connection on a key update"
            case (.keyUpdate, _): "did not show whether it follows a key update"
            case (.keyUpdateRequested, .honoured): "updates its own keys on request"
            case (.keyUpdateRequested, .ignored): "ignores a request to update its own keys"
            case (.keyUpdateRequested, _): "did not show whether it updates its own"
            case (.resumption, .honoured): "resumes a lost session by \(attempt.detail ?? "session id")"
            case (.resumption, .fullHandshake): "does not resume a lost session"
            case (.resumption, .refusedByAlert): "refuses a resumption with the alert \(attempt.detail ?? "unknown")"
            case (.resumption, .closed), (.resumption, .reset): "ends the connection when asked to resume"
            case (.resumption, .silence): "did not answer a resumption"
            case (.resumption, _): "was not asked to resume: \(attempt.detail ?? "no session")"
            }
        }.joined(separator: "; ")
    }
}

extension Spending {
    /// Adds the cost of something that was done after this.
    mutating func add(_ other: Spending) {
        connections += other.connections
        bytesSent += other.bytesSent
        bytesReceived += other.bytesReceived
        roundTrips += other.roundTrips
        seconds += other.seconds
    }
}
