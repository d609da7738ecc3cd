import SecureChannel
import TLSParameters
import Testing
import Transport

@testable import Diagnostics

@Suite struct RelayTests {
    private let world: World

    init() throws {
        world = try World()
    }

    private func connect(
        _ ends: ScriptedEnds,
        limits: RelayLimits = .generous,
        versions: [ProtocolVersion] = [.tls12, .tls13],
        _ talk: @escaping @Sendable (Session) async -> Void
    ) async throws -> Report<ConnectResult> {
        try await LoopbackPeer.run(try Scripts.tls(world.server(versions), talk: talk)) { peer in
            try await ConnectOperation.run(try world.request(peer), relay: ends, limits: limits)
        }
    }

    private static func pattern(_ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 131 &+ $0 >> 8) }
    }

    private static func pieces(_ bytes: [UInt8]) -> [[UInt8]] {
        stride(from: 0, to: bytes.count, by: 65_536).map { Array(bytes[$0..<min($0 + 65_536, bytes.count)]) }
    }

    /// The server reads everything before it answers.
    @Test(arguments: [ProtocolVersion.tls12, .tls13])
    func carriesAMegabyteBothWays(_ version: ProtocolVersion) async throws {
        let bytes = Self.pattern(1 << 20)
        let received = Noted<[UInt8]>()
        let ends = ScriptedEnds(Self.pieces(bytes))
        let report = try await connect(ends, versions: [version]) { session in
            var all: [UInt8] = []
            while all.count < bytes.count {
                let result = await session.unprotect(deadline: Scripts.patience)
                all += result.plaintext
                if all.count < bytes.count, await session.receive(deadline: Scripts.patience) != nil { break }
            }
            received.note(all)
            if let token = try? session.context.protect(all.reversed()) {
                await session.send(token, deadline: Scripts.patience)
            }
            _ = await session.sendCloseNotify(deadline: Scripts.patience)
        }
        #expect(report.status == .ok)
        #expect(report.result?.relay?.ending == .closeNotify)
        #expect(report.result?.relay?.bytesSent == bytes.count)
        #expect(report.result?.relay?.bytesReceived == bytes.count)
        #expect(received.value == bytes)
        #expect(ends.bytes == bytes.reversed())
    }

    /// A peer that says all it has before it listens: whoever writes to the end before reading on waits for ever.
    @Test func doesNotDeadlockWithAPeerThatTalksFirst() async throws {
        let piece = Self.pattern(65_536)
        // More than all buffers on the way hold.
        let count = 320
        let ends = ScriptedEnds(Array(repeating: piece, count: count), ends: false)
        let report = try await connect(ends) { session in
            for _ in 0..<count {
                guard let token = try? session.context.protect(piece) else { return }
                await session.send(token, deadline: Scripts.patience)
            }
            var seen = 0
            await Scripts.readToEnd(session) { bytes in
                seen += bytes.count
                if seen == count * piece.count { _ = await session.sendCloseNotify(deadline: Scripts.patience) }
            }
        }
        #expect(report.result?.relay?.ending == .closeNotify)
        #expect(report.result?.relay?.bytesSent == count * piece.count)
        #expect(report.result?.relay?.bytesReceived == count * piece.count)
        #expect(Array(ends.bytes.suffix(piece.count)) == piece)
    }

    @Test func closesAfterTheAnswer() async throws {
        let ends = ScriptedEnds([Array("question\n".utf8)])
        let limits = RelayLimits(answer: .seconds(3), idle: nil, hold: false)
        let report = try await connect(ends, limits: limits) { session in
            await Scripts.readToEnd(session) { _ in await Scripts.say("answer", session) }
            _ = await session.sendCloseNotify(deadline: Scripts.patience)
        }
        #expect(report.status == .ok)
        #expect(report.result?.relay?.ending == .endOfInput)
        #expect(ends.bytes == Array("answer".utf8))
        #expect(report.result?.attributes?.close.first == .sent)
    }

    @Test func holdsWhenTold() async throws {
        let limits = RelayLimits(answer: .milliseconds(100), idle: nil, hold: true)
        let ends = ScriptedEnds()
        let report = try await connect(ends, limits: limits) { session in
            try? await Task.sleep(for: .milliseconds(600))
            await Scripts.say("late", session)
            _ = await session.sendCloseNotify(deadline: Scripts.patience)
        }
        #expect(report.result?.relay?.ending == .closeNotify)
        #expect(ends.bytes == Array("late".utf8))
    }

    @Test func endsAnIdleSession() async throws {
        let limits = RelayLimits(answer: .seconds(20), idle: .milliseconds(300), hold: false)
        let report = try await connect(ScriptedEnds(ends: false), limits: limits, Scripts.closePolitely)
        #expect(report.status.exit == .incomplete)
        #expect(report.status.kind == "incomplete:idle")
        #expect(report.result?.relay?.ending == .idle)
        #expect(report.result?.attributes?.close.closeNotifySent == true)
    }

    @Test func noticesThatDataMayBeMissing() async throws {
        let ends = ScriptedEnds(ends: false)
        let report = try await connect(ends) { session in
            await Scripts.say("half an ans", session)
            await session.stream.closeOutput()
            await Scripts.drain(session.stream)
        }
        #expect(report.result?.relay?.ending == .truncated)
        #expect(ends.bytes == Array("half an ans".utf8))
        #expect(report.result?.attributes?.close.ending == .truncated)
    }

    @Test func noticesACleanEnd() async throws {
        let ends = ScriptedEnds(ends: false)
        let report = try await connect(ends) { session in
            await Scripts.say("all of it", session)
            _ = await session.sendCloseNotify(deadline: Scripts.patience)
            await session.stream.closeOutput()
            await Scripts.drain(session.stream)
        }
        #expect(report.status == .ok)
        #expect(report.result?.relay?.ending == .closeNotify)
        #expect(ends.bytes == Array("all of it".utf8))
    }

    @Test func noticesAReset() async throws {
        let report = try await connect(ScriptedEnds(ends: false)) { session in
            // Not before the client has finished the handshake.
            _ = await session.receive(deadline: .after(.milliseconds(200)))
            await session.stream.abort()
        }
        #expect(report.status.exit == .noSession)
        #expect(report.status.kind == "reset")
        #expect(report.result?.relay?.ending == .reset)
    }

    @Test func namesTheAlertThatEndedASession() async throws {
        let report = try await connect(ScriptedEnds(ends: false), versions: [.tls12]) { session in
            // A record that decrypts to nothing: the client answers bad_record_mac.
            await session.send([23, 3, 3, 0, 32] + [UInt8](repeating: 0x5a, count: 32), deadline: Scripts.patience)
            await Scripts.drain(session.stream)
        }
        #expect(report.status.exit == .noSession)
        #expect(report.status.kind == "protocol-error")
        #expect(report.result?.relay?.ending == .failed)
        #expect(report.result?.attributes?.close.alertsSent.last?.description == .bad_record_mac)
    }

    @Test func endsWhenNobodyReads() async throws {
        let report = try await connect(ScriptedEnds(ends: false, failsOnData: true)) { session in
            await Scripts.say("anybody?", session)
            await Scripts.closePolitely(session)
        }
        #expect(report.result?.relay?.ending == .outputClosed)
        #expect(report.status == .ok)
    }

    /// A full disk is nobody's fault but ours, least of all the peer's.
    @Test func saysThatNothingCouldBeWritten() async throws {
        let full = RequestProblem(reason: "can't write to standard output: No space left on device")
        let report = try await connect(ScriptedEnds(ends: false, problem: full)) { session in
            await Scripts.say("anybody?", session)
            await Scripts.closePolitely(session)
        }
        #expect(report.result?.relay?.ending == .outputClosed)
        #expect(report.status == RunStatus(notWritten: full))
        #expect(report.status.exit == .incomplete)
    }

    @Test func keepsTheBeginningForAReport() async throws {
        let bytes = Self.pattern(200_000)
        let report = try await connect(ScriptedEnds(ends: false, showsData: false)) { session in
            if let token = try? session.context.protect(bytes) { await session.send(token, deadline: Scripts.patience) }
            _ = await session.sendCloseNotify(deadline: Scripts.patience)
        }
        #expect(report.result?.relay?.received?.bytes == Array(bytes.prefix(65_536)))
        #expect(report.result?.relay?.bytesReceived == bytes.count)
    }

    @Test func saysWhatItKnowsWhenCancelled() async throws {
        let ended = Noted<Bool>()
        let script = try Scripts.tls(world.server()) { session in
            await Scripts.readToEnd(session) { _ in }
            ended.note(session.context.attributes.close.closeNotifyReceived)
        }
        let report = try await LoopbackPeer.run(script) { peer in
            let operation = try ConnectOperation(
                channel: try world.request(peer),
                relay: .generous,
                recordsBytes: false
            )
            let standing = Mailbox<Bool>()
            let run = Task { await operation.run(relay: ScriptedEnds(ends: false)) { _ in await standing.put(true) } }
            _ = await standing.next()
            run.cancel()
            let report = await run.value
            for _ in 0..<200 where ended.value == nil { try await Task.sleep(for: .milliseconds(10)) }
            return report
        }
        #expect(report.result?.established == true)
        #expect(report.result?.relay?.ending == .interrupted)
        #expect(report.interrupted(by: 2).status.exit.code == 130)
        #expect(ended.value == true)
    }

    @Test func stopsAHandshakeWhenCancelled() async throws {
        let heard = Mailbox<Bool>()
        let script: LoopbackPeer.Script = { stream, _ in
            _ = await stream.read(deadline: Scripts.patience)
            await heard.put(true)
            await Scripts.drain(stream)
        }
        let report = try await LoopbackPeer.run(script) { peer in
            let operation = try ConnectOperation(
                channel: try world.request(peer),
                relay: .generous,
                recordsBytes: false
            )
            let run = Task { await operation.run(relay: ScriptedEnds()) { _ in } }
            _ = await heard.next()
            run.cancel()
            return await run.value
        }
        #expect(report.status.exit == .incomplete)
        #expect(report.status.kind == "incomplete:cancelled")
        #expect(report.result?.established == false)
    }
}
