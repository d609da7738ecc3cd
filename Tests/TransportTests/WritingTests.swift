import Foundation
import Testing
import Transport

@Suite(.timeLimit(.minutes(1)))
struct WritingTests {
    @Test func writesArriveInOrder() async throws {
        let (stream, peer) = try await connection()
        for byte in pattern(300) { try await stream.write([byte], deadline: patience) }
        try await stream.write([], deadline: patience)
        #expect(try await isPattern(blocking { try peer.receive(exactly: 300) }, 300))
        await stream.close()
        #expect(try await blocking { try peer.receive() } == [], "FIN, not RST")
    }

    @Test func aLargeWriteWaitsForThePeer() async throws {
        let (stream, peer) = try await connection()
        let total = 8 << 20
        let receiving = Task {
            try await blocking {
                Thread.sleep(forTimeInterval: 0.1)
                return try peer.receiveToEnd()
            }
        }
        try await stream.write(pattern(total), deadline: patience)
        await stream.closeOutput()
        let received = try await receiving.value
        #expect(received.count == total)
        #expect(isPattern(received, total))
        await stream.close()
    }

    /// On the event loop's own thread a write goes to the system at once, and only what is left over waits.
    @Test func writesFromTheEventLoopArriveInOrder() async throws {
        let (stream, peer) = try await connection()
        let total = 4 << 20
        let receiving = Task {
            try await blocking {
                Thread.sleep(forTimeInterval: 0.1)
                return try peer.receiveToEnd()
            }
        }
        let bytes = pattern(total)
        try await Task(executorPreference: EventLoopExecutor.shared) {
            var start = 0
            for size in [1, 70_000, 3, 2 << 20, 5, total] where start < total {
                let end = min(total, start + size)
                try await stream.write(Array(bytes[start..<end]), deadline: patience)
                start = end
            }
            await stream.closeOutput()
        }.value
        let received = try await receiving.value
        #expect(received.count == total)
        #expect(isPattern(received, total))
        await stream.close()
    }

    /// The last bytes may share a packet with the FIN, but neither gets lost, whether they fit into the system's buffer or not.
    @Test(arguments: [0, 31, 4 << 20], [true, false])
    func theLastBytesArriveBeforeTheEnd(_ total: Int, _ isOnTheEventLoop: Bool) async throws {
        let (stream, peer) = try await connection()
        let receiving = Task {
            try await blocking { try peer.receiveToEnd() }
        }
        let bytes = pattern(total)
        try await Task(executorPreference: isOnTheEventLoop ? EventLoopExecutor.shared : globalConcurrentExecutor) {
            try await stream.close(after: bytes, deadline: patience)
            await #expect(throws: TransportError.self) { try await stream.write([1], deadline: patience) }
        }.value
        #expect(try await isPattern(receiving.value, total))
    }

    @Test func closesEvenIfTheLastBytesCannotBeWritten() async throws {
        let (stream, _) = try await connection()
        await #expect(throws: TransportError.self) { try await stream.close(after: [1], deadline: .after(.zero)) }
        guard case .failed(let error) = await stream.read(deadline: patience) else {
            Issue.record("the stream still reads")
            return
        }
        #expect(error.kind == .closed)
    }

    @Test func bothDirectionsAtOnce() async throws {
        let (stream, peer) = try await connection()
        let total = 4 << 20
        let echo = Task {
            try await blocking {
                while true {
                    let piece = try peer.receive()
                    if piece.isEmpty { break }
                    try peer.send(piece)
                }
                peer.shutdownOutput()
            }
        }
        async let answer = readToEnd(stream)
        try await stream.write(pattern(total), deadline: patience)
        await stream.closeOutput()
        let (bytes, end) = await answer
        #expect(isPattern(bytes, total))
        #expect(end == .end)
        try await echo.value
        await stream.close()
    }

    @Test func aPeerThatDoesNotReadTimesOut() async throws {
        let (stream, peer) = try await connection()
        let error = await #expect(throws: TransportError.self) {
            try await stream.write(pattern(32 << 20), deadline: .after(.milliseconds(200)))
        }
        #expect(error?.kind == .timedOut)
        let again = await #expect(throws: TransportError.self) { try await stream.write([1], deadline: patience) }
        #expect(again?.kind == .timedOut, "the output is broken for good")
        try peer.send([3])
        #expect(await stream.read(deadline: patience) == .bytes([3]), "reading goes on")
        await stream.close()
    }

    @Test func noTimeLeftWritesNothing() async throws {
        let (stream, peer) = try await connection()
        let error = await #expect(throws: TransportError.self) { try await stream.write([1], deadline: .after(.zero)) }
        #expect(error?.kind == .timedOut)
        try await stream.write([2], deadline: patience)
        await stream.closeOutput()
        #expect(try await blocking { try peer.receiveToEnd() } == [2])
        await stream.close()
    }

    @Test func aCancelledWriteEnds() async throws {
        let (stream, peer) = try await connection()
        let writing = Task { () -> TransportError? in
            do throws(TransportError) {
                try await stream.write(pattern(32 << 20), deadline: .never)
                return nil
            } catch {
                return error
            }
        }
        try await Task.sleep(for: .milliseconds(50))
        writing.cancel()
        #expect(await writing.value?.kind == .cancelled)
        await stream.abort()
        peer.close()
    }

    @Test func halfCloseByUs() async throws {
        let (stream, peer) = try await connection()
        try await stream.write([1], deadline: patience)
        await stream.closeOutput()
        await stream.closeOutput()
        #expect(try await blocking { try peer.receiveToEnd() } == [1])
        let error = await #expect(throws: TransportError.self) { try await stream.write([2], deadline: patience) }
        #expect(error?.kind == .closed)
        try peer.send([4])
        #expect(await stream.read(deadline: patience) == .bytes([4]))
        peer.close()
        #expect(await stream.read(deadline: patience) == .end)
        await stream.close()
    }

    @Test func halfCloseByThePeer() async throws {
        let (stream, peer) = try await connection()
        peer.shutdownOutput()
        #expect(await stream.read(deadline: patience) == .end)
        try await stream.write(pattern(100_000), deadline: patience)
        await stream.closeOutput()
        #expect(try await isPattern(blocking { try peer.receiveToEnd() }, 100_000))
        #expect(await stream.read(deadline: patience) == .end)
        await stream.close()
    }

    @Test func abortSendsRST() async throws {
        let (stream, peer) = try await connection()
        await stream.abort()
        let error = await #expect(throws: RawSocketError.self) { try await blocking { try peer.receive() } }
        #expect(error?.errno == ECONNRESET)
        await stream.abort()
        await stream.close()
        await stream.closeOutput()
    }

    @Test func closeSendsFINEvenWithUnreadBytes() async throws {
        let (stream, peer) = try await connection()
        try peer.send(pattern(10_000))
        try await stream.write([8], deadline: patience)
        try await Task.sleep(for: .milliseconds(50))
        await stream.close()
        #expect(try await blocking { try peer.receiveToEnd() } == [8], "a reset would have thrown here")
    }

    @Test func droppingTheStreamClosesIt() async throws {
        let peer = try await connection().peer
        #expect(try await blocking { try peer.receiveToEnd() } == [])
    }
}
