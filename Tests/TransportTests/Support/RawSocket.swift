import Foundation
import Synchronization
import Transport

/// A blocking POSIX socket, the independent other end of a connection under test. Every call gives up after ten seconds.
final class RawSocket: Sendable {
    private let box: Mutex<Int32>

    init(_ descriptor: Int32) {
        box = Mutex(descriptor)
        var patience = timeval(tv_sec: 10, tv_usec: 0)
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            setsockopt(descriptor, SOL_SOCKET, option, &patience, socklen_t(MemoryLayout<timeval>.size))
        }
    }

    deinit { close() }

    var descriptor: Int32 { box.withLock { $0 } }

    /// A TCP socket that listens on `host` with a free port.
    static func listening(host: String = "127.0.0.1", backlog: Int32 = 64) throws -> (RawSocket, SocketEndpoint) {
        let socket = RawSocket(Glibc.socket(host.contains(":") ? AF_INET6 : AF_INET, Int32(SOCK_STREAM.rawValue), 0))
        try check(withAddress(host, 0) { bind(socket.descriptor, $0, $1) })
        try check(listen(socket.descriptor, backlog))
        return (socket, .ip(host: host, port: try socket.localPort()))
    }

    /// A unix socket that listens on `path`.
    static func listening(path: String) throws -> RawSocket {
        let socket = RawSocket(Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0))
        try check(withUnixAddress(path) { bind(socket.descriptor, $0, $1) })
        try check(listen(socket.descriptor, 8))
        return socket
    }

    /// A TCP socket connected to `endpoint`.
    static func connected(to endpoint: SocketEndpoint) throws -> RawSocket {
        switch endpoint {
        case .ip(let host, let port):
            let socket = RawSocket(
                Glibc.socket(host.contains(":") ? AF_INET6 : AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            )
            try check(withAddress(host, port) { connect(socket.descriptor, $0, $1) })
            return socket
        case .unix(let path):
            let socket = RawSocket(Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0))
            try check(withUnixAddress(path) { connect(socket.descriptor, $0, $1) })
            return socket
        }
    }

    func accept() throws -> RawSocket {
        RawSocket(try Self.check(Glibc.accept(descriptor, nil, nil)))
    }

    func send(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            rest = rest.dropFirst(Int(try Self.check(Int32(count))))
        }
    }

    /// At least one byte, or none at the end of the stream.
    func receive(upTo count: Int = 65_536) throws -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: count)
        let read = try Self.check(Int32(recv(descriptor, &buffer, count, 0)))
        return Array(buffer.prefix(Int(read)))
    }

    func receive(exactly count: Int) throws -> [UInt8] {
        var all: [UInt8] = []
        while all.count < count {
            let piece = try receive(upTo: min(65_536, count - all.count))
            if piece.isEmpty { break }
            all += piece
        }
        return all
    }

    func receiveToEnd() throws -> [UInt8] {
        var all: [UInt8] = []
        while true {
            let piece = try receive()
            if piece.isEmpty { return all }
            all += piece
        }
    }

    func shutdownOutput() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Waits until the other end's system has everything: a reset throws away what it hasn't.
    func waitUntilDelivered() throws {
        for _ in 0..<1000 {
            var pending: Int32 = 0
            // SIOCOUTQ (tcp(7)), which is TIOCOUTQ.
            try Self.check(ioctl(descriptor, UInt(TIOCOUTQ), &pending))
            if pending == 0 { return }
            Thread.sleep(forTimeInterval: 0.01)
        }
        throw RawSocketError(errno: ETIMEDOUT)
    }

    /// RST instead of FIN.
    func reset() {
        var linger = Glibc.linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<Glibc.linger>.size))
        close()
    }

    func close() {
        box.withLock { descriptor in
            if descriptor >= 0 { Glibc.close(descriptor) }
            descriptor = -1
        }
    }

    func localPort() throws -> UInt16 {
        var address = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        try withUnsafeMutablePointer(to: &address) { pointer in
            try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                _ = try Self.check(getsockname(descriptor, address, &length))
            }
        }
        // The port follows the family in both sockaddr_in and sockaddr_in6.
        return withUnsafeBytes(of: address) { UInt16($0[2]) << 8 | UInt16($0[3]) }
    }

    @discardableResult
    private static func check(_ result: Int32) throws -> Int32 {
        guard result >= 0 else { throw RawSocketError(errno: errno) }
        return result
    }

    private static func withAddress(
        _ host: String,
        _ port: UInt16,
        _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        var hints = addrinfo()
        hints.ai_flags = AI_NUMERICHOST
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, "\(port)", &hints, &list) == 0, let entry = list?.pointee else { return -1 }
        defer { freeaddrinfo(list) }
        return body(entry.ai_addr, entry.ai_addrlen)
    }

    private static func withUnixAddress(_ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32
    {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}

struct RawSocketError: Error { var errno: Int32 }

/// Runs blocking code on a thread that no test depends on.
func blocking<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T {
    try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread { continuation.resume(with: Result(catching: body)) }
    }
}

/// A dialled stream and the raw socket at its other end.
func connection(host: String = "127.0.0.1") async throws -> (stream: any ByteStream, peer: RawSocket) {
    let (listener, endpoint) = try RawSocket.listening(host: host)
    let report = try await Dialer.dial([endpoint], connectTimeout: .seconds(10), deadline: .after(.seconds(10)))
    return (report.stream, try await blocking { try listener.accept() })
}

/// Long enough for any machine, short enough to notice a hang.
var patience: Deadline { .after(.seconds(20)) }

/// Reads until the stream ends in any way.
func readToEnd(_ stream: any ByteStream, deadline: Deadline = patience) async -> (bytes: [UInt8], end: ReadOutcome) {
    var all: [UInt8] = []
    while true {
        let outcome = await stream.read(deadline: deadline)
        guard case .bytes(let bytes) = outcome else { return (all, outcome) }
        all += bytes
    }
}

/// Bytes that repeat after a prime length, so that a piece lost, doubled or moved shows.
func pattern(_ count: Int) -> [UInt8] {
    let period = (0..<min(count, 65_521)).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    while bytes.count < count { bytes += period.prefix(count - bytes.count) }
    return bytes
}

/// Whether `bytes` are ``pattern(_:)``; to be asked instead of comparing, which prints megabytes on failure.
func isPattern(_ bytes: [UInt8], _ count: Int) -> Bool { bytes == pattern(count) }

/// A path for a unix socket, short enough for `sun_path`.
func temporarySocketPath() -> String { "/tmp/sechan-\(getpid())-\(UInt32.random(in: 0...UInt32.max)).sock" }
