import Probing
import SecureChannel
import TLSParameters
import Transport

/// Finds out why there is no session, with hellos of our own: what the server would have taken.
///
/// The two engines give two opinions: libssl's says that it failed, this one's on what.
struct SecondLook: Sendable {
    let request: ChannelRequest
    /// The most that it may take, within the time for the whole target.
    private static let patience = Duration.seconds(10)
    /// How long the answer to one hello may take.
    private static let probeTimeout = Duration.seconds(3)

    /// Whether a failure leaves open what the server objects to.
    static func isWorthIt(_ attempt: Opening.Attempt) -> Bool {
        guard let attributes = attempt.session?.context.attributes else { return false }
        // Who has asked for a certificate has agreed on everything else.
        guard !attributes.clientAuthentication.requested, attributes.peer.chain.isEmpty else { return false }
        switch attempt.outcome {
        case .failed(let failure)?:
            switch failure.kind {
            case .alertReceived:
                let about: [AlertDescription] = [
                    .protocol_version, .handshake_failure, .insufficient_security, .illegal_parameter,
                    .internal_error, .decode_error, .unexpected_message, .unrecognized_name, .missing_extension,
                    .close_notify,
                ]
                return failure.alertReceived.map { about.contains($0.description) } ?? false
            case .protocolError: return attributes.protocol == nil
            case .ssl2: return true
            default: return false
            }
        case .ended(.finished)?, .ended(.reset)?: return attributes.protocol == nil
        default: return false
        }
    }

    /// The length of a hello as browsers send it, for want of a better figure.
    private static let usualHello = 517

    /// The same, but not before some time has passed: a peer that has not answered by then may never do.
    func run(
        after pause: Duration,
        deadline: Deadline
    ) async -> (diagnosis: DiagnosisSummary, spent: Spending)? {
        guard (try? await Task.sleep(for: pause)) != nil else { return nil }
        return await run(helloLength: Self.usualHello, deadline: deadline)
    }

    /// Asks, and says what the answers were; nil if there was no time left.
    ///
    /// - Parameter helloLength: of the hello that got no answer, in bytes; nil where it got one.
    func run(helloLength: Int?, deadline: Deadline) async -> (diagnosis: DiagnosisSummary, spent: Spending)? {
        guard !deadline.hasPassed, !Task.isCancelled else { return nil }
        let reach = request.reach
        let limit = Deadline.after(Self.patience).sooner(of: deadline)
        guard let endpoints = try? await reach.endpoints(deadline: limit) else { return nil }
        var configuration = RefusalPlanner.Configuration(serverName: reach.serverName)
        configuration.helloLength = helloLength
        if let name = request.target.impliedServerName, reach.serverName == nil {
            configuration.otherName = .some(name)
        } else if reach.serverName != nil {
            configuration.otherName = .some(nil)
        }
        let dialer = ProbeDialer(
            reach,
            endpoints,
            dialogueTimeout: ProbeDialer.dialogueTimeout(probeTimeout: Self.probeTimeout),
            deadline: limit
        )
        let runner = ProbeRunner(
            connect: { deadline throws(TransportError) in try await dialer.dial(deadline: deadline) },
            budget: ProbeBudget(
                concurrency: 3,
                maxConnections: 16,
                connectTimeout: reach.limits.connectTimeout,
                probeTimeout: Self.probeTimeout,
                targetTimeout: limit.remaining
            )
        )
        let (answers, spending) = await runner.run(RefusalPlanner(configuration))
        let spent = Spending(
            connections: spending.connections,
            bytesSent: spending.bytesSent,
            bytesReceived: spending.bytesReceived,
            roundTrips: spending.roundTrips,
            seconds: spending.seconds
        )
        return (DiagnosisSummary(answers, connections: spending.connections), spent)
    }
}
