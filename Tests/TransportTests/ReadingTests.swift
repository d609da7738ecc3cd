import Testing
import Transport

@Suite(.timeLimit(.minutes(1)))
struct ReadingTests {
    @Test func deliversWhatArrivedThenTheEnd() async throws {
        let (stream, peer) = try await connection()
        try peer.send([1, 2, 3])
        peer.shutdownOutput()
        let (bytes, end) = await readToEnd(stream)
        #expect(bytes == [1, 2, 3])
        #expect(end == .end)
        #expect(await stream.read(deadline: patience) == .end, "the end is sticky")
        await stream.close()
    }

    @Test func deliversBufferedBytesBeforeTheReset() async throws {
        let (stream, peer) = try await connection()
        try peer.send(pattern(1000))
        peer.reset()
        let (bytes, end) = await readToEnd(stream)
        #expect(isPattern(bytes, 1000))
        #expect(end == .reset)
        #expect(await stream.read(deadline: patience) == .reset, "the reset is sticky")
        await #expect(throws: TransportError.self) { try await stream.write([1], deadline: patience) }
        await stream.close()
    }

    @Test func deliversMoreThanTheBufferHoldsBeforeTheReset() async throws {
        let (stream, peer) = try await connection()
        // The reader isn't there yet: part waits in our buffer, part in the system's.
        try peer.send(pattern(100_000))
        try await blocking { try peer.waitUntilDelivered() }
        peer.reset()
        try await Task.sleep(for: .milliseconds(50))
        let (bytes, end) = await readToEnd(stream)
        #expect(isPattern(bytes, 100_000))
        #expect(end == .reset)
        await stream.close()
    }

    @Test func reportsTheResetThatAWriteMet() async throws {
        let (stream, peer) = try await connection()
        peer.reset()
        var failure: TransportError?
        for _ in 0..<100 where failure == nil {
            do throws(TransportError) {
                try await stream.write([1], deadline: patience)
            } catch {
                failure = error
            }
        }
        #expect(failure?.kind == .reset)
        #expect(await stream.read(deadline: patience) == .reset)
        await stream.close()
    }

    /// A server that refuses sends its alert and resets, often while the client still writes. The alert is what we are after.
    @Test func lastWordsSurviveAWriteThatMeetsTheReset() async throws {
        for _ in 0..<100 {
            let (stream, peer) = try await connection()
            let writing = Task {
                for _ in 0..<1000 { try await stream.write(pattern(1000), deadline: patience) }
            }
            try peer.send([0x15, 3, 3, 0, 2, 2, 40])
            peer.reset()
            let (bytes, end) = await readToEnd(stream)
            #expect(bytes == [0x15, 3, 3, 0, 2, 2, 40])
            #expect(end == .reset)
            await #expect(throws: TransportError.self) { try await writing.value }
            await stream.close()
        }
    }

    @Test func silencePassesTheDeadlineAndLeavesTheStreamUsable() async throws {
        let (stream, peer) = try await connection()
        #expect(await stream.read(deadline: .after(.milliseconds(30))) == .timedOut)
        #expect(await stream.read(deadline: .after(.zero)) == .timedOut, "a poll")
        try peer.send([7])
        #expect(await stream.read(deadline: patience) == .bytes([7]))
        await stream.close()
    }

    @Test func anEarlierDeadlineIsKeptWhileALaterOneIsSet() async throws {
        let (stream, peer) = try await connection()
        try peer.send([1])
        #expect(await stream.read(deadline: .after(.seconds(3600))) == .bytes([1]))
        async let first = stream.read(deadline: .after(.seconds(3600)))
        try peer.send([2])
        #expect(await first == .bytes([2]))
        #expect(await stream.read(deadline: .after(.milliseconds(30))) == .timedOut)
        #expect(await stream.read(deadline: .after(.milliseconds(60))) == .timedOut)
        await stream.close()
    }

    @Test func aPollReturnsWhatHasArrived() async throws {
        let (stream, peer) = try await connection()
        try peer.send([9])
        var outcome = ReadOutcome.timedOut
        while outcome == .timedOut && !Task.isCancelled {
            outcome = await stream.read(deadline: .after(.zero))
            await Task.yield()
        }
        #expect(outcome == .bytes([9]))
        await stream.close()
    }

    @Test func joinsBytesThatComeOneAtATime() async throws {
        let (stream, peer) = try await connection()
        let sending = Task {
            try await blocking {
                for byte in pattern(500) { try peer.send([byte]) }
                peer.shutdownOutput()
            }
        }
        let (bytes, end) = await readToEnd(stream)
        #expect(isPattern(bytes, 500))
        #expect(end == .end)
        try await sending.value
        await stream.close()
    }

    @Test func aCancelledReadEndsAndLosesNothing() async throws {
        let (stream, peer) = try await connection()
        let reading = Task { await stream.read(deadline: .never) }
        try await Task.sleep(for: .milliseconds(20))
        reading.cancel()
        guard case .failed(let error) = await reading.value else {
            Issue.record("the read went on")
            return
        }
        #expect(error.kind == .cancelled)
        try peer.send([5])
        #expect(await stream.read(deadline: patience) == .bytes([5]))
        await stream.close()
    }

    @Test func aSecondReadAtTheSameTimeFails() async throws {
        let (stream, peer) = try await connection()
        let first = Task { await stream.read(deadline: patience) }
        try await Task.sleep(for: .milliseconds(50))
        guard case .failed = await stream.read(deadline: patience) else {
            Issue.record("two reads at once")
            return
        }
        try peer.send([1])
        #expect(await first.value == .bytes([1]))
        await stream.close()
    }

    @Test func closingEndsAWaitingRead() async throws {
        let (stream, peer) = try await connection()
        let reading = Task { await stream.read(deadline: .never) }
        try await Task.sleep(for: .milliseconds(20))
        await stream.close()
        guard case .failed(let error) = await reading.value else {
            Issue.record("the read went on")
            return
        }
        #expect(error.kind == .closed)
        peer.close()
    }

    @Test func aReaderThatFallsBehindIsNotFlooded() async throws {
        let (stream, peer) = try await connection()
        let total = 8 << 20
        let sending = Task {
            try await blocking {
                try peer.send(pattern(total))
                peer.shutdownOutput()
            }
        }
        try await Task.sleep(for: .milliseconds(100))
        let (bytes, end) = await readToEnd(stream)
        #expect(bytes.count == total)
        #expect(isPattern(bytes, total))
        #expect(end == .end)
        try await sending.value
        await stream.close()
    }
}
