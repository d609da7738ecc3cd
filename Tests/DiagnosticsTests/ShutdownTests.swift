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
        _ mode: ClosingMode = .bidirectional,
        versions: [ProtocolVersion] = [.tls13],
        asURL: Bool = false,
        answerTimeout: Duration = .seconds(20),
        talk: @escaping @Sendable (Session) async -> Void
    ) async throws -> Report<ShutdownResult> {
        try await LoopbackPeer.run(try Scripts.tls(world.server(versions), talk: talk)) { peer in
            let request = try world.request(peer, timeout: .seconds(120)) {
                if asURL, let target = try? Target(parsing: "https://\(World.name):\(peer.port)/") {
                    $0.target = target
                }
            }
            let operation = try ShutdownOperation(
                channel: request,
                mode: mode,
                answerTimeout: answerTimeout,
                recordsBytes: false
            )
            return await operation.run()
        }
    }

    private func what(_ close: ShutdownResult.Close?) -> [String] {
        (close?.timeline ?? []).map { ($0.direction == .sent ? ">" : "<") + $0.what }
    }

    private func what(_ report: Report<ShutdownResult>) -> [String] { what(report.result?.close) }

    /// Answers each request with `response`, and ends the connection as `end` has it.
    private static func answering(
        _ response: String,
        _ end: @escaping @Sendable (Session) async -> Void
    ) -> @Sendable (Session) async -> Void {
        { session in
            let arrived = Noted<Bool>()
            while arrived.value == nil {
                let result = await session.unprotect(deadline: Scripts.patience)
                if !result.plaintext.isEmpty { arrived.note(true) }
                if arrived.value == nil, await session.receive(deadline: Scripts.patience) != nil { return }
            }
            await Scripts.say(response, session)
            await end(session)
        }
    }

    private static let closeFirst: @Sendable (Session) async -> Void = { session in
        _ = await session.sendCloseNotify(deadline: Scripts.patience)
        await session.stream.closeOutput()
        await Scripts.drain(session.stream)
    }

    private static let endOnly: @Sendable (Session) async -> Void = { session in
        await session.stream.closeOutput()
        await Scripts.drain(session.stream)
    }

    /// Waits for the client's close_notify without answering it. It may have come with the end of the handshake.
    private static func hearGoodbye(_ session: Session) async {
        await Scripts.readToEnd(session) { _ in }
    }

    @Test func seesACleanClose() async throws {
        let report = try await shutdown(talk: Scripts.closePolitely)
        #expect(report.status == .ok)
        let result = try #require(report.result?.close)
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
        #expect(report.result?.close.answer == .closeNotifyOnly)
        #expect(what(report) == [">close_notify", "<close_notify", ">timeout"])
    }

    @Test func seesAnEndWithoutCloseNotify() async throws {
        let report = try await shutdown { session in
            await Self.hearGoodbye(session)
            await session.stream.closeOutput()
            await Scripts.drain(session.stream)
        }
        #expect(report.status == .ok)
        #expect(report.result?.close.answer == .finOnly)
        #expect(report.result?.close.truncation == true)
        #expect(report.result?.close.answerSeconds == nil)
        #expect(what(report) == [">close_notify", "<fin"])
        #expect(report.findings.map(\.id) == ["shutdown.no-close-notify"])
    }

    @Test func seesAReset() async throws {
        let report = try await shutdown { session in
            await Self.hearGoodbye(session)
            await session.stream.abort()
        }
        #expect(report.result?.close.answer == .reset)
        #expect(report.result?.close.truncation == true)
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
        #expect(report.result?.close.answer == .reset)
        #expect(report.result?.close.truncation == false)
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
        #expect(report.result?.close.answer == .closeNotifyThenFIN)
        #expect(report.result?.close.lateBytes == 13)
        #expect(report.result?.close.earlyBytes == 0)
        #expect(report.result?.close.timeline.first { $0.what == "data" }?.bytes == 13)
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
        #expect(report.result?.close.answer == .closeNotifyThenFIN)
        #expect(report.result?.close.lateBytes == 0)
        #expect(report.result?.close.truncation == false)
        #expect(what(report) == [">close_notify", "<close_notify", "<data after close_notify", "<fin"])
        #expect(report.result?.close.timeline.first { $0.what == "data after close_notify" }?.bytes == 37)
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
        #expect(report.result?.close.answer == .closeNotifyThenFIN)
        #expect(report.result?.close.lateBytes == 6)
        #expect(what(report) == [">close_notify", "<data", "<close_notify", "<data after close_notify", "<fin"])
        #expect(report.result?.close.timeline.map(\.bytes) == [nil, 6, nil, total, nil])
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
                channel: try world.request(peer, timeout: .seconds(120)),
                answerTimeout: .seconds(20),
                recordsBytes: false
            )
            return await operation.run()
        }
        #expect(report.result?.close.answer == .alert)
        #expect(what(report) == ["<error"])
        #expect(report.result?.close.first == nil)
        #expect(report.result?.attributes.close.closeNotifySent == false)
    }

    @Test func seesAnAlert() async throws {
        // TLS 1.3 can't forge an alert from outside, so the record is one that the client can't read.
        let report = try await shutdown { session in
            await Self.hearGoodbye(session)
            await session.send([23, 3, 3, 0, 32] + [UInt8](repeating: 0x5a, count: 32), deadline: Scripts.patience)
            await Scripts.drain(session.stream)
        }
        #expect(report.result?.close.answer == .alert)
        #expect(what(report).first == ">close_notify")
    }

    @Test func saysThatNothingHappened() async throws {
        let report = try await shutdown(answerTimeout: .milliseconds(300)) { await Scripts.drain($0.stream) }
        #expect(report.status.exit == .incomplete)
        #expect(report.status.kind == "incomplete:no-close")
        #expect(report.result?.close.answer == .nothing)
        #expect(what(report) == [">close_notify", ">timeout"])
    }

    @Test func seesAPeerThatClosesFirst() async throws {
        let report = try await shutdown { session in
            _ = await session.sendCloseNotify(deadline: Scripts.patience)
            await session.stream.closeOutput()
            await Scripts.drain(session.stream)
        }
        #expect(report.result?.close.answer == .closeNotifyThenFIN)
        #expect(report.result?.close.truncation == false)
    }

    // MARK: Modes

    @Test func sendsCloseNotifyAndFINAtOnce() async throws {
        let report = try await shutdown(.sendOnly, talk: Scripts.closePolitely)
        #expect(report.status == .ok)
        #expect(report.result?.close.answer == .closeNotifyThenFIN)
        #expect(report.result?.close.firstToEnd == .sent)
        #expect(what(report) == [">close_notify", ">fin", "<close_notify", "<fin"])
    }

    @Test func seesThatAHalfCloseIsTolerated() async throws {
        let report = try await shutdown(
            .half,
            asURL: true,
            talk: Self.answering("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nlate", Self.closeFirst)
        )
        #expect(report.status == .ok)
        #expect(report.result?.closes.map(\.halfClose) == [true, true])
        #expect(report.result?.closes.map(\.body?.complete) == [true, true])
        #expect(what(report).prefix(3) == [">request", ">close_notify", "<data"])
        #expect(what(report.result?.closes.last).prefix(4) == [">request", ">close_notify", ">fin", "<data"])
        #expect(report.result?.close.lateBytes == 42)
    }

    @Test func seesThatAHalfCloseEndsTheAnswer() async throws {
        let report = try await shutdown(.half, asURL: true) { session in
            await Self.hearGoodbye(session)
            await Self.closeFirst(session)
        }
        #expect(report.result?.closes.map(\.halfClose) == [false, false])
        #expect(report.result?.close.body?.complete == false)
    }

    @Test func aHalfCloseNeedsSomethingToAskFor() throws {
        let problem = #expect(throws: RequestProblem.self) {
            try ShutdownOperation(
                channel: try world.request(port: 1),
                mode: .half,
                answerTimeout: .seconds(1),
                recordsBytes: false
            )
        }
        #expect(problem?.reason.hasPrefix("--mode half") == true)
    }

    @Test(arguments: [(ProtocolVersion.tls12, "ticket"), (.tls13, "psk")])
    func resumesAfterAReset(_ version: ProtocolVersion, mechanism: String) async throws {
        let report = try await shutdown(.abort, versions: [version], talk: Scripts.closePolitely)
        #expect(report.status == .ok)
        #expect(report.result?.close.answer == .notWatched)
        #expect(what(report) == [">rst"])
        #expect(report.result?.afterAbort?.answer == .honoured)
        #expect(report.result?.afterAbort?.detail == mechanism)
    }

    @Test func bothGenerationsAreWatched() async throws {
        let report = try await shutdown(versions: [.tls12, .tls13], talk: Scripts.closePolitely)
        #expect(report.result?.closes.map(\.version) == ["tls1.3", "tls1.2"])
        #expect(report.result?.closes.map(\.answer) == [.closeNotifyThenFIN, .closeNotifyThenFIN])
        #expect(report.spent.connections == 2)
    }

    // MARK: Answers over HTTP

    @Test func aWholeAnswerIsCompleteWithoutCloseNotify() async throws {
        let report = try await shutdown(
            asURL: true,
            talk: Self.answering("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", Self.endOnly)
        )
        #expect(report.result?.close.body?.complete == true)
        #expect(report.result?.close.body?.framing == .contentLength)
        #expect(report.result?.close.truncation == true)
        #expect(report.result?.close.firstToEnd == .received)
        #expect(report.findings.map(\.id) == ["shutdown.no-close-notify"])
    }

    @Test(
        arguments: [
            ("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello", HTTPBodySummary.Framing.contentLength),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", .chunked),
        ]
    )
    func anAnswerThatIsCutShortIsFound(_ response: String, framing: HTTPBodySummary.Framing) async throws {
        for isClean in [true, false] {
            let report = try await shutdown(
                asURL: true,
                talk: Self.answering(response, isClean ? Self.closeFirst : Self.endOnly)
            )
            #expect(report.result?.close.body?.complete == false)
            #expect(report.result?.close.body?.framing == framing)
            #expect(report.result?.close.body?.receivedBytes == 5)
            #expect(report.findings.map(\.id).contains("shutdown.body-cut-short"))
            #expect(report.result?.close.first == (isClean ? .received : nil))
            #expect(what(report).last == "<fin", "there is nobody left to say goodbye to")
        }
    }

    @Test func anAnswerWithoutALengthNeedsACloseNotify() async throws {
        let response = "HTTP/1.0 200 OK\r\n\r\nhello"
        let clean = try await shutdown(asURL: true, talk: Self.answering(response, Self.closeFirst))
        #expect(clean.result?.close.body?.complete == true)
        let cut = try await shutdown(asURL: true, talk: Self.answering(response, Self.endOnly))
        #expect(cut.result?.close.body?.complete == nil)
        #expect(cut.findings.map(\.id) == ["shutdown.no-close-notify"])
    }

    // MARK: Cancelling

    @Test func blamesNobodyWhenCancelled() async throws {
        let heard = Mailbox<Bool>()
        let script = try Scripts.tls(world.server()) { session in
            await Self.hearGoodbye(session)
            await heard.put(true)
            await Scripts.drain(session.stream)
        }
        let report = try await LoopbackPeer.run(script) { peer in
            let operation = try ShutdownOperation(
                channel: try world.request(peer, timeout: .seconds(120)),
                answerTimeout: .seconds(20),
                recordsBytes: false
            )
            let run = Task { await operation.run() }
            _ = await heard.next()
            run.cancel()
            return await run.value
        }
        #expect(report.result?.close.answer == .nothing)
        #expect(report.result?.close.truncation == false)
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
