import Glibc
import TLSParameters
import Transport

/// Whom to talk to, as a user writes it: `host`, `host:port`, `[2001:db8::1]:443`, `https://host/path`, `unix:/path`, or a
/// protocol that comes before TLS or is under it, as in `smtp://host` and `imaps://host`.
public struct Target: Hashable, Sendable {
    /// What the connection is made to.
    public enum Place: Hashable, Sendable {
        /// A name or an IP literal (without brackets), and a TCP port.
        case network(host: String, port: Int)
        /// A UNIX-domain socket.
        case unix(path: String)
    }

    /// The text as the user wrote it.
    public var input: String
    /// Where it leads.
    public var place: Place
    /// The path to ask for, from an `https://` target; `/` otherwise.
    public var path: String
    /// What the target's scheme says; nil for a target without one.
    var scheme: TargetScheme?
    /// Whether the text names a port.
    private var namesPort = false

    /// True if the host is an IP literal, which is never sent as a server name (RFC 6066 §3).
    public var isAddressLiteral: Bool {
        if case .network(let host, _) = place { return Self.isAddress(host) }
        return false
    }

    /// The host's name or literal; nil for a UNIX-domain socket.
    public var host: String? {
        if case .network(let host, _) = place { return host }
        return nil
    }

    /// The port; nil for a UNIX-domain socket.
    public var port: Int? {
        if case .network(_, let port) = place { return port }
        return nil
    }

    /// The server name that this target implies: its host, unless that is an IP literal.
    public var impliedServerName: String? {
        guard let host, !isAddressLiteral else { return nil }
        // RFC 6066 §3: the name is sent without a trailing dot.
        return host.hasSuffix(".") ? String(host.dropLast()) : host
    }

    /// A request that an HTTP server answers, for a target that was written as `https://`; nil for any other.
    var httpRequest: [UInt8]? {
        guard scheme?.name == "https", let place = authority(ofPort: 443) else { return nil }
        return Array("GET \(path) HTTP/1.1\r\nHost: \(place)\r\nConnection: close\r\n\r\n".utf8)
    }

    /// What HTTP's Host field says of the target, for a scheme with this port (RFC 9110 §7.2): an IPv6 address has
    /// brackets, and another port than the scheme's own is named. Nil for a UNIX-domain socket.
    func authority(ofPort standard: Int) -> String? {
        guard let host, let port else { return nil }
        let name = host.contains(":") ? "[\(host)]" : host
        return port == standard ? name : "\(name):\(port)"
    }

    /// Parses what the user wrote; a port that it does not name is `defaultPort`.
    ///
    /// - Throws: `RequestProblem` that says what is wrong with it and what to write instead.
    public init(parsing input: String, defaultPort: Int = 443) throws(RequestProblem) {
        self.input = input
        path = "/"
        if input.hasPrefix("unix:") {
            let socket = String(input.dropFirst("unix:".count))
            guard !socket.isEmpty, !socket.utf8.contains(0) else {
                throw RequestProblem(
                    reason: "the target '\(input)' names no socket",
                    hint: "write unix:/path/to/socket"
                )
            }
            place = .unix(path: socket)
            return
        }
        var rest = Substring(input)
        if let mark = input.firstRange(of: "://") {
            let name = input[..<mark.lowerBound].lowercased()
            guard let scheme = TargetScheme(name) else { throw Self.unknownScheme(name) }
            self.scheme = scheme
            rest = input[mark.upperBound...]
            if let slash = rest.firstIndex(where: { "/?#".contains($0) }) {
                path = try Self.path(rest[slash...], scheme: scheme, input: input)
                rest = rest[..<slash]
            }
            guard !rest.contains("@") else {
                // Not repeated: it may hold a password, and reports repeat their target.
                throw RequestProblem(
                    reason: "the target names a user, and TLS has none",
                    hint: "leave out what stands before the '@'"
                )
            }
        }
        let port: Int?
        (place, port) = try Self.network(rest, input: input, defaultPort: scheme?.port ?? defaultPort)
        namesPort = port != nil
    }

    /// The target as it is with `--starttls`: a target without a scheme and a port has that protocol's port.
    func with(_ endpoint: EndpointSettings) -> Target {
        guard scheme == nil, !namesPort, case .network(let host, _) = place,
            let named = endpoint.starttls.flatMap({ STARTTLSProtocol(rawValue: $0) })
        else { return self }
        var target = self
        target.place = .network(host: host, port: Int(named.defaultPort))
        return target
    }

    /// The path of a URL, from the slash on and without a fragment.
    private static func path(
        _ text: Substring,
        scheme: TargetScheme,
        input: String
    ) throws(RequestProblem) -> String {
        let tail = text.prefix { $0 != "#" }
        let path = tail.hasPrefix("/") ? String(tail) : "/" + tail
        guard path.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else {
            throw RequestProblem(
                reason: "the path in '\(PeerText(input).encoded(for: .terminal))' has characters that no URL has",
                hint: "write them percent-encoded, as in %20"
            )
        }
        guard path == "/" || scheme.name == "https" else {
            throw RequestProblem(
                reason: "a target with \(scheme.name):// has no path",
                hint: "leave out what follows the host, as in \(scheme.name)://example.com"
            )
        }
        return path
    }

    /// The host and port, and the port that the text names, if it does.
    private static func network(
        _ text: Substring,
        input: String,
        defaultPort: Int
    ) throws(RequestProblem) -> (Place, Int?) {
        var host = text
        var port: Int?
        if text.hasPrefix("[") {
            guard let end = text.firstIndex(of: "]") else {
                throw RequestProblem(
                    reason: "the target '\(input)' has a '[' without a ']'",
                    hint: "write [2001:db8::1]:443"
                )
            }
            host = text[text.index(after: text.startIndex)..<end]
            let tail = text[text.index(after: end)...]
            if !tail.isEmpty {
                guard tail.hasPrefix(":") else {
                    throw RequestProblem(
                        reason: "'\(tail)' follows the address in '\(input)'",
                        hint: "write [2001:db8::1]:443"
                    )
                }
                port = try number(tail.dropFirst(), input: input)
            }
            guard host.contains(":"), isAddress(String(host)) else {
                throw RequestProblem(reason: "'\(host)' is not an IPv6 address", hint: "write [2001:db8::1]:443")
            }
        } else if text.count(where: { $0 == ":" }) == 1, let colon = text.firstIndex(of: ":") {
            host = text[..<colon]
            port = try number(text[text.index(after: colon)...], input: input)
        }
        try check(host: host, input: input)
        return (.network(host: String(host), port: port ?? defaultPort), port)
    }

    private static func number(_ text: Substring, input: String) throws(RequestProblem) -> Int {
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = UInt16(text), port > 0 else {
            throw RequestProblem(
                reason: "'\(text)' is not a port in '\(input)'",
                hint: "a port is a number from 1 to 65535, as in example.com:443"
            )
        }
        return Int(port)
    }

    private static func check(host: Substring, input: String) throws(RequestProblem) {
        guard !host.isEmpty else {
            throw RequestProblem(
                reason: "the target '\(input)' names no host",
                hint: "write a host name, as in example.com:443"
            )
        }
        if isAddress(String(host)) { return }
        // The system's resolver takes a bare number for an address, which nobody means.
        if host.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2e }) {
            throw RequestProblem(
                reason: "'\(host)' is a number, not a host",
                hint: host.contains(".")
                    ? "write an IPv4 address with all its four parts"
                    : "for a port of this machine write localhost:\(host)"
            )
        }
        guard host.utf8.allSatisfy({ $0 < 0x80 }) else {
            throw RequestProblem(
                reason: "'\(input)' is not an ASCII name",
                hint: "write an internationalised name in its A-label form (xn--...), as 'idn2' prints it"
            )
        }
        let allowed = host.utf8.allSatisfy { byte in
            (0x61...0x7a).contains(byte | 0x20) || (0x30...0x39).contains(byte) || [0x2d, 0x2e, 0x5f].contains(byte)
        }
        guard allowed, host.utf8.count <= 254, !host.hasPrefix("-") else {
            throw RequestProblem(
                reason: "'\(input)' is not a host name",
                hint: "a name has letters, digits, hyphens and dots; an IPv6 address with a port is written [::1]:443"
            )
        }
    }

    private static func unknownScheme(_ name: String) -> RequestProblem {
        RequestProblem(
            reason: "the scheme '\(name)' is unknown",
            hint: "write host:port, https://host/path, or a protocol as in smtp://host and imaps://host"
        )
    }

    /// True for an IPv4 or IPv6 literal, a zone identifier included.
    public static func isAddress(_ text: String) -> Bool {
        // To C a string ends at its first zero byte; what is behind it must not slip through.
        guard text.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else { return false }
        var storage = in6_addr()
        if inet_pton(AF_INET, text, &storage) == 1 { return true }
        let parts = text.split(separator: "%", maxSplits: 1, omittingEmptySubsequences: false)
        guard let address = parts.first, inet_pton(AF_INET6, String(address), &storage) == 1 else { return false }
        // The zone is the name of a network interface (RFC 4007 §11.2).
        guard parts.count == 2, let zone = parts.last else { return true }
        return !zone.isEmpty && zone.allSatisfy { $0.isLetter || $0.isNumber || "._-".contains($0) }
    }
}
