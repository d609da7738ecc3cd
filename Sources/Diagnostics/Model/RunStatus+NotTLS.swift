import SecureChannel
import TLSParameters
import TLSWire
import Transport

extension RunStatus {
    /// A peer that speaks something else on this port.
    init(notTLS opening: StreamOpening?, request: ChannelRequest) {
        self.init(
            exit: .noSession,
            kind: "not-tls",
            reason: "\(request.target.input) does not speak TLS on this port: it answered with "
                + (opening?.name ?? "unknown bytes"),
            hint: Self.hint(opening: opening, request: request)
        )
    }

    private static func hint(opening: StreamOpening?, request: ChannelRequest) -> String {
        let target = request.target
        switch opening {
        case .http?, .httpRequest?:
            return elsewhere("this port speaks plain HTTP", request)
        case .smtp?: return request.startTLS(.smtp)
        case .imap?: return request.startTLS(.imap)
        case .pop3?: return request.startTLS(.pop3)
        case .ftp?: return request.startTLS(.ftp)
        case .ssh?: return elsewhere("SSH has an encryption of its own, and no TLS", request)
        case .ssl2Record?:
            return "SSL 2.0 can't be spoken here, but listed: \(request.command(by: .ciphers))"
        case .text?:
            guard target.scheme == nil, request.endpoint.starttls == nil else {
                return elsewhere("check the port", request)
            }
            return "a protocol that may begin TLS later: \(request.command(["--starttls", "auto"]))"
        default: return elsewhere("check the port", request)
        }
    }

    /// The port that TLS is usually on, unless that is the one.
    private static func elsewhere(_ reason: String, _ request: ChannelRequest) -> String {
        guard let host = request.target.host, request.target.port != 443, request.endpoint.connectTo == nil else {
            return reason
        }
        let place = host.contains(":") ? "[\(host)]" : host
        return "\(reason); TLS is usually on port 443: \(request.command(target: "\(place):443"))"
    }
}

extension ChannelRequest {
    /// How to ask for TLS in this protocol, as a hint.
    func startTLS(_ name: STARTTLSProtocol) -> String {
        let reason = "this port goes over to TLS on request"
        guard target.scheme == nil, let host = target.host, let port = target.port else {
            return "\(reason): \(command(["--starttls", "auto"], target: plainTarget))"
        }
        let place = host.contains(":") ? "[\(host)]" : host
        let end = port == Int(name.defaultPort) ? "" : ":\(port)"
        return "\(reason): \(command(target: "\(name.rawValue)://\(place)\(end)"))"
    }

    /// The target without its scheme.
    private var plainTarget: String {
        guard let host = target.host, let port = target.port else { return target.input }
        return host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
}
