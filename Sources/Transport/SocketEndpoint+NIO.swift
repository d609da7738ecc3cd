import Glibc
import NIOCore

extension SocketEndpoint {
    /// The endpoint a socket address stands for; `nil` for an unnamed unix socket.
    init?(_ address: SocketAddress?) {
        switch address {
        case .v4, .v6:
            guard let address, let host = Self.numericHost(address), let port = address.port else { return nil }
            self = .ip(host: host, port: UInt16(truncatingIfNeeded: port))
        case .unixDomainSocket:
            guard let path = address?.pathname, !path.isEmpty else { return nil }
            self = .unix(path: path)
        case nil:
            return nil
        }
    }

    /// The socket address to connect to or bind.
    func socketAddress() throws(TransportError) -> SocketAddress {
        do {
            switch self {
            case .unix(let path):
                return try SocketAddress(unixDomainSocketPath: path)
            case .ip(let host, let port) where host.utf8.contains(UInt8(ascii: "%")):
                return try Self.scoped(host: host, port: port)
            case .ip(let host, let port):
                return try SocketAddress(ipAddress: host, port: Int(port))
            }
        } catch {
            throw TransportError(.other, endpoint: self, detail: "not a usable address")
        }
    }

    /// Address and zone in text form (`fe80::1%eth0`); `SocketAddress.ipAddress` lacks the zone.
    private static func numericHost(_ address: SocketAddress) -> String? {
        address.withSockAddr { pointer, size in Self.numericHost(pointer, socklen_t(size)) }
    }

    /// Address and zone in text form.
    static func numericHost(_ address: UnsafePointer<sockaddr>, _ size: socklen_t) -> String? {
        var host = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        guard getnameinfo(address, size, &host, socklen_t(host.count), nil, 0, NI_NUMERICHOST) == 0 else { return nil }
        return String(decoding: host.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// An IPv6 address with a zone (RFC 4007 §11), which NIO doesn't read. The system does, without asking anybody.
    private static func scoped(host: String, port: UInt16) throws -> SocketAddress {
        var hints = addrinfo()
        hints.ai_family = AF_INET6
        hints.ai_flags = AI_NUMERICHOST
        var list: UnsafeMutablePointer<addrinfo>?
        defer { if let list { freeaddrinfo(list) } }
        guard getaddrinfo(host, "\(port)", &hints, &list) == 0, let entry = list?.pointee, let address = entry.ai_addr,
            Int(entry.ai_addrlen) >= MemoryLayout<sockaddr_in6>.size
        else { throw TransportError(.unreachable, detail: "no such address or network interface") }
        // SAFETY: the length was checked, and the family asked for has this layout.
        return SocketAddress(UnsafeRawPointer(address).loadUnaligned(as: sockaddr_in6.self))
    }
}
