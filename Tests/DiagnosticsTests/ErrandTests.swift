import SecureChannel
import TLSParameters
import Testing
import Transport

@testable import Diagnostics

/// Sessions for one thing only: a GET, or a file to send.
@Suite struct ErrandTests {
    private let world: World

    init() throws {
        world = try World()
    }

    private func run(
        _ errand: Errand,
        ends: ScriptedEnds = ScriptedEnds(ends: false),
        limits: RelayLimits = .generous,
        version: ProtocolVersion = .tls13,
        _ talk: @escaping @Sendable (Session) async -> Void
    ) async throws -> Report<ConnectResult> {
        try await LoopbackPeer.run(try Scripts.tls(world.server([version]), talk: talk)) { peer in
            let operation = try ConnectOperation(
                channel: try world.request(peer),
                relay: limits,
                errand: errand,
                recordsBytes: false
            )
            return await operation.run(relay: ends) { _ in }
        }
    }

    /// Answers the first request with these pieces, and waits for the client to close.
    private static func answering(
        _ pieces: [String],
        then end: @escaping @Sendable (Session) async -> Void = Scripts.closePolitely,
        seen: Noted<String> = Noted()
    ) -> @Sendable (Session) async -> Void {
        { session in
            var request: [UInt8] = []
            while true {
                // It may have come with the end of the handshake.
                request += await session.unprotect(deadline: Scripts.patience).plaintext
                if String(decoding: request, as: UTF8.self).hasSuffix("\r\n\r\n") { break }
                if await session.receive(deadline: Scripts.patience) != nil { return }
            }
            seen.note(String(decoding: request, as: UTF8.self))
            for piece in pieces { await Scripts.say(piece, session) }
            await end(session)
        }
    }

    @Test(arguments: [true, false])
    func doesNotBlameThePeerForAnOutputThatFails(_ isFull: Bool) async throws {
        let full = RequestProblem(reason: "can't write to standard output: No space left on device")
        let report = try await run(
            try .get("/"),
            ends: ScriptedEnds(ends: false, failsOnData: true, problem: isFull ? full : nil),
            Self.answering(["HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\nhello "])
        )
        #expect(report.status == (isFull ? RunStatus(notWritten: full) : .ok))
    }

    @Test(arguments: [ProtocolVersion.tls12, .tls13])
    func asksAndEndsWithTheAnswer(_ version: ProtocolVersion) async throws {
        let seen = Noted<String>()
        let ends = ScriptedEnds(ends: false)
        let answer = ["HTTP/1.1 200 OK\r\nContent-", "Length: 11\r\n\r\nhello ", "world"]
        let report = try await run(
            try .get("/a?b=%20"),
            ends: ends,
            version: version,
            Self.answering(answer, seen: seen)
        )
        #expect(report.status == .ok)
        #expect(report.result?.relay?.ending == .answered)
        #expect(report.result?.relay?.answer?.complete == true)
        #expect(report.result?.relay?.answer?.status == 200)
        #expect(report.result?.relay?.answer?.bodyBytes == 11)
        #expect(String(decoding: ends.bytes, as: UTF8.self) == answer.joined())
        #expect(report.result?.attributes?.close.first == .sent)
        let request = seen.value ?? ""
        #expect(request.hasPrefix("GET /a?b=%20 HTTP/1.1\r\nHost: server.test:"))
        #expect(request.contains("\r\nConnection: close\r\n"))
    }

    @Test func takesTheEndOfTheSessionForTheEndOfTheAnswer() async throws {
        let closed = try await run(
            try .get("/"),
            Self.answering(["HTTP/1.0 200 OK\r\n\r\nall"]) { session in
                _ = await session.sendCloseNotify(deadline: Scripts.patience)
                await session.stream.closeOutput()
                await Scripts.drain(session.stream)
            }
        )
        #expect(closed.status == .ok)
        #expect(closed.result?.relay?.answer?.complete == true)
        let cut = try await run(
            try .get("/"),
            Self.answering(["HTTP/1.0 200 OK\r\n\r\nal"]) { session in
                await session.stream.closeOutput()
                await Scripts.drain(session.stream)
            }
        )
        #expect(cut.status.kind == "incomplete:answer")
        #expect(cut.status.exit == .incomplete)
        #expect(cut.status.reason.map(isOneClearLine) == true)
    }

    @Test func saysWhatIsMissing() async throws {
        let hurry = RelayLimits(answer: .seconds(3), idle: nil, hold: false)
        let short = try await run(
            try .get("/"),
            limits: hurry,
            Self.answering(["HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"])
        )
        #expect(short.status.kind == "incomplete:answer")
        #expect(short.status.reason?.contains("4 of 100 bytes") == true)
        let none = try await run(try .get("/"), limits: hurry, Self.answering([]))
        #expect(none.status.kind == "incomplete:no-answer")
        #expect(none.result?.relay?.answer?.problem == "no answer came")
        let foreign = try await run(try .get("/"), Self.answering(["220 mail.example ESMTP\r\n"]))
        #expect(foreign.status.kind == "incomplete:not-http")
        #expect(foreign.result?.relay?.ending == .answered)
    }

    /// An answer that came in full is one, however the session ends after it.
    @Test func doesNotMindWhatComesAfterTheAnswer() async throws {
        let report = try await run(
            try .get("/"),
            limits: RelayLimits(answer: .seconds(20), idle: nil, hold: true),
            Self.answering(["HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"]) { session in
                try? await Task.sleep(for: .milliseconds(100))
                await session.stream.abort()
            }
        )
        #expect(report.status == .ok)
        #expect(report.result?.relay?.ending == .reset)
    }

    @Test func sendsAFileAsItIs() async throws {
        let bytes = (0..<(1 << 20)).map { UInt8(truncatingIfNeeded: $0 &* 131 &+ $0 >> 8) }
        let file = try world.files.write(bytes)
        let ends = ScriptedEnds([Array("nobody asked".utf8)])
        let limits = RelayLimits(answer: .seconds(5), idle: nil, hold: false)
        let report = try await run(try .send(file), ends: ends, limits: limits, Scripts.echo)
        #expect(report.status == .ok)
        #expect(report.result?.relay?.bytesSent == bytes.count)
        #expect(report.result?.relay?.answer == nil)
        #expect(ends.bytes == bytes)
    }

    @Test func refusesWhatCanNotBeAskedOrSent() throws {
        for path in ["", "index.html", "/a b", "/ä", "/x#y", "/\n"] {
            #expect(throws: RequestProblem.self, "\(path)") { _ = try Errand.get(path) }
        }
        for file in ["/nowhere/file", "/tmp", "a\0b"] {
            let problem = #expect(throws: RequestProblem.self) { _ = try Errand.send(file) }
            #expect(problem?.reason.hasPrefix("--send: can't read") == true)
        }
        let request = try world.request(port: 443) { $0.protocols.applicationProtocols = "h2,http/1.1" }
        #expect(throws: RequestProblem.self) {
            _ = try ConnectOperation(channel: request, relay: .generous, errand: .get("/"), recordsBytes: false)
        }
    }
}
