import Transport

/// Gets to a target: its addresses, then a connection to the first that answers, through a proxy if one was named, and past
/// the STARTTLS dialogue if the target's protocol has one.
struct Reach: Sendable {
    var target: Target
    var endpoint: EndpointSettings
    var limits: Limits
    /// Whether a command goes out in the clear behind the request for TLS.
    var pipelines = false

    /// The addresses to dial, in order: those of `--connect-to` if it was given, otherwise the target's own; with a proxy
    /// those of the proxy.
    ///
    /// - Throws: `TransportError` of kind `dns` if the name has none, `timedOut` if the resolver was too slow.
    func endpoints(deadline: Deadline) async throws(TransportError) -> [SocketEndpoint] {
        if let proxy {
            do throws(TransportError) {
                return try await resolve(proxy.host, Int(proxy.port), deadline)
            } catch {
                throw Proxy.failure(error)
            }
        }
        switch place {
        case .unix(let path): return [.unix(path: path)]
        case .network(let host, let port): return try await resolve(host, port, deadline)
        }
    }

    private func resolve(
        _ host: String,
        _ port: Int,
        _ deadline: Deadline
    ) async throws(TransportError) -> [SocketEndpoint] {
        let family: AddressFamily =
            switch family {
            case .any: .any
            case .ipv4: .ipv4
            case .ipv6: .ipv6
            }
        return try await Dialer.resolve(host: host, port: UInt16(clamping: port), family: family, deadline: deadline)
    }

    /// A connection to the first of `endpoints` that takes one, and through the proxy that is there.
    ///
    /// - Throws: `TransportError` of the last attempt if none does.
    func connect(_ endpoints: [SocketEndpoint], deadline: Deadline) async throws(TransportError) -> DialReport {
        guard let proxy, case .network(let host, let port) = place else {
            return try await dial(endpoints, deadline)
        }
        var report: DialReport
        do throws(TransportError) {
            report = try await dial(endpoints, deadline)
        } catch {
            throw Proxy.failure(error)
        }
        let start = ContinuousClock.now
        // The proxy connects to the target now, which may take as long as a connection of ours.
        let tunnel = try await proxy.connect(
            over: report.stream,
            to: host,
            port: UInt16(clamping: port),
            deadline: .after(limits.connectTimeout).sooner(of: deadline)
        )
        report.tunnel = start.duration(to: .now)
        report.stream = tunnel.stream
        report.roundTrips += tunnel.roundTrips
        return report
    }

    private func dial(
        _ endpoints: [SocketEndpoint],
        _ deadline: Deadline
    ) async throws(TransportError) -> DialReport {
        try await Dialer.dial(
            endpoints,
            from: endpoint.bind.map { .ip(host: $0, port: 0) },
            connectTimeout: limits.connectTimeout,
            deadline: deadline
        )
    }

    /// Speaks what comes before TLS; nil where nothing does.
    ///
    /// Only `deadline` bounds it: a server may keep its greeting back on purpose.
    func negotiate(
        over stream: any ByteStream,
        deadline: Deadline
    ) async throws(TransportError) -> STARTTLS.Outcome? {
        guard let starttls else { return nil }
        do throws(TransportError) {
            return try await STARTTLS.negotiate(
                starttls,
                over: stream,
                host: serverName ?? target.host ?? "localhost",
                port: (target.port ?? place.port).map(UInt16.init(clamping:)),
                pipelining: pipelines,
                deadline: deadline
            )
        } catch {
            var error = error
            // The address at the other end is the proxy's, and the words are not.
            if proxy != nil { error.endpoint = nil }
            throw error
        }
    }

    /// A connection on which TLS may begin; to the first of `addresses` that answers, if there are any.
    ///
    /// - Throws: `TransportError` of the last attempt if no address takes one, or what came instead of TLS.
    func dial(
        to addresses: [SocketEndpoint] = [],
        deadline: Deadline
    ) async throws(TransportError) -> (report: DialReport, negotiated: STARTTLS.Account?) {
        let clock = ContinuousClock()
        let start = clock.now
        let endpoints = addresses.isEmpty ? try await endpoints(deadline: deadline) : addresses
        let resolved = clock.now
        var report = try await connect(endpoints, deadline: deadline)
        report.resolution = start.duration(to: resolved)
        let negotiated = try await negotiate(over: report.stream, deadline: deadline)
        if let negotiated {
            report.stream = negotiated.stream
            report.roundTrips += negotiated.account.roundTrips
        }
        return (report, negotiated?.account)
    }

    /// The dialogue that comes before TLS: by the target's scheme, or as `--starttls` says.
    var starttls: STARTTLS.Choice? {
        if let scheme = target.scheme { return scheme.starttls.map { .named($0) } }
        switch endpoint.starttls {
        case nil: return nil
        case "auto"?: return .auto
        case .some(let name): return STARTTLSProtocol(rawValue: name).map { .named($0) }
        }
    }

    /// The addresses that may be dialled: an address to connect from allows those of its own family.
    private var family: EndpointSettings.Family {
        guard endpoint.family == .any, let source = endpoint.bind else { return endpoint.family }
        return EndpointSettings.Family(literal: source) ?? .any
    }

    /// The proxy; nil for none.
    var proxy: Proxy? {
        try? endpoint.proxy?.proxy.get()
    }

    /// Where to dial, once `--connect-to` has had its say.
    var place: Target.Place {
        guard let text = endpoint.connectTo, let other = try? Target(parsing: text, defaultPort: target.port ?? 443)
        else { return target.place }
        return other.place
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
    func summary(address: SocketEndpoint?, negotiated: STARTTLSProtocol? = nil) -> TargetSummary {
        let planned: String? =
            switch starttls {
            case nil: nil
            case .auto?: "auto"
            case .named(let name)?: name.rawValue
            }
        let known = proxy == nil ? address : nil
        return TargetSummary(
            input: target.input,
            host: target.host,
            address: known?.host,
            port: known?.port.map(Int.init) ?? target.port,
            sni: serverName,
            starttls: negotiated?.rawValue ?? planned,
            via: proxy.map { "\($0)" }
        )
    }
}

extension Target.Place {
    /// The port; nil for a UNIX-domain socket.
    fileprivate var port: Int? {
        if case .network(_, let port) = self { return port }
        return nil
    }
}
