import Transport

extension Reach {
    /// Checks what can be checked before anything is sent.
    func check() throws(RequestProblem) {
        if case .name(let name) = endpoint.serverName { try Self.check(serverName: name) }
        try checkStartTLS()
        if let setting = endpoint.proxy {
            _ = try setting.proxy.get()
            if case .unix = place {
                throw RequestProblem(
                    reason: "a socket of this machine can't be reached through a proxy",
                    hint: "leave out --proxy"
                )
            }
        }
        if let text = endpoint.connectTo {
            do throws(RequestProblem) {
                _ = try Target(parsing: text, defaultPort: target.port ?? 443)
            } catch {
                throw RequestProblem(reason: "--connect-to: \(error.reason)", hint: error.hint)
            }
        }
        try checkFamily()
        try checkSource()
    }

    /// The proxy's host, or the one to dial; nil for a UNIX-domain socket.
    private var dialledHost: String? {
        if let proxy { return proxy.host }
        if case .network(let host, _) = place { return host }
        return nil
    }

    /// An address to dial is of the family that was asked for.
    private func checkFamily() throws(RequestProblem) {
        guard endpoint.family != .any else { return }
        guard let dialled = dialledHost else {
            throw RequestProblem(
                reason: "\(endpoint.family.option) has no effect on a socket of this machine",
                hint: "leave out \(endpoint.family.option)"
            )
        }
        guard let family = EndpointSettings.Family(literal: dialled), family != endpoint.family else { return }
        throw RequestProblem(
            reason: family == .ipv6
                ? "-4 allows IPv4 addresses only, and \(dialled) is an IPv6 address"
                : "-6 allows IPv6 addresses only, and \(dialled) is an IPv4 address",
            hint: "leave out \(endpoint.family.option), or name an address of the other kind"
        )
    }

    /// An address to connect from is one of this machine's, and of the family of what is dialled.
    private func checkSource() throws(RequestProblem) {
        guard let source = endpoint.bind else { return }
        guard let family = EndpointSettings.Family(literal: source) else {
            throw RequestProblem(
                reason: "--bind: '\(source)' is not an address",
                hint: "write an address of this machine without a port, as 'ip address' shows them"
            )
        }
        guard let dialled = dialledHost else {
            throw RequestProblem(
                reason: "--bind has no effect on a socket of this machine",
                hint: "leave out --bind"
            )
        }
        let clash: String? =
            if endpoint.family != .any, endpoint.family != family {
                endpoint.family.option
            } else if let other = EndpointSettings.Family(literal: dialled), other != family {
                dialled
            } else {
                nil
            }
        if let clash {
            throw RequestProblem(
                reason: "--bind \(source) and \(clash) are of different kinds: one is IPv4, the other IPv6",
                hint: "name two addresses of the same kind"
            )
        }
        do throws(TransportError) {
            try SocketEndpoint.ip(host: source, port: 0).checkBindable()
        } catch {
            throw RequestProblem(
                reason: "--bind: connections can't come from \(source): \(error.detail)",
                hint: "name an address of this machine, as 'ip address' shows them"
            )
        }
    }

    /// A protocol that is known, and no other than the target's own.
    private func checkStartTLS() throws(RequestProblem) {
        guard let name = endpoint.starttls else { return }
        guard name == "auto" || STARTTLSProtocol(rawValue: name) != nil else {
            throw RequestProblem(
                reason: "--starttls: there is no protocol '\(name)'",
                hint: "choose from auto, \(EndpointSettings.starttlsNames.joined(separator: ", "))"
            )
        }
        guard let scheme = target.scheme, scheme.starttls?.rawValue != name else { return }
        throw RequestProblem(
            reason: scheme.starttls == nil
                ? "--starttls \(name) contradicts \(scheme.name)://, which begins with TLS at once"
                : "--starttls \(name) contradicts \(scheme.name)://",
            hint: "leave out one of the two"
        )
    }

    /// RFC 6066 §3: a DNS name in ASCII, and no address.
    private static func check(serverName name: String) throws(RequestProblem) {
        guard !Target.isAddress(name) else {
            throw RequestProblem(
                reason: "--sni: '\(name)' is an address, and a server name is none (RFC 6066)",
                hint: "name a host, or send no name with --no-sni"
            )
        }
        guard !name.isEmpty, name.utf8.count <= 253, name.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else {
            throw RequestProblem(
                reason: "--sni: '\(name)' is not a host name",
                hint: "write it in ASCII, an internationalised name in its A-label form (xn--...)"
            )
        }
    }
}

extension EndpointSettings.Family {
    /// The family of an address literal; nil for a name.
    init?(literal text: String) {
        guard Target.isAddress(text) else { return nil }
        self = text.contains(":") ? .ipv6 : .ipv4
    }

    /// How it is asked for on the command line.
    var option: String { self == .ipv6 ? "-6" : "-4" }
}
