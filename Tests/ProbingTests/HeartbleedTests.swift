import Probing
import TLSParameters
import TLSWire
import Testing
import Transport

@Suite struct HeartbleedTests {
    private func verdict(_ manner: TalkServer.Manner?) async throws -> VulnerabilityVerdict {
        try await TalkServer.verdict(HeartbleedPlanner(TalkServer.offer), manner).0
    }

    /// Answers with as much as was claimed, as OpenSSL 1.0.1f did, and then complains of what followed.
    private static let vulnerable: TalkServer.Manner = { visit in
        await visit.send(TalkServer.flight(heartbeats: true))
        guard let bytes = await visit.receive(), bytes.first == 24 else { return }
        let claimed = Int(bytes[6]) << 8 | Int(bytes[7])
        #expect(claimed <= 32, "no more is asked for than it takes")
        let fragment = [2] + bytes[6...7] + [UInt8](repeating: 0x73, count: claimed + 16)
        await visit.send(TLSRecord(type: .heartbeat, version: .tls12, fragment: fragment).bytes)
        await visit.alert(.unexpected_message)
    }

    @Test func aServerThatAnswersWithItsMemoryIsFound() async throws {
        let verdict = try await verdict(Self.vulnerable)
        guard case .found(let evidence) = verdict else {
            Issue.record("\(verdict)")
            return
        }
        #expect(evidence == "a heartbeat with 1 byte of payload was answered with 32")
    }

    @Test func ofTheMemoryOnlyTheLengthIsKept() {
        var talk = ProbeTalk(hello: []) { _, _ in [0] }
        #expect(talk.receive(TalkServer.flight(heartbeats: true)) == .send([0]))
        let fragment = [2, 0, 32] + [UInt8](repeating: 0x73, count: 48)
        let step = talk.receive(TLSRecord(type: .heartbeat, version: .tls12, fragment: fragment).bytes)
        guard case .done(.reaction(_, let reaction)) = step else {
            Issue.record("\(step)")
            return
        }
        #expect(reaction == .heartbeat(type: 2, payload: 32, count: 51))
    }

    @Test func aServerThatDropsItAndComplainsOfTheNextRecordIsHealthy() async throws {
        let verdict = try await verdict { visit in
            await visit.send(TalkServer.flight(heartbeats: true))
            _ = await visit.receive()
            await visit.alert(.unexpected_message)
        }
        #expect(verdict == .absent(reason: nil))
    }

    @Test(arguments: [false, true]) func anEndWithoutAWordTellsNothing(_ isReset: Bool) async throws {
        let verdict = try await verdict { visit in
            await visit.send(TalkServer.flight(heartbeats: true))
            _ = await visit.receive()
            if isReset { await visit.stream.abort() }
        }
        let end = isReset ? "a reset" : "the connection's end"
        #expect(verdict == .undetermined(reason: "after a heartbeat all that came was \(end)"))
    }

    @Test func anEndWithoutAWordIsAskedAboutAgain() async throws {
        let verdict = try await verdict { visit in
            await visit.send(TalkServer.flight(heartbeats: true))
            _ = await visit.receive()
            if visit.number > 0 { await visit.alert(.unexpected_message) }
        }
        #expect(verdict == .absent(reason: nil))
    }

    @Test func aHeartbeatOfTheServersOwnIsNoAnswer() async throws {
        let verdict = try await verdict { visit in
            await visit.send(TalkServer.flight(heartbeats: true))
            _ = await visit.receive()
            await visit.send(TLSRecord(type: .heartbeat, version: .tls12, fragment: [1, 0, 1, 7]).bytes)
        }
        #expect(verdict == .undetermined(reason: "the server answered the heartbeat with a heartbeat of 1 bytes"))
    }

    @Test func anAnswerOfWhatWasSentIsHealthy() async throws {
        let verdict = try await verdict { visit in
            await visit.send(TalkServer.flight(heartbeats: true))
            _ = await visit.receive()
            await visit.send(TLSRecord(type: .heartbeat, version: .tls12, fragment: [2, 0, 1, 0]).bytes)
        }
        #expect(verdict == .absent(reason: "the server answered with what it was sent, no more"))
    }

    @Test func aServerWithoutTheExtensionIsNotSentAny() async throws {
        let verdict = try await verdict { visit in
            await visit.send(TalkServer.flight())
            if await visit.receive() != nil { Issue.record("it was sent something") }
        }
        #expect(verdict == .absent(reason: "the server takes no heartbeats"))
    }

    @Test func silenceAfterTheHeartbeatIsNoAnswer() async throws {
        let verdict = try await verdict { visit in
            await visit.send(TalkServer.flight(heartbeats: true))
            await visit.keepSilent()
        }
        #expect(verdict == .undetermined(reason: "the server fell silent"))
    }

    @Test func silenceFromTheStartIsNoAnswer() async throws {
        let verdict = try await verdict(nil)
        #expect(verdict == .undetermined(reason: "the server did not answer the hello in time"))
    }

    /// It serves one connection in its life: the one that the survey had.
    @Test func aVulnerableServerThatServesNobodyElseIsNotCleared() async throws {
        let server = try await TalkServer(Self.vulnerable)
        // Somebody else has the only connection.
        let other = try await server.connect(.after(.seconds(5))).stream
        let budget = ProbeBudget(probeTimeout: .milliseconds(300), firstPause: .milliseconds(20))
        let (verdict, _) = await TalkRunner(connect: server.connect, budget: budget).run(
            HeartbleedPlanner(TalkServer.offer)
        )
        #expect(verdict.word == "undetermined")
        await other.abort()
        await server.close()
    }

    @Test func oneConnectionAtATimeIsEnough() async throws {
        let (verdict, spending) = try await TalkServer.verdict(
            HeartbleedPlanner(TalkServer.offer),
            maxConnections: 1,
            Self.vulnerable
        )
        #expect(verdict.word == "found")
        #expect(spending.connections == 1)
    }

    @Test func withoutConnectionsLeftNothingIsClaimed() async throws {
        let (verdict, _) = try await TalkServer.verdict(
            HeartbleedPlanner(TalkServer.offer),
            maxConnections: 0,
            Self.vulnerable
        )
        #expect(verdict == .undetermined(reason: "the limit on connections was reached"))
    }
}
