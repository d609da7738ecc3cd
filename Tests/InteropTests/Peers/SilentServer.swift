import Glibc

/// A port where connections are completed by the kernel and nobody ever says a word.
final class SilentServer: Peer {
    private let socket: LoopbackSocket
    var port: Int { socket.port }

    init() throws {
        socket = try LoopbackSocket()
        try socket.startListening()
    }

    /// Returns once a client has connected.
    ///
    /// - Throws: `InteropError` after 20 s without one.
    func waitForClient() async throws {
        for _ in 0..<1000 {
            var state = pollfd(fd: socket.descriptor, events: Int16(POLLIN), revents: 0)
            if poll(&state, 1, 0) == 1 { return }
            try await Task.sleep(for: .milliseconds(20))
        }
        throw InteropError("no client connected to the silent server")
    }

    func stop() async {}
}
