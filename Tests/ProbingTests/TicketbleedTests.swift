import Probing
import TLSParameters
import TLSWire
import Testing
import Transport

@Suite struct TicketbleedTests {
    private static let ticket: [UInt8] = Array(1...100)

    private func verdict(_ manner: TalkServer.Manner?) async throws -> VulnerabilityVerdict {
        try await TalkServer.verdict(TicketbleedPlanner(TalkServer.offer, ticket: Self.ticket), manner).0
    }

    /// Resumes if the ticket came, with this session id.
    private func resuming(_ id: @escaping @Sendable ([UInt8]) -> [UInt8]) -> TalkServer.Manner {
        { visit in
            #expect(visit.hello.extensions?.first(.session_ticket)?.data == Self.ticket)
            await visit.send(TalkServer.flight(sessionID: id(visit.hello.sessionID)))
            await visit.keepSilent()
        }
    }

    @Test func moreThanWasSentIsFound() async throws {
        let verdict = try await verdict(resuming { $0 + [UInt8](repeating: 0x73, count: 32 - $0.count) })
        #expect(verdict == .found(evidence: "a session id of 16 bytes came back with 32"))
    }

    @Test func theSameIsHealthy() async throws {
        #expect(try await verdict(resuming { $0 }) == .absent(reason: nil))
    }

    @Test func anotherSessionTellsNothing() async throws {
        #expect(try await verdict(resuming { _ in [UInt8](repeating: 9, count: 32) }).word == "undetermined")
        #expect(try await verdict(resuming { _ in [] }).word == "undetermined")
    }

    @Test func silenceIsNoAnswer() async throws {
        #expect(try await verdict(nil).word == "undetermined")
    }

    @Test func aServerThatTakesOnlyOneConnectionIsNotCleared() async throws {
        let verdict = try await verdict { visit in
            guard visit.number == 0 else { return }
            await visit.send(TalkServer.flight(sessionID: visit.hello.sessionID + [1, 2, 3]))
        }
        #expect(verdict.word == "undetermined")
    }
}
