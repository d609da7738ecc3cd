/// A port where connections are completed by the kernel and nobody ever says a word.
final class SilentServer: Peer {
    private let socket: LoopbackSocket
    var port: Int { socket.port }

    init() throws {
        socket = try LoopbackSocket()
        try socket.startListening()
    }

    func stop() async {}
}
