import SecureChannel
import TLSParameters
import Testing
import Transport

@testable import Diagnostics

@Suite struct RenegotiateTests {
    private let world: World

    init() throws {
        world = try World()
    }

    private func renegotiate(
        _ script: @escaping LoopbackPeer.Script,
        answerTimeout: Duration = .seconds(20),
        asURL: Bool = false
    ) async throws -> Report<RenegotiateResult> {
        try await LoopbackPeer.run(script) { peer in
            let request = try world.request(peer) {
                if asURL, let target = try? Target(parsing: "https://\(World.name):\(peer.port)/") {
                    $0.target = target
                }
            }
            let operation = try RenegotiateOperation(
                channel: request,
                answerTimeout: answerTimeout,
                recordsBytes: false
            )
            return await operation.run()
        }
    }

    private func attempt(
        _ report: Report<RenegotiateResult>,
        _ action: RenegotiationAttempt.Action
    ) -> RenegotiationAttempt? {
        report.result?.attempts.first { $0.action == action }
    }

    // MARK: TLS 1.2

    @Test func isHonoured() async throws {
        var server = world.server([.tls12])
        server.allowsClientRenegotiation = true
        let report = try await renegotiate(try Scripts.tls(server))
        #expect(report.status == .ok)
        #expect(attempt(report, .renegotiation)?.answer == .honoured)
        #expect(report.result?.secureRenegotiation == true)
        #expect(report.result?.version == "tls1.2")
        #expect(report.result?.changes.contains { $0.attribute == "renegotiations" && $0.after == "1" } == true)
        #expect(report.result?.summary.hasPrefix("renegotiates when the client asks") == true)
    }

    @Test func isRefusedByAlert() async throws {
        let report = try await renegotiate(try Scripts.tls(world.server([.tls12])))
        #expect(report.status == .ok)
        #expect(attempt(report, .renegotiation)?.answer == .refusedByAlert)
        #expect(attempt(report, .renegotiation)?.detail == "no_renegotiation")
        #expect(report.result?.changes.isEmpty == true)
        #expect(report.result?.attributes.suite != nil)
    }

    @Test func isAnsweredByAnEnd() async throws {
        let report = try await renegotiate(
            try Scripts.tls(world.server([.tls12])) { session in
                _ = await session.receive(deadline: Scripts.patience)
                await session.stream.closeOutput()
                await Scripts.drain(session.stream)
            }
        )
        #expect(attempt(report, .renegotiation)?.answer == .closed)
    }

    @Test func isAnsweredByAReset() async throws {
        let report = try await renegotiate(
            try Scripts.tls(world.server([.tls12])) { session in
                _ = await session.receive(deadline: Scripts.patience)
                await session.stream.abort()
            }
        )
        #expect(attempt(report, .renegotiation)?.answer == .reset)
    }

    @Test func isIgnored() async throws {
        let report = try await renegotiate(
            try Scripts.tls(world.server([.tls12])) { await Scripts.drain($0.stream) },
            answerTimeout: .milliseconds(300)
        )
        #expect(report.status.exit == .incomplete)
        #expect(report.status.kind == "incomplete:no-answer")
        #expect(attempt(report, .renegotiation)?.answer == .silence)
        #expect(attempt(report, .renegotiation)?.seconds == nil)
    }

    // MARK: TLS 1.3

    @Test func keysAreUpdatedWithTheNextData() async throws {
        let report = try await renegotiate(
            try Scripts.tls(world.server([.tls13])) { session in
                await Scripts.readToEnd(session) { _ in await Scripts.say("HTTP/1.1 200 OK\r\n\r\n", session) }
                _ = await session.sendCloseNotify(deadline: Scripts.patience)
                await session.stream.closeOutput()
                await Scripts.drain(session.stream)
            },
            asURL: true
        )
        #expect(report.status == .ok)
        #expect(attempt(report, .keyUpdate)?.answer == .honoured)
        #expect(attempt(report, .keyUpdateRequested)?.answer == .honoured)
        #expect(report.result?.secureRenegotiation == nil)
        #expect(report.result?.version == "tls1.3")
        #expect(report.result?.changes.contains { $0.attribute == "key updates sent" && $0.after == "2" } == true)
    }

    @Test func keysAreIgnored() async throws {
        let report = try await renegotiate(
            try Scripts.tls(world.server([.tls13])) { await Scripts.drain($0.stream) },
            answerTimeout: .milliseconds(300)
        )
        #expect(report.status.exit == .incomplete)
        #expect(attempt(report, .keyUpdate)?.answer == .silence)
    }

    @Test func keysAreAnsweredByAReset() async throws {
        let report = try await renegotiate(
            try Scripts.tls(world.server([.tls13])) { session in
                _ = await session.receive(deadline: Scripts.patience)
                try? await Task.sleep(for: .milliseconds(100))
                await session.stream.abort()
            }
        )
        #expect(attempt(report, .keyUpdate)?.answer == .reset)
    }

    // MARK: Resumption

    @Test(arguments: [(ProtocolVersion.tls12, "ticket"), (.tls13, "psk")])
    func resumesByTicket(_ version: ProtocolVersion, mechanism: String) async throws {
        let report = try await renegotiate(try Scripts.tls(world.server([version])))
        let resumption = try #require(attempt(report, .resumption))
        #expect(resumption.answer == .honoured)
        #expect(resumption.detail == mechanism)
        #expect(report.spent.connections == 3)
        #expect(report.result?.summary.contains("resumes a lost session by \(mechanism)") == true)
    }

    @Test func resumesBySessionID() async throws {
        var server = world.server([.tls12])
        server.usesSessionTickets = false
        let report = try await renegotiate(try Scripts.tls(server))
        #expect(attempt(report, .resumption)?.answer == .honoured)
        #expect(attempt(report, .resumption)?.detail == "session-id")
    }

    /// Each connection is served with other ticket keys, as by machines that don't share them.
    @Test(arguments: [ProtocolVersion.tls12, .tls13])
    func makesAFullHandshakeWhereTheTicketIsStrange(_ version: ProtocolVersion) async throws {
        let credentials = try (0..<3).map { _ in try world.server([version]).acquire() }
        let report = try await renegotiate { stream, number in
            await Scripts.serve(stream, credentials[number % 3])
        }
        #expect(attempt(report, .resumption)?.answer == .fullHandshake)
        #expect(report.result?.summary.contains("does not resume a lost session") == true)
    }

    @Test func saysThatThereIsNothingToResume() async throws {
        var server = world.server([.tls12])
        server.usesSessionTickets = false
        server.remembersSessions = false
        let report = try await renegotiate(try Scripts.tls(server))
        #expect(attempt(report, .resumption)?.answer == .notTried)
        #expect(attempt(report, .resumption)?.detail == "the server gave no session to resume")
    }

    @Test func blamesNobodyWhenCancelled() async throws {
        let heard = Mailbox<Bool>()
        let script = try Scripts.tls(world.server([.tls12])) { session in
            _ = await session.receive(deadline: Scripts.patience)
            await heard.put(true)
            await Scripts.drain(session.stream)
        }
        let report = try await LoopbackPeer.run(script) { peer in
            let operation = try RenegotiateOperation(
                channel: try world.request(peer),
                answerTimeout: .seconds(20),
                recordsBytes: false
            )
            let run = Task { await operation.run() }
            _ = await heard.next()
            run.cancel()
            return await run.value
        }
        #expect(attempt(report, .renegotiation)?.answer == .silence)
        #expect(attempt(report, .resumption)?.answer == .notTried)
    }
}
