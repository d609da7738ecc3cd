/// A port that is taken, so that nobody else can get it, and on which nobody listens, so that connections are refused.
final class RefusedPort: Peer {
    private let socket: LoopbackSocket
    var port: Int { socket.port }

    init() throws {
        socket = try LoopbackSocket()
    }

    func stop() async {}
}
