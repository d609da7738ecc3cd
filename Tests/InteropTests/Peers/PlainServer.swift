import Foundation
import Glibc
import Synchronization

/// A server that speaks no TLS: it may greet, answers the first bytes it gets with fixed bytes, and ends the connection.
final class PlainServer: Peer {
    /// What an HTTP server says to a ClientHello.
    static let httpRefusal =
        "HTTP/1.1 400 Bad Request\r\nServer: plain\r\nContent-Type: text/plain\r\nContent-Length: 12\r\nConnection: close\r\n\r\nBad Request\n"

    /// How a connection ends after the answer.
    enum Ending: Sendable {
        /// FIN, then it reads what is left.
        case orderly
        /// RST, at once.
        case reset
        /// Never: a byte of zero every 50 ms for as long as the client stays.
        case trickle
    }

    private let socket: LoopbackSocket
    var port: Int { socket.port }

    /// - Parameters:
    ///   - greeting: sent as soon as a client connects.
    ///   - answer: sent after the client's first bytes.
    ///   - ending: what follows the answer.
    init(greeting: String = "", answer: [UInt8], ending: Ending = .orderly) throws {
        socket = try LoopbackSocket()
        try socket.startListening()
        let listener = dup(socket.descriptor)
        Thread.detachNewThread {
            while true {
                let connection = accept(listener, nil, nil)
                // `stop()` shuts the listener down, which fails the accept.
                guard connection >= 0 else { break }
                // A trickle lasts; the next client must not wait for it.
                Thread.detachNewThread {
                    Self.serve(connection, greeting: Array(greeting.utf8), answer: answer, ending: ending)
                }
            }
            Glibc.close(listener)
        }
    }

    func stop() async {
        _ = shutdown(socket.descriptor, Int32(SHUT_RDWR))
    }

    private static func serve(_ connection: Int32, greeting: [UInt8], answer: [UInt8], ending: Ending) {
        var limit = timeval(tv_sec: 5, tv_usec: 0)
        setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        _ = send(greeting, on: connection)
        var buffer = [UInt8](repeating: 0, count: 4096)
        if recv(connection, &buffer, buffer.count, 0) > 0 { _ = send(answer, on: connection) }
        switch ending {
        case .orderly:
            // Closing with unread bytes would send RST and could take the answer with it.
            shutdown(connection, Int32(SHUT_WR))
            while recv(connection, &buffer, buffer.count, 0) > 0 {}
        case .reset:
            var linger = linger(l_onoff: 1, l_linger: 0)
            setsockopt(connection, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<Glibc.linger>.size))
        case .trickle:
            // A minute is longer than any test waits.
            for _ in 0..<1200 where send([0], on: connection) { usleep(50_000) }
        }
        Glibc.close(connection)
    }

    private static func send(_ bytes: [UInt8], on connection: Int32) -> Bool {
        Glibc.send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
    }
}

extension PlainServer {
    /// The same with a text for an answer.
    convenience init(greeting: String = "", answer: String = PlainServer.httpRefusal) throws {
        try self.init(greeting: greeting, answer: Array(answer.utf8))
    }
}
