import Foundation
import Testing

@testable import Transport

@Suite(.timeLimit(.minutes(1)))
struct DialerTests {
    /// An endpoint on loopback where nobody listens.
    private func refusing() throws -> SocketEndpoint {
        let (listener, endpoint) = try RawSocket.listening()
        listener.close()
        return endpoint
    }

    private func failure(_ body: () async throws -> Void) async -> TransportError? {
        do {
            try await body()
            return nil
        } catch {
            return error as? TransportError
        }
    }

    @Test func aRefusedPort() async throws {
        let endpoint = try refusing()
        let error = await failure {
            _ = try await Dialer.dial([endpoint], connectTimeout: .seconds(5), deadline: patience)
        }
        #expect(error?.kind == .refused)
        #expect(error?.errno == ECONNREFUSED)
        #expect(error?.endpoint == endpoint)
        #expect(error?.attempts.count == 1)
        #expect(error.map { "\($0)" } == "\(endpoint): connection refused")
    }

    @Test func theNextAddressIsTriedWhenOneRefuses() async throws {
        let (listener, good) = try RawSocket.listening()
        let bad = try refusing()
        let report = try await Dialer.dial([bad, bad, good, bad], connectTimeout: .seconds(5), deadline: patience)
        #expect(report.attempts.map(\.endpoint) == [bad, bad, good])
        #expect(report.attempts.last?.outcome == .connected)
        #expect(report.stream.remote == good)
        #expect(report.stream.local != good)
        _ = try await blocking { try listener.accept() }
        await report.stream.close()
    }

    @Test(arguments: ["127.0.0.1", "::1"])
    func bothFamilies(_ host: String) async throws {
        let (stream, peer) = try await connection(host: host)
        try peer.send([1])
        #expect(await stream.read(deadline: patience) == .bytes([1]))
        #expect(stream.remote.host == host)
        #expect(stream.local.host == host)
        await stream.close()
    }

    @Test func aUnixSocket() async throws {
        let path = temporarySocketPath()
        defer { unlink(path) }
        let listener = try RawSocket.listening(path: path)
        let report = try await Dialer.dial([.unix(path: path)], connectTimeout: .seconds(5), deadline: patience)
        let peer = try await blocking { try listener.accept() }
        try await report.stream.write([1], deadline: patience)
        #expect(try await blocking { try peer.receive() } == [1])
        peer.close()
        #expect(await report.stream.read(deadline: patience) == .end)
        #expect(report.stream.remote == .unix(path: path))
        await report.stream.close()
    }

    @Test func aMissingUnixSocketIsRefusedAndALongPathIsAnError() async throws {
        let missing = await failure {
            _ = try await Dialer.dial(
                [.unix(path: temporarySocketPath())],
                connectTimeout: .seconds(5),
                deadline: patience
            )
        }
        #expect(missing?.kind == .refused)
        let long = SocketEndpoint.unix(path: String(repeating: "x", count: 500))
        let unusable = await failure {
            _ = try await Dialer.dial([long], connectTimeout: .seconds(5), deadline: patience)
        }
        #expect(unusable?.kind == .other)
    }

    /// Linux drops the SYN for a listener whose queue is full, which looks like a host that isn't there.
    @Test func aBlackHoleEndsAtTheConnectTimeout() async throws {
        let (listener, endpoint) = try RawSocket.listening(backlog: 0)
        var filling: [any ByteStream] = []
        var error: TransportError?
        for _ in 0..<8 where error == nil {
            do throws(TransportError) {
                let report = try await Dialer.dial([endpoint], connectTimeout: .milliseconds(300), deadline: patience)
                filling.append(report.stream)
            } catch {
                #expect(error.kind == .timedOut)
                #expect(error.attempts.first.map { $0.duration >= .milliseconds(250) } == true)
                break
            }
        }
        error = await failure {
            _ = try await Dialer.dial(
                [endpoint, endpoint],
                connectTimeout: .seconds(60),
                deadline: .after(.milliseconds(300))
            )
        }
        #expect(error?.kind == .timedOut, "the absolute deadline counts too")
        #expect(error?.attempts.count == 1)
        let (good, other) = try RawSocket.listening()
        let report = try await Dialer.dial([endpoint, other], connectTimeout: .milliseconds(300), deadline: patience)
        #expect(report.stream.remote == other, "one dead address doesn't spoil the others")
        await report.stream.close()
        for stream in filling { await stream.close() }
        good.close()
        listener.close()
    }

    @Test func aCancelledDialEnds() async throws {
        let (listener, endpoint) = try RawSocket.listening(backlog: 0)
        let dialling = Task { () -> TransportError? in
            var streams: [any ByteStream] = []
            for _ in 0..<8 {
                do throws(TransportError) {
                    streams.append(
                        try await Dialer.dial([endpoint], connectTimeout: .seconds(50), deadline: .never).stream
                    )
                } catch {
                    return error
                }
            }
            return nil
        }
        try await Task.sleep(for: .milliseconds(200))
        dialling.cancel()
        #expect(await dialling.value?.kind == .cancelled)
        listener.close()
    }

    @Test func noAddressAtAll() async throws {
        let error = await failure { _ = try await Dialer.dial([], connectTimeout: .seconds(1), deadline: patience) }
        #expect(error?.kind == .dns)
    }

    @Test func ourOwnLimitsAreNotThePeersFault() {
        for number in [EMFILE, ENFILE, EADDRNOTAVAIL, ENOBUFS, ENOMEM] {
            #expect(TransportError(errno: number, endpoint: nil).kind == .localResources)
        }
        #expect(TransportError(errno: EHOSTUNREACH, endpoint: nil).kind == .unreachable)
        #expect(TransportError(errno: EACCES, endpoint: nil).kind == .permission)
        #expect(TransportError(errno: EMFILE, endpoint: nil).detail == "too many open files")
    }

    @Test func runningOutOfDescriptorsIsOurOwnFault() async {
        await #expect(processExitsWith: .exitCode(0)) {
            let (listener, endpoint) = try RawSocket.listening()
            defer { listener.close() }
            // Starts the event loop, which needs descriptors of its own.
            _ = try await Dialer.dial([endpoint], connectTimeout: .seconds(5), deadline: patience)
            var limit = rlimit(rlim_cur: 256, rlim_max: 256)
            guard setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { exit(3) }
            while open("/dev/null", O_RDONLY) >= 0 {}
            do throws(TransportError) {
                _ = try await Dialer.dial([endpoint], connectTimeout: .seconds(5), deadline: patience)
                exit(1)
            } catch {
                exit(error.kind == .localResources && error.errno == EMFILE ? 0 : 2)
            }
        }
    }

    @Test func descriptorsAreGivenBack() async throws {
        let listener = try await Listener.bind(host: "127.0.0.1", port: 0)
        let serving = Task {
            for await stream in listener.connections {
                Task {
                    guard case .bytes(let bytes) = await stream.read(deadline: patience) else { return }
                    try? await stream.write(bytes, deadline: patience)
                    await bytes[0] % 2 == 0 ? stream.close() : stream.abort()
                }
            }
        }
        func run(_ count: Int) async throws {
            for index in 0..<count {
                let report = try await Dialer.dial([listener.endpoint], connectTimeout: .seconds(5), deadline: patience)
                try await report.stream.write([UInt8(truncatingIfNeeded: index)], deadline: patience)
                _ = await readToEnd(report.stream)
                if index % 3 != 0 { await report.stream.close() }
            }
        }
        func descriptors() -> Int { sockets(of: listener.endpoint.port ?? 0) }
        try await run(200)
        var left = descriptors()
        // Closing by the last reference and by the peer is on its way for a moment.
        for _ in 0..<200 where left > 1 {
            try await Task.sleep(for: .milliseconds(20))
            left = descriptors()
        }
        #expect(left == 1, "the listener alone")
        await listener.close()
        await serving.value
    }

    /// How many descriptors of this process are sockets bound to `port`: other tests run at the same time, so counting them
    /// all would say nothing.
    private func sockets(of port: UInt16) -> Int {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
        return names.compactMap { Int32($0) }.count { descriptor in
            var local = sockaddr_in()
            var remote = sockaddr_in()
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            let isBound = withUnsafeMutablePointer(to: &local) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) == 0 }
            }
            guard isBound, local.sin_family == sa_family_t(AF_INET) else { return false }
            length = socklen_t(MemoryLayout<sockaddr_in>.size)
            _ = withUnsafeMutablePointer(to: &remote) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getpeername(descriptor, $0, &length) }
            }
            return local.sin_port == port.bigEndian || remote.sin_port == port.bigEndian
        }
    }
}
