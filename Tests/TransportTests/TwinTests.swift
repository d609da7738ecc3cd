import Testing
import Transport

@Suite(.timeLimit(.minutes(1)))
struct TwinTests {
    @Test func inMemoryBothWays() async throws {
        let (client, server) = InMemoryStream.pair()
        try await client.write([1, 2], deadline: patience)
        try await server.write([3], deadline: patience)
        await client.closeOutput()
        #expect(await server.read(deadline: patience) == .bytes([1, 2]))
        #expect(await server.read(deadline: patience) == .end)
        #expect(await client.read(deadline: patience) == .bytes([3]))
        #expect(await client.read(deadline: .after(.milliseconds(20))) == .timedOut)
        try await server.write([4], deadline: patience)
        #expect(await client.read(deadline: patience) == .bytes([4]))
        await server.abort()
        #expect(await client.read(deadline: patience) == .reset)
        let closed = await #expect(throws: TransportError.self) { try await client.write([1], deadline: patience) }
        #expect(closed?.kind == .closed)
    }

    @Test func inMemoryBackpressure() async throws {
        let (client, server) = InMemoryStream.pair()
        let late = await #expect(throws: TransportError.self) {
            try await client.write(pattern(1 << 20), deadline: .after(.milliseconds(30)))
        }
        #expect(late?.kind == .timedOut)
        let (sender, receiver) = InMemoryStream.pair()
        let writing = Task {
            try await sender.write(pattern(8 << 20), deadline: patience)
            await sender.closeOutput()
        }
        let (bytes, end) = await readToEnd(receiver)
        #expect(isPattern(bytes, 8 << 20))
        #expect(end == .end)
        try await writing.value
        await server.close()
    }

    @Test func inMemoryCloseWakesEverybody() async throws {
        let (client, server) = InMemoryStream.pair()
        let reading = Task { await client.read(deadline: .never) }
        let writing = Task { try await server.write(pattern(1 << 20), deadline: .never) }
        try await Task.sleep(for: .milliseconds(20))
        await client.close()
        _ = await reading.value
        let error = await #expect(throws: TransportError.self) { try await writing.value }
        #expect(error?.kind == .reset)
        #expect(await server.read(deadline: patience) == .end)
    }

    @Test func aScriptIsPlayed() async throws {
        let stream = ScriptedStream([
            .expect([1, 2]), .send([3]), .delay(.milliseconds(500)), .send([4]), .expectCount(2), .expectEnd, .reset,
        ])
        #expect(await stream.read(deadline: .after(.milliseconds(10))) == .timedOut)
        try await stream.write([1], deadline: patience)
        try await stream.write([2], deadline: patience)
        #expect(await stream.read(deadline: patience) == .bytes([3]))
        #expect(await stream.read(deadline: .after(.zero)) == .timedOut)
        #expect(await stream.read(deadline: patience) == .bytes([4]))
        let waiting = Task { await stream.read(deadline: patience) }
        try await stream.write([8, 9], deadline: patience)
        await stream.closeOutput()
        #expect(await waiting.value == .reset)
        #expect(await stream.read(deadline: patience) == .reset)
        #expect(stream.written == [1, 2, 8, 9])
        #expect(stream.isFinished)
        #expect(stream.mismatch == nil)
    }

    @Test func aScriptNoticesWhatWasNotExpected() async throws {
        let stream = ScriptedStream([.expect([1, 2]), .send([3])])
        try await stream.write([1, 7], deadline: patience)
        guard case .failed = await stream.read(deadline: patience) else {
            Issue.record("the mismatch wasn't noticed")
            return
        }
        #expect(stream.mismatch == "byte 1 of the output isn't the expected one")
    }

    @Test func silenceAndEnd() async throws {
        let silent = ScriptedStream([.silence])
        #expect(await silent.read(deadline: .after(.milliseconds(10))) == .timedOut)
        let ended = ScriptedStream([.send([]), .end, .send([1])])
        #expect(await ended.read(deadline: patience) == .end)
        #expect(await ScriptedStream([]).read(deadline: patience) == .end)
    }

    @Test(arguments: [1, 3, 1000])
    func fragmentsBothWays(_ size: Int) async throws {
        let script = ScriptedStream([.send(pattern(10)), .end])
        let recording = RecordingStream(wrapping: script)
        let stream = FragmentingStream(wrapping: recording, size: size)
        try await stream.write(pattern(7), deadline: patience)
        var pieces: [[UInt8]] = []
        while case .bytes(let piece) = await stream.read(deadline: patience) { pieces.append(piece) }
        #expect(pieces.allSatisfy { $0.count <= size })
        #expect(isPattern(pieces.flatMap(\.self), 10))
        #expect(isPattern(script.written, 7))
        #expect(recording.recording.entries.count { $0.direction == .sent } == (7 + size - 1) / size)
    }

    @Test func recordsWhoDidWhat() async throws {
        let stream = RecordingStream(wrapping: ScriptedStream([.expect([1]), .send([2, 3]), .end]))
        #expect(await stream.read(deadline: .after(.zero)) == .timedOut)
        try await stream.write([1], deadline: patience)
        _ = await readToEnd(stream)
        _ = await stream.read(deadline: patience)
        await stream.close()
        let recording = stream.recording
        #expect(recording.entries.map(\.event) == [.timedOut, .bytes([1]), .bytes([2, 3]), .end, .end])
        #expect(recording.entries.map(\.direction) == [.received, .sent, .received, .received, .sent])
        #expect(recording.bytes(.received) == [2, 3])
        #expect(recording.bytes(.sent) == [1])
        #expect(recording.entries.map(\.time) == recording.entries.map(\.time).sorted())
    }
}
