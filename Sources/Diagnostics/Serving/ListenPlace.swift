import Glibc
import Transport

/// Where a server is asked to listen: `PORT`, `ADDR:PORT`, `[2001:db8::1]:PORT` or `unix:PATH`.
struct ListenPlace: Hashable, Sendable {
    /// The kinds of places.
    enum Place: Hashable, Sendable {
        /// A name or an address without brackets, and a port, 0 for any.
        case network(host: String, port: UInt16)
        /// A UNIX-domain socket.
        case unix(path: String)
    }

    let place: Place

    /// Reads what the user wrote. Without an address it is 127.0.0.1: a diagnostic server is nobody else's business.
    ///
    /// - Throws: `RequestProblem` for what is no such place.
    init(parsing text: String) throws(RequestProblem) {
        if text.hasPrefix("unix:") {
            let path = String(text.dropFirst("unix:".count))
            guard !path.isEmpty else {
                throw RequestProblem(reason: "--listen names no socket", hint: "write unix:/path/to/socket")
            }
            place = .unix(path: path)
            return
        }
        let colon = text.lastIndex(of: ":")
        var host = colon.map { text[..<$0] } ?? ""
        let port = colon.map { text[text.index(after: $0)...] } ?? text[...]
        guard let number = UInt16(port), port.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            throw RequestProblem(
                reason: "--listen: '\(text)' names no port",
                hint: "write [ADDR:]PORT with a port from 0 to 65535, as in 127.0.0.1:4433"
            )
        }
        if colon != nil, host.isEmpty || host == "*" {
            throw RequestProblem(
                reason: "--listen: '\(text)' names no address",
                hint: "write \(port) for this machine only, [::]:\(port) or 0.0.0.0:\(port) for the whole network"
            )
        }
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
            guard Target.isAddress(String(host)) else {
                throw RequestProblem(reason: "--listen: '\(host)' is not an IPv6 address", hint: "write [::1]:\(port)")
            }
        } else if host.contains(":") {
            throw RequestProblem(
                reason: "--listen: the IPv6 address in '\(text)' has no brackets",
                hint: "write [\(host)]:\(port)"
            )
        }
        place = .network(host: host.isEmpty ? "127.0.0.1" : String(host), port: number)
    }

    /// Listens.
    ///
    /// - Throws: `TransportError`, see `Listener.bind`.
    func bind() async throws(TransportError) -> Listener {
        switch place {
        case .network(let host, let port): try await Listener.bind(host: host, port: port)
        case .unix(let path): try await Listener.bind(.unix(path: path))
        }
    }

    /// The name or address that the user gave, if a client could use it too; nil for a wildcard and for a socket.
    var reachableHost: String? {
        guard case .network(let host, _) = place, host != "0.0.0.0", host != "::" else { return nil }
        return host
    }
}

extension RunStatus {
    /// A server that could not listen: a mistake in what it was asked for, and nothing was sent.
    init(cannotListen error: TransportError, at place: ListenPlace) {
        let (reason, hint) = Self.explain(error, place.place)
        self.init(exit: .usage, kind: "usage", reason: reason, hint: hint)
    }

    private static func explain(_ error: TransportError, _ place: ListenPlace.Place) -> (String, String) {
        switch place {
        case .network(let host, let port):
            switch error.errno {
            case EADDRINUSE:
                return ("port \(port) on \(host) is in use", "choose another with --listen; port 0 takes a free one")
            case EADDRNOTAVAIL:
                return (
                    "\(host) is not an address of this machine", "choose one with --listen; 'ip address' lists them"
                )
            case EACCES, EPERM:
                return ("port \(port) on \(host) needs more rights", "choose one above 1023 with --listen")
            default:
                guard error.kind == .dns else { break }
                return ("\(host) has no address to listen on", "choose an address of this machine with --listen")
            }
            return ("can't listen on port \(port) of \(host): \(error.detail)", "choose another with --listen")
        case .unix(let path):
            if error.errno == EADDRINUSE {
                return ("there is something at '\(path)' already", "remove it, or choose another path with --listen")
            }
            return ("can't listen on '\(path)': \(error.detail)", "choose a path in a directory that you may write to")
        }
    }
}
