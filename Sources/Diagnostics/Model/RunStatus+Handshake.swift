import Certificates
import SecureChannel
import TLSParameters
import TLSWire
import Transport

extension RunStatus {
    /// What a handshake's outcome means for the run. `received` counts all bytes that came, those too that made no record,
    /// and `reads` the pieces that they came in; `cutRecord` is the record that was not whole at the end.
    init(
        handshake outcome: Session.HandshakeOutcome,
        request: ChannelRequest,
        attributes: ConnectionAttributes,
        received: Int,
        reads: Int = 0,
        cutRecord: (there: Int, of: Int)? = nil
    ) {
        switch outcome {
        case .established:
            let chain = ConnectResult.certificates(attributes)
            self =
                .init(
                    validation: attributes.peer.validation,
                    chain: chain,
                    isLeafOfSession: attributes.peer.isLeafOfSession,
                    request: request
                )
                ?? .init(unjudged: attributes, request: request) ?? .ok
        case .failed(let failure):
            self.init(failure: failure, request: request, attributes: attributes)
        case .ended(let end):
            self.init(handshakeEnded: end, request: request, attributes: attributes, silent: received == 0)
            if let words = Self.manner(end, received: received, reads: reads, cutRecord: cutRecord) {
                reason = "\(request.target.input) \(words)"
            }
        }
    }

    /// How a handshake ended, where the bytes that came say more than the end itself.
    private static func manner(
        _ end: Session.StreamEnd,
        received: Int,
        reads: Int,
        cutRecord: (there: Int, of: Int)?
    ) -> String? {
        switch end {
        // A few bytes at a time, and often: not what a network does to a server that sends what it has.
        case .timedOut where reads >= 5 && received <= reads * 4:
            return "trickles: it sent \(received) bytes in \(reads) pieces and was not done in time"
        case .finished, .reset:
            guard let cutRecord, received > 0 else { return nil }
            let verb = end == .reset ? "reset" : "closed"
            return
                "\(verb) the connection in the middle of a record: \(cutRecord.there) of its \(cutRecord.of) bytes came"
        default: return nil
        }
    }

    private init(failure: ContextFailure, request: ChannelRequest, attributes: ConnectionAttributes) {
        let target = request.target.input
        switch failure.kind {
        case .verification:
            let chain = ConnectResult.certificates(attributes)
            let isLeaf = attributes.peer.isLeafOfSession
            if let status = RunStatus(
                validation: failure.validation,
                chain: chain,
                isLeafOfSession: isLeaf,
                request: request
            ) {
                self = status
            } else {
                self.init(exit: .certificate, kind: "verify:failed", reason: failure.text)
            }
        case .alertReceived:
            self.init(alert: failure.alertReceived?.description, request: request, attributes: attributes)
        case .notTLS, .ssl2: self.init(notTLS: failure.opening, request: request)
        case .library:
            self.init(exit: .internalFault, kind: "library", reason: failure.text)
        default:
            let finding = Self.weakness(failure.text, attributes, request)
            self.init(
                exit: .noSession,
                kind: "protocol-error",
                reason: "no session with \(target): "
                    + (HandshakeFindings.reason(attributes) ?? finding?.reason ?? failure.text),
                hint: finding?.hint
                    ?? "to see how far the handshake came: \(request.command(["--trace"]))"
            )
        }
    }

    // MARK: Alerts

    private init(alert: AlertDescription?, request: ChannelRequest, attributes: ConnectionAttributes) {
        let name = alert?.name ?? "unknown"
        let authentication = attributes.clientAuthentication
        let sent = authentication.certificatesSent ?? 0
        let isRefusal = authentication.requested && sent > 0 && alert.map(Self.concernsCertificates) == true
        self.init(
            exit: .noSession,
            kind: "alert:\(name)",
            reason: isRefusal
                ? "\(request.target.input) refused the certificate that was shown, with the alert \(name)"
                : "\(request.target.input) refused the handshake with the alert \(name)"
                    + (authentication.requested && sent == 0 ? ", after asking for a certificate" : ""),
            hint: authentication.requested
                ? Self.certificateHint(authentication, request) : Self.hint(alert: alert, request: request)
        )
    }

    /// RFC 8446 §6.2: the alerts that say something of the other end's certificate.
    private static func concernsCertificates(_ alert: AlertDescription) -> Bool {
        let all: [AlertDescription] = [
            .bad_certificate, .unsupported_certificate, .certificate_revoked, .certificate_expired,
            .certificate_unknown,
            .unknown_ca, .access_denied, .certificate_required, .decrypt_error,
        ]
        return all.contains(alert)
    }

    /// What to show a server that asked for a certificate.
    private static func certificateHint(
        _ authentication: ClientAuthenticationAttributes,
        _ request: ChannelRequest
    ) -> String {
        let issuers = authentication.acceptedIssuers
        let names = issuers.prefix(2).map { issuer in
            PeerText(bytes: issuer.bytes.prefix(100)).encoded(for: .terminal)
        }
        let more = issuers.count > 2 ? " or \(issuers.count - 2) others" : ""
        let from = names.isEmpty ? " that it knows" : " from \(names.joined(separator: " or "))\(more)"
        return "it wants a certificate\(from): \(request.command(["--cert", "FILE", "--key", "FILE"]))"
    }

    private static func hint(alert: AlertDescription?, request: ChannelRequest) -> String {
        if request.credentials.preSharedKey != nil {
            switch alert {
            case .unknown_psk_identity?: return "the server does not know this name of a key; check --psk-identity"
            case .decrypt_error?, .bad_record_mac?, .illegal_parameter?:
                return "the server has another key under this name; check --psk"
            case .protocol_version?, .unrecognized_name?, .no_application_protocol?: break
            default: return "the server does not know the key, or takes none; check --psk and --psk-identity"
            }
        }
        switch alert {
        case .protocol_version?, .handshake_failure?, .insufficient_security?:
            return request.protocols.legacy
                ? "to see what the server speaks: \(request.command(by: .ciphers))"
                : "if both ends know a key, name it with --psk HEX --psk-identity NAME; "
                    + "to offer the old versions and suites, too: \(request.command(["--legacy"]))"
        case .unrecognized_name?:
            return "the server does not know this name; to send another: "
                + request.command(["--sni", "NAME"])
        case .certificate_required?, .bad_certificate?, .certificate_unknown?, .unknown_ca?, .access_denied?:
            return certificateHint(ClientAuthenticationAttributes(), request)
        case .no_application_protocol?:
            return "the server has none of the protocols offered; to offer others: "
                + request.command(["--alpn", "http/1.1"])
        case .unknown_psk_identity?:
            return "the server does not know that pre-shared key; to use another: "
                + request.command(["--psk", "HEX", "--psk-identity", "NAME"])
        default:
            return "to see how far the handshake came: \(request.command(["--trace"]))"
        }
    }

    // MARK: Broken off

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
        let hint =
            refused
            ? Self.certificateHint(attributes.clientAuthentication, request) : Self.hint(brokenOff: request)
        switch end {
        case .finished:
            self.init(
                exit: .noSession,
                kind: "closed",
                reason: "\(target) closed the connection \(sofar)",
                hint: hint
            )
        case .reset:
            self.init(
                exit: .noSession,
                kind: "reset",
                reason: "\(target) reset the connection \(sofar)",
                hint: hint
            )
        case .timedOut:
            self.init(
                exit: .incomplete,
                kind: "incomplete:timeout",
                reason: silent
                    ? "\(target) accepted the connection and then said nothing"
                    : "\(target) stopped in the middle of the handshake",
                hint: Self.hint(silent: request)
            )
        case .failed(let error):
            let (exit, kind) = Self.name(error.kind)
            self.init(exit: exit, kind: kind, reason: "the connection to \(target) failed: \(error.detail)")
        }
    }

    private static func hint(brokenOff request: ChannelRequest) -> String {
        if let hint = request.usualProtocol { return hint }
        guard request.reach.serverName != nil else {
            return "no server name was sent, and some servers want one: \(request.command(["--sni", "NAME"]))"
        }
        guard request.protocols.protocols != "tls1.2" else {
            return "to see what the server speaks: \(request.command(by: .ciphers))"
        }
        return "some servers close on a hello that they don't like: "
            + request.command(["--protocol", "tls1.2"])
    }

    private static func hint(silent request: ChannelRequest) -> String {
        request.usualProtocol
            ?? "perhaps it waits for another protocol, or is overloaded; to wait longer: "
            + request.command(["--timeout", "3m"])
    }
}

extension PeerAttributes {
    /// Whether the chain is one certificate that a resumed session brought along.
    fileprivate var isLeafOfSession: Bool { chainSource == "session" && chain.count == 1 }
}

extension ChannelRequest {
    /// A hint for a port on which another protocol is spoken before TLS, if it isn't spoken already.
    fileprivate var usualProtocol: String? {
        guard reach.starttls == nil, target.scheme == nil, let port = target.port,
            let name = STARTTLSProtocol.allCases.first(where: { Int($0.defaultPort) == port })
        else { return nil }
        return startTLS(name)
    }
}
