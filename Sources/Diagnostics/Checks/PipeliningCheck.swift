import SecureChannel
import TLSParameters
import Transport

/// Whether a server that begins in the clear carries out inside TLS what came before it (CVE-2011-0411).
struct PipeliningCheck {
    static let id = "starttls.command-injection"
    /// The most that is read of what the server says inside TLS.
    private static let limit = 16_384

    let opening: Opening
    /// The addresses that sessions go to; empty for the target's own.
    let addresses: [SocketEndpoint]
    let answerTimeout: Duration
    let deadline: Deadline

    /// A session whose request for TLS has a command behind it. Where that breaks it, an ordinary one has to stand, and the
    /// next with a command to break again.
    func run() async -> CheckRun {
        var run = CheckRun()
        if case .named(let name)? = opening.request.reach.starttls, name.pipelinedCommand == nil {
            run.settle(Self.id, .notApplicable, "no command of \(name.name) is known that could be sent along")
            return run
        }
        // Whose certificate it is makes no difference to what becomes of the command.
        let ordinary = (try? opening.with { $0.verification = .none }) ?? opening
        let first = await attempt(ordinary.pipelining(), &run)
        guard !Self.isBroken(first) else {
            let other = await attempt(ordinary, &run)
            await other.session?.stream.close()
            let again = await attempt(ordinary.pipelining(), &run)
            await again.session?.stream.close()
            if other.isEstablished, Self.isBroken(again) {
                run.settle(Self.id, .absent, "what comes behind the request for TLS breaks the handshake")
            } else {
                run.settle(
                    Self.id,
                    .undetermined,
                    "sessions with a command behind the request end now this way, now that"
                )
            }
            return run
        }
        let (verdict, reason) = await judge(first)
        await first.session?.stream.close()
        if verdict == .found, let negotiated = first.negotiated?.protocol {
            run.found(NegotiationFindings.commandInjection(negotiated.name))
        } else {
            run.settle(Self.id, verdict, reason)
        }
        return run
    }

    private func attempt(_ way: Opening, _ run: inout CheckRun) async -> Opening.Attempt {
        let attempt = await way.attempt(to: addresses, deadline: deadline)
        run.spent.add(attempt.session?.spending ?? Spending(connections: 1))
        return attempt
    }

    /// Whether the handshake was ended by the server, and not by time.
    private static func isBroken(_ attempt: Opening.Attempt) -> Bool {
        switch attempt.outcome {
        case .failed?, .ended(.finished)?, .ended(.reset)?: true
        case .ended(.failed(let error))?: error.kind == .reset
        default: false
        }
    }

    private func judge(_ attempt: Opening.Attempt) async -> (CheckOutcome.Verdict, String?) {
        guard let session = attempt.session, let account = attempt.negotiated else {
            if attempt.status.kind == "starttls:refused" {
                return (.absent, "the server refuses TLS to who sends more with the request")
            }
            return (.undetermined, attempt.status.reason ?? attempt.status.kind)
        }
        guard let command = account.protocol?.pipelinedCommand else {
            return (.notApplicable, "no command of this protocol is known that could be sent along")
        }
        guard account.surplusCount == 0 else { return (.undetermined, "the server answered in the clear") }
        guard attempt.isEstablished else {
            return (.undetermined, "no session stood: \(attempt.status.reason ?? attempt.status.kind)")
        }
        let (said, isOver) = await answers(to: command.farewell, session)
        return switch command.judge(said, isOver: isOver) {
        case .answered: (.found, nil)
        case .forgotten: (.absent, nil)
        case .unclear: (.undetermined, "the server did not answer inside TLS in a way that tells")
        }
    }

    /// What the server says inside TLS, and whether that was all.
    private func answers(to farewell: [UInt8], _ session: Session) async -> (said: [UInt8], isOver: Bool) {
        let limit = deadline.sooner(of: .after(answerTimeout))
        guard let token = try? session.context.protect(farewell) else { return ([], false) }
        await session.send(token, deadline: limit)
        var said: [UInt8] = []
        while said.count < Self.limit {
            let result = await session.unprotect(deadline: limit)
            said += result.plaintext
            switch result.status {
            case .contextExpired: return (said, true)
            case .failed: return (said, false)
            default: break
            }
            switch await session.receive(deadline: limit) {
            case nil: continue
            case .finished?: return (said, true)
            default: return (said, false)
            }
        }
        return (said, false)
    }
}
