import Certificates
import SecureChannel
import TLSParameters
import TLSWire
import Transport

/// How a client's connection ended.
indirect enum ServeEnding: Sendable {
    /// How a session that stood came to its end.
    indirect enum Session: Sendable {
        /// The client sent close_notify, or ended the connection in SSL 2.0, which has none.
        case closedByClient
        /// We were done, and closed.
        case closedByServer
        /// The client ended the connection without close_notify.
        case truncated
        /// The client was silent for too long.
        case idle
        /// The client reset the connection.
        case reset
        /// An alert, or a broken record.
        case failed(ContextFailure)
        /// The connection failed.
        case transport(TransportError)
    }

    /// How a handshake ended that came to nothing; nil where one came to a session.
    init?(_ outcome: Diagnostics.Session.HandshakeOutcome) {
        switch outcome {
        case .established: return nil
        case .failed(let failure): self = .refused(failure)
        case .ended(let end): self = .handshakeEnded(end)
        }
    }

    /// A session stood.
    case session(Session)
    /// The handshake was refused by one side.
    case refused(ContextFailure)
    /// The connection ended within the handshake.
    case handshakeEnded(Diagnostics.Session.StreamEnd)
    /// It was turned away.
    case busy
    /// We reset it, as a fault that was asked for has it.
    case fault
    /// Something of ours failed.
    case broken(String)

    /// What the report calls it.
    var outcome: ServedConnection.Outcome {
        switch self {
        case .session(let end): end.outcome
        case .refused(let failure):
            switch failure.kind {
            case .alertReceived: .alert
            case .notTLS, .ssl2: .notTLS
            case .library: .failed
            default: .refused
            }
        case .handshakeEnded(let end):
            switch end {
            case .finished: .closed
            case .reset: .reset
            case .timedOut: .timeout
            case .failed(let error): error.kind == .cancelled ? .interrupted : error.kind == .reset ? .reset : .closed
            }
        case .busy: .busy
        case .fault: .fault
        case .broken: .failed
        }
    }

    /// What it means, with the same words for scripts as in the reports of the other verbs.
    var status: RunStatus {
        switch self {
        case .session(let end): end.status
        case .refused(let failure): Self.status(of: failure)
        case .handshakeEnded(let end): Self.status(of: end)
        case .busy:
            RunStatus(
                exit: .incomplete,
                kind: "incomplete:connection-limit",
                reason: "turned away: too many clients are being served"
            )
        case .fault: .ok
        case .broken(let text): RunStatus(exit: .internalFault, kind: "library", reason: text)
        }
    }

    private static func status(of failure: ContextFailure) -> RunStatus {
        switch failure.kind {
        case .alertReceived: alert(failure.alertReceived)
        case .notTLS, .ssl2:
            RunStatus(
                exit: .noSession,
                kind: "not-tls",
                reason: "the client sent \(failure.opening?.name ?? "no TLS")",
                hint: failure.opening == .httpRequest ? "it should ask for https://, not http://" : nil
            )
        case .library: RunStatus(exit: .internalFault, kind: "library", reason: failure.text)
        case .verification:
            RunStatus(
                exit: .certificate,
                kind: "verify:\(failure.validation?.problems.first?.id ?? "failed")",
                reason:
                    "the client's certificate was not accepted: \(failure.validation?.problems.first?.text ?? failure.text)",
                hint: "name its issuer with --client-ca FILE"
            )
        default:
            RunStatus(
                exit: .noSession,
                kind: "protocol-error",
                reason: failure.alertSent.map { "refused with the alert \($0.description.name): \(failure.text)" }
                    ?? failure.text,
                hint: hint(sent: failure.alertSent?.description)
            )
        }
    }

    fileprivate static func alert(_ alert: AlertFact?) -> RunStatus {
        let name = alert?.description.name ?? "unknown"
        let distrust: [AlertDescription] = [.unknown_ca, .bad_certificate, .certificate_unknown, .certificate_expired]
        let isDistrust = alert.map { distrust.contains($0.description) } ?? false
        return RunStatus(
            exit: .noSession,
            kind: "alert:\(name)",
            reason: isDistrust
                ? "the client does not trust our certificate (\(name))" : "the client sent the alert \(name)",
            hint: isDistrust
                ? "the commands that 'serve' prints at its start make a client trust it"
                : hint(received: alert?.description)
        )
    }

    private static func hint(received alert: AlertDescription?) -> String? {
        switch alert {
        case .protocol_version?: "the client wants another version; --protocol sets them, --legacy adds TLS 1.0 and 1.1"
        case .handshake_failure?, .insufficient_security?, .illegal_parameter?:
            "the client did not like what it was given; --ciphers, --groups and --key-type change that"
        case .unsupported_certificate?: "the client can't use this kind of key; --key-type rsa makes one that all can"
        case .bad_certificate_status_response?: "the client did not accept the staple of --ocsp"
        case .no_renegotiation?: "the client refuses to renegotiate; leave --renegotiate-after out"
        default: nil
        }
    }

    private static func hint(sent alert: AlertDescription?) -> String? {
        switch alert {
        case .protocol_version?: "--protocol sets the versions; --legacy adds TLS 1.0 and 1.1"
        case .handshake_failure?: "the client and --ciphers have nothing in common; --legacy allows old suites"
        case .no_application_protocol?: "name the client's protocol with --alpn"
        case .unrecognized_name?: "--sni gives the name a certificate; without --sni-strict it gets the default one"
        case .certificate_required?: "the client has to show a certificate, because of --client-auth require"
        default: nil
        }
    }

    private static func status(of end: Diagnostics.Session.StreamEnd) -> RunStatus {
        switch end {
        case .finished:
            RunStatus(exit: .noSession, kind: "closed", reason: "the client left before there was a session")
        case .reset:
            RunStatus(exit: .noSession, kind: "reset", reason: "the client reset the connection during the handshake")
        case .timedOut:
            RunStatus(
                exit: .incomplete,
                kind: "incomplete:timeout",
                reason: "the client did not finish its handshake in time",
                hint: "--timeout raises the limit"
            )
        case .failed(let error):
            error.kind == .cancelled
                ? RunStatus(exit: .incomplete, kind: "incomplete:cancelled", reason: "the server was stopped")
                : RunStatus(
                    exit: .noSession,
                    kind: error.kind.rawValue,
                    reason: "the connection failed: \(error.detail)"
                )
        }
    }
}

extension ServeEnding.Session {
    /// The end of a stream under a session that stood.
    init(_ end: Session.StreamEnd, context: any SecurityContext) {
        switch end {
        case .finished:
            switch context.transportEnded() {
            case .clean, .unmarked: self = .closedByClient
            case .truncated, .duringHandshake, .afterFailure: self = .truncated
            }
        case .reset: self = .reset
        case .timedOut: self = .idle
        case .failed(let error): self = error.kind == .reset ? .reset : .transport(error)
        }
    }

    fileprivate var outcome: ServedConnection.Outcome {
        switch self {
        case .closedByClient, .closedByServer: .ok
        case .truncated: .truncated
        case .idle: .idle
        case .reset: .reset
        case .failed(let failure): failure.kind == .alertReceived ? .alert : .failed
        case .transport(let error): error.kind == .cancelled ? .interrupted : .failed
        }
    }

    fileprivate var status: RunStatus {
        switch self {
        case .closedByClient, .closedByServer, .truncated, .idle: .ok
        case .reset: RunStatus(exit: .noSession, kind: "reset", reason: "the client reset the connection")
        case .failed(let failure):
            failure.kind == .alertReceived
                ? ServeEnding.alert(failure.alertReceived)
                : RunStatus(exit: .noSession, kind: "protocol-error", reason: failure.text)
        case .transport(let error):
            error.kind == .cancelled
                ? RunStatus(exit: .incomplete, kind: "incomplete:cancelled", reason: "the server was stopped")
                : RunStatus(
                    exit: .noSession,
                    kind: error.kind.rawValue,
                    reason: "the connection failed: \(error.detail)"
                )
        }
    }
}
