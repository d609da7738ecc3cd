/// Where a socket is: a numeric address with a port, or a path in the file system.
///
/// Names don't occur here; ``Dialer/resolve(host:port:family:deadline:)`` turns a name into endpoints.
public enum SocketEndpoint: Hashable, Sendable {
    /// An IPv4 or IPv6 address in text form without brackets (`192.0.2.1`, `2001:db8::1`, `fe80::1%eth0`), and a port.
    case ip(host: String, port: UInt16)
    /// A unix domain stream socket.
    case unix(path: String)

    /// The port, `nil` for a unix socket.
    public var port: UInt16? {
        guard case .ip(_, let port) = self else { return nil }
        return port
    }

    /// The address without the port, or the path.
    public var host: String {
        switch self {
        case .ip(let host, _): host
        case .unix(let path): path
        }
    }

    /// Whether only this machine can be meant: 127.0.0.0/8 (RFC 1122 §3.2.1.3), ::1 (RFC 4291 §2.5.3), a unix socket.
    public var isLoopback: Bool {
        guard case .ip(let host, _) = self else { return true }
        return host.hasPrefix("127.") || host == "::1" || host.hasPrefix("::ffff:127.")
    }

    /// Whether this is an IPv6 address.
    public var isIPv6: Bool {
        guard case .ip(let host, _) = self else { return false }
        return host.utf8.contains(UInt8(ascii: ":"))
    }
}

extension SocketEndpoint: CustomStringConvertible {
    /// `192.0.2.1:443`, `[2001:db8::1]:443` (RFC 3986 §3.2.2) or `unix:/run/peer.sock`.
    public var description: String {
        switch self {
        case .ip(let host, let port): isIPv6 ? "[\(host)]:\(port)" : "\(host):\(port)"
        case .unix(let path): "unix:\(path)"
        }
    }
}

/// Which addresses of a name are wanted.
public enum AddressFamily: String, Hashable, Sendable, CaseIterable {
    /// Both, in the order the system's resolver prefers (RFC 6724).
    case any
    /// IPv4 only.
    case ipv4
    /// IPv6 only.
    case ipv6
}
