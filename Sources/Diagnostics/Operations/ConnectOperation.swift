import SecureChannel
import Synchronization
import TLSParameters
import Transport

/// `connect`: a session with a peer, shown and relayed.
public struct ConnectOperation: Sendable {
    private let opening: Opening
    private let limits: RelayLimits

    /// Prepares a session; files are read, nothing is sent.
    ///
    /// - Throws: `RequestProblem` for anything that can't work.
    public init(channel: ChannelRequest, relay: RelayLimits, recordsBytes: Bool) throws(RequestProblem) {
        opening = try Opening(channel, recordsBytes: recordsBytes)
        limits = relay
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
        let timeout = opening.request.limits.timeout
        let attempt = await opening.attempt(deadline: .after(timeout))

        func report(_ status: RunStatus, relay: RelaySummary?) -> Report<ConnectResult> {
            let closure =
                relay?.ending == .truncated
                ? [ClosureFindings.noCloseNotify(evidence: RelaySummary.Ending.truncated.rawValue)] : []
            let attributes = attempt.session?.context.attributes
            var spent = attempt.session?.spending ?? Spending()
            spent.seconds = start.duration(to: clock.now).seconds
            return Report(
                tool: .current,
                verb: .connect,
                target: opening.target(attempt),
                startedAt: startedAt,
                status: status,
                result: attempt.dial == nil
                    ? nil
                    : ConnectResult(
                        credential: opening.credential.summary,
                        dial: attempt.dial,
                        established: attempt.isEstablished,
                        attributes: attributes,
                        relay: relay
                    ),
                findings: ConnectionFindings.all(
                    attributes,
                    now: opening.request.validation.time ?? Timestamp.now
                ) + closure + attempt.findings,
                events: attempt.session?.context.legs ?? [],
                spent: spent
            )
        }

        guard let session = attempt.session, attempt.isEstablished else {
            await attempt.session?.stream.close()
            return report(attempt.status, relay: nil)
        }
        await standing(report(attempt.status, relay: nil))
        let legsBefore = session.context.legs.count
        let kept = KeptBytes()
        let relay = Relay(
            session: session,
            ends: RecordingEnds(ends: ends, kept: kept),
            limits: limits,
            // How long a session is used is the user's business; how long its end takes is not the peer's.
            patience: timeout
        )
        let outcome = await relay.run()
        await close(session, after: outcome.ending)
        let summary = RelaySummary(
            legsBefore: legsBefore,
            bytesSent: outcome.bytesSent,
            bytesUnsent: outcome.bytesUnsent,
            bytesReceived: outcome.bytesReceived,
            ending: outcome.ending,
            received: ends.showsData ? nil : PeerText(bytes: kept.bytes)
        )
        return report(status(attempt.status, outcome), relay: summary)
    }

    /// Sends close_notify where there is still a channel to close, and ends the connection.
    private func close(_ session: Session, after ending: RelaySummary.Ending) async {
        switch ending {
        case .reset, .failed: break
        default: _ = await session.sendCloseNotify(deadline: .after(.seconds(2)))
        }
        await session.stream.close()
    }

    /// A session that stood and then broke is not a success.
    private func status(_ soFar: RunStatus, _ outcome: Relay.Outcome) -> RunStatus {
        guard soFar.exit == .ok else { return soFar }
        let target = opening.request.target.input
        switch outcome.ending {
        case .failed:
            let alert = outcome.failure?.alertReceived.map(\.description.name)
            return RunStatus(
                exit: .noSession,
                kind: alert.map { "alert:\($0)" } ?? "protocol-error",
                reason: alert.map { "\(target) ended the session with the alert \($0)" }
                    ?? "the session with \(target) failed: \(outcome.failure?.text ?? "unknown")",
                hint: alert == "certificate_required"
                    ? "the server wants a certificate; show one with --cert FILE --key FILE" : nil
            )
        case .reset:
            return RunStatus(exit: .noSession, kind: "reset", reason: "\(target) reset the connection")
        case .idle:
            return RunStatus(
                exit: .incomplete,
                kind: "incomplete:idle",
                reason: "both sides were silent for \(limits.idle.map { "\(Int($0.seconds)) s" } ?? "too long")",
                hint: "--idle raises the limit"
            )
        case .deadline:
            let limit = "\(Int(opening.request.limits.timeout.seconds)) s"
            return RunStatus(
                exit: .incomplete,
                kind: "incomplete:timeout",
                reason: outcome.bytesUnsent > 0
                    ? "\(target) did not take data for \(limit)"
                    : "\(target) had not ended its answer \(limit) after the end of input",
                hint: outcome.bytesUnsent > 0
                    ? "--timeout raises the limit" : "--timeout raises the limit, --hold lifts it"
            )
        default:
            return soFar
        }
    }
}

extension Opening.Attempt {
    /// Whether a session stands.
    var isEstablished: Bool {
        if case .established = outcome { return true }
        return false
    }
}

/// The first 64 KiB of what a peer sent.
private final class KeptBytes: Sendable {
    private static let limit = 65_536
    private let store = Mutex<[UInt8]>([])

    var bytes: [UInt8] { store.withLock { $0 } }

    func add(_ bytes: [UInt8]) {
        store.withLock { store in
            store += bytes.prefix(Self.limit - store.count)
        }
    }
}

/// Passes data on to the user and keeps the beginning of it for the report.
private struct RecordingEnds<Ends: RelayEnds>: RelayEnds {
    let ends: Ends
    let kept: KeptBytes

    var showsData: Bool { ends.showsData }

    func nextInput() async -> [UInt8]? {
        await ends.nextInput()
    }

    func deliver(_ bytes: [UInt8]) async throws {
        if !ends.showsData { kept.add(bytes) }
        try await ends.deliver(bytes)
    }
}
