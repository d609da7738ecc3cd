import Testing
import Transport

@Suite(.timeLimit(.minutes(1)))
struct NegotiationTests {
    /// The peer's steps for a whole script.
    private func steps(_ script: Script) -> [ScriptedStream.Step] {
        script.lines.map { line in
            switch line {
            case .we(let bytes): .expect(bytes)
            case .peer(let bytes): .send(bytes)
            }
        }
    }

    private func negotiate(
        _ choice: STARTTLS.Choice,
        _ stream: any ByteStream,
        port: UInt16? = nil,
        deadline: Deadline = patience
    ) async throws(TransportError) -> STARTTLS.Outcome {
        try await STARTTLS.negotiate(choice, over: stream, host: "example.com", port: port, deadline: deadline)
    }

    /// All but OpenVPN, whose session id is made up anew each time.
    @Test(arguments: Dialogues.successes.filter { $0.name != .openvpn })
    func runsADialogue(_ script: Script) async throws {
        let stream = ScriptedStream(steps(script) + [.expectCount(1), .silence])
        let outcome = try await negotiate(.named(script.name), stream)
        #expect(stream.mismatch == nil)
        #expect(outcome.account.protocol == script.name)
        #expect(outcome.account.surplusCount == 0)
        #expect(outcome.account.roundTrips > 0 && outcome.account.roundTrips <= script.lines.count)
        #expect(stream.written == script.fromUs)
        #expect(outcome.account.transcript.filter(\.isOurs).flatMap(\.bytes) == script.fromUs)
    }

    @Test(arguments: Dialogues.successes.filter { $0.name != .openvpn && $0.name != .mssql })
    func runsByteByByte(_ script: Script) async throws {
        let inner = ScriptedStream(steps(script) + [.silence])
        let outcome = try await negotiate(.named(script.name), FragmentingStream(wrapping: inner))
        #expect(outcome.account.surplusCount == 0)
        #expect(inner.written == script.fromUs)
        #expect(outcome.stream is FragmentingStream)
    }

    @Test func waitsForASlowBanner() async throws {
        let stream = ScriptedStream([
            .send(line("220-wait")), .delay(.milliseconds(300)), .send(line("220 now")),
            .expect(line("EHLO [192.0.2.2]")), .send(line("250-me") + line("250 STARTTLS")), .delay(.milliseconds(300)),
            .expect(line("STARTTLS")), .send(line("220 go")), .silence,
        ])
        let outcome = try await negotiate(.named(.smtp), stream)
        #expect(outcome.account.roundTrips == 3)
        #expect(outcome.account.duration >= .milliseconds(600))
    }

    @Test func reportsWhatCameBehindTheGoAhead() async throws {
        let stream = ScriptedStream([
            .send(line("+OK")), .expect(line("STLS")), .send(line("+OK go") + Array("+OK injected\r\n".utf8)),
            .send([7, 7]), .silence,
        ])
        let outcome = try await negotiate(.named(.pop3), stream)
        #expect(outcome.account.surplus == Array("+OK injected\r\n".utf8) + [7, 7])
        #expect(outcome.account.surplusCount == 16)
        // None of it is left for TLS.
        #expect(await outcome.stream.read(deadline: .after(.zero)) == .timedOut)
    }

    @Test func namesTheDeadline() async throws {
        let silent = await #expect(throws: TransportError.self) {
            try await negotiate(.named(.smtp), ScriptedStream([.silence]), deadline: .after(.milliseconds(50)))
        }
        #expect(silent?.kind == .negotiationTimedOut)
        #expect(silent?.detail == "the server did not say a word in time")
        // A byte now and then stretches nothing.
        let slow = ScriptedStream((0..<1_000).flatMap { _ in [.send([0x32]), .delay(.milliseconds(5))] })
        let halfWay = await #expect(throws: TransportError.self) {
            try await negotiate(.named(.smtp), slow, deadline: .after(.milliseconds(100)))
        }
        #expect(halfWay?.kind == .negotiationTimedOut)
    }

    @Test func passesOnRefusals() async throws {
        let stream = ScriptedStream([.send(line("421 too many")), .end])
        let error = await #expect(throws: TransportError.self) { try await negotiate(.named(.smtp), stream) }
        #expect(error?.kind == .busy)
        #expect(error?.said == Array("421 too many".utf8))
        #expect(error?.endpoint == stream.remote)
        // It's closed.
        #expect(await stream.read(deadline: patience) != .end)
        let gone = ScriptedStream([.send(line("220-hm")), .reset])
        let reset = await #expect(throws: TransportError.self) { try await negotiate(.named(.smtp), gone) }
        #expect(reset?.kind == .negotiationFailed)
    }

    @Test func automaticallySpeaksFirstWhereTheProtocolDoes() async throws {
        let stream = ScriptedStream([.expect([0, 0, 0, 8, 4, 210, 22, 47]), .send([0x53]), .silence])
        let outcome = try await negotiate(.auto, stream, port: 5432)
        #expect(outcome.account.protocol == .postgres)
        let tls = try await negotiate(.auto, ScriptedStream([.silence]), port: 993)
        #expect(tls.account.protocol == nil)
        #expect(tls.account.transcript.isEmpty)
        let greeted = ScriptedStream([
            .send(line("* OK hi")), .expect(line("s1 STARTTLS")), .send(line("s1 OK")), .silence,
        ])
        #expect(try await negotiate(.auto, greeted, port: 12_345).account.protocol == .imap)
    }
}

@Suite(.timeLimit(.minutes(1)))
struct FramedStreamTests {
    /// A record of TLS with `count` bytes of `first`.
    private func record(_ type: UInt8, _ count: Int, first: UInt8 = 0x55) -> [UInt8] {
        [type, 3, 3, UInt8(count >> 8), UInt8(count & 0xff)] + [UInt8](repeating: first, count: count)
    }

    private func packet(_ payload: [UInt8], isLast: Bool = true, number: UInt8 = 1) -> [UInt8] {
        let size = payload.count + 8
        return [0x12, isLast ? 1 : 0, UInt8(size >> 8), UInt8(size & 0xff), 0, 0, number, 0] + payload
    }

    private func tds(_ steps: [ScriptedStream.Step]) async throws -> (ScriptedStream, any ByteStream) {
        let stream = ScriptedStream([.expectCount(47), .send(Dialogues.tdsAnswer(encryption: 1))] + steps)
        let outcome = try await STARTTLS.negotiate(
            .named(.mssql),
            over: stream,
            host: "example.com",
            port: 1433,
            deadline: patience
        )
        return (stream, outcome.stream)
    }

    @Test func wrapsTheHandshakeOfTDSAndNothingElse() async throws {
        let hello = record(22, 100, first: 1)
        let finished = record(20, 1) + record(22, 40)
        let answer = record(22, 5_000, first: 2)
        let (script, stream) = try await tds([
            .expect(packet(hello)),
            // One message in two packets, cut inside a header.
            .send(Array(packet(Array(answer.prefix(4_088)), isLast: false).prefix(5))),
            .send(
                Array(packet(Array(answer.prefix(4_088)), isLast: false).dropFirst(5))
                    + packet(Array(answer.dropFirst(4_088)))
            ),
            .expect(packet(finished)), .send(packet(finished)),
            .expect(record(23, 10)), .send(record(23, 20)), .expect(record(21, 2)), .end,
        ])
        try await stream.write(hello, deadline: patience)
        var got: [UInt8] = []
        while got.count < answer.count, case .bytes(let bytes) = await stream.read(deadline: patience) { got += bytes }
        #expect(got == answer)
        try await stream.write(finished, deadline: patience)
        #expect(await stream.read(deadline: patience) == .bytes(finished))
        try await stream.write(record(23, 10), deadline: patience)
        #expect(await stream.read(deadline: patience) == .bytes(record(23, 20)))
        try await stream.write(record(21, 2), deadline: patience)
        #expect(await stream.read(deadline: patience) == .end)
        #expect(script.mismatch == nil)
    }

    @Test func splitsALargeHelloOverPacketsOfTDS() async throws {
        let hello = record(22, 9_000, first: 1)
        let (script, stream) = try await tds([.expectCount(9_005 + 3 * 8), .end])
        try await stream.write(hello, deadline: patience)
        #expect(await stream.read(deadline: patience) == .end)
        let packets = Array(script.written.dropFirst(47))
        #expect(packets.starts(with: packet(Array(hello.prefix(4_088)), isLast: false)))
        #expect(
            packets.suffix(8 + 9_005 - 2 * 4_088).elementsEqual(packet(Array(hello.dropFirst(2 * 4_088)), number: 3))
        )
    }

    @Test func knowsTheHandshakeOfTLS13() async throws {
        let (_, stream) = try await tds([
            .expect(packet(record(22, 100, first: 1))),
            .send(packet(record(22, 90, first: 2) + record(20, 1) + record(23, 500))),
            .expect(packet(record(20, 1) + record(23, 60))), .expect(record(23, 70)), .send(record(23, 80)), .end,
        ])
        try await stream.write(record(22, 100, first: 1), deadline: patience)
        _ = await stream.read(deadline: patience)
        try await stream.write(record(20, 1) + record(23, 60), deadline: patience)
        try await stream.write(record(23, 70), deadline: patience)
        #expect(await stream.read(deadline: patience) == .bytes(record(23, 80)))
    }

    /// An empty record (RFC 5246 §6.2.1) has no first byte: the next record's isn't its own.
    @Test func passesOverEmptyRecordsInTDS() async throws {
        let finished = record(22, 0) + record(20, 1) + record(22, 0) + record(22, 40)
        for cut in [3, 5, 6, finished.count] {
            let (script, stream) = try await tds([
                .expect(packet(record(22, 9, first: 1))), .send(packet(Array(finished.prefix(cut)))),
                .send(packet(Array(finished.dropFirst(cut)))),
                .expect(packet(finished)), .expect(record(23, 10)), .end,
            ])
            try await stream.write(record(22, 9, first: 1), deadline: patience)
            var got: [UInt8] = []
            while got.count < finished.count, case .bytes(let bytes) = await stream.read(deadline: patience) {
                got += bytes
            }
            try await stream.write(finished, deadline: patience)
            try await stream.write(record(23, 10), deadline: patience)
            #expect(await stream.read(deadline: patience) == .end)
            #expect(script.mismatch == nil)
        }
    }

    @Test func refusesGarbageInTDS() async throws {
        for bytes in [[0x12, 1, 0, 3, 0, 0, 0, 0], Array("HTTP/1.1".utf8)] as [[UInt8]] {
            let (_, stream) = try await tds([.expectCount(1), .send(bytes), .silence])
            try await stream.write([1], deadline: patience)
            guard case .failed(let error) = await stream.read(deadline: patience) else {
                Issue.record("not noticed: \(bytes)")
                return
            }
            #expect(error.kind == .negotiationFailed)
            guard case .failed = await stream.read(deadline: patience) else {
                Issue.record("not sticky")
                return
            }
        }
    }

    @Test func readsPacketsWithoutTLSNoLongerThanItsDeadline() async throws {
        let (_, stream) = try await tds([
            .expectCount(9), .send(packet([])), .send(packet([])), .send(packet([22])), .end,
        ])
        try await stream.write([1], deadline: patience)
        // They're there, so the deadline alone doesn't end the read.
        #expect(await stream.read(deadline: .after(.zero)) == .timedOut)
        #expect(await stream.read(deadline: patience) == .bytes([22]))
        #expect(await stream.read(deadline: patience) == .end)
    }

    @Test func readsOnlySoManyPacketsWithoutTLS() async throws {
        let flood = Array(repeatElement(packet([]), count: 8_000).joined())
        let (_, stream) = try await tds([
            .expectCount(9), .send(flood), .send(packet([22])), .send(flood), .send(flood), .send(flood),
        ])
        try await stream.write([1], deadline: patience)
        #expect(await stream.read(deadline: patience) == .bytes([22]))
        guard case .failed(let error) = await stream.read(deadline: patience) else {
            Issue.record("not noticed")
            return
        }
        #expect(error.kind == .negotiationFailed)
    }

    @Test func takesTheLongestPacketOfTDSInPieces() async throws {
        let payload = [UInt8](repeating: 22, count: 65_527)
        let whole = packet(payload)
        let pieces = stride(from: 0, to: whole.count, by: 1_000).map {
            ScriptedStream.Step.send(Array(whole[$0..<min($0 + 1_000, whole.count)]))
        }
        let (_, stream) = try await tds([.expectCount(9)] + pieces + [.end])
        try await stream.write([1], deadline: patience)
        let isWhole = await stream.read(deadline: patience) == .bytes(payload)
        #expect(isWhole)
    }

    @Test func acknowledgesPacketsOfOpenVPN() async throws {
        let (client, server) = InMemoryStream.pair()
        let negotiating = Task {
            try await STARTTLS.negotiate(.named(.openvpn), over: client, host: "x", port: 1194, deadline: patience)
                .stream
        }
        guard case .bytes(let reset) = await server.read(deadline: patience) else {
            Issue.record("no reset")
            return
        }
        #expect(reset.count == 16 && reset[2] == 0x38)
        let ours = Array(reset[3..<11])
        let theirs: [UInt8] = [9, 8, 7, 6, 5, 4, 3, 2]
        try await server.write([0, 26, 0x40] + theirs + [1, 0, 0, 0, 0] + ours + [0, 0, 0, 0], deadline: patience)
        let stream = try await negotiating.value

        try await stream.write([UInt8](repeating: 1, count: 1_200), deadline: patience)
        var written: [UInt8] = []
        while written.count < 1_200 + 2 * 16 + 12, case .bytes(let bytes) = await server.read(deadline: patience) {
            written += bytes
        }
        // P_CONTROL_V1 with the reset's number acknowledged, packet 1; then packet 2.
        let first: [UInt8] = [0x20] + ours + [1, 0, 0, 0, 0] + theirs + [0, 0, 0, 1]
        #expect(written.dropFirst(2).starts(with: first))
        let second: [UInt8] = [0, 214, 0x20] + ours + [0, 0, 0, 0, 2]
        #expect(written.dropFirst(2 + first.count + 1_000).starts(with: second))

        // Packet 1 in two pieces, packet 1 again, and an acknowledgement of theirs.
        let data: [UInt8] = [0, 17, 0x20] + theirs + [0, 0, 0, 0, 1, 42, 43, 44]
        try await server.write(Array(data.prefix(7)), deadline: patience)
        try await server.write(Array(data.dropFirst(7)) + data, deadline: patience)
        try await server.write([0, 22, 0x28] + theirs + [1, 0, 0, 0, 1] + ours, deadline: patience)
        #expect(await stream.read(deadline: patience) == .bytes([42, 43, 44]))
        let second2: [UInt8] = [0, 16, 0x20] + theirs + [0, 0, 0, 0, 2, 45]
        try await server.write([0, 15] + second2.dropFirst(2), deadline: patience)
        #expect(await stream.read(deadline: patience) == .bytes([45]))
        guard case .bytes(let answer) = await server.read(deadline: patience) else {
            Issue.record("no ack")
            return
        }
        // P_ACK_V1
        #expect(answer.dropFirst(2).starts(with: [0x28] + ours))
    }
}
