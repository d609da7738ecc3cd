import Certificates
import SecureChannel
import TLSParameters
import TLSWire
import Transport

extension RunStatus {
    /// What a handshake's outcome means for the run. `received` counts all bytes that came, those too that made no record.
    init(
        handshake outcome: Session.HandshakeOutcome,
        request: ChannelRequest,
        attributes: ConnectionAttributes,
        received: Int
    ) {
        switch outcome {
        case .established:
            self =
                .init(validation: attributes.peer.validation, request: request)
                ?? .init(unjudged: attributes, request: request) ?? .ok
        case .failed(let failure):
            self.init(failure: failure, request: request, attributes: attributes)
        case .ended(let end):
            self.init(handshakeEnded: end, request: request, attributes: attributes, silent: received == 0)
        }
    }

    /// A certificate that was judged and found wanting; nil if it is in order, or wasn't judged.
    init?(validation: ChainValidation?, request: ChannelRequest) {
        guard let validation, !validation.isTrusted else { return nil }
        let problem = validation.problems.first
        let id = problem?.id ?? "failed"
        let others = validation.problems.dropFirst().map(\.id).filter { $0 != id }
        let more = others.isEmpty ? "" : " (also: \(others.joined(separator: ", ")))"
        self.init(
            exit: .certificate,
            kind: "verify:\(id)",
            reason: "the certificate was not accepted: \(problem?.text ?? "it is not trusted")\(more)",
            hint: Self.hint(problem: id, request: request)
        )
    }

    /// A peer that was to be judged and showed nothing to judge: anyone can be behind an anonymous suite. Nil if nothing
    /// was to be judged, or something was.
    private init?(unjudged attributes: ConnectionAttributes, request: ChannelRequest) {
        guard request.validation.mode != .none, attributes.peer.validation == nil else { return nil }
        self.init(
            exit: .certificate,
            kind: "verify:no-certificate",
            reason: "\(request.target.input) showed no certificate, so anyone may be behind it",
            hint: attributes.cipherSuite?.facts?.isAnonymous == true
                ? "leave anonymous suites out with --ciphers 'DEFAULT:!aNULL'; --verify none takes the session as it is"
                : "--verify none takes the session as it is"
        )
    }

    private static func hint(problem id: String, request: ChannelRequest) -> String {
        switch id {
        case "unknown-issuer", "self-signed", "untrusted-root", "self-signed-in-chain":
            "if you trust it, name its issuer with --ca FILE" + manual("shows the session all the same", request)
        case "name-mismatch":
            "name the host that it is for with --verify-name NAME, or --sni NAME if the server has several"
        case "expired": "renew it on the server; --at-time TIME judges it for another moment"
        case "not-yet-valid":
            "check the clocks of the server's issuer and of this machine; --at-time TIME judges it for another moment"
        default:
            "'sechan inspect \(request.target.input)' shows what is wrong" + manual("goes on in spite of it", request)
        }
    }

    /// What `--verify manual` would do, unless it has done it.
    private static func manual(_ effect: String, _ request: ChannelRequest) -> String {
        request.validation.mode == .manual ? "" : "; --verify manual \(effect)"
    }

    private init(failure: ContextFailure, request: ChannelRequest, attributes: ConnectionAttributes) {
        let target = request.target.input
        switch failure.kind {
        case .verification:
            if let status = RunStatus(validation: failure.validation, request: request) {
                self = status
            } else {
                self.init(exit: .certificate, kind: "verify:failed", reason: failure.text)
            }
        case .alertReceived:
            let alert = failure.alertReceived.map(\.description)
            let name = alert?.name ?? "unknown"
            self.init(
                exit: .noSession,
                kind: "alert:\(name)",
                reason: "\(target) refused the handshake with the alert \(name)",
                hint: attributes.clientAuthentication.requested
                    && (attributes.clientAuthentication.certificatesSent ?? 0) == 0
                    ? "the server asked for a certificate; show one with --cert FILE --key FILE"
                    : Self.hint(alert: alert, request: request)
            )
        case .notTLS, .ssl2:
            let what = failure.opening.map(\.name) ?? "unknown bytes"
            self.init(
                exit: .noSession,
                kind: "not-tls",
                reason: "\(target) does not speak TLS on this port: it answered with \(what)",
                hint: Self.hint(opening: failure.opening, request: request)
            )
        case .library:
            self.init(exit: .internalFault, kind: "library", reason: failure.text)
        default:
            self.init(
                exit: .noSession,
                kind: "protocol-error",
                reason: "no session with \(target): \(failure.text)",
                hint: failure.text.contains("unsafe legacy renegotiation")
                    ? "the server lacks secure renegotiation (RFC 5746); --legacy connects to it all the same"
                    : "--trace shows how far the handshake came; 'sechan ciphers \(target)' shows what the server speaks"
            )
        }
    }

    private static func hint(alert: AlertDescription?, request: ChannelRequest) -> String {
        let target = request.target.input
        switch alert {
        case .protocol_version?, .handshake_failure?, .insufficient_security?:
            return request.protocols.legacy
                ? "'sechan ciphers \(target)' shows what the server speaks"
                : "'sechan ciphers \(target)' shows what the server speaks; --legacy offers the old versions and suites"
        case .unrecognized_name?:
            return "the server does not know this name; send another with --sni NAME, or none with --no-sni"
        case .certificate_required?, .bad_certificate?, .certificate_unknown?, .unknown_ca?, .access_denied?:
            return "the server wants a certificate that it knows; show one with --cert FILE --key FILE"
        case .no_application_protocol?:
            return "the server has none of the protocols offered; name others with --alpn"
        default:
            return "--trace shows how far the handshake came"
        }
    }

    private static func hint(opening: StreamOpening?, request: ChannelRequest) -> String {
        let target = request.target.input
        switch opening {
        case .http?:
            return "this port speaks plain HTTP; TLS is usually on 443, as in \(request.target.host ?? "host"):443"
        case .smtp?, .imap?, .pop3?, .ftp?: return "this port goes over to TLS on request: try --starttls auto"
        case .ssl2Record?: return "the server speaks SSL 2.0, for which there is no engine yet"
        default: return "check the port in \(target)"
        }
    }

    /// What an error on a connection that stood already counts as.
    private static func name(_ kind: TransportError.Kind) -> (exit: ExitStatus, kind: String) {
        switch kind {
        case .cancelled: (.incomplete, "incomplete:cancelled")
        case .timedOut: (.incomplete, "incomplete:timeout")
        case .localResources: (.internalFault, "local-resources")
        default: (.noSession, kind.statusKind)
        }
    }

    private init(
        handshakeEnded end: Session.StreamEnd,
        request: ChannelRequest,
        attributes: ConnectionAttributes,
        silent: Bool
    ) {
        let target = request.target.input
        // TLS 1.3: the handshake is over for us before the server has seen our certificate, or that there is none.
        let refused = attributes.transport.handshakeSeconds != nil && attributes.clientAuthentication.requested
        let sofar =
            silent ? "without a word" : refused ? "after asking for a certificate" : "in the middle of the handshake"
        let certificateHint = "the server wants a certificate that it knows; show one with --cert FILE --key FILE"
        switch end {
        case .finished:
            self.init(
                exit: .noSession,
                kind: "closed",
                reason: "\(target) closed the connection \(sofar)",
                hint: refused
                    ? certificateHint
                    : "some servers close on a hello that they don't like; try --protocol tls1.2, or --sni NAME"
            )
        case .reset:
            self.init(
                exit: .noSession,
                kind: "reset",
                reason: "\(target) reset the connection \(sofar)",
                hint: refused
                    ? certificateHint
                    : "a firewall or a server that does not like the hello; try --protocol tls1.2, or --sni NAME"
            )
        case .timedOut:
            self.init(
                exit: .incomplete,
                kind: "incomplete:timeout",
                reason: silent
                    ? "\(target) accepted the connection and then said nothing"
                    : "\(target) stopped in the middle of the handshake",
                hint: "perhaps it waits for another protocol, or is overloaded; --timeout raises the limit"
            )
        case .failed(let error):
            let (exit, kind) = Self.name(error.kind)
            self.init(exit: exit, kind: kind, reason: "the connection to \(target) failed: \(error.detail)")
        }
    }
}
