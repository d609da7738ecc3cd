import Foundation
import Glibc
import Synchronization

/// A server that speaks no TLS: it may greet, answers the first bytes it gets with a fixed text, and closes.
final class PlainServer: Peer {
    /// What an HTTP server says to a ClientHello.
    static let httpRefusal =
        "HTTP/1.1 400 Bad Request\r\nServer: plain\r\nContent-Type: text/plain\r\nContent-Length: 12\r\nConnection: close\r\n\r\nBad Request\n"

    private let socket: LoopbackSocket
    var port: Int { socket.port }

    /// - Parameters:
    ///   - greeting: sent as soon as a client connects.
    ///   - answer: sent after the client's first bytes.
    init(greeting: String = "", answer: String = PlainServer.httpRefusal) throws {
        socket = try LoopbackSocket()
        try socket.startListening()
        let listener = dup(socket.descriptor)
        Thread.detachNewThread {
            while true {
                let connection = accept(listener, nil, nil)
                // `stop()` shuts the listener down, which fails the accept.
                guard connection >= 0 else { break }
                Self.serve(connection, greeting: greeting, answer: answer)
            }
            Glibc.close(listener)
        }
    }

    func stop() async {
        _ = shutdown(socket.descriptor, Int32(SHUT_RDWR))
    }

    private static func serve(_ connection: Int32, greeting: String, answer: String) {
        var limit = timeval(tv_sec: 5, tv_usec: 0)
        setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        send(greeting, on: connection)
        var buffer = [UInt8](repeating: 0, count: 4096)
        if recv(connection, &buffer, buffer.count, 0) > 0 { send(answer, on: connection) }
        // Closing with unread bytes would send RST and could take the answer with it.
        shutdown(connection, Int32(SHUT_WR))
        while recv(connection, &buffer, buffer.count, 0) > 0 {}
        Glibc.close(connection)
    }

    private static func send(_ text: String, on connection: Int32) {
        let bytes = Array(text.utf8)
        _ = Glibc.send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }
}
