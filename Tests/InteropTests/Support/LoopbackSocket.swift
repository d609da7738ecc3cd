import Glibc

/// The few socket calls that fixtures need, on 127.0.0.1 only.
struct LoopbackSocket: ~Copyable {
    let descriptor: Int32
    /// The port it is bound to.
    let port: Int

    /// Binds a port that the system chooses.
    init() throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw InteropError("socket: \(errno)") }
        var address = Self.address(port: 0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = descriptor
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(descriptor, generic, length) == 0 && getsockname(descriptor, generic, &length) == 0
            }
        }
        guard bound else { throw InteropError("bind: \(errno)") }
        port = Int(UInt16(bigEndian: address.sin_port))
    }

    deinit {
        Glibc.close(descriptor)
    }

    /// Starts listening; connections are completed by the kernel from here on, whether or not anybody accepts them.
    func startListening() throws {
        guard listen(descriptor, 64) == 0 else { throw InteropError("listen: \(errno)") }
    }

    /// A port that was free a moment ago, for servers that can't bind port 0 and say which they got.
    static func freePort() throws -> Int {
        let socket = try LoopbackSocket()
        return socket.port
    }

    /// Whether something accepts connections on the port.
    static func accepts(port: Int) -> Bool {
        guard let descriptor = connection(to: port) else { return false }
        Glibc.close(descriptor)
        return true
    }

    /// The descriptor of a connection to the port, for the caller to close; nil if nobody takes it.
    static func connection(to port: Int) -> Int32? {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        var address = address(port: UInt16(port))
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                connect(descriptor, generic, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        if isConnected { return descriptor }
        Glibc.close(descriptor)
        return nil
    }

    private static func address(port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }
}
