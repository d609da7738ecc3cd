import Foundation
import Testing
import Transport

@Suite(.timeLimit(.minutes(1)))
struct ListenerTests {
    @Test(arguments: ["127.0.0.1", "::1", "localhost"])
    func servesManyClientsAtOnce(_ host: String) async throws {
        let listener = try await Listener.bind(host: host, port: 0)
        #expect(listener.endpoint.port != 0)
        let serving = Task {
            await withDiscardingTaskGroup { group in
                for await stream in listener.connections {
                    group.addTask {
                        while case .bytes(let bytes) = await stream.read(deadline: patience) {
                            try? await stream.write(bytes, deadline: patience)
                        }
                        await stream.close()
                    }
                }
            }
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<40 {
                group.addTask {
                    let socket = try await blocking { try RawSocket.connected(to: listener.endpoint) }
                    let message = Array("client \(index)".utf8)
                    try socket.send(message)
                    socket.shutdownOutput()
                    #expect(try await blocking { try socket.receiveToEnd() } == message)
                }
            }
            try await group.waitForAll()
        }
        await listener.close()
        await serving.value
    }

    @Test func knowsBothAddresses() async throws {
        let listener = try await Listener.bind(host: "127.0.0.1", port: 0)
        let socket = try RawSocket.connected(to: listener.endpoint)
        var connections = listener.connections.makeAsyncIterator()
        let stream = try #require(await connections.next())
        #expect(stream.local == listener.endpoint)
        #expect(stream.remote == .ip(host: "127.0.0.1", port: try socket.localPort()))
        await stream.abort()
        let error = await #expect(throws: RawSocketError.self) { try await blocking { try socket.receive() } }
        #expect(error?.errno == ECONNRESET)
        await listener.close()
        #expect(await connections.next() == nil)
    }

    @Test func aTakenPortIsAnError() async throws {
        let (taken, endpoint) = try RawSocket.listening()
        let error = await #expect(throws: TransportError.self) { try await Listener.bind(endpoint) }
        #expect(error?.kind == .localResources)
        #expect(error?.errno == EADDRINUSE)
        #expect(error?.endpoint == endpoint)
        taken.close()
    }

    @Test func aPortCanBeTakenAgainAtOnce() async throws {
        let first = try await Listener.bind(host: "127.0.0.1", port: 0)
        let socket = try RawSocket.connected(to: first.endpoint)
        var connections = first.connections.makeAsyncIterator()
        let stream = try #require(await connections.next())
        // Our side closes first, so TIME_WAIT is ours.
        await stream.close()
        #expect(try await blocking { try socket.receiveToEnd() } == [])
        socket.close()
        await first.close()
        // A moment, for a process that was forked meanwhile and shares the descriptor until it calls exec; TIME_WAIT would
        // last a minute.
        var second: Listener?
        for _ in 0..<100 where second == nil {
            second = try? await Listener.bind(first.endpoint)
            if second == nil { try await Task.sleep(for: .milliseconds(20)) }
        }
        #expect(second?.endpoint == first.endpoint)
        await second?.close()
    }

    @Test func aUnixSocketIsRemovedOnClosing() async throws {
        let path = temporarySocketPath()
        let listener = try await Listener.bind(.unix(path: path))
        let socket = try RawSocket.connected(to: .unix(path: path))
        try socket.send([1])
        var connections = listener.connections.makeAsyncIterator()
        let stream = try #require(await connections.next())
        #expect(await stream.read(deadline: patience) == .bytes([1]))
        #expect(stream.local == .unix(path: path))
        await stream.close()
        await listener.close()
        #expect(!FileManager.default.fileExists(atPath: path))
    }
}
