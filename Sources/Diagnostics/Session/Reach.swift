import Transport

/// Gets to a target: its addresses, then a connection to the first that answers.
struct Reach: Sendable {
    var target: Target
    var endpoint: EndpointSettings
    var limits: Limits

    /// The addresses to try, in order: those of `--connect-to` if it was given, otherwise the target's own.
    ///
    /// - Throws: `TransportError` of kind `dns` if the name has none, `timedOut` if the resolver was too slow.
    func endpoints(deadline: Deadline) async throws(TransportError) -> [SocketEndpoint] {
        switch place {
        case .unix(let path):
            return [.unix(path: path)]
        case .network(let host, let port):
            let family: AddressFamily =
                switch endpoint.family {
                case .any: .any
                case .ipv4: .ipv4
                case .ipv6: .ipv6
                }
            return try await Dialer.resolve(
                host: host,
                port: UInt16(clamping: port),
                family: family,
                deadline: deadline
            )
        }
    }

    /// A connection to the first address that takes one.
    ///
    /// - Throws: `TransportError` of the last attempt if none does.
    func dial(deadline: Deadline) async throws(TransportError) -> DialReport {
        let clock = ContinuousClock()
        let start = clock.now
        let endpoints = try await endpoints(deadline: deadline)
        let resolved = clock.now
        var report = try await Dialer.dial(endpoints, connectTimeout: limits.connectTimeout, deadline: deadline)
        report.resolution = start.duration(to: resolved)
        return report
    }

    /// Where to dial, once `--connect-to` has had its say.
    var place: Target.Place {
        guard let text = endpoint.connectTo, let other = try? Target(parsing: text, defaultPort: target.port ?? 443)
        else { return target.place }
        return other.place
    }

    /// Checks what can be checked before anything is sent.
    func check() throws(RequestProblem) {
        if case .name(let name) = endpoint.serverName { try Self.check(serverName: name) }
        guard let text = endpoint.connectTo else { return }
        do throws(RequestProblem) {
            _ = try Target(parsing: text, defaultPort: target.port ?? 443)
        } catch {
            throw RequestProblem(reason: "--connect-to: \(error.reason)", hint: error.hint)
        }
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

    /// The name for the server_name extension; nil sends none.
    var serverName: String? {
        switch endpoint.serverName {
        case .fromTarget: target.impliedServerName
        case .name(let name): name
        case .none: nil
        }
    }

    /// The target as reports write it.
    func summary(address: SocketEndpoint?) -> TargetSummary {
        TargetSummary(
            input: target.input,
            host: target.host,
            address: address?.host,
            port: address?.port.map(Int.init) ?? target.port,
            sni: serverName
        )
    }
}
