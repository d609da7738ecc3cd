import Glibc
import NIOCore

extension SocketEndpoint {
    /// Checks that connections can come from this address: binds a socket to it, at any port, and lets go of it again.
    /// Nothing is sent.
    ///
    /// - Throws: `TransportError` in the system's words; EADDRNOTAVAIL says that this machine does not have the address.
    public func checkBindable() throws(TransportError) {
        let address = try SocketEndpoint.ip(host: host, port: 0).socketAddress()
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        let descriptor = socket(isIPv6 ? AF_INET6 : AF_INET, kind, 0)
        guard descriptor >= 0 else { throw TransportError(errno: errno, endpoint: self) }
        defer { close(descriptor) }
        let status = address.withSockAddr { pointer, size in bind(descriptor, pointer, socklen_t(size)) }
        guard status == 0 else { throw TransportError(errno: errno, endpoint: self) }
    }
}
