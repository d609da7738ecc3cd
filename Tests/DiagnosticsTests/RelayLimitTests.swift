import SecureChannel
import TLSParameters
import Testing
import Transport

@testable import Diagnostics

/// What a peer can't do to a relay: hold it for ever, fill its memory, or make it lose what it was about to say.
@Suite struct RelayLimitTests {
    private let world: World
    private static let question = Array("question\n".utf8)

    init() throws {
        world = try World()
    }

    private func connect(
        _ ends: ScriptedEnds,
        limits: RelayLimits = .generous,
        timeout: Duration = .seconds(30),
        versions: [ProtocolVersion] = [.tls12, .tls13],
        _ talk: @escaping @Sendable (Session) async -> Void
    ) async throws -> Report<ConnectResult> {
        try await LoopbackPeer.run(try Scripts.tls(world.server(versions), talk: talk)) { peer in
            try await ConnectOperation.run(try world.request(peer, timeout: timeout), relay: ends, limits: limits)
        }
    }

    /// Does something to the client again and again until it is gone.
    private static func drip(_ session: Session, _ piece: ([UInt8]) -> [UInt8]) async {
        while let token = try? session.context.protect([0x61]) {
            if await session.send(piece(token), deadline: Scripts.patience) != nil { return }
            switch await session.stream.read(deadline: .after(.milliseconds(30))) {
            case .end, .reset, .failed: return
            case .bytes, .timedOut: break
            }
        }
    }

    @Test func endsAnAnswerThatHasNoEnd() async throws {
        let ends = ScriptedEnds([Self.question])
        let report = try await connect(ends, timeout: .seconds(4)) { await Self.drip($0) { $0 } }
        #expect(report.result?.relay?.ending == .deadline)
        #expect(report.status.exit == .incomplete)
        #expect(report.status.kind == "incomplete:timeout")
        #expect(isOneClearLine(report.status.reason ?? ""))
        #expect(!ends.bytes.isEmpty)
        #expect(report.result?.attributes?.close.closeNotifySent == true)
    }

    @Test func waitsForSuchAnAnswerWhenToldToHold() async throws {
        let limits = RelayLimits(answer: .milliseconds(100), idle: .seconds(20), hold: true)
        let report = try await connect(ScriptedEnds([Self.question]), limits: limits, timeout: .seconds(3)) { session in
            for _ in 0..<70 {
                await Scripts.say("a", session)
                try? await Task.sleep(for: .milliseconds(50))
            }
            _ = await session.sendCloseNotify(deadline: Scripts.patience)
        }
        #expect(report.result?.relay?.ending == .closeNotify)
        #expect(report.result?.relay?.bytesReceived == 70)
    }

    /// A record that never ends is no answer, however many of its bytes come.
    @Test func takesNoPartOfARecordForAnAnswer() async throws {
        let limits = RelayLimits(answer: .milliseconds(600), idle: nil, hold: false)
        let report = try await connect(ScriptedEnds([Self.question]), limits: limits) { session in
            await session.send([23, 3, 3, 0x40, 0], deadline: Scripts.patience)
            await Self.drip(session) { _ in [0] }
        }
        #expect(report.status == .ok)
        #expect(report.result?.relay?.ending == .endOfInput)
    }

    @Test func takesNoKeyUpdateForAnAnswer() async throws {
        let limits = RelayLimits(answer: .milliseconds(600), idle: nil, hold: false)
        let report = try await connect(ScriptedEnds([Self.question]), limits: limits, versions: [.tls13]) { session in
            while let token = try? session.context.updateKeys(requestPeer: false) {
                if await session.send(token, deadline: Scripts.patience) != nil { return }
                if case .end = await session.stream.read(deadline: .after(.milliseconds(50))) { return }
            }
        }
        #expect(report.status == .ok)
        #expect(report.result?.relay?.ending == .endOfInput)
    }

    @Test func takesHalfRecordsForSilence() async throws {
        let limits = RelayLimits(answer: .seconds(20), idle: .milliseconds(600), hold: false)
        let report = try await connect(ScriptedEnds(ends: false), limits: limits) { session in
            await session.send([23, 3, 3, 0x40, 0], deadline: Scripts.patience)
            await Self.drip(session) { _ in [0] }
        }
        #expect(report.status.kind == "incomplete:idle")
    }

    /// It talks, so it isn't silent; it never reads, so the input never ends.
    @Test func endsASessionWhoseDataIsNeverTaken() async throws {
        let pieces = Array(repeating: [UInt8](repeating: 0x61, count: 65_536), count: 400)
        let limits = RelayLimits(answer: .seconds(20), idle: .seconds(20), hold: false)
        let report = try await connect(ScriptedEnds(pieces), limits: limits, timeout: .seconds(3)) { session in
            for _ in 0..<200 {
                guard let token = try? session.context.protect([0x61]) else { return }
                // A record that a busy machine kept from being sent in time would be missing before the next.
                if await session.send(token, deadline: Scripts.patience) != nil { return }
                try? await Task.sleep(for: .milliseconds(100))
            }
        }
        #expect(report.result?.relay?.ending == .deadline)
        #expect(report.status.kind == "incomplete:timeout")
        #expect(report.result?.relay?.bytesUnsent == 65_536)
        #expect(isOneClearLine(report.status.reason ?? ""))
    }

    @Test func getsTheAlertOut() async throws {
        let answer = Noted<[UInt8]>()
        let report = try await connect(ScriptedEnds(ends: false), versions: [.tls12]) { session in
            await session.send([23, 3, 3, 0, 32] + [UInt8](repeating: 0x5a, count: 32), deadline: Scripts.patience)
            var all: [UInt8] = []
            while case .bytes(let bytes) = await session.stream.read(deadline: Scripts.patience) { all += bytes }
            answer.note(all)
        }
        #expect(report.result?.relay?.ending == .failed)
        for _ in 0..<200 where answer.value == nil { try await Task.sleep(for: .milliseconds(10)) }
        // Encrypted, but a record of type alert.
        #expect(answer.value?.first == 21)
    }

    /// Data can't be sent while a handshake is open, so no more of it is taken meanwhile.
    @Test(arguments: [true, false])
    func takesNoMoreInputThanARenegotiationLetsOut(_ completes: Bool) async throws {
        let piece = [UInt8](repeating: 0x61, count: 40_000)
        let count = 6
        let seen = Noted<Int>()
        let ends = ScriptedEnds(Array(repeating: piece, count: count))
        let report = try await connect(ends, versions: [.tls12]) { session in
            guard let request = try? session.context.renegotiate(.full) else { return }
            await session.send(request, deadline: Scripts.patience)
            // The client's new hello waits here, and everything after it with it.
            try? await Task.sleep(for: .milliseconds(500))
            guard completes else { return }
            var total = 0
            await Scripts.readToEnd(session) { bytes in
                total += bytes.count
                if total == count * piece.count { _ = await session.sendCloseNotify(deadline: Scripts.patience) }
            }
            seen.note(total)
        }
        let relay = try #require(report.result?.relay)
        guard completes else {
            #expect(relay.bytesUnsent <= piece.count)
            #expect(relay.bytesSent + relay.bytesUnsent < count * piece.count)
            return
        }
        #expect(relay.bytesSent == count * piece.count)
        #expect(relay.bytesUnsent == 0)
        #expect(report.result?.attributes?.security.renegotiations == 1)
        for _ in 0..<200 where seen.value == nil { try await Task.sleep(for: .milliseconds(10)) }
        #expect(seen.value == count * piece.count)
    }

    @Test func findsThatTheEndWasMissing() async throws {
        let report = try await connect(ScriptedEnds(ends: false)) { session in
            await Scripts.say("half an ans", session)
            await session.stream.closeOutput()
            await Scripts.drain(session.stream)
        }
        #expect(report.status == .ok)
        #expect(report.findings.map(\.id) == ["shutdown.no-close-notify"])
        #expect(report.findings.first?.evidence.map { $0.encoded(for: .json) } == ["truncated"])
    }

    /// Somebody who stops reading must not keep a signal from ending the relay.
    @Test func stopsWhileTheDataIsNotTaken() async throws {
        let ends = StalledEnds()
        let script = try Scripts.tls(world.server()) { session in
            await Scripts.say("data", session)
            await Scripts.readToEnd(session) { _ in }
        }
        let report = try await LoopbackPeer.run(script) { peer in
            let operation = try ConnectOperation(
                channel: try world.request(peer),
                relay: .generous,
                recordsBytes: false
            )
            let run = Task { await operation.run(relay: ends) { _ in } }
            _ = await ends.stalled.next()
            run.cancel()
            return await run.value
        }
        #expect(report.result?.relay?.ending == .interrupted)
        #expect(report.result?.attributes?.close.closeNotifySent == true)
    }
}

/// A user who reads nothing, until told to stop.
private struct StalledEnds: RelayEnds {
    let showsData = true
    let stalled = Mailbox<Bool>()

    func nextInput() async -> RelayInput? {
        try? await Task.sleep(for: .seconds(60))
        return nil
    }

    func deliver(_ bytes: [UInt8]) async throws {
        await stalled.put(true)
        try await Task.sleep(for: .seconds(60))
    }
}
