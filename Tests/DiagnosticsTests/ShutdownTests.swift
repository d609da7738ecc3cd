import SecureChannel
import TLSParameters
import Testing
import Transport

@testable import Diagnostics

@Suite struct ShutdownTests {
    private let world: World

    init() throws {
        world = try World()
    }

    private func shutdown(
        answerTimeout: Duration = .seconds(20),
        _ talk: @escaping @Sendable (Session) async -> Void
    ) async throws -> Report<ShutdownResult> {
        try await LoopbackPeer.run(try Scripts.tls(world.server(), talk: talk)) { peer in
            let operation = try ShutdownOperation(
                channel: try world.request(peer),
                answerTimeout: answerTimeout,
                recordsBytes: false
            )
            return await operation.run()
        }
    }

    private func what(_ report: Report<ShutdownResult>) -> [String] {
        (report.result?.timeline ?? []).map { ($0.direction == .sent ? ">" : "<") + $0.what }
    }

    /// Waits for the client's close_notify without answering it. It may have come with the end of the handshake.
    private static func hearGoodbye(_ session: Session) async {
        await Scripts.readToEnd(session) { _ in }
    }

    @Test func seesACleanClose() async throws {
        let report = try await shutdown(Scripts.closePolitely)
        #expect(report.status == .ok)
        let result = try #require(report.result)
        #expect(result.answer == .closeNotifyThenFIN)
        #expect(result.first == .sent)
        #expect(result.answerSeconds != nil)
        #expect(!result.truncation)
        #expect(what(report) == [">close_notify", "<close_notify", "<fin"])
        #expect(report.findings.isEmpty)
    }

    @Test func seesAConnectionThatStaysOpen() async throws {
        let report = try await shutdown(answerTimeout: .seconds(3)) { session in
            await Self.hearGoodbye(session)
            _ = await session.sendCloseNotify(deadline: Scripts.patience)
            await Scripts.drain(session.stream)
        }
        #expect(report.status == .ok)
        #expect(report.result?.answer == .closeNotifyOnly)
        #expect(what(report) == [">close_notify", "<close_notify", ">timeout"])
    }

    @Test func seesAnEndWithoutCloseNotify() async throws {
        let report = try await shutdown { session in
            await Self.hearGoodbye(session)
            await session.stream.closeOutput()
            await Scripts.drain(session.stream)
        }
        #expect(report.status == .ok)
        #expect(report.result?.answer == .finOnly)
        #expect(report.result?.truncation == true)
        #expect(report.result?.answerSeconds == nil)
        #expect(what(report) == [">close_notify", "<fin"])
        #expect(report.findings.map(\.id) == ["shutdown.no-close-notify"])
    }

    @Test func seesAReset() async throws {
        let report = try await shutdown { session in
            await Self.hearGoodbye(session)
            await session.stream.abort()
        }
        #expect(report.result?.answer == .reset)
        #expect(report.result?.truncation == true)
        #expect(what(report) == [">close_notify", "<rst"])
        #expect(report.findings.map(\.id) == ["shutdown.no-close-notify"])
    }

    @Test func tellsAResetAfterCloseNotifyFromALoss() async throws {
        let report = try await shutdown { session in
            await Self.hearGoodbye(session)
            _ = await session.sendCloseNotify(deadline: Scripts.patience)
            // The reset must not overtake it.
            try? await Task.sleep(for: .milliseconds(200))
            await session.stream.abort()
        }
        #expect(report.result?.answer == .reset)
        #expect(report.result?.truncation == false)
        #expect(what(report) == [">close_notify", "<close_notify", "<rst"])
        #expect(report.findings.isEmpty)
    }

    @Test func countsDataThatComesLate() async throws {
        let report = try await shutdown { session in
            await Self.hearGoodbye(session)
            await Scripts.say("still talking", session)
            _ = await session.sendCloseNotify(deadline: Scripts.patience)
            await session.stream.closeOutput()
            await Scripts.drain(session.stream)
        }
        #expect(report.result?.answer == .closeNotifyThenFIN)
        #expect(report.result?.lateBytes == 13)
        #expect(report.result?.earlyBytes == 0)
        #expect(report.result?.timeline.first { $0.what == "data" }?.bytes == 13)
    }

    /// RFC 8446 §6.1: whatever comes after close_notify is ignored.
    @Test func ignoresWhatComesAfterTheirCloseNotify() async throws {
        let report = try await shutdown { session in
            await Self.hearGoodbye(session)
            _ = await session.sendCloseNotify(deadline: Scripts.patience)
            await session.send([23, 3, 3, 0, 32] + [UInt8](repeating: 0x5a, count: 32), deadline: Scripts.patience)
            await session.stream.closeOutput()
            await Scripts.drain(session.stream)
        }
        #expect(report.result?.answer == .closeNotifyThenFIN)
        #expect(report.result?.lateBytes == 0)
        #expect(report.result?.truncation == false)
        #expect(what(report) == [">close_notify", "<close_notify", "<data after close_notify", "<fin"])
        #expect(report.result?.timeline.first { $0.what == "data after close_notify" }?.bytes == 37)
    }

    /// However much that is, and in however many pieces it comes.
    @Test func keepsNothingOfAPeerThatTalksOn() async throws {
        let total = 16 << 20
        let report = try await shutdown { session in
            await Self.hearGoodbye(session)
            await Scripts.say("one", session)
            try? await Task.sleep(for: .milliseconds(50))
            await Scripts.say("two", session)
            try? await Task.sleep(for: .milliseconds(50))
            _ = await session.sendCloseNotify(deadline: Scripts.patience)
            let piece = [UInt8](repeating: 0x61, count: 65_536)
            for _ in 0..<(total / piece.count) { await session.send(piece, deadline: Scripts.patience) }
            await session.stream.closeOutput()
            await Scripts.drain(session.stream)
        }
        #expect(report.result?.answer == .closeNotifyThenFIN)
        #expect(report.result?.lateBytes == 6)
        #expect(what(report) == [">close_notify", "<data", "<close_notify", "<data after close_notify", "<fin"])
        #expect(report.result?.timeline.map(\.bytes) == [nil, 6, nil, total, nil])
    }

    @Test func sendsNoGoodbyeAfterAFailure() async throws {
        let script: LoopbackPeer.Script = try Scripts.tls(world.server([.tls12])) { session in
            await Scripts.drain(session.stream)
        }
        // The bad record comes right behind the server's Finished, so that it is there before we say goodbye.
        let spoiling: LoopbackPeer.Script = { stream, number in
            let bad: [UInt8] = [23, 3, 3, 0, 32] + [UInt8](repeating: 0x5a, count: 32)
            await script(FinishingStream(base: stream, after: bad), number)
        }
        let report = try await LoopbackPeer.run(spoiling) { peer in
            let operation = try ShutdownOperation(
                channel: try world.request(peer),
                answerTimeout: .seconds(20),
                recordsBytes: false
            )
            return await operation.run()
        }
        #expect(report.result?.answer == .alert)
        #expect(what(report) == ["<error"])
        #expect(report.result?.first == nil)
        #expect(report.result?.attributes.close.closeNotifySent == false)
    }

    @Test func seesAnAlert() async throws {
        // TLS 1.3 can't forge an alert from outside, so the record is one that the client can't read.
        let report = try await shutdown { session in
            await Self.hearGoodbye(session)
            await session.send([23, 3, 3, 0, 32] + [UInt8](repeating: 0x5a, count: 32), deadline: Scripts.patience)
            await Scripts.drain(session.stream)
        }
        #expect(report.result?.answer == .alert)
        #expect(what(report).first == ">close_notify")
    }

    @Test func saysThatNothingHappened() async throws {
        let report = try await shutdown(answerTimeout: .milliseconds(300)) { await Scripts.drain($0.stream) }
        #expect(report.status.exit == .incomplete)
        #expect(report.status.kind == "incomplete:no-close")
        #expect(report.result?.answer == .nothing)
        #expect(what(report) == [">close_notify", ">timeout"])
    }

    @Test func seesAPeerThatClosesFirst() async throws {
        let report = try await shutdown { session in
            _ = await session.sendCloseNotify(deadline: Scripts.patience)
            await session.stream.closeOutput()
            await Scripts.drain(session.stream)
        }
        #expect(report.result?.answer == .closeNotifyThenFIN)
        #expect(report.result?.truncation == false)
    }

    @Test func blamesNobodyWhenCancelled() async throws {
        let heard = Mailbox<Bool>()
        let script = try Scripts.tls(world.server()) { session in
            await Self.hearGoodbye(session)
            await heard.put(true)
            await Scripts.drain(session.stream)
        }
        let report = try await LoopbackPeer.run(script) { peer in
            let operation = try ShutdownOperation(
                channel: try world.request(peer),
                answerTimeout: .seconds(20),
                recordsBytes: false
            )
            let run = Task { await operation.run() }
            _ = await heard.next()
            run.cancel()
            return await run.value
        }
        #expect(report.result?.answer == .nothing)
        #expect(report.result?.truncation == false)
        #expect(report.findings.isEmpty)
    }
}

/// A stream whose second write, the server's Finished in TLS 1.2, carries something more.
private final class FinishingStream: ByteStream {
    private let base: any ByteStream
    private let after: [UInt8]
    private let writes = Noted<Int>()

    init(base: any ByteStream, after: [UInt8]) {
        self.base = base
        self.after = after
    }

    var remote: SocketEndpoint { base.remote }
    var local: SocketEndpoint { base.local }

    func read(deadline: Deadline) async -> ReadOutcome { await base.read(deadline: deadline) }

    func write(_ bytes: [UInt8], deadline: Deadline) async throws(TransportError) {
        writes.update { $0 = ($0 ?? 0) + 1 }
        try await base.write(writes.value == 2 ? bytes + after : bytes, deadline: deadline)
    }

    func closeOutput() async { await base.closeOutput() }
    func close() async { await base.close() }
    func abort() async { await base.abort() }
}
